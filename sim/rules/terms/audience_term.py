"""Audiences at home: what inaction, empty threats and lone concessions cost, expected and booked."""

from sim.domain.constants import RELAX
from sim.domain.state import PendingDecision, World
from sim.domain.terms import AUDIENCE
from sim.payoffs.politics import broken_threat, market_bonus, unanswered, unreturned
from sim.rules.indexing import pair_of
from sim.rules.outlook import Outlook


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
    account[AUDIENCE] -= decision.audience
    if decision.move == RELAX:
        account[AUDIENCE] += market_relief(world, decision.government)
        pair = world.pairs[pair_of(world, decision.government, decision.partner)]
        meeting = pair.summit_on == day or pair.favour == 1
        if decision.routine == 1 and not meeting and not returned:
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


def audience_cost(world: World, o: Outlook, threat: float, pressure: float, executes: float) -> float:
    """Audience cost of what a package leaves unanswered [bn USD].

    Args:
        world: the morning's state.
        o: of the government.
        threat: pressure of the suspended clauses of its deal with the partner [bn USD/month].
        pressure: that the package puts on the partner [bn USD/month].
        executes: the part of it that executes the threat [bn USD/month].
    """
    g = world.governments[o.government]
    cost = unanswered(o.owed, pressure, g.inaction_cost)
    if o.due > 0.0 and threat > 0.0:
        cost += broken_threat(o.executed + executes, o.due * (o.executed + threat), o.stake)
    return g.political_weight * g.expectation * cost
