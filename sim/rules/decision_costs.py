"""What decisions cost at once: the act itself, and the audiences at home that it disappoints."""

from collections.abc import Sequence

from sim.domain.constants import EXTEND, NO_ACT, RELAX
from sim.domain.state import PendingDecision, World
from sim.payoffs.politics import market_bonus, unreturned
from sim.rules.act_values import price
from sim.rules.indexing import pair_of
from sim.rules.move_values import audience_cost


def charge(world: World, decisions: Sequence[PendingDecision], count: int, day: int) -> None:
    """Charge what decisions cost at once, before they take effect."""
    for k in range(count):
        d = decisions[k]
        charge_decision(world, d, day, relaxes(decisions, count, d.partner, d.government))


def charge_decision(world: World, decision: PendingDecision, day: int, returned: bool) -> None:
    """Charge what a decision costs at once: the act, and the audiences it disappoints.

    Args:
        world: before the acts of the evening.
        decision: what was decided.
        day: today.
        returned: whether the partner relaxed on the same evening.
    """
    g = world.governments[decision.government]
    pair = world.pairs[pair_of(world, decision.government, decision.partner)]
    meeting = pair.summit_on == day or pair.favour == 1
    if decision.act != NO_ACT:
        g.acts -= price(world, decision.measure, decision.act)
    g.audience -= audience_cost(
        world, decision.government, decision.partner, decision.move, decision.act, decision.pressure, day
    )
    if decision.move == RELAX:
        g.audience += g.political_weight * market_bonus(g.market_loss, g.market_threshold, g.market_relief)
    if decision.move == RELAX and decision.act != EXTEND and not meeting and not returned:
        charge_unreturned(world, decision.government, decision.noticed)


def charge_unreturned(world: World, government: int, noticed: float) -> None:
    """Charge the audience cost of a relaxation that stayed alone."""
    g = world.governments[government]
    cost = unreturned(g.unreturned_cost, 0.0, noticed)
    g.audience -= g.political_weight * g.expectation * cost


def relaxes(decisions: Sequence[PendingDecision], count: int, government: int, partner: int) -> bool:
    """Whether a government relaxes towards a partner on this evening."""
    for k in range(count):
        d = decisions[k]
        if d.government == government and d.partner == partner and d.move == RELAX:
            return True
    return False
