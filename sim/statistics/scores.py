"""How good probabilities were, given what happened: log loss, Brier score and calibration.

Every score comes case by case, so that means, intervals and differences are taken in
`sim/statistics/bootstrap.py`. Lower is better.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.domain.errors import EvidenceError
from sim.statistics.arrays import Array

ROUNDING = 1e-6  # by which probabilities may miss one


class Bin(NamedTuple):
    """Chances of much the same size, and how often what they spoke of happened."""

    low: float  # probabilities from here on [0 to 1]
    high: float  # up to here, the last bin's bound included
    number: int  # of probabilities
    mean: float  # their mean
    happened: float  # share of them whose move happened


def log_losses(probabilities: ArrayLike, moves: Sequence[int]) -> Array:
    """-ln of the chance of what happened, case by case [nats]; infinite where it was called impossible.

    Args:
        probabilities: shape (cases, outcomes), each row adding to one.
        moves: what happened, a column of `probabilities` for each case.
    """
    rows, outcomes = _checked(probabilities, moves)
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(rows[np.arange(len(outcomes)), outcomes])) + 0.0


def brier_scores(probabilities: ArrayLike, moves: Sequence[int]) -> Array:
    """Sum over outcomes of (chance - happened)^2, case by case [0 to 2] (Brier 1950); takes the same."""
    rows, outcomes = _checked(probabilities, moves)
    return np.asarray(((rows - np.eye(rows.shape[1])[outcomes]) ** 2).sum(1))


def calibration(probabilities: ArrayLike, moves: Sequence[int], bins: int = 5) -> list[Bin]:
    """Chances of all outcomes in bins of equal width, beside how often they came true; no empty bins.

    Args:
        probabilities: shape (cases, outcomes), each row adding to one.
        moves: what happened, a column of `probabilities` for each case.
        bins: how many from 0 to 1.
    """
    if bins < 1:
        raise EvidenceError(f"expected at least one bin, got {bins}")
    rows, outcomes = _checked(probabilities, moves)
    happened = np.eye(rows.shape[1])[outcomes]
    at = np.searchsorted(np.arange(1, bins) / bins, rows, side="right")
    return [
        Bin(k / bins, (k + 1) / bins, int(here.sum()), float(rows[here].mean()), float(happened[here].mean()))
        for k in range(bins)
        if (here := at == k).any()
    ]


def _checked(probabilities: ArrayLike, moves: Sequence[int]) -> tuple[Array, NDArray[np.int64]]:
    rows, outcomes = np.asarray(probabilities, dtype=float), np.asarray(moves)
    if rows.ndim != 2 or outcomes.shape != rows.shape[:1] or not outcomes.size:
        raise EvidenceError(
            f"expected a row of chances for each of one or more cases, got chances of shape {rows.shape} "
            f"and moves of shape {outcomes.shape}"
        )
    if outcomes.dtype.kind not in "iu" or outcomes.min() < 0 or outcomes.max() >= rows.shape[1]:
        raise EvidenceError(
            f"expected moves from 0 to {rows.shape[1] - 1}, got {outcomes.min()} to {outcomes.max()}"
        )
    wrong = ~((rows >= 0.0).all(1) & (np.abs(rows.sum(1) - 1.0) <= ROUNDING))
    if wrong.any():
        at = int(np.argmax(wrong))
        raise EvidenceError(f"expected chances of case {at} from 0 on and adding to one, got {rows[at]}")
    return rows, outcomes.astype(np.int64)
