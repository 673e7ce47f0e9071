"""How long the quiet lasts."""

from math import nan

from sim.domain.constants import ESCALATE
from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY, Government, outcome
from sim.outcomes.run_queries import fits


@outcome(unit="days", example="days_to_first_escalation:government=US")
def days_to_first_escalation(
    run: RunRecord, government: Government = ANY, partner: Government = ANY
) -> float:
    """Days from the first morning to the first escalation, not a number if there is none.

    Args:
        government: who escalates; anybody if not given.
        partner: towards whom; anybody if not given.
    """
    for m in run.moves:
        if m.move == ESCALATE and fits(government, m.government) and fits(partner, m.partner):
            return float(m.day - run.start)
    return nan
