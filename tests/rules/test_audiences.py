"""Audiences in a world: giving way under provocation, joint steps, threats executed in proportion."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import carried_by, first_day, measure_of, morning, names, package_of, pair, row_of, table

from sim.domain.constants import ESCALATE, EXTEND, HOLD, IMPOSE, IN_FORCE, NO_ACT, REACTIVATE, RELAX, SUSPEND
from sim.domain.state import ActRow, PendingDecision, World
from sim.domain.terms import ACTS, AUDIENCE
from sim.rules.act_table import ActTable
from sim.rules.decision_costs import charge
from sim.rules.learning import remember
from sim.rules.measure_changes import set_status
from sim.rules.outlook import Outlook
from sim.rules.package_values import NOTHING, MoveValue, move_value
from sim.rules.terms.audience_term import audience_cost

US = names("busan").governments.index("US")
CN = names("busan").governments.index("CN")
FENTANYL = measure_of("busan", "us_fentanyl")
BOYCOTT = measure_of("busan", "cn_soy_boycott")
DUTIES = measure_of("busan", "us_reciprocal_24")
FARM = measure_of("busan", "cn_new_farm_tariffs")
DAY = first_day("busan") + 20
costs = st.floats(0.1, 40)


def giving_way(world: World) -> MoveValue:
    """Washington suspends its fentanyl duty."""
    return carried_by(world, US, CN, DAY, SUSPEND, FENTANYL)


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
    pair(world, US, CN).threat_due = 1.0
    assert carried_by(world, US, CN, DAY, NO_ACT).audience == 0


def provoked(due: float = 1.0, owed: float = 0.0) -> tuple[World, Outlook, ActTable]:
    """A morning on which part of Beijing's threat is due, with its table of acts."""
    world = morning("busan")
    mine = pair(world, CN, US)
    mine.owed, mine.threat_due = owed, due
    return world, *table(world, CN, US, DAY)


def clauses(world: World, t: ActTable) -> list[ActRow]:
    """The acts that execute Beijing's threat, the largest first."""
    return sorted((row for row in world.acts[: t.rows] if row.executes > 0), key=lambda row: -row.executes)


def test_what_executes_a_threat_is_what_was_suspended_under_the_deal_and_comes_back() -> None:
    world, _, t = provoked()
    found = {(row.act, row.measure) for row in clauses(world, t)}
    suspended = [k for k, m in enumerate(world.measures) if m.issuer == CN and m.clause and m.until > DAY]
    assert found == {(REACTIVATE, k) for k in suspended}
    assert len(suspended) == 7
    assert t.threat == pytest.approx(sum(row.executes for row in clauses(world, t)))


@given(st.floats(0.01, 1), st.integers(0, 7))
def test_a_threat_costs_its_stake_by_the_part_of_what_is_due_that_is_left(due: float, many: int) -> None:
    world, o, t = provoked(due)
    package = package_of(world, o, *clauses(world, t)[:many])
    left = max(0.0, 1.0 - package.executes / (due * t.threat))
    value = move_value(world, o, t, ESCALATE, package, 1.0)
    assert value.audience == pytest.approx(o.stake * left, rel=1e-9, abs=1e-9)
    assert o.stake == pair(world, CN, US).stake > 0


def test_holding_under_a_threat_that_is_due_costs_the_whole_stake_whatever_is_due() -> None:
    for due in (0.01, 0.5, 1.0):
        world, o, t = provoked(due)
        assert move_value(world, o, t, HOLD, NOTHING, 1.0).audience == o.stake


def test_another_threat_than_the_one_announced_saves_nothing() -> None:
    world, o, t = provoked()
    farm = package_of(world, o, row_of(world, t, IMPOSE, FARM))
    assert farm.pressure > 0 == farm.executes
    assert move_value(world, o, t, ESCALATE, farm, 1.0).audience == o.stake


def test_what_has_been_put_back_already_counts_as_executed() -> None:
    world, o, t = provoked()
    first = replace(clauses(world, t)[0])
    set_status(world.measures[first.measure], IN_FORCE)
    o, left = table(world, CN, US, DAY)
    assert o.executed == pytest.approx(first.executes)
    assert left.threat == pytest.approx(t.threat - first.executes)
    cost = o.stake * (1 - o.executed / (o.executed + left.threat))
    assert move_value(world, o, left, HOLD, NOTHING, 1.0).audience == pytest.approx(cost)
    assert 0 < cost < o.stake


@given(st.floats(0, 10), st.floats(0, 40))
def test_where_no_threat_is_due_none_is_broken(pressure: float, stake: float) -> None:
    world = morning("busan")
    mine = pair(world, CN, US)
    mine.stake, mine.owed, mine.threat_due = stake, 1.0, 0.0
    o, t = table(world, CN, US, DAY)
    months = world.governments[CN].inaction_cost
    assert audience_cost(world, o, t.threat, pressure, 0.0) == pytest.approx(
        months * max(0.0, 1.0 - pressure)
    )


def test_without_a_deal_nothing_is_threatened_and_nothing_staked() -> None:
    world, _, _ = provoked()
    pair(world, CN, US).deal_since = -1
    o, t = table(world, CN, US, DAY)
    assert o.due == 0
    assert move_value(world, o, t, HOLD, NOTHING, 1.0).audience == 0


def test_holding_costs_nothing_while_the_answer_is_still_to_come() -> None:
    world = morning("busan")
    mine = pair(world, CN, US)
    mine.owed, mine.threat_due, mine.react_on = 1.0, 1.0, DAY + 1
    assert carried_by(world, CN, US, DAY, NO_ACT).audience == 0
    assert carried_by(world, CN, US, DAY, REACTIVATE, BOYCOTT).audience > 0


def made(government: int, partner: int, act: int, measure: int, move: int = RELAX) -> PendingDecision:
    """A decision of half a billion a month that its partner notices half, without an audience of its own."""
    return PendingDecision(
        government,
        partner,
        move,
        act,
        measure,
        routine=int(act != EXTEND),
        extends=int(act == EXTEND),
        pressure=-0.5,
        noticed=0.5,
        attention=3.0,
    )


def test_two_who_relax_on_one_evening_are_not_reproached_and_one_alone_is() -> None:
    together = [made(US, CN, SUSPEND, FENTANYL), made(CN, US, SUSPEND, BOYCOTT)]
    for steps in (together, together[:1]):
        world = morning("busan")
        charge(world, steps, len(steps), DAY)
        g, account = world.governments[US], world.accounts[US]
        cost = 0.0 if len(steps) == 2 else 0.5 * g.unreturned_cost * g.political_weight
        assert account[AUDIENCE] == pytest.approx(-cost)
        assert account[ACTS] == -3


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
