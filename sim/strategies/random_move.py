"""Throw dice."""

from sim.domain.constants import ESCALATE, HOLD, RELAX, Move
from sim.domain.view import View
from sim.strategies.strategy_register import strategy


@strategy(source="Axelrod (1984), random, with three moves", sure=(0, 1))
def random_move(view: View, escalate: float = 1 / 3, relax: float = 1 / 3) -> Move:
    """Escalate, relax or hold by chance alone.

    Args:
        escalate: chance of escalating [0 to 1].
        relax: chance of relaxing [0 to 1].
    """
    if view.luck < escalate:
        return ESCALATE
    if view.luck >= 1.0 - relax:
        return RELAX
    return HOLD
