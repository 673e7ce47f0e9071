"""How far a change of the world moves the mean of an outcome, and whether luck alone could."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sim.statistics.intervals import Interval, student_interval, student_p_value


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

    Args:
        p_values: of all that was tested.
        false: expected share of false discoveries [0 to 1] (Benjamini and Hochberg 1995).
    """
    if not len(p_values):
        return []
    from scipy.stats import false_discovery_control

    return [bool(x) for x in false_discovery_control(p_values) <= false]
