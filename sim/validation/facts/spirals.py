"""What is read from the life of a dispute: truces, peaks, steps and months."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.constants import ESCALATE, EXTEND, RELAX, TARIFF
from sim.domain.run_record import RunRecord

Array = NDArray[np.float64]
TOGETHER = 30  # days within which two relaxations make a truce


class SpiralTruce(NamedTuple):
    """A truce: both relax, one of them a tariff, and nobody escalates in between."""

    start: int  # day
    since: int  # day of the last escalation before it


def truces(run: RunRecord) -> list[SpiralTruce]:
    """The truces of a life of two governments, in order.

    A truce begins on the day on which both have relaxed within 30 days, at least one of them a
    tariff, with no escalation since the first of these; it lasts until somebody escalates.
    Extending a suspension begins no truce.
    """
    result: list[SpiralTruce] = []
    relaxed: dict[int, int] = {}
    tariff_on = escalated = -1
    in_truce = False
    for day in sorted({m.day for m in run.moves}):
        today = [m for m in run.moves if m.day == day]
        if any(m.move == ESCALATE for m in today):
            escalated, in_truce, relaxed, tariff_on = day, False, {}, -1
            continue
        for m in today:
            if m.move == RELAX and m.act != EXTEND:
                relaxed[m.government] = day
                tariff_on = day if run.opening[m.measure].kind == TARIFF else tariff_on
        both = len(relaxed) == 2 and day - min(relaxed.values()) <= TOGETHER
        if both and 0 <= day - tariff_on <= TOGETHER and escalated >= 0 and not in_truce:
            result.append(SpiralTruce(day, escalated))
            in_truce = True
    return result


def tariffs(run: RunRecord) -> Array:
    """Average tariffs of the evenings, 0's on 1 and 1's on 0 [per cent], shape (days, 2)."""
    return 100.0 * np.asarray(run.tariffs)[:, [1, 2]]


def time_to_truce(run: RunRecord) -> float:
    """Days from the first escalation to the first truce; the whole run if none comes."""
    first = next((m.day for m in run.moves if m.move == ESCALATE), run.end)
    return float(next((t.start for t in truces(run)), run.end) - first)


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
