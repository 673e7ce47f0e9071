"""What is read from a run of a dispute: truces, peaks, steps and months."""

import numpy as np

from sim.domain.constants import ESCALATE, EXTEND, MOVE_OF_ACT, NEVER, RELAX, TARIFF
from sim.domain.run_record import RunRecord
from sim.outcomes.episodes import Step, Truce, truces
from sim.statistics.arrays import Array

TOGETHER = 30  # days within which two relaxations make a truce


def truces_of(run: RunRecord) -> list[Truce]:
    """The truces of a run of two governments after its first escalation, in order.

    Both relax within 30 days, at least one of them a tariff; extending a suspension begins no truce.
    """
    steps = [
        Step(a.day, a.government, MOVE_OF_ACT[a.act], float(run.opening[a.measure].kind == TARIFF))
        for a in run.acts
        if a.act != EXTEND
    ]
    return [truce for truce in truces(steps, TOGETHER, 1.0) if truce.since != NEVER]


def tariffs(run: RunRecord) -> Array:
    """Average tariffs of the evenings, 0's on 1 and 1's on 0 [per cent], shape (days, 2)."""
    return 100.0 * np.asarray(run.tariffs)[:, [1, 2]]


def time_to_truce(run: RunRecord) -> float:
    """Days from the first escalation to the first truce; the whole run if none comes."""
    first = next((m.day for m in run.moves if m.move == ESCALATE), run.end)
    return float(next((t.day for t in truces_of(run)), run.end) - first)


def monthly_steps(run: RunRecord) -> Array:
    """Changes of the average tariffs from one 30-day month to the next [points], shape (months, 2)."""
    ends = tariffs(run)[29::30]
    return np.diff(ends, axis=0)


def monthly_moves(run: RunRecord) -> Array:
    """The net move of each side in each 30-day month: 1 escalates, 0 holds, -1 relaxes, shape (months, 2)."""
    months = (run.end - run.start) // 30 + 1
    score = np.zeros((months, 2))
    for m in run.moves:
        if m.move != EXTEND:
            score[(m.day - run.start) // 30, m.government] += {ESCALATE: 1.0, RELAX: -1.0}.get(m.move, 0.0)
    return np.sign(score)
