"""How sure the mean over draws of uncertainties is, where all draws share the same luck."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from sim.statistics.accumulators import Accumulator, RunChunk, mean_intervals
from sim.statistics.arrays import Array
from sim.statistics.intervals import student_quantile

MOST = 4_000_000  # numbers that are held at once


class CrossedMean(NamedTuple):
    """Means over draws, their intervals, and what luck adds to the squares of their errors, by row."""

    mean: Array
    low: Array
    high: Array
    lucky: Array

    def within_bounds(self, probability: bool) -> tuple[Array, Array, Array]:
        """Means with the ends of their intervals; those of a probability lie between 0 and 1."""
        least, most = (0.0, 1.0) if probability else (-np.inf, np.inf)
        return self.mean, np.maximum(self.low, least), np.minimum(self.high, most)


class SharedLuck(NamedTuple):
    """What luck that all draws share does to the mean over all, by row."""

    variance: Array  # B of `crossed_means`
    runs: Array  # of how many runs, or groups of runs, it is made: R


def crossed_means(
    sums: Mapping[str, Accumulator], row: Array, runs: int, pieces: Iterator[RunChunk] | None
) -> dict[str, CrossedMean]:
    """The mean of every row over its draws of the uncertainties, with its 95 % interval, by outcome.

    Runs of a nested design are crossed: y[d, r] = m + a[d] + b[r] + c[d, r], with draws d = 1 to D of
    the uncertainties, runs r = 1 to R whose luck b all draws share, and luck c that acts otherwise in
    other draws (Scheffe 1959, The Analysis of Variance, ch. 7). The mean over all errs by both:

        V = var(a)/D + var(b)/R + var(c)/(D R)
          = A + D/(D - 1) max(0, B - W),  where
        A = sum over d of (mean[d] - m)^2 / (D (D - 1)), Student's over draws alone, with D - 1 degrees
        B = R/(R - 1) sum over r of u[r]^2,  u[r] = sum over d of (y[d, r] - mean[d]) / (D n[d])
        W = sum over d of s[d]^2 / (D^2 n[d]),  s[d]^2 the variance of the n[d] runs of a draw

    and the interval is m -+ t sqrt(V), t Student's with Satterthwaite's degrees of freedom (1946,
    Biometrics Bulletin 2, p. 110): V^2 over A^2/(D - 1) + (k B)^2/(R - 1) + (k W)^2/(D (R - 1)) with
    k = D/(D - 1). Where nothing is missing V is that of the analysis of variance; else u counts what is
    there. Where each draw has luck of its own V = A. Draws of a Latin hypercube lie more evenly than
    independent ones, so that the interval errs, if at all, to the wide side.

    For example the runs 1 and 3 of one draw and 2 and 6 of another have the means 2 and 4, so that m = 3 and
    A = (1 + 1)/2 = 1. In the first run both lie below, by 1 and 2: u is -3/4, then 3/4, B = 2 (9/16 + 9/16) =
    2.25 and W = (2 + 8)/8 = 1.25, and V = 1 + 2 (2.25 - 1.25) = 3.

    Not a number where there are fewer than two draws, where luck is shared and there are fewer than two runs
    to tell what it does, or where all that is there is alike. `row` is of each cell, shape (cells,), `runs`
    the most that one has; `pieces` are all runs again if draws share their luck, else None.
    """
    rows = int(row.max()) + 1
    groups = max(2, min(runs, MOST // (rows * max(len(sums), 1))))  # of runs, where they are too many
    shared = _shared_luck(sums, row, rows, groups, pieces) if pieces is not None else {}
    with np.errstate(invalid="ignore", divide="ignore"):
        return {name: _crossed_mean(of, row, rows, shared.get(name)) for name, of in sums.items()}


def _crossed_mean(of: Accumulator, row: Array, rows: int, shared: SharedLuck | None) -> CrossedMean:
    """The mean of one outcome by row; letters are those of `crossed_means`."""
    means, _, _ = mean_intervals(of, probability=False)
    there = of.runs > 0
    draws = np.bincount(row[there], minlength=rows).astype(float)  # D
    mean = np.bincount(row[there], means[there], minlength=rows) / draws  # m
    apart = np.where(there, means - mean[row], 0.0)
    a = np.bincount(row, apart * apart, minlength=rows) / (draws * (draws - 1.0))
    variance, freedom, lucky = a, draws - 1.0, np.zeros(rows)
    if shared is not None:
        b, w, k = shared.variance, _variance_within(of, means, row, draws), draws / (draws - 1.0)
        lucky = k * np.maximum(0.0, b - w)
        variance = np.where(shared.runs > 1, a + lucky, np.nan)
        parts = a**2 / (draws - 1.0) + (k * b) ** 2 / (shared.runs - 1.0)
        parts += (k * w) ** 2 / (draws * (shared.runs - 1.0))
        freedom = np.where(lucky > 0.0, (a + lucky) ** 2 / parts, draws - 1.0)
    half = student_quantile(np.maximum(freedom, 1.0)) * np.sqrt(variance)
    half[(draws < 2) | ~(variance > 0.0)] = np.nan
    return CrossedMean(mean, mean - half, mean + half, lucky)


def _variance_within(of: Accumulator, means: Array, row: Array, draws: Array) -> Array:
    """W of `crossed_means` by row."""
    squares = np.maximum(of.squares - of.runs * means * means, 0.0)
    varied = (of.runs > 1) & ~of.alike
    within = np.where(varied, squares / (of.runs * (of.runs - 1.0)), 0.0)
    alone: Array = np.bincount(row, within, minlength=len(draws)) / draws**2
    return alone


def _shared_luck(
    sums: Mapping[str, Accumulator], row: Array, rows: int, groups: int, pieces: Iterator[RunChunk]
) -> dict[str, SharedLuck]:
    """What shared luck does by row, by outcome."""
    size = rows * groups
    means = {name: mean_intervals(of, probability=False)[0] for name, of in sums.items()}
    draws = {name: np.bincount(row[of.runs > 0], minlength=rows) for name, of in sums.items()}
    u = {name: np.zeros(size) for name in sums}  # by row and group of runs
    present = {name: np.zeros(size, dtype=bool) for name in sums}
    for piece in pieces:
        group = row[piece.cell] * groups + piece.run % groups
        for name, values in piece.values.items():
            valid = ~np.isnan(values)
            cell, where = piece.cell[valid], group[valid]
            apart = values[valid] - means[name][cell]
            share = 1.0 / (draws[name][row[cell]] * sums[name].runs[cell])
            u[name] += np.bincount(where, share * apart, minlength=size)
            present[name][where] = True
    shared = {}
    with np.errstate(invalid="ignore", divide="ignore"):
        for name in sums:
            count = present[name].reshape(rows, groups).sum(axis=1).astype(float)
            squares = (u[name].reshape(rows, groups) ** 2).sum(axis=1)
            shared[name] = SharedLuck(np.where(count > 1, count / (count - 1.0) * squares, 0.0), count)
    return shared
