"""Deals: a breach is measured on the level against what was agreed, and makes part of the threat due."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import first_day, made, measure_of, morning, names, pair

import sim
from sim.domain.constants import (
    IMPOSE,
    IN_FORCE,
    LIFT,
    NEVER,
    RAISE,
    REACTIVATE,
    SUSPEND,
    SUSPENDED,
    TARIFF,
)
from sim.domain.state import World
from sim.rules.deals import announced_level, binds, concession, excess, executed, full_level, part_due
from sim.rules.learning import forget, remember
from sim.rules.measure_changes import carry_out_acts, end_suspensions, set_status
from sim.rules.measures import effective_level

US = names("busan").governments.index("US")
CN = names("busan").governments.index("CN")
FENTANYL = measure_of("busan", "us_fentanyl")
DUTIES = measure_of("busan", "us_reciprocal_24")
EXCLUSIONS = measure_of("busan", "us_301_exclusions")
AFFILIATES = measure_of("busan", "us_affiliates_50pct")
PHASE_ONE = measure_of("busan", "us_phase_one_duty")
THREAT = measure_of("busan", "us_100pct_tariff")
BAN = measure_of("busan", "cn_ga_ge_sb_ban")
BOYCOTT = measure_of("busan", "cn_soy_boycott")
DAY = first_day("busan") + 20
SCENARIOS = [name for name in sim.scenario_names() if sim.scenario(name).deals]


def acted(world: World, *acts: tuple[int, int], day: int = DAY) -> float:
    """Washington's acts of an evening, seen by Beijing; their pressure [bn USD/month]."""
    decision = made(world, day, *acts)
    carry_out_acts(world, day)
    remember(world, [decision], 1, day)
    return decision.pressure


@pytest.mark.parametrize("name", SCENARIOS)
def test_on_the_first_morning_nobody_is_beyond_a_deal(name: str) -> None:
    world, day = morning(name), first_day(name)
    for i in range(len(world.governments)):
        for j in range(len(world.governments)):
            if i != j:
                assert excess(world, i, j, day) == 0
                assert part_due(world, i, j, day) == 0


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_deal_binds_its_two_sides_and_gives_each_what_the_others_clauses_would_cost(name: str) -> None:
    world, day, codes = morning(name), first_day(name), names(name).governments
    couples = {frozenset(d.stakes): d for d in sim.scenario(name).deals}
    for i, one in enumerate(codes):
        for j, other in enumerate(codes):
            if i == j:
                continue
            deal = couples.get(frozenset((one, other)))
            assert binds(world, i, j, day) == (deal is not None)
            assert (concession(world, i, j, day) != 0) == (
                deal is not None and any(m.issuer == i and m.target == j and m.clause for m in world.measures
                                         if full_level(m) != m.agreed_level)
            )  # fmt: skip
            if deal is not None:
                memory = pair(world, i, j)
                assert memory.stake == deal.stakes[one].value
                assert memory.tolerance == deal.numbers["tolerance"].value


def test_no_deal_binds_before_its_first_day() -> None:
    world = morning("busan")
    pair(world, US, CN).deal_since = DAY
    assert not binds(world, US, CN, DAY - 1)
    assert binds(world, US, CN, DAY)
    pair(world, US, CN).deal_since = NEVER
    assert not binds(world, US, CN, DAY)


@pytest.mark.parametrize(("issuer", "target"), [(US, CN), (CN, US)])
def test_what_a_deal_gives_is_what_all_clauses_in_full_would_cost(issuer: int, target: int) -> None:
    world = morning("busan")
    gives = concession(world, issuer, target, DAY)
    for measure in world.measures:
        if measure.clause == 1 and measure.issuer == issuer:
            measure.level = full_level(measure)
            set_status(measure, IN_FORCE)
    assert excess(world, issuer, target, DAY) == pytest.approx(gives, rel=1e-12)
    assert concession(world, issuer, target, DAY) == pytest.approx(gives, rel=1e-12)
    assert part_due(world, target, issuer, DAY) == 1


def removed(world: World) -> World:
    """Washington's duties of ten points have been removed by a court."""
    set_status(world.measures[FENTANYL], 3)
    return world


@given(st.floats(0, 0.1))
def test_a_new_duty_that_only_restores_the_level_agreed_breaks_nothing(level: float) -> None:
    world = removed(morning("busan"))
    new = world.measures[PHASE_ONE]
    new.level, new.coverage, new.lead_days = level, 1.0, 0
    acted(world, (IMPOSE, PHASE_ONE))
    assert excess(world, US, CN, DAY) <= 0
    assert part_due(world, CN, US, DAY) == 0
    mine = pair(world, CN, US)
    assert (mine.owed, mine.threat_due) == (0, 0)
    assert mine.provoked_on == DAY, "it has been seen, and may be answered all the same"


def test_what_a_court_takes_away_leaves_a_side_below_the_deal() -> None:
    world = removed(morning("busan"))
    assert excess(world, US, CN, DAY) < 0
    assert part_due(world, CN, US, DAY) == 0


@given(st.floats(0.01, 0.3))
def test_of_a_new_duty_in_place_of_an_old_one_only_what_goes_beyond_it_is_owed(more: float) -> None:
    world, other = removed(morning("busan")), morning("busan")
    for place, level in ((world, 0.1 + more), (other, more)):
        new = place.measures[PHASE_ONE]
        new.level, new.coverage, new.lead_days = level, 1.0, 0
        acted(place, (IMPOSE, PHASE_ONE))
    over = excess(world, US, CN, DAY)
    assert over == pytest.approx(excess(other, US, CN, DAY), rel=1e-9)
    assert pair(world, CN, US).owed == pytest.approx(over)
    assert pair(other, CN, US).owed == pytest.approx(over)


def test_it_is_the_level_that_counts_and_not_the_act_that_brought_it() -> None:
    world, other = morning("busan"), morning("busan")
    acted(world, (REACTIVATE, DUTIES))
    new, old = other.measures[PHASE_ONE], other.measures[DUTIES]
    new.level, new.coverage, new.lead_days = old.level, old.coverage, 0
    acted(other, (IMPOSE, PHASE_ONE))
    assert part_due(world, CN, US, DAY) == part_due(other, CN, US, DAY) > 0
    assert excess(world, US, CN, DAY) == excess(other, US, CN, DAY)


@given(st.floats(0, 1), st.floats(0.01, 1))
def test_below_the_tolerance_the_threat_is_due_in_proportion_and_from_there_on_whole(
    level: float, tolerance: float
) -> None:
    world = morning("busan")
    pair(world, CN, US).tolerance = tolerance
    world.measures[AFFILIATES].level = level
    set_status(world.measures[AFFILIATES], IN_FORCE)
    share = excess(world, US, CN, DAY) / concession(world, US, CN, DAY)
    assert part_due(world, CN, US, DAY) == pytest.approx(min(1.0, share / tolerance))


@given(st.floats(0, 0.24), st.floats(0, 0.24))
def test_a_larger_breach_never_makes_less_due(a: float, b: float) -> None:
    due = []
    for level in sorted((a, b)):
        world = morning("busan")
        world.measures[DUTIES].level = level
        set_status(world.measures[DUTIES], IN_FORCE)
        due.append(part_due(world, CN, US, DAY))
    assert due[0] <= due[1]


def test_without_tolerance_the_least_breach_makes_all_due() -> None:
    world = morning("busan")
    pair(world, CN, US).tolerance = 0.0
    assert part_due(world, CN, US, DAY) == 0
    acted(world, (REACTIVATE, EXCLUSIONS))
    assert part_due(world, CN, US, DAY) == 1


def test_the_affiliates_rule_and_half_a_point_of_duties_weigh_what_they_cost() -> None:
    """The measure of tolerance: the rule of September 2025 was answered in full, exclusions never were."""
    due = {}
    for number in (AFFILIATES, EXCLUSIONS, DUTIES):
        world = morning("busan")
        acted(world, (REACTIVATE, number))
        due[number] = pair(world, CN, US).threat_due
    assert due[DUTIES] == 1
    assert due[EXCLUSIONS] < 0.2 < due[AFFILIATES]


def test_what_is_announced_breaks_a_deal_on_the_day_of_its_announcement() -> None:
    world = morning("busan")
    assert announced_level(world.measures[THREAT]) == 0
    acted(world, (IMPOSE, THREAT))
    measure = world.measures[THREAT]
    assert effective_level(measure) == 0
    assert announced_level(measure) == measure.level == 1
    assert pair(world, CN, US).threat_due == 1


def test_raising_a_clause_by_its_step_breaks_the_deal_as_putting_one_back_does() -> None:
    world = morning("busan")
    acted(world, (RAISE, FENTANYL))
    assert full_level(world.measures[FENTANYL]) == pytest.approx(0.2)
    assert excess(world, US, CN, DAY) > 0
    assert pair(world, CN, US).threat_due > 0


def test_nothing_more_is_owed_than_what_goes_beyond_the_deal() -> None:
    world = morning("busan")
    pair(world, CN, US).owed = 100.0
    pressure = acted(world, (REACTIVATE, DUTIES))
    over = excess(world, US, CN, DAY)
    assert pair(world, CN, US).owed == pytest.approx(over)
    assert over == pytest.approx(pressure, rel=1e-9)


def test_without_a_deal_all_pressure_is_owed_and_nothing_was_threatened() -> None:
    world = removed(morning("busan"))
    for i, j in ((US, CN), (CN, US)):
        pair(world, i, j).deal_since = NEVER
    new = world.measures[PHASE_ONE]
    new.lead_days = 0
    pressure = acted(world, (IMPOSE, PHASE_ONE))
    assert pressure > 0
    assert pair(world, CN, US).owed == pytest.approx(pressure)
    assert pair(world, CN, US).threat_due == 0


def test_who_takes_its_breach_back_owes_no_answer_any_more() -> None:
    world = morning("busan")
    acted(world, (REACTIVATE, DUTIES))
    mine = pair(world, CN, US)
    assert mine.owed > 0 and mine.threat_due == 1
    acted(world, (LIFT, DUTIES), day=DAY + 1)
    assert (mine.owed, mine.threat_due) == (0, 0)


def test_who_takes_part_of_it_back_leaves_the_part_due_that_is_left() -> None:
    world = morning("busan")
    pair(world, CN, US).tolerance = 0.5
    acted(world, (REACTIVATE, AFFILIATES), (REACTIVATE, EXCLUSIONS))
    before = pair(world, CN, US).threat_due
    acted(world, (SUSPEND, EXCLUSIONS), day=DAY + 1)
    assert 0 < pair(world, CN, US).threat_due < before < 1
    assert pair(world, CN, US).threat_due == part_due(world, CN, US, DAY + 1)


def test_a_promise_that_its_issuer_lets_run_out_is_a_breach_like_any_other() -> None:
    world, other = morning("busan"), morning("busan")
    day = world.measures[DUTIES].until + 1
    for k, measure in enumerate(world.measures):
        if k != DUTIES and measure.status == SUSPENDED:
            measure.until = day + 100
            other.measures[k].until = day + 100
    end_suspensions(world, day)
    acted(other, (REACTIVATE, DUTIES), day=day - 1)
    mine, theirs = pair(world, CN, US), pair(other, CN, US)
    assert mine.threat_due == theirs.threat_due == 1
    assert mine.owed == pytest.approx(theirs.owed, rel=1e-3)


def test_the_memory_of_a_breach_fades_with_the_provocation() -> None:
    world = morning("busan")
    acted(world, (REACTIVATE, DUTIES))
    mine, months = pair(world, CN, US), world.governments[CN].memory_days
    forget(world, DAY + months)
    assert mine.threat_due == 1
    forget(world, DAY + months + 1)
    assert (mine.owed, mine.threat_due, mine.provoked_on) == (0, 0, NEVER)


def test_executed_is_what_clauses_cost_above_the_deal_and_nothing_else() -> None:
    world = morning("busan")
    assert executed(world, CN, US, DAY) == executed(world, US, CN, DAY) == 0
    acted(world, (IMPOSE, PHASE_ONE))
    assert executed(world, US, CN, DAY) == 0
    for number in (BAN, BOYCOTT):
        before = executed(world, CN, US, DAY)
        set_status(world.measures[number], IN_FORCE)
        assert executed(world, CN, US, DAY) > before
    assert executed(world, CN, US, DAY) == pytest.approx(excess(world, CN, US, DAY))


@given(st.floats(0, 0.24))
def test_a_duty_put_back_is_executed_by_what_it_adds_to_the_tariffs_of_today(level: float) -> None:
    world = morning("busan")
    world.measures[DUTIES].level = level
    set_status(world.measures[DUTIES], IN_FORCE)
    assert world.measures[DUTIES].kind == TARIFF
    assert executed(world, US, CN, DAY) == pytest.approx(excess(world, US, CN, DAY), rel=1e-9, abs=2e-9)
