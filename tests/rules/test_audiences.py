"""Audiences in a world: giving way under provocation, joint steps, threats executed in proportion."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import first_day, measure_of, morning, names

from sim.domain.constants import (
    ESCALATE,
    EXTEND,
    HOLD,
    IMPOSE,
    NO_ACT,
    REACTIVATE,
    RELAX,
    SUSPEND,
)
from sim.domain.state import PendingDecision, World
from sim.domain.terms import ACTS, AUDIENCE
from sim.rules.act_values import prospect
from sim.rules.decision_costs import charge
from sim.rules.indexing import pair_of
from sim.rules.learning import remember
from sim.rules.move_values import MoveValue, stakes, value_of_move
from sim.rules.renewal_values import own_lapse
from sim.rules.terms.attention_term import price
from sim.rules.terms.audience_term import audience_cost, threatened_pressure

US = names("busan").governments.index("US")
CN = names("busan").governments.index("CN")
FENTANYL = measure_of("busan", "us_fentanyl")
BOYCOTT = measure_of("busan", "cn_soy_boycott")
DUTIES = measure_of("busan", "us_reciprocal_24")
DAY = first_day("busan") + 20
costs = st.floats(0.1, 40)


def pair(world: World, government: int, partner: int):
    return world.pairs[pair_of(world, government, partner)]


def giving_way(world: World) -> MoveValue:
    """Washington suspends its fentanyl duty."""
    step = prospect(world, FENTANYL, SUSPEND, DAY)
    s = stakes(world, US, CN, DAY)
    return value_of_move(world, US, CN, RELAX, step, s, own_lapse(world, US, CN, DAY, -1), DAY)


def audience_loss(world: World, cost: float) -> float:
    """What giving way is worth less if relaxing alone costs so much [bn USD]."""
    found = []
    for unreturned in (0.0, cost):
        world.governments[US].unreturned_cost = unreturned
        found.append(giving_way(world).now)
    return found[0] - found[1]


@given(costs, st.floats(0.01, 5))
def test_giving_way_to_a_provocation_has_the_full_audience_cost(cost: float, owed: float) -> None:
    world = morning("busan")
    pair(world, US, CN).owed = owed
    assert audience_loss(world, cost) == pytest.approx(cost * giving_way(world).noticed)


@given(costs, st.floats(0, 5))
def test_a_joint_step_has_none_provoked_or_not(cost: float, owed: float) -> None:
    world = morning("busan")
    pair(world, US, CN).owed = owed
    pair(world, US, CN).summit_on = DAY
    assert audience_loss(world, cost) == 0


@given(costs)
def test_nor_has_returning_what_the_partner_began(cost: float) -> None:
    world = morning("busan")
    pair(world, US, CN).favour = 1
    assert audience_loss(world, cost) == 0


@given(costs)
def test_a_step_that_nobody_forces_costs_by_the_chance_that_it_is_not_returned(cost: float) -> None:
    world = morning("busan")
    full = cost * giving_way(world).noticed
    assert 0 < audience_loss(world, cost) < full
    for counts in world.answers:
        counts[6:] = [0.0, 0.0, 1.0]  # all answers to relaxing were relaxing
        counts[3:6] = [0.0, 0.0, 1.0]
    assert audience_loss(world, cost) == pytest.approx(0, abs=1e-9)


def test_governments_without_audiences_pay_none() -> None:
    world = morning("busan")
    pair(world, US, CN).owed = 1.0
    world.governments[US].expectation = 0.0
    assert audience_loss(world, 10.0) == 0
    assert audience_cost(world, US, CN, HOLD, NO_ACT, 0.0, DAY) == 0


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 2))
def test_a_threat_is_executed_by_as_much_as_the_provocation_deserves(a: float, b: float, owed: float) -> None:
    world = morning("busan")
    world.governments[CN].inaction_cost = 0.0
    cost = world.governments[CN].threat_cost * world.governments[CN].political_weight
    mine = pair(world, CN, US)
    mine.owed, mine.threat_due = owed, 1
    deserved = min(owed, threatened_pressure(world, CN, US, DAY))
    assert deserved > 0
    less, more = sorted((a, b))
    found = [audience_cost(world, CN, US, ESCALATE, REACTIVATE, p * deserved, DAY) for p in (less, more, 1.0)]
    assert found == pytest.approx([cost * (1 - less), cost * (1 - more), 0], abs=1e-9)
    assert (
        audience_cost(world, CN, US, ESCALATE, IMPOSE, deserved, DAY) == cost
    )  # another threat than declared
    assert audience_cost(world, CN, US, HOLD, NO_ACT, 0.0, DAY) == cost


def test_a_provocation_beyond_all_that_was_threatened_deserves_no_more_than_that() -> None:
    world = morning("busan")
    world.governments[CN].inaction_cost = 0.0
    mine = pair(world, CN, US)
    mine.owed, mine.threat_due = 1e6, 1
    everything = threatened_pressure(world, CN, US, DAY)
    assert math.isclose(audience_cost(world, CN, US, ESCALATE, REACTIVATE, everything, DAY), 0, abs_tol=1e-9)


@given(st.floats(0, 10), st.floats(0, 40))
def test_where_no_threat_is_due_none_is_broken(pressure: float, cost: float) -> None:
    world = morning("busan")
    g, mine = world.governments[CN], pair(world, CN, US)
    g.threat_cost, mine.owed, mine.threat_due = cost, 1.0, 0
    owed = g.political_weight * g.expectation * g.inaction_cost * max(0.0, 1.0 - pressure)
    assert audience_cost(world, CN, US, ESCALATE, REACTIVATE, pressure, DAY) == pytest.approx(owed)


def test_holding_costs_nothing_while_the_answer_is_still_to_come() -> None:
    world = morning("busan")
    mine = pair(world, CN, US)
    mine.owed, mine.threat_due, mine.react_on = 1.0, 1, DAY + 1
    assert audience_cost(world, CN, US, HOLD, NO_ACT, 0.0, DAY) == 0
    assert audience_cost(world, CN, US, RELAX, SUSPEND, 0.0, DAY) > 0


def made(government: int, partner: int, act: int, measure: int, move: int = RELAX) -> PendingDecision:
    return PendingDecision(government, partner, move, act, measure, 1, -0.5, 0.5)


def test_two_who_relax_on_one_evening_are_not_reproached_and_one_alone_is() -> None:
    together = [made(US, CN, SUSPEND, FENTANYL), made(CN, US, SUSPEND, BOYCOTT)]
    for steps in (together, together[:1]):
        world = morning("busan")
        charge(world, steps, len(steps), DAY)
        g, account = world.governments[US], world.accounts[US]
        cost = 0.0 if len(steps) == 2 else 0.5 * g.unreturned_cost * g.political_weight
        assert account[AUDIENCE] == pytest.approx(-cost)
        assert account[ACTS] == -price(world, FENTANYL, SUSPEND)


def test_prolonging_alone_is_reproached_once_the_partner_ends_the_truce_and_not_before() -> None:
    extension, ending = made(US, CN, EXTEND, DUTIES), made(CN, US, REACTIVATE, BOYCOTT, ESCALATE)
    world = morning("busan")
    charge(world, [extension], 1, DAY)
    remember(world, [extension], 1, DAY)
    assert world.accounts[US][AUDIENCE] == 0
    remember(world, [ending], 1, DAY + 1)
    cost = 0.5 * world.governments[US].unreturned_cost
    assert world.accounts[US][AUDIENCE] == pytest.approx(-cost)
    remember(world, [ending], 1, DAY + 2)
    assert world.accounts[US][AUDIENCE] == pytest.approx(-cost)


def test_prolonging_that_the_partner_returns_costs_no_audience() -> None:
    extension, answer = made(US, CN, EXTEND, DUTIES), made(CN, US, EXTEND, BOYCOTT)
    ending = made(CN, US, REACTIVATE, BOYCOTT, ESCALATE)
    for evenings in ([[extension, answer]], [[extension], [answer]]):
        world = morning("busan")
        for day, steps in enumerate([*evenings, [ending]]):
            remember(world, steps, len(steps), DAY + day)
        assert world.accounts[US][AUDIENCE] == 0


def test_relaxing_under_stress_is_booked_as_it_was_valued() -> None:
    world = morning("busan")
    g = world.governments[US]
    g.market_loss = g.market_threshold + 1
    steps = [made(US, CN, SUSPEND, FENTANYL), made(CN, US, SUSPEND, BOYCOTT)]
    charge(world, steps, len(steps), DAY)
    assert world.accounts[US][AUDIENCE] == pytest.approx(g.market_relief)


def test_a_joint_step_needs_no_answer_and_one_alone_asks_for_one() -> None:
    together = [made(US, CN, SUSPEND, FENTANYL), made(CN, US, SUSPEND, BOYCOTT)]
    for steps in (together, together[:1]):
        world = morning("busan")
        remember(world, steps, len(steps), DAY)
        assert pair(world, CN, US).favour == (0 if len(steps) == 2 else 1)
        assert (pair(world, CN, US).react_on > DAY) == (len(steps) == 1)
