"""A study's answers: means with intervals by row, differences with the same luck, and what moves them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sim.statistics import sobol
from sim.statistics.accumulators import (
    PROBABILITY,
    Accumulator,
    RunChunk,
    add,
    empty_sums,
    is_probability,
    mean_intervals,
    sums_of,
)
from sim.statistics.arrays import Array
from sim.statistics.crossed_anova import crossed_means
from sim.studies.store import Results, cell_sums, run_values
from sim.studies.study_spec import StudySpec

if TYPE_CHECKING:
    import pandas as pd

Interval = tuple[Array, Array, Array]  # a mean of every row, and the ends of its interval


def answer_table(study: StudySpec, stored: Results) -> "pd.DataFrame":
    """A row for each combination of levers and each outcome.

    Columns: the levers; `outcome` and `unit`; `runs` that are there and `of` how many; `failed`; `happened`:
    runs in which the outcome happened; `mean` over them, `low` and `high`: Student's 95 % interval,
    Wilson's of a chance and of shares that were all or nothing so far, in a nested design that of
    `sim.statistics.crossed_anova`. The ends are the mean where nothing is left to luck, and empty where all
    runs are alike though luck might have made them differ. `difference` and its interval: against the
    reference, run by run where cells share luck; its ends are itself where every run differs by as much.
    """
    import pandas as pd

    cells, names = study.cells, list(study.outcomes)
    rows = int(cells.row.max()) + 1
    by_cell = cell_sums(stored, [*names, "error"])
    errors = by_cell.pop("error")
    means, gaps = _compared(study, stored, by_cell)
    levers = [factor.name for factor in cells.factors if factor.lever]
    first = [int(np.argmax(cells.row == row)) for row in range(rows)]
    settings = cells.frame().iloc[first][levers].reset_index(drop=True)
    blank = np.where(np.arange(rows) == study.reference, np.nan, 1.0)
    tables = []
    for name in names:
        (mean, low, high), gap = means[name], gaps[name]
        tables.append(
            settings.assign(
                outcome=name,
                unit=study.outcomes[name].unit,
                runs=_by_row(study, errors.runs),
                of=_by_row(study, study.runs),
                failed=_by_row(study, errors.total),
                happened=_by_row(study, by_cell[name].runs),
                mean=mean,
                low=low,
                high=high,
                difference=gap[0] * blank,
                difference_low=gap[1] * blank,
                difference_high=gap[2] * blank,
            )
        )
    return pd.concat(tables, ignore_index=True)


def _by_row(study: StudySpec, counts: Array) -> Array:
    """The sums of counts in cells, by row."""
    return np.bincount(study.cells.row, counts).astype(int)


def _compared(
    study: StudySpec, stored: Results, by_cell: dict[str, Accumulator]
) -> tuple[dict[str, Interval], dict[str, Interval]]:
    """Of every row the mean, and the difference to the reference, with their intervals, by outcome."""
    row, f, outcomes = study.cells.row, study.file, study.outcomes
    rows, nested = int(row.max()) + 1, f.design.kind == "nested"
    shared = f.luck == "shared"
    means: dict[str, Interval] = {}
    if nested:
        over = crossed_means(by_cell, row, f.runs, run_values(stored, outcomes) if shared else None)
        means = {name: o.within_bounds(outcomes[name].unit == PROBABILITY) for name, o in over.items()}
    else:
        for name, sums in by_cell.items():
            mean, *ends = mean_intervals(sums, is_probability(sums, outcomes[name].unit))
            low, high = (np.where(study.deterministic, mean, end) for end in ends)
            means[name] = mean, low, high
    if not shared or f.design.kind not in ("grid", "list", "nested"):
        if not nested:
            return means, {name: _unpaired(mean, study.reference) for name, mean in means.items()}
        return means, {name: _paired_draws(study, sums, rows) for name, sums in by_cell.items()}
    gaps: dict[str, Interval] = {}
    apart = sums_of(_gaps(study, stored), outcomes, len(row))
    over = crossed_means(apart, row, f.runs, _gaps(study, stored)) if nested else {}
    for name, sums in apart.items():
        least, most = np.full(rows, np.inf), np.full(rows, -np.inf)
        np.minimum.at(least, row, sums.least)
        np.maximum.at(most, row, sums.most)
        gap, *ends = over[name][:3] if nested else mean_intervals(sums, probability=False)
        low, high = (np.where(least == most, gap, end) for end in ends)
        gaps[name] = gap, low, high
    return means, gaps


def driver_table(study: StudySpec, stored: Results) -> "pd.DataFrame | None":
    """How much of each outcome's variance each factor explains; None if the design cannot tell.

    Of a `sobol` design the first-order and total indices of `sim.statistics.sobol` with bootstrap
    intervals, once all cells are there, and `luck`, the share of the variance of the cells' means that is
    luck; of a `latin_hypercube` the squares of rank correlations, which stand under `first` likewise.
    Columns: `outcome`, `name`, `luck`, `first`, `first_low`, `first_high`, `total`, `total_low`,
    `total_high`.
    """
    kind, runs = study.file.design.kind, study.file.runs
    if kind not in ("sobol", "latin_hypercube"):
        return None
    import pandas as pd

    tables, names = [], [factor.name for factor in study.cells.factors]
    nothing = dict.fromkeys(("total", "total_low", "total_high"), np.full(len(names), np.nan))
    for name in study.outcomes:
        luck = np.nan
        if kind == "sobol":
            halves = sobol.half_means(run_values(stored, [name]), name, study.deterministic, runs)
            explained = sobol.indices(halves, len(names), shared=study.file.luck == "shared")
            if explained is None:
                continue
            columns = explained.columns
            luck = explained.luck if runs > 1 else np.nan
        else:
            means, _, _ = mean_intervals(cell_sums(stored, [name])[name], probability=False)
            shares = sobol.rank_shares(means, [study.cells.columns[key] for key in names])
            columns = shares | nothing
        tables.append(pd.DataFrame({"outcome": name, "name": names, "luck": luck, **columns}))
    return pd.concat(tables, ignore_index=True) if tables else None


def _gaps(study: StudySpec, stored: Results) -> Iterator[RunChunk]:
    """The differences of all runs to those of the same luck, and the same draw, in the reference.

    A cell that is played once, for nothing in it is left to luck, is compared with every run.
    """
    runs, draw, deterministic = study.file.runs, study.cells.draw, study.deterministic
    first = np.flatnonzero(study.cells.row == study.reference)  # a cell for each draw
    base = {name: np.full((len(first), runs), np.nan) for name in study.outcomes}
    for piece in run_values(stored, study.outcomes):
        mine = study.cells.row[piece.cell] == study.reference
        where = draw[piece.cell[mine]], piece.run[mine]
        for name, values in piece.values.items():
            base[name][where] = values[mine]
    for table in base.values():
        once = deterministic[first]
        table[once] = table[once, :1]
    for piece in run_values(stored, study.outcomes):
        once = deterministic[piece.cell]
        many = np.where(once, runs, 1)
        rows = np.repeat(np.arange(len(many)), many)
        nth = np.arange(len(rows)) - np.repeat(np.cumsum(many) - many, many)
        cell, run = piece.cell[rows], np.where(once[rows], nth, piece.run[rows])
        gaps = {name: values[rows] - base[name][draw[cell], run] for name, values in piece.values.items()}
        yield RunChunk(cell, run, gaps)


def _paired_draws(study: StudySpec, sums: Accumulator, rows: int) -> Interval:
    """Differences of rows to the reference, draw by draw of the uncertainties, each with its own luck."""
    means, _, _ = mean_intervals(sums, probability=False)
    by_row = means.reshape(rows, -1)
    gaps = (by_row - by_row[study.reference]).reshape(-1)
    return mean_intervals(add(empty_sums(rows), study.cells.row, gaps), probability=False)


def _unpaired(means: Interval, reference: int) -> Interval:
    """Differences of rows to the reference where each has luck of its own (Newcombe 1998, method 10).

    The distances of the means to the ends of their intervals, added as squares.
    """
    mean, low, high = means
    base, least, most = (values[reference] for values in means)
    gap = mean - base
    down = np.sqrt((mean - low) ** 2 + (most - base) ** 2)
    up = np.sqrt((high - mean) ** 2 + (base - least) ** 2)
    return gap, gap - down, gap + up
