"""What is common to all acts of a day: what the partner's moves and the sunsets of both put at stake."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import carried_by, first_day, measure_of, morning, names, pair, row_of, table

from sim.domain.constants import (
    DAYS_PER_MONTH,
    ESCALATE,
    IMPOSE,
    IN_FORCE,
    LIFT,
    LIFTED,
    MOVE_OF_ACT,
    NO_ACT,
    REACTIVATE,
    SUSPENDED,
)
from sim.domain.state import World
from sim.payoffs.present_value import delayed
from sim.rules.beliefs import renewal_belief
from sim.rules.measures import effective_level, legal, level_after
from sim.rules.outlook import SunsetStakes, outlook, sunset_stakes
from sim.rules.present_values import discounting_of, effects, tariffs_of, worth

US = names("busan").governments.index("US")
CN = names("busan").governments.index("CN")
DUTY = measure_of("busan", "us_reciprocal_24")
PORT_FEES = measure_of("busan", "us_port_fees")
RARE_EARTHS = measure_of("busan", "cn_oct9_controls")
THREAT = measure_of("busan", "us_100pct_tariff")
DAY = first_day("busan")
RENEWALS = 400
beliefs = st.floats(0, 1)
rates = st.floats(0.02, 1)
days = st.integers(0, 400)


def looking_ahead(horizon: float = 60.0) -> World:
    """The morning with a Washington that counts so many months on average."""
    world = morning("busan")
    world.governments[US].horizon_months = horizon
    return world


def expected(stakes: SunsetStakes, belief: float) -> float:
    """What sunsets bring: the first if the partner does not renew, the later ones if it does."""
    return (1 - belief) * stakes.first + belief * stakes.rest


@given(beliefs, rates, days, st.floats(-10, 10))
def test_what_sunsets_bring_is_the_sum_over_all_renewals(
    belief: float, rate: float, age: int, back: float
) -> None:
    """After k renewals, with chance p^k, the measure is back at the next sunset with 1 - p."""
    measure = morning("busan").measures[RARE_EARTHS]
    wait, length = (measure.until + 1 - DAY - age) / DAYS_PER_MONTH, measure.suspension_days / DAYS_PER_MONTH
    series = sum(
        belief**k * (1 - belief) * back * delayed(rate, max(0.0, wait) + k * length) for k in range(RENEWALS)
    )
    last = belief**RENEWALS * abs(back) * delayed(rate, RENEWALS * length)
    stakes = sunset_stakes(measure, back, belief, rate, DAY + age)
    assert expected(stakes, belief) == pytest.approx(series, rel=1e-9, abs=1e-9 + last)


@given(beliefs, st.floats(0.3, 0.99), st.integers(1, 24))
def test_on_the_last_day_they_are_what_theory_says_the_end_of_a_truce_is_worth(
    belief: float, discount: float, length: int
) -> None:
    """V = (1 - p) P / [(1 - d) (1 - p d^m)] of `sim.theory.sunset`, for a war that costs 1 a period."""
    measure = morning("busan").measures[RARE_EARTHS]
    measure.suspension_days, rate = 487 * length, -math.log(discount) / 16.0  # 487 days are 16 months
    stakes = sunset_stakes(measure, 1.0 / (1.0 - discount), belief, rate, measure.until + 1)
    value = (1.0 - belief) / ((1.0 - discount) * (1.0 - belief * discount**length))
    assert expected(stakes, belief) == pytest.approx(value, rel=1e-9)


@given(beliefs, rates, st.floats(0, 10))
def test_who_is_sure_of_renewal_loses_nothing_and_who_is_sure_of_none_all_at_the_first(
    belief: float, rate: float, back: float
) -> None:
    measure = morning("busan").measures[RARE_EARTHS]
    assert expected(sunset_stakes(measure, back, 1.0, rate, DAY), 1.0) == 0
    at_first = sunset_stakes(measure, back, 0.0, rate, DAY)
    assert expected(at_first, 0.0) == at_first.first
    assert sunset_stakes(measure, back, belief, rate, DAY).first == at_first.first


@given(beliefs, beliefs, rates)
def test_who_believes_less_in_renewal_has_more_at_stake(a: float, b: float, rate: float) -> None:
    measure = morning("busan").measures[RARE_EARTHS]
    wary, trusting = (expected(sunset_stakes(measure, 1.0, p, rate, DAY), p) for p in sorted((a, b)))
    assert wary >= trusting - 1e-12 >= -1e-12


@given(days, days, rates)
def test_a_later_sunset_weighs_less_and_never_nothing(a: int, b: int, rate: float) -> None:
    measure = morning("busan").measures[RARE_EARTHS]
    stakes = [sunset_stakes(measure, 1.0, 0.5, rate, measure.until - early) for early in sorted((a, b))]
    assert stakes[0].first >= stakes[1].first > 0
    assert stakes[0].rest >= stakes[1].rest > 0


@given(beliefs, rates)
def test_what_cannot_be_renewed_ends_at_its_date(belief: float, rate: float) -> None:
    measure = morning("busan").measures[RARE_EARTHS]
    measure.suspension_days = 0
    assert sunset_stakes(measure, 1.0, belief, rate, DAY).rest == 0


@pytest.mark.parametrize("status", [IN_FORCE, LIFTED])
def test_only_a_suspension_has_a_sunset(status: int) -> None:
    world = looking_ahead()
    for measure in world.measures:
        if measure.issuer == CN and measure.status == SUSPENDED:
            measure.status = status
    o, t = table(world, US, CN, DAY)
    assert not o.exposed
    assert (o.first, o.rest) == (0, 0)
    assert (t.first, t.rest) == (0, 0), "nor do one's own count where the partner's cannot run out"


def test_at_stake_is_what_each_suspended_measure_of_the_partner_would_cost() -> None:
    world = looking_ahead()
    h, tariffs, belief = discounting_of(world, US), tariffs_of(world, US, CN), renewal_belief(world, US, CN)
    stakes = []
    for number, measure in enumerate(world.measures):
        if measure.issuer == CN and measure.status == SUSPENDED:
            back = -worth(effects(world, h, US, number, 0.0, measure.level, tariffs, DAY))
            stakes.append(sunset_stakes(measure, back, belief, h.rate, DAY))
    o = outlook(world, US, CN, DAY)
    assert len(stakes) > 5
    assert o.first == pytest.approx(sum(s.first for s in stakes), rel=1e-12)
    assert o.rest == pytest.approx(sum(s.rest for s in stakes), rel=1e-12)
    assert o.exposed


@given(st.floats(-2, 2))
def test_the_return_of_ones_own_counts_if_it_pays(rent: float) -> None:
    world = looking_ahead()
    world.governments[US].protection_rent = rent
    h = discounting_of(world, US)
    gain = worth(effects(world, h, US, DUTY, 0.0, 0.24, tariffs_of(world, US, CN), DAY))
    o, t = table(world, US, CN, DAY)
    back = row_of(world, t, REACTIVATE, DUTY)
    gives_away = row_of(world, t, LIFT, DUTY)
    until = (world.measures[DUTY].until + 1 - DAY) / DAYS_PER_MONTH
    assert back.sunset_first == pytest.approx(-max(0.0, gain) * delayed(h.rate, until), abs=1e-12)
    assert (gives_away.sunset_first, gives_away.sunset_rest) == (back.sunset_first, back.sunset_rest)
    own = [row for row in world.acts[: t.rows] if row.act == REACTIVATE]
    assert t.first - o.first == pytest.approx(sum(row.sunset_first for row in own))
    assert t.rest - o.rest == pytest.approx(sum(row.sunset_rest for row in own))


def test_a_duty_with_a_high_rent_pays_and_with_none_does_not() -> None:
    world = looking_ahead()
    for rent, pays in ((2.0, True), (-2.0, False)):
        world.governments[US].protection_rent = rent
        _, t = table(world, US, CN, DAY)
        assert (row_of(world, t, REACTIVATE, DUTY).sunset_first < 0) == pays


def test_what_of_ones_own_ends_soon_is_left_to_the_decision_of_today() -> None:
    world = looking_ahead()
    world.governments[US].protection_rent = 2.0
    day = world.measures[PORT_FEES].until
    o, t = table(world, US, CN, day)
    left = [row for row in world.acts[: t.rows] if row.sunset_first != 0]
    assert left == [], "all of Washington's suspensions end these days"
    assert t.first == o.first
    assert t.ending == 4
    back = [row for row in world.acts[: t.rows] if row.act == REACTIVATE]
    assert t.lapse_gain == pytest.approx(sum(row.lapse_gain for row in back))
    assert t.lapse_pressure == pytest.approx(sum(row.lapse_pressure for row in back))
    assert row_of(world, t, REACTIVATE, DUTY).lapse_gain > 0


@given(beliefs)
def test_a_partner_that_always_holds_leaves_of_tomorrow_the_sunsets_alone(belief: float) -> None:
    world = looking_ahead()
    for g in world.governments:
        g.renewal_belief, g.belief_strength = belief, 1e6
    for counts in world.answers:
        counts[:] = [0.0, 1.0, 0.0] * 3
    o, t = table(world, US, CN, DAY)
    holding = carried_by(world, US, CN, DAY, NO_ACT)
    stakes = SunsetStakes(t.first, t.rest)
    assert holding.later == pytest.approx(-expected(stakes, o.belief), abs=1e-9)


def test_the_next_move_of_the_partner_is_the_mean_over_its_acts_that_are_felt() -> None:
    world = looking_ahead()
    h, tariffs, partner = discounting_of(world, US), tariffs_of(world, US, CN), world.governments[CN]
    worths: dict[bool, list[float]] = {True: [], False: []}
    for number, measure in enumerate(world.measures):
        for act in range(REACTIVATE, len(MOVE_OF_ACT)):
            before, after = effective_level(measure), level_after(measure, act)
            if measure.issuer != CN or before == after or not legal(measure, act, DAY, partner.notice_days):
                continue
            wait = partner.reaction_days + (measure.lead_days if act == IMPOSE else 0)
            gain = worth(effects(world, h, US, number, before, after, tariffs, DAY))
            if gain != 0.0:
                worths[MOVE_OF_ACT[act] == ESCALATE].append(gain * delayed(h.rate, wait / DAYS_PER_MONTH))
    o = outlook(world, US, CN, DAY)
    assert o.blow == pytest.approx(-sum(worths[True]) / len(worths[True]))
    assert o.relief == pytest.approx(sum(worths[False]) / max(1, len(worths[False])))
    assert 0 < o.blow_sunset < o.blow, "part of an escalation is what the next sunset would bring anyway"


@given(st.integers(0, 720))
def test_a_constant_hazard_every_change_that_begins_later_is_worth_the_same_factor_of_its_worth_today(
    lead: int,
) -> None:
    """Whatever term it is of, and whoever counts it."""
    world = looking_ahead(12.0)
    world.measures[THREAT].lead_days = 0
    o, t = table(world, US, CN, DAY)
    columns = ("trade", "rent", "controls", "partner_trade", "partner_harm", "pressure", "size")
    today = [getattr(row_of(world, t, IMPOSE, THREAT), name) for name in columns]
    world.measures[THREAT].lead_days = lead
    o, t = table(world, US, CN, DAY)
    factor = delayed(o.h.rate, lead / DAYS_PER_MONTH)
    later = [getattr(row_of(world, t, IMPOSE, THREAT), name) for name in columns]
    assert later == pytest.approx([factor * worth_today for worth_today in today], rel=1e-12)
    assert min(map(abs, today[:2])) > 0


def test_an_answer_is_waited_for_until_the_day_on_which_it_falls_due() -> None:
    world = looking_ahead()
    pair(world, US, CN).react_on = DAY + 1
    assert outlook(world, US, CN, DAY).waiting
    assert not outlook(world, US, CN, DAY + 1).waiting


def test_a_summit_is_a_meeting_and_so_is_a_relaxation_of_the_partner() -> None:
    world = looking_ahead()
    assert not outlook(world, US, CN, DAY).meeting
    pair(world, US, CN).summit_on = DAY
    assert outlook(world, US, CN, DAY).meeting
    assert not outlook(world, US, CN, DAY + 1).meeting
    pair(world, US, CN).favour = 1
    assert outlook(world, US, CN, DAY + 1).meeting
