"""Repeat what went well."""

from sim.domain.constants import ESCALATE, HOLD, Move
from sim.domain.view import View
from sim.strategies.strategy_register import strategy


@strategy(source="Nowak and Sigmund (1993), Pavlov")
def win_stay_lose_shift(view: View) -> Move:
    """Repeat one's last move if the partner did not escalate, otherwise change it.

    Relaxing counts as holding, as in the game of two moves.
    """
    escalated = view.my_last_move == ESCALATE
    won = view.their_last_move != ESCALATE
    return ESCALATE if escalated == won else HOLD
