"""What is in force on a day."""

from math import nan

from sim.domain.constants import IN_FORCE, NEVER
from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY, Day, Government, Measure, outcome
from sim.outcomes.run_queries import concerns


@outcome(unit="share", example="in_force:measure=cn_ga_ge_sb_ban,on=2026-11-28")
def in_force(run: RunRecord, government: Government = ANY, measure: Measure = ANY, on: Day = NEVER) -> float:
    """Share of the measures asked for that are in force on an evening; of one measure, its chance.

    Args:
        government: whose measures; everybody's if not given.
        measure: which one; all if not given.
        on: the day; the last one of the run if not given.
    """
    day = run.end if on == NEVER else on
    measures = 0
    count = 0
    for k in range(len(run.opening)):
        if concerns(run, k, government, measure):
            status = run.opening[k].status
            for c in run.changes:
                if c.measure == k and c.day <= day:
                    status = c.status
            measures += 1
            if status == IN_FORCE:
                count += 1
    return count / measures if measures > 0 and day <= run.end else nan
