"""Packages: how they are drawn, and what acts bring beside each other."""

import math
from collections.abc import Sequence
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import first_day, made, measure_of, morning, names, package_of, pair, row_of, rows, table

from sim.domain.constants import (
    ESCALATE,
    EXTEND,
    IMPOSE,
    IN_FORCE,
    LIFT,
    LIFTED,
    MOVE_OF_ACT,
    NEVER,
    NO_ACT,
    RAISE,
    REACTIVATE,
    RELAX,
    SUSPEND,
    SUSPENDED,
)
from sim.domain.state import World
from sim.rules.act_table import ActTable
from sim.rules.outlook import Outlook
from sim.rules.package_values import NOTHING, MoveValue, move_value
from sim.rules.packages import BEST, drawn_package, first_act, join_probability, split, with_act
from sim.rules.present_values import discounting_of, effects, mean_flow, tariffs_of, worth
from sim.rules.terms.attention_term import price

US = names("busan").governments.index("US")
CN = names("busan").governments.index("CN")
DAY = first_day("busan") + 20
DUTIES = measure_of("busan", "us_reciprocal_24")
EXCLUSIONS = measure_of("busan", "us_301_exclusions")
AFFILIATES = measure_of("busan", "us_affiliates_50pct")
FENTANYL = measure_of("busan", "us_fentanyl")
US_FEES = measure_of("busan", "us_port_fees")
BAN = measure_of("busan", "cn_ga_ge_sb_ban")
GRAPHITE = measure_of("busan", "cn_graphite_checks")
OCTOBER = measure_of("busan", "cn_oct9_controls")
LICENCES = measure_of("busan", "cn_rare_earth7_licences")
FEES = measure_of("busan", "cn_port_fees")
LISTINGS = measure_of("busan", "cn_entity_listings")
RETALIATION = measure_of("busan", "cn_reciprocal_24")
CRACKDOWN = measure_of("busan", "cn_detour_crackdown")
draws = st.floats(0, 1, exclude_max=True)


def left_with(*measures: int, precision: float = 1.0, owed: float = 1.0) -> tuple[World, Outlook, ActTable]:
    """A morning on which Beijing is provoked and has some measures alone to act with, its table of acts."""
    world = morning("busan")
    for number, measure in enumerate(world.measures):
        if measure.issuer == CN and number not in measures:
            measure.status, measure.until = LIFTED, NEVER
    world.governments[CN].act_precision = precision
    world.governments[CN].leverage = 0.35  # it believes in pressure, so that much of it pays
    mine = pair(world, CN, US)
    mine.owed, mine.threat_due = owed, 0.5
    return world, *table(world, CN, US, DAY)


def drawn(
    world: World, o: Outlook, t: ActTable, draw: float, move: int = ESCALATE
) -> tuple[MoveValue, tuple[int, ...]]:
    """A package drawn on a fresh table: its value, and its measures."""
    for row in rows(world, t):
        row.weighed = 0
    value = drawn_package(world, o, t, move, draw)
    return value, tuple(row.measure for row in rows(world, t) if row.weighed == 1)


@given(draws, st.floats(0, 1))
def test_a_split_draw_is_uniform_given_either_outcome(draw: float, probability: float) -> None:
    happens, remainder = split(draw, probability)
    assert happens == (draw < probability)
    assert 0 <= remainder <= 1
    part = probability if happens else 1 - probability
    assert remainder * part + (0 if happens else probability) == pytest.approx(draw, abs=1e-12)


@pytest.mark.parametrize("precision", [0.0, 0.1, 0.2])
def test_the_draws_of_a_package_are_an_interval_as_long_as_its_probability(precision: float) -> None:
    """So the probabilities of all ways to a package add up to one."""
    world, o, t = left_with(FEES, LISTINGS, BAN, GRAPHITE, precision=precision)
    below, ways = 0.0, set()
    while below < 1 - 1e-9:
        value, measures = drawn(world, o, t, below + 1e-12)
        end = min(1.0, below + value.probability) - 1e-11
        assert drawn(world, o, t, end)[1] == measures
        ways.add((value.measure, measures))
        below += value.probability
    assert below == pytest.approx(1, abs=1e-9)
    assert len(ways) == 4 * 2**3, "each of four acts may open, each other join or not"


def test_so_every_set_of_acts_has_a_chance() -> None:
    world, o, t = left_with(FEES, LISTINGS, GRAPHITE, precision=0.02)
    found = {tuple(sorted(drawn(world, o, t, k / 400)[1])) for k in range(400)}
    acts = sorted((FEES, LISTINGS, GRAPHITE))
    assert found == {of for many in (1, 2, 3) for of in combinations(acts, many)}


def test_the_first_act_is_drawn_by_logit_over_the_moves_acts() -> None:
    world, o, t = left_with(FEES, LISTINGS, BAN, precision=0.1)
    drawn(world, o, t, 0.5)
    values = {row.measure: row.value for row in rows(world, t) if MOVE_OF_ACT[row.act] == ESCALATE}
    weights = {k: math.exp(0.1 * v) for k, v in values.items()}
    seen = {}
    for k in range(1000):
        opening = first_act(world, t.rows, ESCALATE, 0.1, (k + 0.5) / 1000)
        seen[world.acts[opening.row].measure] = opening.probability
    assert seen == pytest.approx({k: w / sum(weights.values()) for k, w in weights.items()}, rel=1e-9)


@given(draws)
def test_at_an_infinite_precision_the_best_acts_are_taken_whatever_the_luck(draw: float) -> None:
    world, o, t = left_with(FEES, LISTINGS, BAN, GRAPHITE, OCTOBER, RETALIATION, precision=BEST)
    best, measures = drawn(world, o, t, draw)
    assert best.probability == 1
    assert (best, measures) == drawn(world, o, t, 0.0)
    alone = [row.value for row in rows(world, t) if MOVE_OF_ACT[row.act] == ESCALATE]
    assert best.now + best.later >= max(alone)
    assert len(measures) > 1


@given(draws)
def test_without_packages_a_move_is_carried_by_its_single_best_act(draw: float) -> None:
    world, o, t = left_with(FEES, LISTINGS, BAN, GRAPHITE, OCTOBER, RETALIATION)
    for move in (ESCALATE, RELAX):
        single, measures = drawn(world._replace(packages=0), o, t, draw, move)
        acts = [row for row in rows(world, t) if MOVE_OF_ACT[row.act] == move]
        best = max(acts, key=lambda row: row.value)
        assert (single.act, single.measure, single.acts) == (best.act, best.measure, 1)
        assert measures == (best.measure,)
        assert single.now + single.later == best.value


@given(st.floats(-1e-9, 1e-9), st.floats(0, 1e5))
def test_what_adds_nothing_joins_half_the_time_and_at_an_infinite_precision_never(
    gain: float, precision: float
) -> None:
    assert join_probability(gain, precision) == 0.5
    assert join_probability(gain, BEST) == 0


@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(0, 10))
def test_what_adds_more_joins_more_often(a: float, b: float, precision: float) -> None:
    less, more = sorted((a, b))
    assert 0 <= join_probability(less, precision) <= join_probability(more, precision) <= 1
    if abs(a) > 1e-6:
        chances = join_probability(a, precision) + join_probability(-a, precision)
        assert chances == pytest.approx(1)
        assert join_probability(a, BEST) == (1 if a > 0 else 0)


def test_a_step_that_changes_nothing_is_in_half_the_packages_it_could_join() -> None:
    world, _, _ = left_with(FEES, LISTINGS)
    world.governments[CN].reactivation_cost = 0.0
    for number in (FEES, LISTINGS):
        measure = world.measures[number]
        measure.status, measure.until, measure.stays = IN_FORCE, NEVER, 0
        if number == FEES:
            measure.harm = measure.cost = 0.0
    world.governments[CN].new_measure_cost = 1e6  # so that nothing is lifted
    world.governments[CN].political_weight = 0.0
    o, t = table(world, CN, US, DAY)
    assert row_of(world, t, SUSPEND, FEES).size == 0
    both = [drawn(world, o, t, (k + 0.5) / 200, RELAX)[1] for k in range(200)]
    opened_by_listings = [
        drawn(world, o, t, (k + 0.5) / 200, RELAX) for k in range(200) if LISTINGS in both[k]
    ]
    joined = [FEES in measures for value, measures in opened_by_listings if value.measure == LISTINGS]
    assert sum(joined) == pytest.approx(len(joined) / 2, abs=1)
    world.governments[CN].act_precision = BEST
    assert drawn(world, o, t, 0.5, RELAX)[1] == (LISTINGS,)


@pytest.mark.parametrize("packages", [0, 1])
def test_of_two_acts_alike_the_first_in_the_scenario_is_taken(packages: int) -> None:
    world, _, _ = left_with(FEES, LISTINGS, precision=BEST, owed=0.0)
    fees, listings = world.measures[FEES], world.measures[LISTINGS]
    listings.harm, listings.cost = fees.harm, fees.cost
    pair(world, CN, US).threat_due = 0.0
    o, t = table(world, CN, US, DAY)
    assert drawn(world._replace(packages=packages), o, t, 0.5)[1][0] == min(FEES, LISTINGS)
    listings.cost -= 1e-12  # what may rest on the last bit of a sum does not decide
    o, t = table(world, CN, US, DAY)
    assert drawn(world._replace(packages=packages), o, t, 0.5)[1][0] == min(FEES, LISTINGS)
    listings.cost -= 1e-6
    o, t = table(world, CN, US, DAY)
    assert drawn(world._replace(packages=packages), o, t, 0.5)[0].measure == LISTINGS


def points(world: World, numbers: Sequence[int]) -> float:
    return sum(world.measures[k].level * world.measures[k].coverage for k in numbers)


@pytest.mark.parametrize("numbers", list(permutations((DUTIES, EXCLUSIONS))))
def test_two_tariffs_of_a_package_are_worth_what_one_of_their_sum_is(numbers: Sequence[int]) -> None:
    world = morning("busan")
    o, t = table(world, US, CN, DAY)
    package = package_of(world, o, *(row_of(world, t, REACTIVATE, k) for k in numbers))
    one = world.measures[DUTIES]
    one.level, one.coverage = points(world, numbers), 1.0
    tariffs, back = tariffs_of(world, US, CN), tariffs_of(world, CN, US)
    own = worth(effects(world, o.h, US, DUTIES, 0.0, one.level, tariffs, DAY))
    theirs = worth(effects(world, o.h, CN, DUTIES, 0.0, one.level, back, DAY))
    assert package.gain == pytest.approx(own, rel=1e-9)
    assert package.pressure == pytest.approx(mean_flow(o.h, theirs), rel=1e-9)
    assert package.size == package.pressure
    assert package.points == pytest.approx(one.level)


def test_beside_other_duties_a_duty_is_worth_less_than_alone() -> None:
    """A welfare loss grows faster than its tariff."""
    world = morning("busan")
    o, t = table(world, US, CN, DAY)
    duties, raised = row_of(world, t, REACTIVATE, DUTIES), row_of(world, t, RAISE, FENTANYL)
    together = package_of(world, o, duties, raised)
    assert together.gain < duties.trade + duties.rent + raised.trade + raised.rent
    controls = row_of(world, t, REACTIVATE, AFFILIATES)
    both = package_of(world, o, duties, controls)
    assert both.gain == duties.trade + duties.rent + duties.controls + controls.controls
    assert both.pressure == duties.pressure + controls.pressure


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_cuts_of_one_mineral_the_sharpest_holds(order: tuple[int, int]) -> None:
    world, o, t = left_with(OCTOBER, LICENCES)
    acts = row_of(world, t, REACTIVATE, OCTOBER), row_of(world, t, RAISE, LICENCES)
    october, licences = acts
    assert licences.partner_minerals < 0 and october.partner_minerals < licences.partner_minerals
    package = package_of(world, o, *(acts[k] for k in order))
    minerals = october.partner_minerals
    harm = october.partner_controls + licences.partner_controls
    assert package.pressure == pytest.approx(mean_flow(o.h, minerals + harm), rel=1e-9)


def test_cuts_of_different_minerals_add_up() -> None:
    world, o, t = left_with(BAN, GRAPHITE)
    acts = row_of(world, t, REACTIVATE, BAN), row_of(world, t, REACTIVATE, GRAPHITE)
    assert package_of(world, o, *acts).pressure == acts[0].pressure + acts[1].pressure


def test_a_crackdown_is_felt_beside_the_ban_that_it_sharpens() -> None:
    world, o, t = left_with(BAN, CRACKDOWN)
    ban, crackdown = row_of(world, t, REACTIVATE, BAN), row_of(world, t, IMPOSE, CRACKDOWN)
    assert crackdown.pressure == 0
    both = package_of(world, o, ban, crackdown)
    assert both.pressure > ban.pressure
    assert both.size == both.pressure


@given(st.permutations([FEES, LISTINGS, BAN, GRAPHITE, OCTOBER, RETALIATION]), st.integers(1, 6))
def test_what_a_package_brings_does_not_hang_on_the_order_of_its_acts(order: list[int], many: int) -> None:
    world, o, t = left_with(*order)
    acts = [row_of(world, t, REACTIVATE, k) for k in order[:many]]
    found = package_of(world, o, *acts)
    again = package_of(world, o, *sorted(acts, key=lambda row: row.measure))
    names_alone = ("gain", "pressure", "size", "executes", "attention", "points", "minerals", "acts")
    assert [getattr(found, k) for k in names_alone] == pytest.approx([getattr(again, k) for k in names_alone])


@given(st.sets(st.sampled_from([FEES, LISTINGS, BAN, GRAPHITE, OCTOBER, CRACKDOWN]), min_size=1))
def test_attention_is_paid_once_for_deciding_once_for_preparing_and_a_little_for_each_act(
    numbers: set[int],
) -> None:
    world, o, t = left_with(*numbers)
    acts = [row for row in rows(world, t) if MOVE_OF_ACT[row.act] == ESCALATE]
    value = move_value(world, o, t, ESCALATE, package_of(world, o, *acts), 1.0)
    prices = [price(world, row.measure, row.act) for row in acts]
    g = world.governments[CN]
    assert prices == [g.reactivation_cost] * len(numbers)
    preparing = g.new_measure_cost if IMPOSE in {row.act for row in acts} else 0.0
    assert value.attention == pytest.approx(g.routine_cost + preparing + sum(prices))


def test_extending_takes_no_decision_to_act_and_takes_in_all_that_ends() -> None:
    world = morning("busan")
    day = world.measures[US_FEES].until
    o, t = table(world, US, CN, day)
    extensions = [row for row in rows(world, t) if row.act == EXTEND]
    assert len(extensions) == 1
    value = move_value(world, o, t, RELAX, package_of(world, o, extensions[0]), 1.0)
    assert value.attention == world.governments[US].reactivation_cost
    assert (value.routine, value.extends) == (0, 1)
    assert value.pressure == 0, "nothing lapses"


def test_a_package_of_an_extension_and_more_is_named_by_what_is_more() -> None:
    world = morning("busan")
    day = world.measures[US_FEES].until
    o, t = table(world, US, CN, day)
    extension = next(row for row in rows(world, t) if row.act == EXTEND)
    suspension = row_of(world, t, SUSPEND, FENTANYL)
    for acts in ((extension, suspension), (suspension, extension)):
        package = package_of(world, o, *acts)
        assert (package.act, package.measure) == (SUSPEND, FENTANYL)
        assert package.routine and package.extends


@given(draws)
def test_no_measure_is_acted_on_twice(draw: float) -> None:
    world, o, t = left_with(FEES, LISTINGS, precision=0.0)
    for number in (FEES, LISTINGS):
        world.measures[number].status, world.measures[number].until = IN_FORCE, NEVER
    o, t = table(world, CN, US, DAY)
    assert [row.act for row in rows(world, t)] == [SUSPEND, LIFT] * 2
    _, measures = drawn(world, o, t, draw, RELAX)
    assert len(set(measures)) == len(measures)
    assert all(measure.planned == NO_ACT for measure in world.measures)


def test_a_move_without_a_legal_act_has_no_package() -> None:
    world, o, t = left_with(FEES)
    world.measures[FEES].status = LIFTED
    o, t = table(world, CN, US, DAY)
    value, measures = drawn(world, o, t, 0.5)
    assert (t.rows, measures) == (0, ())
    assert (value.act, value.acts, value.pressure) == (NO_ACT, 0, 0)


@given(draws)
def test_what_nobody_feels_joins_no_escalation(draw: float) -> None:
    world, _, _ = left_with(FEES, LISTINGS, precision=0.0)
    world.measures[LISTINGS].harm = 0.0
    o, t = table(world, CN, US, DAY)
    assert drawn(world, o, t, draw)[1] == (FEES,)


def test_of_a_decision_all_acts_are_carried_out_in_the_evening() -> None:
    world = morning("busan")
    decision = made(world, DAY, (REACTIVATE, BAN), (REACTIVATE, FEES), (IMPOSE, CRACKDOWN))
    pending = {k: m.pending for k, m in enumerate(world.measures) if m.pending != NO_ACT}
    assert pending == {BAN: REACTIVATE, FEES: REACTIVATE, CRACKDOWN: IMPOSE}
    assert (decision.act, decision.measure) == (REACTIVATE, BAN)


def test_an_extension_of_the_rulebook_takes_in_all_that_ends_and_a_forced_one_what_it_names() -> None:
    for numbers in ([US_FEES], [US_FEES, AFFILIATES], [DUTIES, US_FEES]):
        world = morning("busan")
        made(world, world.measures[US_FEES].until, *((EXTEND, k) for k in numbers))
        assert {k for k, m in enumerate(world.measures) if m.pending == EXTEND} == set(numbers)


def test_a_package_is_weighed_beside_what_it_already_holds() -> None:
    """The order of the pass: the best first, each by what it adds to those that have joined."""
    world, o, t = left_with(FEES, LISTINGS, BAN, OCTOBER, precision=BEST)
    value, measures = drawn(world, o, t, 0.5)
    acts = sorted(
        (row for row in rows(world, t) if MOVE_OF_ACT[row.act] == ESCALATE), key=lambda row: -row.value
    )
    package, best = NOTHING, float("-inf")
    for row in acts:
        larger = with_act(world, o, package, row)
        found = move_value(world, o, t, ESCALATE, larger, 1.0)
        if found.now + found.later > best + 1e-9:
            package, best = larger, found.now + found.later
            world.measures[row.measure].planned = row.act
    assert package.acts == len(measures)
    assert value.now + value.later == pytest.approx(best)


def test_a_government_that_counts_nothing_to_come_decides_by_its_costs_alone() -> None:
    world, _, _ = left_with(FEES, LISTINGS, owed=0.0)
    world.governments[CN].horizon_months = 0.0
    pair(world, CN, US).threat_due = 0.0
    o, t = table(world, CN, US, DAY)
    assert discounting_of(world, CN).whole == 0
    for row in rows(world, t):
        assert (row.trade, row.rent, row.controls, row.pressure) == (0, 0, 0, 0)
    assert drawn(world, o, t, 0.5)[0].act == NO_ACT, "nobody would feel it"
    assert SUSPENDED in {m.status for m in world.measures}
