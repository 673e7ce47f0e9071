"""Whether the promises of the first morning hold about the time they end."""

from math import nan

from sim.domain.constants import IN_FORCE, SUSPENDED
from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY, Government, Measure, outcome
from sim.outcomes.run_queries import concerns


@outcome(unit="chance", example="back_around_sunset:days=30")
def back_around_sunset(
    run: RunRecord, government: Government = ANY, measure: Measure = ANY, days: int = 30
) -> float:
    """Whether a measure suspended on the first morning is back in force within days of its sunset.

    By a move or by itself, before or after the date it had on the first morning. Not a number if the
    run ends before the days after every such date are over.

    Args:
        government: whose measure; anybody's if not given.
        measure: which one; any if not given.
        days: before and after the last day of the suspension [days].
    """
    could = False
    for k in range(len(run.opening)):
        m = run.opening[k]
        over = m.until + days <= run.end  # a run that ends among the days says nothing
        if m.status == SUSPENDED and over and concerns(run, k, government, measure):
            could = True
            for c in run.changes:
                if c.measure == k and c.status == IN_FORCE and abs(c.day - m.until) <= days:
                    return 1.0
    return 0.0 if could else nan
