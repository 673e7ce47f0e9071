"""What decisions cost at once: attention for the act, and the audiences at home that it disappoints."""

from collections.abc import Sequence

from sim.domain.constants import NO_ACT, RELAX
from sim.domain.state import PendingDecision, World
from sim.domain.terms import ACTS
from sim.rules.terms.attention_term import price
from sim.rules.terms.audience_term import charge_audience


def charge(world: World, decisions: Sequence[PendingDecision], count: int, day: int) -> None:
    """Charge what decisions cost at once, before they take effect."""
    for k in range(count):
        d = decisions[k]
        if d.act != NO_ACT:
            world.accounts[d.government][ACTS] -= price(world, d.measure, d.act)
        charge_audience(world, d, day, relaxes(decisions, count, d.partner, d.government))


def relaxes(decisions: Sequence[PendingDecision], count: int, government: int, partner: int) -> bool:
    """Whether a government relaxes towards a partner on this evening."""
    for k in range(count):
        d = decisions[k]
        if d.government == government and d.partner == partner and d.move == RELAX:
            return True
    return False
