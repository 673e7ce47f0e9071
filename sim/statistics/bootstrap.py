"""Means of scores with bootstrap intervals; both sides of a month are drawn together."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from sim.domain.errors import EvidenceError
from sim.statistics.intervals import LEVEL, Interval

DRAWS = 10_000


def bootstrap_interval(
    values: ArrayLike, blocks: Sequence[int], *, seed: int, draws: int = DRAWS
) -> Interval:
    """The mean of the values, with the 95 % percentile interval of a bootstrap of blocks (Efron 1979).

    Args:
        values: one a case, shape (cases,).
        blocks: of each case, cases of one block being drawn together, such as the month.
        seed: of the draws; one seed and the same blocks give the same draws whatever the values.
        draws: how many resamples.
    """
    numbers = np.asarray(values, dtype=float)
    if not np.isfinite(numbers).all():
        raise EvidenceError("expected finite values, for there is no interval else")
    names, of = np.unique(blocks, return_inverse=True)
    sums, sizes = np.bincount(of, numbers), np.bincount(of)
    resamples = np.random.default_rng(seed).integers(len(names), size=(draws, len(names)))
    means = sums[resamples].sum(1) / sizes[resamples].sum(1)
    low, high = np.quantile(means, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0])
    return Interval(float(numbers.mean()), float(low), float(high))


def bootstrap_differences(
    scores: Mapping[str, ArrayLike], blocks: Sequence[int], *, seed: int
) -> dict[tuple[str, str], Interval]:
    """For every two names, the mean of the first one's scores minus the second's, case by case.

    Args:
        scores: by name, each of shape (cases,); where the difference is below 0 the first is better.
        blocks: of each case, as for `bootstrap_interval`.
        seed: of the draws.
    """
    arrays = {name: np.asarray(values, dtype=float) for name, values in scores.items()}
    return {
        (one, other): bootstrap_interval(arrays[one] - arrays[other], blocks, seed=seed)
        for one, other in combinations(arrays, 2)
    }
