"""How sure a probability or a mean is: two-sided intervals, and the quantiles that they are made of."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtr, stdtrit

LEVEL: Final = 0.95
NORMAL: Final = float(ndtri(0.5 + LEVEL / 2))  # standard errors on either side of a 95 % interval
NORMAL_2: Final = 1.96  # the same to two digits, as in results that are stored


class Interval(NamedTuple):
    """A mean and its two-sided interval; the ends are not numbers for a single run."""

    mean: float
    low: float
    high: float


def student_interval(differences: Sequence[float] | NDArray[np.float64]) -> Interval:
    """Mean of values, such as paired differences, with Student's interval."""
    values = np.asarray(differences, dtype=float)
    mean = float(values.mean())
    if len(values) < 2:
        return Interval(mean, float("nan"), float("nan"))
    half = float(student_half_width(values.std(ddof=1), len(values)))
    return Interval(mean, mean - half, mean + half)


def student_half_width(deviation: ArrayLike, runs: ArrayLike) -> NDArray[Any]:
    """How far Student's 95 % interval of a mean reaches to either side; not a number below two runs.

    Args:
        deviation: standard deviation of the runs, any shape.
        runs: how many there are, of the same shape.
    """
    n = np.asarray(runs, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        half = student_quantile(np.maximum(n - 1.0, 1.0)) * np.asarray(deviation) / np.sqrt(n)
    return np.where(n > 1, half, np.nan)


def student_quantile(degrees: ArrayLike) -> NDArray[Any]:
    """Standard errors on either side of Student's 95 % interval with some degrees of freedom."""
    return np.asarray(stdtrit(degrees, 0.5 + LEVEL / 2.0))


def student_p_value(degrees: int, mean: float, std_error: float) -> float:
    """The probability of a mean at least so far from zero if the true one is zero (Student, two-sided)."""
    return 2.0 * float(stdtr(degrees, -abs(mean / std_error)))


def wilson(happened: ArrayLike, runs: ArrayLike) -> tuple[NDArray[Any], NDArray[Any]]:
    """The ends of the 95 % score interval of probabilities (Wilson 1927, JASA 22(158)).

    It stays within 0 to 1, and says something also of what happened in no run or in all; of no run at
    all it is not a number.

    Args:
        happened: in how many runs, any shape.
        runs: of how many.
    """
    n = np.asarray(runs, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.asarray(happened, dtype=float) / n
        z2 = NORMAL**2 / n
        centre = (share + z2 / 2) / (1 + z2)
        half = np.sqrt(z2 * (share * (1 - share) + z2 / 4)) / (1 + z2)
    low = np.where(share == 0.0, 0.0, np.maximum(0.0, centre - half))  # without dust
    high = np.where(share == 1.0, 1.0, np.minimum(1.0, centre + half))
    return low, high
