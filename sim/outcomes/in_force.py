"""What is in force on a day."""

from math import nan

from sim.domain.constants import IN_FORCE, NEVER
from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY, Day, Government, Measure, outcome
from sim.outcomes.run_queries import concerns


@outcome(unit="share", example="in_force:measure=cn_ga_ge_sb_ban,on=2026-11-28")
def in_force(life: RunRecord, government: Government = ANY, measure: Measure = ANY, on: Day = NEVER) -> float:
    """Share of the measures asked for that are in force on an evening; of one measure, its chance.

    Args:
        government: whose measures; everybody's if not given.
        measure: which one; all if not given.
        on: the day; the last one of the run if not given.
    """
    day = life.end if on == NEVER else on
    asked = 0
    found = 0
    for k in range(len(life.opening)):
        if concerns(life, k, government, measure):
            status = life.opening[k].status
            for c in life.changes:
                if c.measure == k and c.day <= day:
                    status = c.status
            asked += 1
            if status == IN_FORCE:
                found += 1
    return found / asked if asked > 0 and day <= life.end else nan
