"""How good probabilities were, given what happened: log loss, Brier score and calibration.

Every score comes case by case, so that means, intervals and differences are taken in
`sim/statistics/bootstrap.py`. Lower is better.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.statistics.arrays import Array


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
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(np.asarray(probabilities)[np.arange(len(moves)), moves])) + 0.0


def brier_scores(probabilities: ArrayLike, moves: Sequence[int]) -> Array:
    """Sum over outcomes of (chance - happened)^2, case by case [0 to 2] (Brier 1950); takes the same."""
    rows = np.asarray(probabilities)
    return np.asarray(((rows - np.eye(rows.shape[1])[moves]) ** 2).sum(1))


def calibration(probabilities: ArrayLike, moves: Sequence[int], bins: int = 5) -> list[Bin]:
    """Chances of all outcomes in bins of equal width, beside how often they came true; no empty bins.

    Args:
        probabilities: shape (cases, outcomes), each row adding to one.
        moves: what happened, a column of `probabilities` for each case.
        bins: how many from 0 to 1.
    """
    rows = np.asarray(probabilities)
    happened = np.eye(rows.shape[1])[moves]
    at = np.searchsorted(np.arange(1, bins) / bins, rows, side="right")
    return [
        Bin(k / bins, (k + 1) / bins, int(here.sum()), float(rows[here].mean()), float(happened[here].mean()))
        for k in range(bins)
        if (here := at == k).any()
    ]
