"""How sure a chance or a mean is: two-sided intervals."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtrit

LEVEL = 0.95


class Interval(NamedTuple):
    """A mean and its two-sided interval; the ends are not numbers for a single run."""

    mean: float
    low: float
    high: float


def paired(differences: Sequence[float] | NDArray[np.float64], level: float = LEVEL) -> Interval:
    """Mean of values, such as paired differences, with Student's interval."""
    values = np.asarray(differences, dtype=float)
    mean = float(values.mean())
    if len(values) < 2:
        return Interval(mean, float("nan"), float("nan"))
    half = float(stdtrit(len(values) - 1, 0.5 + level / 2) * values.std(ddof=1) / np.sqrt(len(values)))
    return Interval(mean, mean - half, mean + half)


def wilson(happened: ArrayLike, runs: int, level: float = LEVEL) -> tuple[NDArray[Any], NDArray[Any]]:
    """The ends of the score interval of chances (Wilson 1927, JASA 22(158)).

    It stays within 0 to 1, and says something also of what happened in no run or in all.

    Args:
        happened: in how many runs, any shape.
        runs: of how many.
        level: how often it holds the true chance [0 to 1].
    """
    share = np.asarray(happened, dtype=float) / runs
    z2 = float(ndtri(0.5 + level / 2)) ** 2 / runs
    middle = (share + z2 / 2) / (1 + z2)
    half = np.sqrt(z2 * (share * (1 - share) + z2 / 4)) / (1 + z2)
    low = np.where(share == 0.0, 0.0, np.maximum(0.0, middle - half))  # without dust
    high = np.where(share == 1.0, 1.0, np.minimum(1.0, middle + half))
    return low, high
