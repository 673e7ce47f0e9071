"""Whether the record could be one of the simulated runs, all quantities taken together."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.statistics.arrays import Array
from sim.statistics.intervals import LEVEL


class JointTest(NamedTuple):
    """A test of all quantities together, calibrated by treating each simulated run as the record."""

    scenarios: tuple[str, ...]  # whose quantities are taken together
    outside: int  # how many of the record's lie outside the central 95 % of single runs
    judged: int  # of how many
    mean: float  # how many of so many do on average where a run is treated as the record
    most: float  # the number that one run in twenty exceeds
    p: float  # share of histories, the record counted in, in which as large a share lies outside [0 to 1]

    @property
    def rejects(self) -> bool:
        """Whether the record is no such run, at 5 %."""
        return self.p <= 1.0 - LEVEL


def central(values: Array) -> tuple[float, float]:
    """The interval that a share LEVEL of the values lies in."""
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def outside_counts(record: Array, runs: Array) -> Array:
    """How many quantities of a history lie outside the central 95 % of the runs but itself, and of how many.

    Quantities are correlated, and a bounded one of few cases lies outside less often than one in twenty,
    so that no number of them can be expected by counting; runs that are judged as the record is give it.

    Args:
        record: its quantities, not a number where it has none, shape (quantities,).
        runs: the same of each run, shape (runs, quantities).

    Returns:
        Of the record, then of each run, shape (1 + runs, 2); of what the record has none nothing counts.
    """
    counts = np.zeros((1 + len(runs), 2))
    for value, column in zip(record, runs.T, strict=True):
        there = np.flatnonzero(~np.isnan(column))
        if np.isnan(value) or not len(there):
            continue
        values = column[there]
        others = [values, *(np.delete(values, k) for k in range(len(values)) if len(values) > 1)]
        for history, own, among in zip([0, *(1 + there)], [value, *values], others, strict=False):
            low, high = central(among)
            counts[history] += [not low - 1e-9 <= own <= high + 1e-9, 1]
    return counts


def joint_test(scenarios: Sequence[str], counts: Sequence[Array]) -> JointTest:
    """The test of some scenarios by their `outside_counts`, runs of one number making one history."""
    outside, judged = np.sum(counts, axis=0).T
    share = outside / np.maximum(judged, 1.0)
    usual = share[1:] * judged[0]
    p = float(np.mean(share >= share[0] - 1e-9))
    most = float(np.quantile(usual, LEVEL))
    return JointTest(tuple(scenarios), int(outside[0]), int(judged[0]), float(usual.mean()), most, p)
