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


def truces(life: RunRecord) -> list[SpiralTruce]:
    """The truces of a life of two governments, in order.

    A truce begins on the day on which both have relaxed within 30 days, at least one of them a
    tariff, with no escalation since the first of these; it lasts until somebody escalates.
    Extending a suspension begins no truce.
    """
    found: list[SpiralTruce] = []
    relaxed: dict[int, int] = {}
    tariff_on = escalated = -1
    standing = False
    for day in sorted({m.day for m in life.moves}):
        today = [m for m in life.moves if m.day == day]
        if any(m.move == ESCALATE for m in today):
            escalated, standing, relaxed, tariff_on = day, False, {}, -1
            continue
        for m in today:
            if m.move == RELAX and m.act != EXTEND:
                relaxed[m.government] = day
                tariff_on = day if life.opening[m.measure].kind == TARIFF else tariff_on
        both = len(relaxed) == 2 and day - min(relaxed.values()) <= TOGETHER
        if both and 0 <= day - tariff_on <= TOGETHER and escalated >= 0 and not standing:
            found.append(SpiralTruce(day, escalated))
            standing = True
    return found


def tariffs(life: RunRecord) -> Array:
    """Average tariffs of the evenings, 0's on 1 and 1's on 0 [per cent], shape (days, 2)."""
    return 100.0 * np.asarray(life.tariffs)[:, [1, 2]]


def time_to_truce(life: RunRecord) -> float:
    """Days from the first escalation to the first truce; the whole run if none comes."""
    first = next((m.day for m in life.moves if m.move == ESCALATE), life.end)
    return float(next((t.start for t in truces(life)), life.end) - first)


def monthly_steps(life: RunRecord) -> Array:
    """Changes of the average tariffs from one 30-day month to the next [points], shape (months, 2)."""
    ends = tariffs(life)[29::30]
    return np.diff(ends, axis=0)


def monthly_moves(life: RunRecord) -> Array:
    """The net move of each side in each 30-day month: 1 escalates, 0 holds, -1 relaxes, shape (months, 2)."""
    months = (life.end - life.start) // 30 + 1
    score = np.zeros((months, 2))
    for m in life.moves:
        if m.move != EXTEND:
            score[(m.day - life.start) // 30, m.government] += {ESCALATE: 1.0, RELAX: -1.0}.get(m.move, 0.0)
    return np.sign(score)
