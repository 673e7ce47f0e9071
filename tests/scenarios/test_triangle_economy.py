"""Three governments: tables of couples, exact while one couple moves, and how far off when all do."""

import copy
import functools
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.payoffs.hat_algebra import Array
from sim.payoffs.trade_data import economy, regions, welfare
from sim.rules.terms.trade_term import trade_at_once
from sim.rules.trade import welfare_at_once, welfare_late
from sim.scenarios.initial_state import world_of
from sim.scenarios.welfare_tables import GRID, couples, reach_of, table_of

BOUND = 0.016  # [bn USD/month] of the table of a couple, as for two governments
LARGEST = 0.16  # [bn USD/month] error of adding up couples, over all corners of the reach
SHARE = 0.041  # of what welfare varies by, the largest of a government
USUAL = 0.045  # [bn USD/month] mean error of a government over the corners
EU = 2
PLACES = tuple(regions().index(str(g.region)) for g in sim.scenario("triangle").governments.values())
ORDERED = [(i, j) for i in range(3) for j in range(3) if i != j]


@functools.cache
def triangle():
    """The scenario, its world, its two elasticities, and the lowest, first and highest tariffs."""
    s = sim.scenario("triangle")
    codes = list(s.governments)
    lowest = np.zeros((3, 3))
    for t in s.trade:
        lowest[codes.index(t.importer), codes.index(t.exporter)] = t.number("base_tariff")
    reach = reach_of(s)
    elasticities = tuple(s.economy.numbers[f"elasticity_{key}"].value for key in ("short", "long"))
    return s, world_of(s), elasticities, lowest, np.array(reach.first), np.array(reach.highest)


def exact(elasticity: float, rates: Array) -> Array:
    """Welfare of the three in equilibrium under tariffs [importer, exporter] [bn USD/month]."""
    tariffs = np.array([table_of(tuple(map(tuple, each.tolist())), PLACES) for each in rates])
    return welfare(economy(elasticity), tariffs)[:, list(PLACES)]


def added_up(rates: Array, late: bool) -> Array:
    """Welfare of the three as the rules add it up over couples [bn USD/month]."""
    world = triangle()[1]
    found = np.zeros((len(rates), 3))
    for n, k in itertools.product(range(len(rates)), range(3)):
        for i, j in couples(3):
            own, theirs = rates[n, i, j], rates[n, j, i]
            found[n, k] += welfare_at_once(world, k, i, j, own, theirs)
            if late:
                found[n, k] += welfare_late(world, k, i, j, own, theirs)
    return found


def errors(rates: Array, late: bool) -> tuple[Array, Array]:
    """Errors of adding up, and the exact welfare."""
    right = exact(triangle()[2][late], rates)
    return np.abs(added_up(rates, late) - right), right


@settings(max_examples=20)
@given(st.sampled_from(couples(3)), st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_while_one_couple_moves_adding_up_is_exact(
    couple: tuple[int, int], a: float, b: float, late: bool
) -> None:
    _, _, _, _, first, highest = triangle()
    i, j = couple
    rates = first.copy()
    rates[i, j], rates[j, i] = a * highest[i, j], b * highest[j, i]
    found, _ = errors(rates[None], late)
    still = 2 * BOUND  # the other two couples' tables are between their points too
    assert found.max() < BOUND + still


@pytest.mark.parametrize("late", [False, True])
def test_on_the_grid_only_the_polynomial_errs_while_one_couple_moves(late: bool) -> None:
    world, first, highest = triangle()[1], triangle()[4], triangle()[5]
    luck = np.random.default_rng(3)
    for c, (i, j) in enumerate(couples(3)):
        own = luck.integers(0, int(highest[i, j] / GRID) + 1, 20) * GRID
        theirs = luck.integers(0, int(highest[j, i] / GRID) + 1, 20) * GRID
        rates = np.repeat(first[None], 20, 0)
        rates[:, i, j], rates[:, j, i] = own, theirs
        right = exact(triangle()[2][late], rates)
        for k in range(3):
            at_once, later = world.welfare[k * 3 + c], world.welfare_late[k * 3 + c]
            cells = list(
                zip(np.rint(own / GRID).astype(int), np.rint(theirs / GRID).astype(int), strict=True)
            )
            found = np.array([at_once[a][b] + (later[a][b] if late else 0.0) for a, b in cells])
            moved = found - found[0]  # the others' tables, which stand still, drop out
            assert moved == pytest.approx(right[:, k] - right[0, k], abs=2e-5)


@pytest.mark.parametrize("late", [False, True])
def test_when_all_move_the_error_is_largest_at_the_corners_and_small_even_there(late: bool) -> None:
    _, _, _, lowest, _, highest = triangle()
    corners = np.repeat(lowest[None], 64, 0)
    for n, (bits, k) in enumerate(itertools.product(range(64), range(6))):
        i, j = ORDERED[k]
        corners[n // 6, i, j] = highest[i, j] if bits >> k & 1 else lowest[i, j]
    at_corners, right = errors(corners, late)
    assert 0.5 * LARGEST < at_corners.max() < LARGEST
    assert (at_corners.max(0) / np.ptp(right, axis=0)).max() < SHARE
    assert at_corners.mean(0).max() < USUAL
    luck = np.random.default_rng(2)
    inside = lowest + (highest - lowest) * luck.uniform(size=(300, 3, 3))
    assert errors(inside, late)[0].max() < at_corners.max()


def test_a_war_between_washington_and_beijing_changes_what_brussels_earns() -> None:
    _, world, (short, _), _, first, _ = triangle()
    war = first.copy()
    war[0, 1], war[1, 0] = 1.4, 0.55
    before, after = exact(short, np.array([first, war]))
    assert after[EU] - before[EU] > 4 * BOUND  # trade is diverted to the Union
    fighting = world._replace(pairs=copy.deepcopy(world.pairs))
    fighting.pairs[1].base_tariff += 1.4 - first[0, 1]
    fighting.pairs[3].base_tariff += 0.55 - first[1, 0]
    change = trade_at_once(fighting, EU) - trade_at_once(world, EU)
    assert change == pytest.approx(after[EU] - before[EU], abs=2 * BOUND)
