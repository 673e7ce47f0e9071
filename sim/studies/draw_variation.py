"""How widely runs differ: quantiles by row, and how much of the spread is luck and how much uncertainty."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from sim.statistics.accumulators import PROBABILITY, Accumulator, RunChunk, mean_intervals
from sim.statistics.arrays import Array
from sim.statistics.crossed_anova import crossed_means
from sim.studies.store import Results, cell_sums, run_values
from sim.studies.study_spec import StudySpec

QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
MOST: Final = 2_000_000  # sums by row and run that are held at once


class OutcomeDraws(NamedTuple):
    """Luck and uncertainty of a nested design told apart, each of shape (rows,).

    Where luck is shared all draws of a row have the same luck, and an analysis of variance of draws by
    runs tells three parts of the variance of runs apart (Scheffe 1959, The Analysis of Variance, ch. 7);
    where each has its own there are two. They are not a number until all runs of a row are there.
    """

    low: Array  # 10 % of the draws of the uncertainties have a lower mean
    median: Array  # median of the draws' means
    high: Array  # 10 % have a higher mean
    noise: Array  # standard error by which luck moves a draw's mean against the others
    common: Array  # standard error by which luck moves the means of all draws together
    uncertain: Array  # share of the variance that lies between draws [0 to 1]
    lucky: Array  # share that is luck, the same in all draws [0 to 1]
    joint: Array  # share of luck that acts otherwise in other draws [0 to 1]


def run_quantiles(study: StudySpec, stored: Results, outcome: str) -> Array:
    """QUANTILES of an outcome over the runs of each row of answers; not a number where there are none.

    Shape (rows, quantiles). Holds the outcome of all runs at once, 16 bytes a run.
    """
    quantiles = np.full((int(study.cells.row.max()) + 1, len(QUANTILES)), np.nan)
    chunks = [(study.cells.row[c.cell], c.values[outcome]) for c in run_values(stored, [outcome])]
    if chunks:
        rows, values = (np.concatenate(part) for part in zip(*chunks, strict=True))
        rows, values = rows[there := ~np.isnan(values)], values[there]
        order = np.argsort(rows, kind="stable")
        present, first = np.unique(rows[order], return_index=True)
        for row, group in zip(present, np.split(values[order], first[1:]), strict=False):
            quantiles[row] = np.quantile(group, QUANTILES)
    return quantiles


def outcome_draws(study: StudySpec, stored: Results, outcome: str) -> OutcomeDraws:
    """How far the means of draws lie apart in each row of a nested design, and what luck does to them."""
    cells, f = study.cells, study.file
    rows, points = int(cells.row.max()) + 1, f.design.points or 1
    sums = cell_sums(stored, [outcome])[outcome]
    mean, _, _ = mean_intervals(sums, study.outcomes[outcome].unit == PROBABILITY)
    by_run = _by_run(study, stored, outcome, rows)
    table = np.full((8, rows), np.nan)
    for row in range(rows):
        mine = cells.row == row
        there = mine & ~np.isnan(mean)
        if there.sum() > 1:
            table[:3, row] = np.quantile(mean[there], (0.1, 0.5, 0.9))
        if by_run is not None and f.runs > 1 and (sums.runs[mine] == f.runs).all():
            squares = float(sums.squares[mine].sum())
            shared = by_run[row] / points if f.luck == "shared" else None
            table[3:, row] = _parts(mean[mine], shared, squares, f.runs)
    return OutcomeDraws(*table)


def mean_over_points(study: StudySpec, stored: Results, outcome: str) -> tuple[float, float, float]:
    """The mean of an outcome over drawn points, with its interval, as of `sim.statistics.crossed_anova`.

    Of a Sobol' design over the points of its two base samples, for the others are mixed of these.
    """
    f, cells = study.file, len(study.cells)
    count = min(cells, 2 * (f.design.points or 0)) if f.design.kind == "sobol" else cells
    sums = Accumulator(*(column[:count] for column in cell_sums(stored, [outcome])[outcome]))

    def chunks() -> Iterator[RunChunk]:
        for chunk in run_values(stored, [outcome]):
            some = chunk.cell < count
            yield RunChunk(chunk.cell[some], chunk.run[some], {outcome: chunk.values[outcome][some]})

    row = np.zeros(count, dtype=int)
    shared = f.luck == "shared" and not study.deterministic.all()
    over = crossed_means({outcome: sums}, row, f.runs, chunks() if shared else None)[outcome]
    mean, low, high = over.within_bounds(study.outcomes[outcome].unit == PROBABILITY)
    return float(mean[0]), float(low[0]), float(high[0])


def _by_run(study: StudySpec, stored: Results, outcome: str, rows: int) -> Array | None:
    """Sums over the draws of each row and run, shape (rows, runs); None if they are too many."""
    runs = study.file.runs
    if rows * runs > MOST:
        return None
    total = np.zeros(rows * runs)
    for chunk in run_values(stored, [outcome]):
        where = study.cells.row[chunk.cell] * runs + chunk.run
        total += np.bincount(where, np.nan_to_num(chunk.values[outcome]), minlength=rows * runs)
    return total.reshape(rows, runs)


def _parts(by_draw: Array, by_run: Array | None, squares: float, runs: int) -> tuple[float, ...]:
    """The last five of `OutcomeDraws` for a row.

    From the mean of each draw, shape (draws,); that of each run over the draws, shape (runs,), if they share
    luck; the sum of the squares of all values; and how many runs a draw has.
    """
    draws = len(by_draw)
    mean = float(by_draw.mean())
    between = runs * float(np.sum((by_draw - mean) ** 2))
    rest = squares - draws * runs * mean * mean - between
    luck = 0.0
    if by_run is None:
        joint = max(0.0, rest) / (draws * (runs - 1))
    else:
        alike = draws * float(np.sum((by_run - mean) ** 2))
        joint = max(0.0, rest - alike) / ((draws - 1) * (runs - 1))
        luck = max(0.0, (alike / (runs - 1) - joint) / draws)
    if joint < 1e-12 * squares / (draws * runs):  # what rounding leaves
        joint = 0.0
    uncertain = max(0.0, (between / (draws - 1) - joint) / runs)
    everything = uncertain + luck + joint
    scale = everything if everything > 1e-12 * max(1.0, abs(mean)) else float("nan")
    parts = (uncertain, joint, 0.0) if by_run is None else (uncertain, luck, joint)
    return (joint / runs) ** 0.5, (luck / runs) ** 0.5, *(part / scale for part in parts)
