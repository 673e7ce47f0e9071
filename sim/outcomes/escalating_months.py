"""How much of the time is spent escalating."""

from math import nan

from sim.domain.constants import DAYS_PER_MONTH, ESCALATE, NEVER
from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY, Government, outcome
from sim.outcomes.run_queries import fits


@outcome(unit="share", example="escalating_months:government=CN")
def escalating_months(run: RunRecord, government: Government = ANY, partner: Government = ANY) -> float:
    """Share of months, counted from the first morning, with at least one escalation.

    Months have 30.4375 days; the last counts although it may have begun only.

    Args:
        government: who escalates; anybody if not given.
        partner: towards whom; anybody if not given.
    """
    if run.end < run.start:
        return nan
    months = int((run.end - run.start) / DAYS_PER_MONTH) + 1
    count = 0
    last = NEVER
    for m in run.moves:
        if m.move == ESCALATE and fits(government, m.government) and fits(partner, m.partner):
            month = int((m.day - run.start) / DAYS_PER_MONTH)
            if month != last:
                count += 1
            last = month
    return count / months
