"""Never forgive."""

from sim.domain.constants import ESCALATE, HOLD, Move
from sim.domain.view import View
from sim.strategies.strategy_register import strategy


@strategy(source="Friedman (1971), grim trigger")
def grim(view: View) -> Move:
    """Hold until the partner escalates once, then escalate for ever."""
    return ESCALATE if view.their_escalations > 0 else HOLD
