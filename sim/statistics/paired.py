"""How far a change of the world moves the mean of an outcome, and whether luck alone could."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from sim.statistics.intervals import Interval, paired


@dataclass(frozen=True)
class PairedDifference:
    """An outcome with a change less without, over pairs of runs with the same luck.

    Attributes:
        interval: the mean of the paired differences with Student's 95 % interval, in the outcome's unit;
            not a number if the outcome happened in no pair.
        pairs: runs in which it happened both with and without.
        happened: runs in which it happened with the change.
        chance: of differences so far from nothing if the change did nothing [0 to 1].
    """

    interval: Interval
    pairs: int
    happened: int
    chance: float


def shift_of(with_change: Sequence[float], without: Sequence[float]) -> PairedDifference:
    """The shift of an outcome; runs in which it did not happen are not a number.

    Args:
        with_change: the outcome run by run.
        without: the same runs without the change.
    """
    moved, base = np.asarray(with_change, dtype=float), np.asarray(without, dtype=float)
    differences = (moved - base)[~np.isnan(moved - base)]
    happened = int(np.sum(~np.isnan(moved)))
    if not len(differences):
        nothing = float("nan")
        return PairedDifference(Interval(nothing, nothing, nothing), 0, happened, 1.0)
    return PairedDifference(
        paired(differences.tolist()), len(differences), happened, chance_of(differences.tolist())
    )


def chance_of(differences: Sequence[float]) -> float:
    """The chance of a mean difference so far from nothing by luck: the p-value of Student's paired test.

    It is never below 2^(1 - m) for m differences other than 0, what an exact test of their signs would
    give if all had the same: so a few runs that all move by one and the same amount prove little.
    """
    values = np.asarray(differences, dtype=float)
    moved = int(np.count_nonzero(values))
    if moved == 0 or len(values) < 2:
        return 1.0
    error = float(values.std(ddof=1) / np.sqrt(len(values)))
    student = 2.0 * float(stdtr(len(values) - 1, -abs(float(values.mean())) / error)) if error > 0 else 0.0
    return min(1.0, max(student, 2.0 ** (1 - moved)))


def beyond_luck(chances: Sequence[float], false: float = 0.05) -> list[bool]:
    """Which of many shifts are taken for real, so that of those about a share `false` is luck at most.

    Benjamini and Hochberg (1995, Journal of the Royal Statistical Society B 57, procedure (1)).

    Args:
        chances: p-values of all that was tested.
        false: expected share of false discoveries [0 to 1].
    """
    order = sorted(range(len(chances)), key=lambda k: chances[k])
    last = max((r + 1 for r, k in enumerate(order) if chances[k] <= false * (r + 1) / len(order)), default=0)
    real = set(order[:last])
    return [k in real for k in range(len(chances))]
