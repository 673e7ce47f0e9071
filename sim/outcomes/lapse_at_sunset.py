"""What nobody renews."""

from math import nan

from sim.domain.constants import BY_SUNSET, SUSPENDED
from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY, Government, Measure, outcome
from sim.outcomes.run_queries import concerns


@outcome(unit="chance", example="lapse_at_sunset:measure=cn_ga_ge_sb_ban")
def lapse_at_sunset(run: RunRecord, government: Government = ANY, measure: Measure = ANY) -> float:
    """Whether a suspension runs to its last day and nobody extends it, so that the measure is back.

    Not a number if no suspension had its last day before the end of the run.

    Args:
        government: whose suspension; anybody's if not given.
        measure: which one; any if not given.
    """
    could = False
    for k in range(len(run.opening)):
        m = run.opening[k]
        if m.status == SUSPENDED and m.until < run.end and concerns(run, k, government, measure):
            could = True
    for c in run.changes:
        if concerns(run, c.measure, government, measure):
            if c.cause == BY_SUNSET:
                return 1.0
            if c.status == SUSPENDED and c.until < run.end:
                could = True
    return 0.0 if could else nan
