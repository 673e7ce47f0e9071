"""How long a spiral lasts."""

from math import nan

from sim.domain.constants import NEVER
from sim.domain.run_record import RunRecord
from sim.outcomes.episodes import first_escalation, truce_day
from sim.outcomes.outcome_register import ANY, Government, outcome


@outcome(unit="days", example="spiral_length")
def spiral_length(run: RunRecord, government: Government = ANY, partner: Government = ANY) -> float:
    """Days from the first escalation to the truce after it, or to the end of the run if there is none.

    A truce is reached when both have relaxed since either last escalated; an extension makes none. Not
    a number if nobody escalates. What is compared is so a mean within the run, not of endless spirals.

    Args:
        government: one side; anybody if not given.
        partner: the other side; anybody if not given.
    """
    first = first_escalation(run, government, partner)
    if first < 0:
        return nan
    day = truce_day(run, first)
    return float((run.end if day == NEVER else day) - run.moves[first].day)
