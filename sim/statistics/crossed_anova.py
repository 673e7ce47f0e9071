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

    Not a number where there are fewer than two draws, where luck is shared and there are fewer than two runs
    to tell what it does, or where all that is there is alike. `row` is of each cell, shape (cells,), `runs`
    the most that one has; `pieces` are all runs again if draws share their luck, else None.
    """
    rows = int(row.max()) + 1
    groups = max(2, min(runs, MOST // (rows * max(len(sums), 1))))  # of runs, where they are too many
    by_run = _by_run(sums, row, rows, groups, pieces) if pieces is not None else {}
    crossed = {}
    for name, of in sums.items():
        means, _, _ = mean_intervals(of, probability=False)
        there = of.runs > 0
        draws = np.bincount(row[there], minlength=rows).astype(float)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = np.bincount(row[there], means[there], minlength=rows) / draws
            apart = np.where(there, means - mean[row], 0.0)
            among = np.bincount(row, apart * apart, minlength=rows) / (draws * (draws - 1.0))
            wide, free, lucky = among, draws - 1.0, np.zeros(rows)
            if pieces is not None:
                shared, counts = by_run[name]
                squares = np.maximum(of.squares - of.runs * means * means, 0.0)
                varied = (of.runs > 1) & ~of.alike
                within = np.where(varied, squares / (of.runs * (of.runs - 1.0)), 0.0)
                alone = np.bincount(row, within, minlength=rows) / draws**2
                scale = draws / (draws - 1.0)
                lucky = scale * np.maximum(0.0, shared - alone)
                wide = among + lucky
                parts = among**2 / (draws - 1.0) + (scale * shared) ** 2 / (counts - 1.0)
                parts += (scale * alone) ** 2 / (draws * (counts - 1.0))
                free = np.where(lucky > 0.0, wide**2 / parts, draws - 1.0)
                wide = np.where(counts > 1, wide, np.nan)
            half = student_quantile(np.maximum(free, 1.0)) * np.sqrt(wide)
        half[(draws < 2) | ~(wide > 0.0)] = np.nan
        crossed[name] = CrossedMean(mean, mean - half, mean + half, lucky)
    return crossed


def _by_run(
    sums: Mapping[str, Accumulator], row: Array, rows: int, groups: int, pieces: Iterator[RunChunk]
) -> dict[str, tuple[Array, Array]]:
    """B of `crossed_means` by row, and how many runs, or groups of runs, it is made of, by outcome."""
    size = rows * groups
    means = {name: mean_intervals(of, probability=False)[0] for name, of in sums.items()}
    draws = {name: np.bincount(row[of.runs > 0], minlength=rows) for name, of in sums.items()}
    deviations = {name: np.zeros(size) for name in sums}
    present = {name: np.zeros(size, dtype=bool) for name in sums}
    for piece in pieces:
        group = row[piece.cell] * groups + piece.run % groups
        for name, values in piece.values.items():
            valid = ~np.isnan(values)
            cell, where = piece.cell[valid], group[valid]
            apart = values[valid] - means[name][cell]
            share = 1.0 / (draws[name][row[cell]] * sums[name].runs[cell])
            deviations[name] += np.bincount(where, share * apart, minlength=size)
            present[name][where] = True
    result = {}
    for name in sums:
        count = present[name].reshape(rows, groups).sum(axis=1).astype(float)
        with np.errstate(invalid="ignore", divide="ignore"):
            squares = (deviations[name].reshape(rows, groups) ** 2).sum(axis=1)
            result[name] = np.where(count > 1, count / (count - 1.0) * squares, 0.0), count
    return result
