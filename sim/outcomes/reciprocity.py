"""Like for like: how much of a partner's last step comes back."""

from math import nan

from sim.domain.constants import FORCED, HOLD
from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY, Government, outcome
from sim.outcomes.run_queries import fits


@outcome(unit="slope", example="reciprocity:government=CN")
def reciprocity(run: RunRecord, government: Government = ANY, partner: Government = ANY) -> float:
    """Slope of a government's moves on what its partner did before: 1 is tit for tat, 0 is deaf.

    Least squares over decisions that nobody forced, with escalate, hold and relax as -1, 0 and 1. What
    the partner did is its last move other than hold since the government's decision before, seen from
    the next day on. Not a number if that was always the same. The form is that of reaction functions
    fitted to event data, as in Goldstein and Freeman (1990, Three-Way Street), without their inertia.

    Args:
        government: whose answers; everybody's if not given.
        partner: to whom; to anybody if not given.
    """
    count = 0
    sum_x = 0
    sum_y = 0
    sum_xx = 0
    sum_xy = 0
    for k in range(len(run.moves)):
        m = run.moves[k]
        if m.reason != FORCED and fits(government, m.government) and fits(partner, m.partner):
            x = seen_before(run, k) - HOLD
            y = m.move - HOLD
            count += 1
            sum_x += x
            sum_y += y
            sum_xx += x * x
            sum_xy += x * y
    variation = count * sum_xx - sum_x * sum_x
    return (count * sum_xy - sum_x * sum_y) / variation if variation > 0 else nan


def seen_before(run: RunRecord, k: int) -> int:
    """The partner's last move other than hold that decision k is the first to see, else HOLD."""
    m = run.moves[k]
    oldest = run.start
    for j in range(k - 1, -1, -1):
        p = run.moves[j]
        if p.day < oldest:
            return HOLD
        if p.day < m.day:
            if p.government == m.partner and p.partner == m.government and p.move != HOLD:
                return int(p.move)
            if p.government == m.government and p.partner == m.partner:
                oldest = p.day  # what the partner did on that day was not yet seen
    return HOLD
