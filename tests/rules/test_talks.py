"""What packages are worth to both sides, and which one they might agree on."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import first_day, measure_of, morning, names, row_of, table

from sim.domain.constants import EXTEND, NO_ACT, SUSPEND, TARIFF, WITHDRAW
from sim.domain.state import World
from sim.engines.compiler.njit import compiled
from sim.engines.compiler.world_arrays import arrays_of
from sim.engines.compiler.world_pointer import PointedWorld
from sim.rules.measures import announced_level, level_after
from sim.rules.present_values import PairTariffs, discounting_of, effects, tariffs_of, worth
from sim.rules.talks.agenda import agenda, conceding_act
from sim.rules.talks.deal_worth import deal_worth
from sim.rules.talks.package_worths import groups_of, package_worth, side_of
from sim.rules.talks.solutions import egalitarian, kalai_smorodinsky, nash
from sim.rules.terms.attention_term import attention, price

EVE = "busan_eve"
US, CN = names(EVE).governments.index("US"), names(EVE).governments.index("CN")
DAY = first_day(EVE)
CLAUSES = agenda(morning(EVE), US, CN, DAY)
SIDES = ((US, CN), (CN, US))
SOLUTIONS = (nash, kalai_smorodinsky, egalitarian)
worths = st.lists(st.tuples(st.floats(-20, 20), st.floats(-20, 20)), min_size=1, max_size=64)


def planned(world: World, clauses: list[int], package: int) -> World:
    for k, number in enumerate(clauses):
        measure = world.measures[number]
        measure.planned = conceding_act(measure, DAY) if package >> k & 1 else NO_ACT
    return world


def spent(world: World, government: int) -> float:
    """Attention for a government's own planned acts."""
    own = [k for k, m in enumerate(world.measures) if m.planned != NO_ACT and m.issuer == government]
    prices = sum(price(world, k, world.measures[k].planned) for k in own)
    routine = any(world.measures[k].planned != EXTEND for k in own)
    return attention(world, government, prices, routine, False)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=8, unique=True))
def test_adding_up_groups_gives_what_the_rules_give_for_each_package(clauses: list[int]) -> None:
    world = morning(EVE)
    for one, other in SIDES:
        side = side_of(world, one, other, clauses, DAY)
        assert all(m.planned == NO_ACT for m in world.measures)
        for package in range(1 << len(clauses)):
            whole = deal_worth(planned(world, clauses, package), one, other, DAY)
            whole -= spent(world, one)
            assert package_worth(side, package) == pytest.approx(whole, abs=1e-8)
        planned(world, clauses, 0)


def test_tariffs_of_both_are_one_group_and_controls_on_one_mineral_another() -> None:
    world = morning(EVE)
    tariffs = sum(1 << k for k, n in enumerate(CLAUSES) if world.measures[n].kind == TARIFF)
    assert tariffs in groups_of(world, CLAUSES)
    assert sum(groups_of(world, CLAUSES)) == (1 << len(CLAUSES)) - 1
    both = [measure_of(EVE, "cn_oct9_controls"), measure_of(EVE, "cn_rare_earth7_licences")]
    assert groups_of(world, both) == [3]


@pytest.mark.parametrize(
    "name", ["us_affiliates_50pct", "us_port_fees", "us_software_controls", "cn_soy_boycott"]
)
def test_a_single_clause_is_worth_what_the_table_of_acts_says(name: str) -> None:
    world, number = morning(EVE), measure_of(EVE, name)
    world.measures[number].home_value = 0.0
    issuer, target = world.measures[number].issuer, world.measures[number].target
    act = WITHDRAW if name == "us_software_controls" else SUSPEND
    row = row_of(world, table(world, issuer, target, DAY)[1], act, number)
    gain = row.trade + row.rent + row.controls
    relief = row.partner_trade + row.partner_harm + row.partner_minerals
    relief += row.partner_controls + row.partner_concessions
    planned(world, [number], 1)
    assert deal_worth(world, issuer, target, DAY) == pytest.approx(gain, abs=1e-12)
    assert deal_worth(world, target, issuer, DAY) == pytest.approx(relief, abs=1e-12)  # they discount alike


def test_tariffs_given_up_at_once_are_worth_the_sum_of_their_effects_one_after_the_other() -> None:
    world = morning(EVE)
    clauses = [measure_of(EVE, name) for name in ("us_fentanyl", "cn_farm_tariffs")]
    for measure in world.measures:  # nothing else changes by itself
        measure.enters_on, measure.until = -1, 800_000
    for one, other in SIDES:
        for order in permutations(clauses):
            total, rates, h = 0.0, tariffs_of(world, one, other), discounting_of(world, one)
            planned(world, clauses, 3)
            for number in order:
                m = world.measures[number]
                before, after = announced_level(m), level_after(m, m.planned)
                total += worth(effects(world, h, one, number, before, after, rates, DAY))
                step = (after - before) * m.coverage
                own = m.issuer == one
                rates = PairTariffs(rates.own + (step if own else 0.0), rates.other + (0.0 if own else step))
            assert deal_worth(world, one, other, DAY) == pytest.approx(total, rel=1e-3)


def test_a_home_value_is_lost_for_as_long_as_the_measure_would_have_been_felt() -> None:
    world, number = morning(EVE), measure_of(EVE, "us_port_fees")
    h = discounting_of(world, US)
    planned(world, [number], 1)
    lost = []
    for value in (0.0, 0.3):
        world.measures[number].home_value = value
        lost.append(deal_worth(world, US, CN, DAY))
    assert lost[0] - lost[1] == pytest.approx(0.3 * h.whole)
    assert world.measures[number].planned == SUSPEND


def test_the_order_of_clauses_changes_no_worth() -> None:
    world = morning(EVE)
    clauses = CLAUSES[:3] + CLAUSES[-3:]
    turned = clauses[::-1]
    for one, other in SIDES:
        straight, reverse = (side_of(world, one, other, order, DAY) for order in (clauses, turned))
        for package in range(1 << len(clauses)):
            mirrored = int(f"{package:0{len(clauses)}b}"[::-1], 2)
            assert package_worth(straight, package) == package_worth(reverse, mirrored)


@given(worths)
def test_no_solution_is_worth_less_than_none_to_either_and_no_package_is_better_for_both(
    pairs: list[tuple[float, float]],
) -> None:
    first, second = ([0.0, *(p[k] for p in pairs)] for k in (0, 1))
    for solve in SOLUTIONS:
        package = solve(first, second)
        assert first[package] >= 0.0 <= second[package]
        better = [
            p
            for p in range(len(first))
            if first[p] > first[package] + 1e-6 and second[p] > second[package] + 1e-6
        ]
        assert not better


@given(worths)
def test_with_the_sides_exchanged_solutions_are_mirrored(pairs: list[tuple[float, float]]) -> None:
    first, second = ([0.0, *(p[k] for p in pairs)] for k in (0, 1))
    for solve in SOLUTIONS:
        one, other = solve(first, second), solve(second, first)
        assert (first[one], second[one]) == (first[other], second[other])


def test_packages_are_valued_alike_by_compiled_rules() -> None:
    world = morning(EVE)
    arrays = arrays_of(world)
    fast = compiled(deal_worth)
    for package in (1, 21, (1 << len(CLAUSES)) - 1):
        planned(world, CLAUSES, package)
        for k, measure in enumerate(world.measures):
            arrays.measures[k]["planned"] = measure.planned
        for one, other in SIDES:
            plain = deal_worth(world, one, other, DAY)
            assert fast(PointedWorld(arrays), one, other, DAY) == pytest.approx(plain, rel=1e-12)
