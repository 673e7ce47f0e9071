"""How widely runs differ: quantiles by row, and how much of the spread is luck and how much uncertainty."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.studies.study.answers import CHANCE
from sim.studies.study.kept import Kept
from sim.studies.study.results import Results
from sim.studies.study.tally import Sums, add, intervals, no_sums

Array = NDArray[Any]
QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
MOST: Final = 2_000_000  # runs that are held at once
BINS: Final = 4096  # of a histogram, beyond that


class Spread(NamedTuple):
    """Quantiles of an outcome's runs.

    Attributes:
        values: at QUANTILES, shape (rows, quantiles); not a number where there are no runs.
        error: by how much they may be off [in the outcome's unit], nought if they are exact.
    """

    values: Array
    error: float


class Draws(NamedTuple):
    """Luck and uncertainty of a nested design told apart, each of shape (rows,).

    Attributes:
        low: 10 % of the draws of the uncertainties have a lower mean.
        middle: median of the draws' means.
        high: 10 % have a higher mean.
        luck: standard error that luck leaves in a draw's mean, of the square mean over draws.
        share: of the variance of runs that lies between draws, what luck does to their means taken
            off [0 to 1].
    """

    low: Array
    middle: Array
    high: Array
    luck: Array
    share: Array


def spread(study: Kept, found: Results, outcome: str, most: int = MOST) -> Spread:
    """Quantiles of an outcome over the runs of each row of answers.

    Exact up to `most` runs. Beyond that, counted in equal bins between the smallest and the largest
    value, so that no more than one chunk is in memory.

    Args:
        study: as it was asked.
        found: its results so far.
        outcome: its name.
        most: runs that may be held at once.
    """
    rows = int(study.cells.row.max()) + 1
    count, low, high = 0, np.inf, -np.inf
    for where, values in _pieces(study, found, outcome):
        count += len(where)
        low, high = min(low, values.min(initial=np.inf)), max(high, values.max(initial=-np.inf))
    quantiles = np.full((rows, len(QUANTILES)), np.nan)
    if count == 0:
        return Spread(quantiles, 0.0)
    if count <= most or low == high:
        return Spread(_exact(study, found, outcome, quantiles) if low < high else quantiles * 0 + low, 0.0)
    counts = np.zeros((rows, BINS), dtype=np.int64)
    width = (high - low) / BINS
    for where, values in _pieces(study, found, outcome):
        bins = np.minimum(((values - low) / width).astype(np.int64), BINS - 1)
        counts += np.bincount(where * BINS + bins, minlength=rows * BINS).reshape(rows, BINS)
    totals = counts.sum(axis=1)
    for row in np.flatnonzero(totals):
        found_at = np.searchsorted(np.cumsum(counts[row]), np.array(QUANTILES) * totals[row])
        quantiles[row] = low + (found_at + 0.5) * width
    return Spread(quantiles, float(width))


def draws(study: Kept, found: Results, outcome: str) -> Draws:
    """How far the means of draws lie apart in each row of a nested design, and what luck does to them.

    Args:
        study: as it was asked.
        found: its results so far.
        outcome: its name.
    """
    cells, rows = study.cells, int(study.cells.row.max()) + 1
    sums = cell_sums(study, found, outcome)
    mean, _, _ = intervals(sums, study.outcomes[outcome].unit == CHANCE)
    n = sums.runs
    with np.errstate(invalid="ignore", divide="ignore"):
        within = np.maximum(sums.squares - n * mean * mean, 0.0) / (n - 1.0)
        noise = within / n
    table = np.full((5, rows), np.nan)
    for row in range(rows):
        mine = (cells.row == row) & ~np.isnan(mean) & ~np.isnan(noise)
        if mine.sum() < 2:
            continue
        table[:3, row] = np.quantile(mean[mine], (0.1, 0.5, 0.9))
        luck = float(noise[mine].mean())
        between = max(0.0, float(np.var(mean[mine], ddof=1)) - luck)
        everything = between + float(within[mine].mean())
        table[3, row] = np.sqrt(luck)
        table[4, row] = between / everything if everything > 0 else np.nan
    return Draws(*table)


def cell_sums(study: Kept, found: Results, outcome: str) -> Sums:
    """What the mean of an outcome in each cell is made of."""
    sums = no_sums(len(study.cells))
    for piece in found.pieces():
        sums = add(sums, piece["cell"].to_numpy(), piece[outcome].to_numpy())
    return sums


def _pieces(study: Kept, found: Results, outcome: str) -> Iterator[tuple[Array, Array]]:
    """Row and value of the runs in which an outcome happened, chunk by chunk."""
    for piece in found.pieces():
        values = piece[outcome].to_numpy()
        there = ~np.isnan(values)
        yield study.cells.row[piece["cell"].to_numpy()[there]], values[there]


def _exact(study: Kept, found: Results, outcome: str, quantiles: Array) -> Array:
    pieces = list(_pieces(study, found, outcome))
    where = np.concatenate([piece[0] for piece in pieces])
    values = np.concatenate([piece[1] for piece in pieces])
    order = np.argsort(where, kind="stable")
    where, values = where[order], values[order]
    edges = np.searchsorted(where, np.arange(len(quantiles) + 1))
    for row, (begin, end) in enumerate(zip(edges[:-1], edges[1:], strict=True)):
        if end > begin:
            quantiles[row] = np.quantile(values[begin:end], QUANTILES)
    return quantiles
