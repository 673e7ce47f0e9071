"""Means with intervals, added up chunk by chunk, so that ten million runs need no more memory than ten."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import numpy as np

from sim.statistics.arrays import Array
from sim.statistics.intervals import student_half_width, wilson

PROBABILITY: Final = "chance"  # the unit of what happens or does not
SHARE: Final = "share"  # of what lies between 0 and 1


class RunChunk(NamedTuple):
    """Some runs: cell and number of each, shape (runs,), and their values by outcome."""

    cell: Array
    run: Array
    values: Mapping[str, Array]


class Accumulator(NamedTuple):
    """What the mean and spread of an outcome are made of, by group, each of shape (groups,)."""

    runs: Array
    total: Array
    squares: Array
    least: Array
    most: Array

    @property
    def alike(self) -> Array:
        """Whether all values of a group are the same, shape (groups,)."""
        return np.asarray(self.least == self.most)

    @property
    def either(self) -> bool:
        """Whether every value so far is 0 or 1, so that means of what lies between are probabilities."""
        within = (self.least >= 0.0) & (self.most <= 1.0) & (self.squares == self.total)
        return bool((within | (self.runs == 0)).all())


def empty_sums(groups: int) -> Accumulator:
    """Sums over nothing."""
    runs, total, squares = np.zeros((3, groups))
    return Accumulator(runs, total, squares, np.full(groups, np.inf), np.full(groups, -np.inf))


def add(sums: Accumulator, groups: Array, values: Array) -> Accumulator:
    """Sums with more values, those that are not a number left out.

    `groups` and `values` have the shape (values,).
    """
    there = ~np.isnan(values)
    where, size = groups[there], len(sums.runs)
    present = values[there]
    least, most = sums.least.copy(), sums.most.copy()
    np.minimum.at(least, where, present)
    np.maximum.at(most, where, present)
    return Accumulator(
        sums.runs + np.bincount(where, minlength=size),
        sums.total + np.bincount(where, present, minlength=size),
        sums.squares + np.bincount(where, present * present, minlength=size),
        least,
        most,
    )


def sums_of(chunks: Iterable[RunChunk], names: Iterable[str], cells: int) -> dict[str, Accumulator]:
    """What the means of every cell are made of, by outcome."""
    sums = dict.fromkeys(names, empty_sums(cells))
    for chunk in chunks:
        sums = {name: add(so_far, chunk.cell, chunk.values[name]) for name, so_far in sums.items()}
    return sums


def mean_intervals(sums: Accumulator, probability: bool) -> tuple[Array, Array, Array]:
    """Means and their 95 % intervals, each of shape (groups,); not a number where there is nothing.

    Student's for a mean; where all values are alike it would have no width, and luck may yet hold others, so
    that it is not a number. Wilson's for a probability, whose values are 0 or 1: it is never empty, not even
    where all runs agree.
    """
    n = sums.runs
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(n > 0, np.where(sums.alike, sums.least, sums.total / n), np.nan)
        deviation = np.sqrt(np.maximum(sums.squares - n * mean * mean, 0.0) / (n - 1.0))
    if probability:
        return mean, *wilson(mean * n, n)
    half = np.where(sums.alike, np.nan, student_half_width(deviation, n))
    return mean, mean - half, mean + half


def is_probability(sums: Accumulator, unit: str) -> bool:
    """Whether the means of an outcome are probabilities: by its unit, or shares that were 0 or 1 so far."""
    return unit == PROBABILITY or (unit == SHARE and sums.either)
