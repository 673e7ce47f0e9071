"""What decisions cost at once: the act itself, and the audiences at home that it disappoints."""

from collections.abc import Sequence

from sim.domain.constants import EXTEND, NO_ACT, RELAX
from sim.domain.state import PendingDecision, World
from sim.payoffs.politics import market_bonus, unreturned
from sim.rules.act_values import price
from sim.rules.indexing import pair_of
from sim.rules.move_values import reproach


def charge(world: World, made: Sequence[PendingDecision], count: int, day: int) -> None:
    """Charge what decisions cost at once, before they take effect."""
    for k in range(count):
        m = made[k]
        book(world, m, day, relaxes(made, count, m.partner, m.government))


def book(world: World, m: PendingDecision, day: int, returned: bool) -> None:
    """Charge what a decision costs at once: the act, and the audiences it disappoints.

    Args:
        world: before the acts of the evening.
        m: what was decided.
        day: today.
        returned: whether the partner relaxed on the same evening.
    """
    g = world.governments[m.government]
    pair = world.pairs[pair_of(world, m.government, m.partner)]
    meeting = pair.summit_on == day or pair.favour == 1
    if m.act != NO_ACT:
        g.acts -= price(world, m.measure, m.act)
    g.audience -= reproach(world, m.government, m.partner, m.move, m.act, m.pressure, day)
    if m.move == RELAX:
        g.audience += g.political_weight * market_bonus(g.market_loss, g.market_threshold, g.market_relief)
    if m.move == RELAX and m.act != EXTEND and not meeting and not returned:
        disappoint(world, m.government, m.noticed)


def disappoint(world: World, government: int, noticed: float) -> None:
    """Charge the audience cost of a relaxation that stayed alone."""
    g = world.governments[government]
    alone = unreturned(g.unreturned_cost, 0.0, noticed)
    g.audience -= g.political_weight * g.expectation * alone


def relaxes(made: Sequence[PendingDecision], count: int, government: int, partner: int) -> bool:
    """Whether a government relaxes towards a partner on this evening."""
    for k in range(count):
        m = made[k]
        if m.government == government and m.partner == partner and m.move == RELAX:
            return True
    return False
