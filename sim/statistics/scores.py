"""How good probabilities were, given what happened: log loss, Brier score and calibration.

Every score comes case by case, so that a bootstrap may draw both sides of a month together. Lower is
better.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.domain.errors import EvidenceError
from sim.statistics.arrays import Array
from sim.statistics.intervals import LEVEL, Interval

DRAWS = 10_000


class Bin(NamedTuple):
    """Chances of much the same size, and how often what they spoke of happened."""

    low: float  # probabilities from here on [0 to 1]
    high: float  # up to here, the last bin's bound included
    number: int  # of probabilities
    mean: float  # their mean
    happened: float  # share of them whose move happened


def log_losses(probabilities: ArrayLike, moves: Sequence[int]) -> Array:
    """-ln of the chance of what happened, case by case [nats]; infinite where it was called impossible.

    Rows of `probabilities`, shape (cases, outcomes), add to one; `moves` are what happened, a column of them
    for each case.
    """
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(np.asarray(probabilities)[np.arange(len(moves)), moves])) + 0.0


def brier_scores(probabilities: ArrayLike, moves: Sequence[int]) -> Array:
    """Sum over outcomes of (chance - happened)^2, case by case [0 to 2] (Brier 1950); takes the same."""
    rows = np.asarray(probabilities)
    return np.asarray(((rows - np.eye(rows.shape[1])[moves]) ** 2).sum(1))


def calibration(probabilities: ArrayLike, moves: Sequence[int], bins: int = 5) -> list[Bin]:
    """Chances of all outcomes in bins of equal width, beside how often they came true; no empty bins.

    So many `bins` from 0 to 1; the rest is as of `log_losses`.
    """
    rows = np.asarray(probabilities)
    happened = np.eye(rows.shape[1])[moves]
    at = np.searchsorted(np.arange(1, bins) / bins, rows, side="right")
    return [
        Bin(k / bins, (k + 1) / bins, int(here.sum()), float(rows[here].mean()), float(happened[here].mean()))
        for k in range(bins)
        if (here := at == k).any()
    ]


def bootstrap_interval(
    values: ArrayLike, blocks: Sequence[Any], per: ArrayLike | None = None, *, seed: int, draws: int = DRAWS
) -> Interval:
    """The mean of the values, with the 95 % percentile interval of a bootstrap of blocks (Efron 1979).

    Cases of one of the `blocks`, such as the month, are drawn together; both have the shape (cases,). One
    seed and the same blocks give the same draws whatever the values. With `per`, of the same shape, it is
    the sum of the values over the sum of these: not a number where that is 0.
    """
    numbers = np.asarray(values, dtype=float)
    if not np.isfinite(numbers).all():
        raise EvidenceError("expected finite values, for there is no interval else")
    names, of = np.unique(blocks, return_inverse=True)
    weights = np.ones(len(numbers)) if per is None else np.asarray(per, dtype=float)
    if not weights.any():
        return Interval(float("nan"), float("nan"), float("nan"))
    sums, sizes = np.bincount(of, numbers), np.bincount(of, weights)
    resamples = np.random.default_rng(seed).integers(len(names), size=(draws, len(names)))
    sums, sizes = sums[resamples].sum(1), sizes[resamples].sum(1)
    means = sums[sizes > 0] / sizes[sizes > 0]
    low, high = np.quantile(means, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0])
    return Interval(float(numbers.sum() / weights.sum()), float(low), float(high))


def bootstrap_differences(
    scores: Mapping[str, ArrayLike], blocks: Sequence[int], *, seed: int
) -> dict[tuple[str, str], Interval]:
    """For every two names, the mean of the first one's scores minus the second's, case by case.

    Scores, each of shape (cases,), are by name; where the difference is below 0 the first is better. Blocks
    and seed are as of `bootstrap_interval`.
    """
    arrays = {name: np.asarray(values, dtype=float) for name, values in scores.items()}
    return {
        (one, other): bootstrap_interval(arrays[one] - arrays[other], blocks, seed=seed)
        for one, other in combinations(arrays, 2)
    }
