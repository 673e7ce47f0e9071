"""What decisions cost at once: attention for their acts, and the audiences at home that they disappoint."""

from collections.abc import Sequence

from sim.domain.constants import RELAX
from sim.domain.state import PendingDecision, World
from sim.domain.terms import ACTS
from sim.rules.terms.audience_term import charge_audience


def charge(world: World, decisions: Sequence[PendingDecision], count: int, day: int) -> None:
    """Charge what decisions cost at once, before they take effect."""
    for k in range(count):
        d = decisions[k]
        world.accounts[d.government][ACTS] -= d.attention
        charge_audience(world, d, day, relaxes(decisions, count, d.partner, d.government))


def relaxes(decisions: Sequence[PendingDecision], count: int, government: int, partner: int) -> bool:
    """Whether a government relaxes towards a partner on this evening."""
    for k in range(count):
        d = decisions[k]
        if d.government == government and d.partner == partner and d.move == RELAX:
            return True
    return False
