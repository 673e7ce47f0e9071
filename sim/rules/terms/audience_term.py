"""Audiences at home: what inaction, empty threats and lone concessions cost, expected and booked."""

from sim.domain.constants import EXTEND, HOLD, REACTIVATE, RELAX, SUSPENDED
from sim.domain.state import PendingDecision, World
from sim.domain.terms import AUDIENCE
from sim.payoffs.politics import broken_threat, market_bonus, unanswered, unreturned
from sim.rules.indexing import pair_of
from sim.rules.present_values import mean_pressure


def charge_audience(world: World, decision: PendingDecision, day: int, returned: bool) -> None:
    """Charge a decision's audience cost, before the acts of the evening.

    An extension that stays alone is charged once the partner ends the truce (`sim.rules.learning`).

    Args:
        world: before the acts of the evening.
        decision: the decision.
        day: today.
        returned: whether the partner relaxed on the same evening.
    """
    account = world.accounts[decision.government]
    account[AUDIENCE] -= audience_cost(
        world, decision.government, decision.partner, decision.move, decision.act, decision.pressure, day
    )
    if decision.move == RELAX:
        account[AUDIENCE] += market_relief(world, decision.government)
        pair = world.pairs[pair_of(world, decision.government, decision.partner)]
        meeting = pair.summit_on == day or pair.favour == 1
        if decision.act != EXTEND and not meeting and not returned:
            charge_lone_step(world, decision.government, decision.noticed)


def charge_lone_step(world: World, government: int, noticed: float) -> None:
    """Charge the audience cost of a relaxation that stayed alone."""
    world.accounts[government][AUDIENCE] -= lone_step_cost(world, government, 0.0, noticed)


def lone_step_cost(world: World, government: int, returned: float, noticed: float) -> float:
    """Audience cost of relaxing, expected if the partner returns it with a probability [bn USD]."""
    g = world.governments[government]
    return g.political_weight * g.expectation * unreturned(g.unreturned_cost, returned, noticed)


def market_relief(world: World, government: int) -> float:
    """Worth of relaxing today while markets are in stress [bn USD]."""
    g = world.governments[government]
    return g.political_weight * market_bonus(g.market_loss, g.market_threshold, g.market_relief)


def answer_to_come(world: World, government: int, partner: int, move: int, day: int) -> bool:
    """Whether a move is no answer yet: it holds, and an answer falls due on a later day."""
    pair = world.pairs[pair_of(world, government, partner)]
    return move == HOLD and pair.react_on > day


def audience_cost(
    world: World, government: int, partner: int, move: int, act: int, push: float, day: int
) -> float:
    """Audience cost of what an act leaves unanswered [bn USD].

    The declared threats are the measures that stand suspended: only reactivating executes them.
    Holding costs nothing while the answer is still to come.
    """
    if answer_to_come(world, government, partner, move, day):
        return 0.0
    g = world.governments[government]
    pair = world.pairs[pair_of(world, government, partner)]
    cost = unanswered(pair.owed, push, g.inaction_cost)
    if pair.threat_due == 1:
        executed = push if act == REACTIVATE else 0.0
        deserved = min(pair.owed, threatened_pressure(world, government, partner, day))
        cost += broken_threat(executed, deserved, g.threat_cost)
    return g.political_weight * g.expectation * cost


def threatened_pressure(world: World, government: int, partner: int, day: int) -> float:
    """Pressure of all measures that a government holds suspended over a partner [bn USD/month]."""
    push = 0.0
    for k in range(len(world.measures)):
        measure = world.measures[k]
        if measure.issuer == government and measure.target == partner and measure.status == SUSPENDED:
            push += mean_pressure(world, government, k, 0.0, measure.level, 0.0, day)
    return push
