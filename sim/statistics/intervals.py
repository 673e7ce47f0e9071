"""How sure a probability, a mean or a difference is: intervals, quantiles, and whether luck alone could."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEVEL: Final = 0.95
NORMAL: Final = 1.959963984540054  # standard errors on either side of a 95 % interval
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

    From the standard deviation of so many runs, any shape.
    """
    n = np.asarray(runs, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        half = student_quantile(np.maximum(n - 1.0, 1.0)) * np.asarray(deviation) / np.sqrt(n)
    return np.where(n > 1, half, np.nan)


def student_quantile(degrees: ArrayLike) -> NDArray[Any]:
    """Standard errors on either side of Student's 95 % interval with some degrees of freedom."""
    from scipy.special import stdtrit  # a fifth of a second, which most commands need not wait

    return np.asarray(stdtrit(degrees, 0.5 + LEVEL / 2.0))


def student_p_value(degrees: int, mean: float, std_error: float) -> float:
    """The probability of a mean at least so far from zero if the true one is zero (Student, two-sided)."""
    from scipy.special import stdtr

    return 2.0 * float(stdtr(degrees, -abs(mean / std_error)))


def wilson(happened: ArrayLike, runs: ArrayLike) -> tuple[NDArray[Any], NDArray[Any]]:
    """The ends of the 95 % score interval of probabilities (Wilson 1927, JASA 22(158)).

    It stays within 0 to 1, and says something also of what happened in no run or in all; of no run at all it
    is not a number. Both may have any shape.
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


@dataclass(frozen=True)
class PairedDifference:
    """An outcome with a change less without, over pairs of runs with the same luck."""

    # the mean of the paired differences with Student's 95 % interval, in the outcome's unit; not a number if
    # the outcome happened in no pair
    interval: Interval
    pairs: int  # runs in which it happened both with and without
    happened: int  # runs in which it happened with the change
    p_value: float  # of the differences, if the change did nothing [0 to 1]


def paired_difference(with_change: Sequence[float], without: Sequence[float]) -> PairedDifference:
    """How far a change moves an outcome; runs in which it did not happen are not a number."""
    changed = np.asarray(with_change, dtype=float)
    differences = changed - np.asarray(without, dtype=float)
    differences = differences[~np.isnan(differences)]
    happened = int(np.sum(~np.isnan(changed)))
    if not len(differences):
        nothing = float("nan")
        return PairedDifference(Interval(nothing, nothing, nothing), 0, happened, 1.0)
    return PairedDifference(student_interval(differences), len(differences), happened, p_value(differences))


def p_value(differences: ArrayLike) -> float:
    """The probability of a mean difference so far from zero by luck: Student's paired test.

    It is never below 2^(1 - m) for m differences other than 0, what an exact test of their signs would
    give if all had the same: so a few runs that all move by one and the same amount prove little.
    """
    values = np.asarray(differences, dtype=float)
    nonzero = int(np.count_nonzero(values))
    if nonzero == 0 or len(values) < 2:
        return 1.0
    std_error = float(values.std(ddof=1) / np.sqrt(len(values)))
    student = student_p_value(len(values) - 1, float(values.mean()), std_error) if std_error > 0 else 0.0
    return min(1.0, max(student, 2.0 ** (1 - nonzero)))


def significant(p_values: Sequence[float], false: float = 0.05) -> list[bool]:
    """Which of many differences are significant, so that of those about a share `false` is luck at most.

    `false` is the expected share of false discoveries [0 to 1] (Benjamini and Hochberg 1995).
    """
    if not len(p_values):
        return []
    from scipy.stats import false_discovery_control

    return [bool(x) for x in false_discovery_control(p_values) <= false]
