"""Tables of trade: the exact equilibrium of nine regions, within the bound they state."""

import copy
import functools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.domain.state import World
from sim.payoffs.hat_algebra import Array
from sim.payoffs.trade_data import border_value, economy, regions, welfare
from sim.rules.end_of_day import adjust_trade
from sim.rules.terms.trade_term import trade_at_once, trade_late
from sim.rules.trade import (
    exports,
    welfare_at_once,
    welfare_late,
)
from sim.scenarios.initial_state import world_of
from sim.scenarios.load import HERE
from sim.scenarios.welfare_tables import GRID, reach_of, table_of, tables_of

BOUND = 0.016  # [bn USD/month] c * grid^2 / 4, with c at most 160 bn USD/month
AT_POINTS = 1e-5  # [bn USD/month]
NAMES = ("busan", "spiral_2025", "phase_one")
names = st.sampled_from(NAMES)
parts = st.floats(0, 1)
few = settings(max_examples=40)


@functools.cache
def loaded(name: str):
    """A scenario, its places among the regions, its two elasticities and the highest tariffs."""
    s = sim.scenario(name)
    places = tuple(regions().index(str(g.region)) for g in s.governments.values())
    elasticities = tuple(s.economy.numbers[f"elasticity_{key}"].value for key in ("short", "long"))
    highest = reach_of(s).highest
    return s, world_of(s), places, elasticities, (highest[0][1], highest[1][0])


def exact(name: str, elasticity: float, own: Array, theirs: Array) -> Array:
    """Welfare of the two governments in equilibrium [bn USD/month], shape (..., 2)."""
    places = loaded(name)[2]
    tariffs = np.zeros((*own.shape, len(regions()), len(regions())))
    tariffs[..., places[1], places[0]] = own
    tariffs[..., places[0], places[1]] = theirs
    return welfare(economy(elasticity), tariffs)[..., list(places)]


def tabulated(name: str) -> tuple[Array, Array]:
    """Welfare at the grid's points at once and at last, shape (2, own, theirs)."""
    tables = tables_of(loaded(name)[0])
    at_once = np.array(tables.welfare)
    return at_once, at_once + np.array(tables.welfare_late)


def with_tariffs(name: str, own: float, theirs: float, adjusted: bool) -> World:
    """The first morning with other tariffs, to which trade has adjusted or not."""
    world = loaded(name)[1]
    world = world._replace(measures=[], pairs=copy.deepcopy(world.pairs))
    world.pairs[1].base_tariff, world.pairs[2].base_tariff = own, theirs
    if adjusted:
        world.pairs[1].adjusted, world.pairs[2].adjusted = own, theirs
    return world


@pytest.mark.parametrize("name", NAMES)
def test_the_bound_is_a_quarter_of_the_bend_times_the_square_of_the_grid(name: str) -> None:
    for level in tabulated(name):
        bend = max(np.abs(np.diff(level, 2, axis=axis)).max() for axis in (1, 2)) / GRID**2
        assert 0.5 * BOUND < bend * GRID**2 / 4 <= BOUND


@few
@given(names, parts, parts)
def test_welfare_at_reachable_tariffs_is_that_of_the_equilibrium(name: str, a: float, b: float) -> None:
    _, world, _, (short, long), highest = loaded(name)
    own, theirs = a * highest[0], b * highest[1]
    at_once, at_last = (exact(name, e, np.array(own), np.array(theirs)) for e in (short, long))
    for k in (0, 1):
        found = welfare_at_once(world, k, 0, 1, own, theirs)
        assert found == pytest.approx(at_once[k], abs=BOUND)
        assert found + welfare_late(world, k, 0, 1, own, theirs) == pytest.approx(at_last[k], abs=BOUND)


@pytest.mark.parametrize("name", NAMES)
def test_at_its_points_the_table_is_as_good_as_exact(name: str) -> None:
    luck = np.random.default_rng(1)
    for elasticity, level in zip(loaded(name)[3], tabulated(name), strict=True):
        own, theirs = (luck.integers(0, size, 200) for size in level.shape[1:])
        found = np.moveaxis(level[:2, own, theirs], 0, -1)  # the governments; bystanders come after them
        assert np.abs(found - exact(name, elasticity, own * GRID, theirs * GRID)).max() < AT_POINTS


@few
@given(names, parts, parts)
def test_once_trade_has_adjusted_welfare_is_that_of_the_long_run(name: str, a: float, b: float) -> None:
    _, _, _, (_, long), highest = loaded(name)
    own, theirs = a * highest[0], b * highest[1]
    world = with_tariffs(name, own, theirs, adjusted=True)
    at_last = exact(name, long, np.array(own), np.array(theirs))
    assert [trade_at_once(world, k) + trade_late(world, k) for k in (0, 1)] == pytest.approx(
        at_last, abs=BOUND
    )


@given(names)
def test_the_morning_of_a_scenario_is_where_its_reach_begins(name: str) -> None:
    s, _, places, (short, _), _ = loaded(name)
    reach = reach_of(s)
    own, theirs = reach.first[0][1], reach.first[1][0]
    assert table_of(reach.first, places)[places[1], places[0]] == own
    assert exact(name, short, np.array(own), np.array(theirs)) == pytest.approx(
        welfare(economy(short), table_of(reach.first, places))[list(places)]
    )
    assert (np.array(reach.first) <= np.array(reach.highest) + 1e-12).all()


@pytest.mark.parametrize("name", NAMES)
def test_at_the_tariff_of_the_record_imports_are_those_of_the_record(name: str) -> None:
    s = loaded(name)[0]
    rates = {t.importer: t.number("imports_tariff") for t in s.trade}
    world = with_tariffs(name, rates["US"], rates["CN"], adjusted=True)
    for t in s.trade:
        seller = 1 if t.importer == "US" else 0
        assert exports(world, seller, 1 - seller) == pytest.approx(t.number("imports") / 12, rel=1e-3)


@few
@given(names, parts)
def test_imports_fall_by_the_short_elasticity_at_once_and_by_the_long_one_once_adjusted(
    name: str, part: float
) -> None:
    s, _, _, (short, long), highest = loaded(name)
    bought = next(t for t in s.trade if t.importer == "US")
    imports, at = bought.number("imports") / 12, bought.number("imports_tariff")
    tariff = max(at, part * highest[0])
    world = with_tariffs(name, tariff, 0.0, adjusted=False)
    world.pairs[1].adjusted = at
    for elasticity in (short, long):
        value = border_value(imports, at, elasticity, np.array(tariff))
        assert exports(world, 1, 0) == pytest.approx(value, rel=2e-3)
        world.pairs[1].adjusted = tariff
    world.pairs[1].adjusted = at
    before = exports(world, 1, 0)
    adjust_trade(world)
    assert exports(world, 1, 0) <= before + 1e-9


@few
@given(names, parts, parts)
def test_trade_that_has_half_adjusted_to_a_prohibitive_tariff_is_never_less_than_none(
    name: str, a: float, b: float
) -> None:
    highest = loaded(name)[4][0]
    low, high = sorted((a, b))
    world = with_tariffs(name, high * highest, 0.0, adjusted=False)
    world.pairs[1].adjusted = low * highest
    assert exports(world, 1, 0) >= 0


def test_a_year_of_the_highest_tariff_of_2025_ends_trade_and_no_more() -> None:
    highest = loaded("spiral_2025")[4][0]
    world = with_tariffs("spiral_2025", highest, 0.0, adjusted=False)
    sold = []
    for _ in range(365):
        adjust_trade(world)
        sold.append(exports(world, 1, 0))
    assert sold == sorted(sold, reverse=True)
    assert sold[0] > sold[-1] == 0


def test_imports_without_the_tariff_under_which_they_were_observed_were_observed_under_none(tmp_path):
    lines = (HERE / "busan.toml").read_text("utf-8").splitlines()
    file = tmp_path / "mine.toml"
    file.write_text("\n".join(line for line in lines if "numbers.imports_tariff" not in line), "utf-8")
    number = sim.scenario(file).trade[0].numbers["imports_tariff"]
    assert (number.value, number.source) == (0, "default")
