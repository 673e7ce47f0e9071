"""Whether a spiral ends."""

from math import nan

from sim.domain.constants import NEVER
from sim.domain.run_record import RunRecord
from sim.outcomes.episodes import first_escalation, truce_day
from sim.outcomes.outcome_register import ANY, Government, outcome


@outcome(unit="chance", example="truce_reached")
def truce_reached(run: RunRecord, government: Government = ANY, partner: Government = ANY) -> float:
    """Whether both sides relax after the first escalation between them and before the next one.

    An extension is no such relaxation. Not a number if nobody escalates.

    Args:
        government: one side; anybody if not given.
        partner: the other side; anybody if not given.
    """
    first = first_escalation(run, government, partner)
    if first < 0:
        return nan
    return 0.0 if truce_day(run, first) == NEVER else 1.0
