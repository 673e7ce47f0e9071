"""How a number that changes from day to day is spread over runs, counted exactly in bounded memory.

A tariff takes few values, each a sum of what measures put on, and changes on few days. So what is kept
is in how many runs it has each value on each day: memory grows with the values and days of a scenario,
not with the number of runs.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.statistics.arrays import Array

STEP = 1e-4  # [share] values are counted to a hundredth of a per cent
ROOM = 16  # values to begin with


class QuantileFan:
    """In how many runs a number has each value on each day."""

    def __init__(self, days: int) -> None:
        self.runs = 0  # that were added
        self._places: dict[int, int] = {}
        self._steps = np.zeros((ROOM, days + 1), dtype=np.int64)  # what a day adds to the day before

    def add(self, starts: Sequence[int], values: Sequence[int]) -> None:
        """Add a run.

        `starts` are the days on which it takes a new value, from 0 on, `values` those values [STEP].
        """
        self.runs += 1
        before = -1
        for day, value in zip(starts, values, strict=True):
            place = self._places.setdefault(value, len(self._places))
            if place == len(self._steps):
                self._steps = np.concatenate([self._steps, np.zeros_like(self._steps)])
            if place != before:
                self._steps[place, day] += 1
                if before >= 0:
                    self._steps[before, day] -= 1
                before = place

    @property
    def values(self) -> Array:
        """The values that were taken, from the lowest [share]."""
        return np.array(sorted(self._places)) * STEP

    @property
    def counts(self) -> NDArray[np.int64]:
        """In how many runs each of them was, shape (values, days)."""
        order = [place for _, place in sorted(self._places.items())]
        counts: NDArray[np.int64] = np.cumsum(self._steps[order, :-1], axis=1)
        return counts

    @property
    def means(self) -> Array:
        """The mean over runs, day by day [share]."""
        means: Array = self.values @ self.counts / self.runs
        return means

    def quantiles(self, levels: ArrayLike) -> Array:
        """The lowest value that at least a part of the runs does not exceed, shape (levels, days) [share].

        The inverse of the distribution, definition 1 of Hyndman and Fan (1996, The American Statistician
        50(4)): always a value that was taken. `levels` are the parts [0 to 1].
        """
        below = np.cumsum(self.counts, axis=0)
        needed = [max(1, int(np.ceil(round(level * self.runs, 6)))) for level in np.atleast_1d(levels)]
        return np.stack([self.values[(below < count).sum(axis=0)] for count in needed])


def add_run(fans: dict[int, QuantileFan], rates: Any) -> None:
    """Add the tariffs of a run to the fans of their columns.

    Fans are by column of `rates`, which are day by day [share], shape (days, columns).
    """
    table = np.rint(np.asarray(rates, dtype=float) / STEP).astype(np.int64)
    for column, fan in fans.items():
        line = table[:, column]
        starts = np.flatnonzero(line[1:] != line[:-1]) + 1
        fan.add([0, *starts.tolist()], [int(line[0]), *line[starts].tolist()])
