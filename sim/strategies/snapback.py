"""Keep one's word, and the clause in it."""

from sim.domain.constants import ESCALATE, HOLD, RELAX, Move
from sim.domain.view import View
from sim.strategies.strategy_register import strategy


@strategy(source="MOFCOM Announcement 72 (2025) read as a rule; conditional reciprocity, Goldstein (1995)")
def snapback(view: View, quiet: int = 60) -> Move:
    """Reactivate what was suspended when provoked; extend and suspend again after quiet.

    Args:
        quiet: days without an escalation by the partner before relaxing again [days].
    """
    if view.provoked and view.can_reactivate:
        return ESCALATE
    calm = view.quiet_days >= quiet
    if calm and (view.can_extend or view.my_escalations > view.my_relaxations):
        return RELAX
    return HOLD
