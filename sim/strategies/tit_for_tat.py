"""Answer in kind."""

from sim.domain.constants import ESCALATE, HOLD, RELAX, Move
from sim.domain.view import View
from sim.strategies.strategy_register import strategy


@strategy(source="Axelrod (1984); generosity: Nowak and Sigmund (1992)", sure=(0, 1))
def tit_for_tat(view: View, generosity: float = 0.0) -> Move:
    """Answer an escalation in kind, and a relaxation in kind.

    Args:
        generosity: chance of letting an escalation pass [0 to 1].
    """
    if view.their_last_move == ESCALATE and view.luck >= generosity:
        return ESCALATE
    return RELAX if view.their_last_move == RELAX else HOLD
