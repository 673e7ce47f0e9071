"""How good chances were, given what happened: log loss, Brier score and calibration.

Every score comes case by case, so that means, intervals and differences are taken in
`sim/statistics/bootstrap.py`. Lower is better.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.domain.errors import EvidenceError

Array = NDArray[np.float64]

ROUNDING = 1e-6  # by which chances may miss one


class Bin(NamedTuple):
    """Chances of much the same size, and how often what they spoke of happened.

    Attributes:
        low: chances from here on [0 to 1].
        high: up to here, the last bin's bound included.
        number: of chances.
        said: their mean.
        happened: share of them whose move happened.
    """

    low: float
    high: float
    number: int
    said: float
    happened: float


def log_losses(chances: ArrayLike, moves: Sequence[int]) -> Array:
    """-ln of the chance of what happened, case by case [nats]; infinite where it was called impossible.

    Args:
        chances: shape (cases, outcomes), each row adding to one.
        moves: what happened, a column of `chances` for each case.
    """
    given, done = _checked(chances, moves)
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(given[np.arange(len(done)), done])) + 0.0


def brier_scores(chances: ArrayLike, moves: Sequence[int]) -> Array:
    """Sum over outcomes of (chance - happened)^2, case by case [0 to 2] (Brier 1950).

    Args:
        chances: shape (cases, outcomes), each row adding to one.
        moves: what happened, a column of `chances` for each case.
    """
    given, done = _checked(chances, moves)
    return np.asarray(((given - _happened(given, done)) ** 2).sum(1))


def calibration(chances: ArrayLike, moves: Sequence[int], bins: int = 5) -> list[Bin]:
    """Chances of all outcomes in bins of equal width, beside how often they came true; no empty bins.

    Args:
        chances: shape (cases, outcomes), each row adding to one.
        moves: what happened, a column of `chances` for each case.
        bins: how many from 0 to 1.
    """
    if bins < 1:
        raise EvidenceError(f"expected at least one bin, got {bins}")
    given, done = _checked(chances, moves)
    happened = _happened(given, done)
    at = np.searchsorted(np.arange(1, bins) / bins, given, side="right")
    return [
        Bin(
            k / bins,
            (k + 1) / bins,
            int((at == k).sum()),
            float(given[at == k].mean()),
            float(happened[at == k].mean()),
        )
        for k in range(bins)
        if (at == k).any()
    ]


def _happened(given: Array, done: NDArray[np.int64]) -> Array:
    """One where it happened, else zero, in the shape of the chances."""
    ones = np.zeros_like(given)
    ones[np.arange(len(done)), done] = 1.0
    return ones


def _checked(chances: ArrayLike, moves: Sequence[int]) -> tuple[Array, NDArray[np.int64]]:
    given, done = np.asarray(chances, dtype=float), np.asarray(moves)
    if given.ndim != 2 or done.shape != given.shape[:1] or not done.size:
        raise EvidenceError(
            f"expected a row of chances for each of one or more cases, got chances of shape {given.shape} "
            f"and moves of shape {done.shape}"
        )
    if done.dtype.kind not in "iu" or done.min() < 0 or done.max() >= given.shape[1]:
        raise EvidenceError(
            f"expected moves from 0 to {given.shape[1] - 1}, got {done.min()} to {done.max()}"
        )
    wrong = ~((given >= 0.0).all(1) & (np.abs(given.sum(1) - 1.0) <= ROUNDING))
    if wrong.any():
        at = int(np.argmax(wrong))
        raise EvidenceError(f"expected chances of case {at} from 0 on and adding to one, got {given[at]}")
    return given, done.astype(np.int64)
