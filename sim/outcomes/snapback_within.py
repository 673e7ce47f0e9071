"""Snapback: how quickly a suspended measure comes back after a provocation."""

from math import nan

from sim.domain.constants import ESCALATE, NEVER, REACTIVATE
from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY, Day, Government, Measure, outcome
from sim.outcomes.run_queries import fits


@outcome(unit="chance", example="snapback_within:government=CN,days=7")
def snapback_within(
    run: RunRecord,
    government: Government = ANY,
    partner: Government = ANY,
    days: int = 7,
    since: Day = NEVER,
    measure: Measure = ANY,
) -> float:
    """Whether a partner's first escalation is answered by reactivating a suspended measure within days.

    Not a number if nobody escalates, or the run ends before the days are over. A reactivation on the
    day of the escalation is no answer, for both were decided that morning.

    Args:
        government: who snaps back; anybody if not given.
        partner: who provokes; anybody if not given.
        days: from the escalation to the reactivation [days].
        since: escalations before this day do not count; all do if not given.
        measure: which one comes back; any if not given.
    """
    for m in run.moves:
        if (
            m.move == ESCALATE
            and m.day >= since
            and fits(partner, m.government)
            and fits(government, m.partner)
        ):
            if m.day + days > run.end:
                return nan
            for answer in run.acts:
                back = answer.act == REACTIVATE and 0 < answer.day - m.day <= days
                back = back and fits(measure, answer.measure)
                if back and answer.government == m.partner and answer.partner == m.government:
                    return 1.0
            return 0.0
    return nan
