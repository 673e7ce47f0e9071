"""What is taken back early."""

from math import nan

from sim.domain.constants import REACTIVATE, SUSPENDED
from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY, Government, Measure, outcome
from sim.outcomes.run_queries import concerns


@outcome(unit="chance", example="broken_before_sunset:government=US")
def broken_before_sunset(run: RunRecord, government: Government = ANY, measure: Measure = ANY) -> float:
    """Whether a suspended measure is reactivated before its suspension ends, or on its last day.

    Not a number if nothing was suspended in the run.

    Args:
        government: whose measure; anybody's if not given.
        measure: which one; any if not given.
    """
    for m in run.acts:
        if m.act == REACTIVATE and concerns(run, m.measure, government, measure):
            return 1.0
    for k in range(len(run.opening)):
        if run.opening[k].status == SUSPENDED and concerns(run, k, government, measure):
            return 0.0
    for c in run.changes:
        if c.status == SUSPENDED and concerns(run, c.measure, government, measure):
            return 0.0
    return nan
