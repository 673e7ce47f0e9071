"""What explains the variance of an outcome over drawn points: Sobol' indices and rank correlations."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from sim.statistics.accumulators import RunChunk
from sim.statistics.arrays import Array
from sim.statistics.intervals import NORMAL_2

Halves = tuple[Array, Array]  # means of groups of runs, each of shape (groups, cells)
RESAMPLES: Final = 500
SEED: Final = 20_251_110  # of the bootstrap of indices
GROUPS: Final = 20  # of runs, at most: what is held of a cell
MIDDLE: Final = (0.16, 0.84)  # shares between which the spread of resamples is measured


class SobolIndices(NamedTuple):
    """Sobol' indices of an outcome."""

    luck: float  # share of the variance of the cells' means that is luck, which is in no index [0 to 1]
    # `first`, `total` and the ends of their 95 % intervals, each of shape (inputs,)
    columns: dict[str, Array]


def half_means(chunks: Iterable[RunChunk], name: str, once: Array, runs: int) -> Halves:
    """Means of groups of runs of every cell, in two halves that have no run in common.

    Even runs are the one half and odd ones the other. A group of which no run gave a number has its half's
    mean. A cell that is played once has that value in both halves. `once`, shape (cells,), says whether a
    cell is; each other cell has so many `runs`. The means of either half have the shape (groups, cells), and
    are not a number where a half is empty.
    """
    groups, cells = min(runs, GROUPS), len(once)
    sums, counts = np.zeros((2, groups, cells))
    for chunk in chunks:
        there = ~np.isnan(chunk.values[name])
        where = chunk.run[there] % groups, chunk.cell[there]
        np.add.at(sums, where, chunk.values[name][there])
        np.add.at(counts, where, 1.0)
    sums[:, once], counts[:, once] = sums[0, once], counts[0, once]
    halves = []
    for first in (0, min(1, groups - 1)):
        total, count = sums[first::2], counts[first::2]
        with np.errstate(invalid="ignore", divide="ignore"):
            halves.append(np.where(count > 0, total / count, total.sum(axis=0) / count.sum(axis=0)))
    return halves[0], halves[1]


def indices(halves: Halves, inputs: int, shared: bool) -> SobolIndices | None:
    """First-order and total indices of what is to be expected of a point, with bootstrap intervals.

    With f and g the means of two halves of a cell's runs, whose luck is independent, at the points A, B,
    and AB, which is A with one column of B (the products of Saltelli et al. 2010, Computer Physics
    Communications 181, table 2 (b) and (f), each taken across the halves):

        first = mean(f(B) (g(AB) - g(A)) + g(B) (f(AB) - f(A))) / (2 Cov(f, g))
        total = mean((f(A) - f(AB)) (g(A) - g(AB))) / (2 Cov(f, g))

    No luck meets itself in a product, so that none is taken for an effect of the inputs. Of one run a
    cell f is g, and the estimators are the plain ones.

    Where points share their luck an index errs by the points drawn, by that luck, and by what luck does
    in each point alone. A bootstrap of points holds the first and the last, one of groups of runs within
    halves (n - 1 of n, Rao and Wu 1988, JASA 83) the second and the last, one of both the last three times
    (Owen 2007, Annals of Applied Statistics 1). Deviations of the first two are added, those by luck
    shrunk until the last is in the sum once.

    `halves` are of `half_means` for the cells of `sim.studies.design.saltelli`; `shared` says whether runs of
    one number have the same luck at all points. None where a half of a cell has no number, or the halves are
    no more alike than luck may make them.
    """
    means = np.stack([half.mean(axis=0) for half in halves])
    points = means.shape[1] // (inputs + 2)
    bases = means[:, : 2 * points]
    variance, common = np.var(bases.mean(axis=0)), np.cov(bases, bias=True)[0, 1]
    alike = NORMAL_2 / np.sqrt(max(1.0, 2.0 * points - 3.0))  # Fisher's z of halves that differ by luck alone
    if np.isnan(means).any() or not common > np.tanh(alike) * np.prod(np.std(bases, axis=1)):
        return None
    estimate = _estimates(means, inputs, np.arange(points))
    by_points = _resamples(halves, inputs, points, of_points=True, of_luck=False)
    if shared and len(halves[1]) > 1:
        by_luck, by_both = (_resamples(halves, inputs, points, also, of_luck=True) for also in (False, True))
        apart, lucky, both = (
            np.ptp(np.nanquantile(x, MIDDLE, axis=0), axis=0) ** 2 for x in (by_points, by_luck, by_both)
        )
        part = np.clip(1.0 - (both - apart - lucky) / np.maximum(lucky, 1e-300), 0.0, 1.0)
        by_points += np.sqrt(part) * (by_luck - estimate)
    low, high = np.nanquantile(by_points, (0.025, 0.975), axis=0)
    columns: dict[str, Array] = {}
    for k, key in enumerate(("first", "total")):
        columns |= {key: estimate[k], f"{key}_low": low[k], f"{key}_high": high[k]}
    return SobolIndices(max(0.0, float(1.0 - common / variance)), columns)


def _estimates(means: Array, inputs: int, rows: Array) -> Array:
    """First-order and total indices, shape (2, inputs).

    From the means of the halves of every cell, shape (2, cells), over some points, shape (rows,).
    """
    at = means.reshape(2, inputs + 2, -1)[..., rows]  # A, B, and A with one column of B in turn
    both = at[:, :2].reshape(2, -1)
    apart, b = at[:, 2:] - at[:, :1], at[:, 1] - both.mean(axis=1, keepdims=True)
    first = np.mean(b[0] * apart[1] + b[1] * apart[0], axis=-1)
    total = np.mean(apart[0] * apart[1], axis=-1)
    common = np.cov(both, bias=True)[0, 1]
    return np.stack([first, total]) / (2.0 * common if common else np.nan)


def _resamples(halves: Halves, inputs: int, points: int, of_points: bool, of_luck: bool) -> Array:
    """Indices of resamples of points, of groups of runs, or of both, shape (resamples, 2, inputs)."""
    rng = np.random.default_rng([SEED, of_points, of_luck])
    resamples = []
    for _ in range(RESAMPLES):
        rows = rng.integers(points, size=points) if of_points else np.arange(points)
        weights = [np.full(len(half), 1.0 / len(half)) for half in halves]
        if of_luck:
            sizes = [len(half) for half in halves]
            weights = [np.bincount(rng.integers(n, size=n - 1), minlength=n) / (n - 1) for n in sizes]
        means = np.stack([w @ half for w, half in zip(weights, halves, strict=True)])
        resamples.append(_estimates(means, inputs, rows))
    return np.array(resamples)


def rank_shares(means: Array, inputs: Sequence[Array]) -> dict[str, Array]:
    """Squares of Spearman's rank correlations of each input with the means, and their intervals.

    All have the shape (cells,); means are not a number where there is none.
    """
    from scipy.stats import spearmanr

    there = ~np.isnan(means)
    shares: list[Sequence[float]] = []
    for values in inputs:
        column = values[there]
        if there.sum() < 4 or np.ptp(column) == 0.0 or np.ptp(means[there]) == 0.0:
            shares.append([float("nan")] * 3)
            continue
        rho = float(spearmanr(column, means[there]).statistic)
        half = NORMAL_2 / np.sqrt(there.sum() - 3.0)  # Fisher's z
        ends = np.tanh(np.arctanh(np.clip(rho, -0.999999, 0.999999)) + np.array([-half, half]))
        low = 0.0 if ends[0] < 0.0 < ends[1] else float(np.min(ends**2))
        shares.append([rho * rho, low, float(np.max(ends**2))])
    return dict(zip(("first", "first_low", "first_high"), np.array(shares).T, strict=True))
