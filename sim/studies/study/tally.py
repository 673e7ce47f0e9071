"""Means with intervals, added up chunk by chunk, so that ten million runs need no more memory than ten."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.studies.intervals import LEVEL, student, wilson

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]


class Sums(NamedTuple):
    """What the mean and spread of an outcome are made of, by group, each of shape (groups,)."""

    runs: Array
    total: Array
    squares: Array


def no_sums(groups: int) -> Sums:
    """Sums over nothing."""
    return Sums(np.zeros(groups), np.zeros(groups), np.zeros(groups))


def add(sums: Sums, groups: Array, values: Array) -> Sums:
    """Sums with more values, those that are not a number left out.

    Args:
        sums: so far.
        groups: of each value, shape (values,).
        values: of an outcome, shape (values,).
    """
    there = ~np.isnan(values)
    where, size = groups[there], len(sums.runs)
    kept = values[there]
    return Sums(
        sums.runs + np.bincount(where, minlength=size),
        sums.total + np.bincount(where, kept, minlength=size),
        sums.squares + np.bincount(where, kept * kept, minlength=size),
    )


def intervals(sums: Sums, chance: bool, level: float = LEVEL) -> tuple[Array, Array, Array]:
    """Means and their intervals, each of shape (groups,); not a number where there is nothing.

    Student's for a mean, Wilson's for a chance: it is never empty, not even where all runs agree.

    Args:
        sums: of values, for a chance 0 or 1 each.
        chance: whether it is one.
        level: of the interval [0 to 1].
    """
    n = sums.runs
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(n > 0, sums.total / n, np.nan)
        deviation = np.sqrt(np.maximum(sums.squares - n * mean * mean, 0.0) / (n - 1.0))
    if chance:
        return mean, *wilson(sums.total, n, level)
    half = student(deviation, n, level)
    return mean, mean - half, mean + half


class Tally:
    """Which cells have been played often enough for the precision that a study asks for."""

    def __init__(self, cells: int, name: str, chance: bool, precision: float) -> None:
        self._name, self._chance, self._precision = name, chance, precision
        self._sums = no_sums(cells)

    def add(self, runs: "pd.DataFrame") -> None:
        """Count the runs of a chunk."""
        self._sums = add(self._sums, runs["cell"].to_numpy(), runs[self._name].to_numpy())

    def undecided(self, cells: Array) -> Array:
        """Of some cells, those whose interval is still wider than asked for to either side."""
        _, low, high = intervals(self._sums, self._chance)
        narrow = (high - low) / 2.0 <= self._precision
        return cells[~narrow[cells]]
