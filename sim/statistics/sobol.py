"""What explains the variance of means over drawn points: Sobol' indices and rank correlations."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.statistics.intervals import NORMAL_2

Array = NDArray[Any]
RESAMPLES: Final = 500
SEED: Final = 20_251_110  # of the bootstrap of indices


def indices(means: Array, inputs: int, points: int) -> dict[str, Array]:
    """First-order and total indices with bootstrap intervals.

    Args:
        means: of the cells of `sim.studies.design.saltelli`, shape (cells,).
        inputs: how many are varied.
        points: of the base sample.
    """
    from scipy.stats import sobol_indices

    parts = _centred(means, inputs, points)
    estimates = sobol_indices(func=dict(zip(("f_A", "f_B", "f_AB"), parts, strict=True)), n=points)
    first, total = np.quantile(_resampled(*parts), (0.025, 0.975), axis=0).swapaxes(0, 1)
    return {
        "first": np.ravel(estimates.first_order),
        "first_low": first[0],
        "first_high": first[1],
        "total": np.ravel(estimates.total_order),
        "total_low": total[0],
        "total_high": total[1],
    }


def first_order_sum(means: Array, inputs: int, points: int) -> tuple[float, float, float]:
    """The sum of the first-order indices, and its bootstrap interval; takes what `indices` takes.

    Errors of single indices go together, so that theirs do not add up to that of the sum.
    """
    parts = _centred(means, inputs, points)
    low, high = np.quantile(_resampled(*parts)[:, 0].sum(axis=1), (0.025, 0.975))
    return float(_saltelli(*parts)[0].sum()), float(low), float(high)


def rank_shares(means: Array, inputs: Sequence[Array]) -> dict[str, Array]:
    """Squares of Spearman's rank correlations of each input with the means, and their intervals.

    Args:
        means: of cells, not a number where there is none, shape (cells,).
        inputs: values of each input in the cells, each of shape (cells,).
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


def _centred(means: Array, inputs: int, points: int) -> tuple[Array, Array, Array]:
    """Means of cells about zero and scaled: of A, of B, and of A with one column of B in turn."""
    scaled = (means - means.mean()) / float(np.std(means))
    mixed = scaled[2 * points :].reshape(inputs, points)
    return scaled[None, :points], scaled[None, points : 2 * points], mixed[:, None]


def _resampled(a: Array, b: Array, mixed: Array) -> Array:
    """Indices of the bootstrap's resamples, shape (resamples, 2, inputs)."""
    draws = np.random.default_rng(SEED).integers(a.shape[1], size=(RESAMPLES, a.shape[1]))
    return np.array([_saltelli(a[:, rows], b[:, rows], mixed[..., rows]) for rows in draws])


def _saltelli(a: Array, b: Array, mixed: Array) -> tuple[Array, Array]:
    """First-order and total indices of a resample, by SciPy's default estimators."""
    variance = np.var(np.concatenate([a, b], axis=-1), axis=-1)
    first = np.mean(b * (mixed - a), axis=-1) / variance
    total = 0.5 * np.mean((a - mixed) ** 2, axis=-1) / variance
    return first[:, 0], total[:, 0]
