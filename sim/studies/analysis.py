"""A study's answers: means with intervals by row, differences with the same luck, and what moves them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.statistics.accumulators import (
    PROBABILITY,
    Accumulator,
    add,
    empty_sums,
    is_probability,
    mean_intervals,
)
from sim.statistics.crossed_anova import RunChunk, crossed_means
from sim.studies.results import Results
from sim.studies.study_spec import StudySpec

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
Interval = tuple[Array, Array, Array]  # a mean of every row, and the ends of its interval
RESAMPLES: Final = 500
SEED: Final = 20_251_110  # of the bootstrap of indices


def answer_table(study: StudySpec, found: Results) -> "pd.DataFrame":
    """A row for each combination of levers and each outcome.

    Columns: the levers; `outcome` and `unit`; `runs` that are there and `of` how many; `failed`; `happened`:
    runs in which the outcome happened; `mean` over them, `low` and `high`: Student's 95 % interval,
    Wilson's of a chance and of shares that were all or nothing so far, in a nested design that of
    `sim.statistics.crossed_anova`. The ends are the mean where nothing is left to luck, and empty where all
    runs are alike though luck might have made them differ. `difference` and its interval: against the
    first row, run by run where cells share luck; its ends are itself where every run differs by as much.

    Args:
        study: as it was asked.
        found: its results so far.
    """
    import pandas as pd

    cells, names = study.cells, list(study.outcomes)
    rows = int(cells.row.max()) + 1
    counts, failed, by_cell = _sums(study, found)
    means, gaps = _compared(study, found, by_cell)
    levers = [factor.name for factor in cells.factors if factor.lever]
    first = [int(np.argmax(cells.row == row)) for row in range(rows)]
    shown = cells.frame().iloc[first][levers].reset_index(drop=True)
    of = np.bincount(cells.row, study.runs, minlength=rows).astype(int)
    blank = np.where(np.arange(rows) == 0, np.nan, 1.0)
    tables = []
    for name in names:
        mean, low, high = means[name]
        gap = gaps[name]
        tables.append(
            shown.assign(
                outcome=name,
                unit=study.outcomes[name].unit,
                runs=np.bincount(cells.row, counts, minlength=rows).astype(int),
                of=of,
                failed=np.bincount(cells.row, failed, minlength=rows).astype(int),
                happened=np.bincount(cells.row, by_cell[name].runs, minlength=rows).astype(int),
                mean=mean,
                low=low,
                high=high,
                difference=gap[0] * blank,
                difference_low=gap[1] * blank,
                difference_high=gap[2] * blank,
            )
        )
    return pd.concat(tables, ignore_index=True)


def _compared(
    study: StudySpec, found: Results, by_cell: dict[str, Accumulator]
) -> tuple[dict[str, Interval], dict[str, Interval]]:
    """Of every row the mean, and the difference to the first row, with their intervals, by outcome."""
    row, f, outcomes = study.cells.row, study.file, study.outcomes
    rows, nested = int(row.max()) + 1, f.design.kind == "nested"
    means: dict[str, Interval] = {}
    gaps: dict[str, Interval] = {}
    if nested:
        alike = f.luck == "shared"
        over = crossed_means(by_cell, row, f.runs, values_of(study, found) if alike else None)
        for name, o in over.items():
            means[name] = o.within_bounds(outcomes[name].unit == PROBABILITY)
    else:
        for name, sums in by_cell.items():
            mean, low, high = mean_intervals(sums, is_probability(sums, outcomes[name].unit))
            means[name] = (
                mean,
                np.where(study.deterministic, mean, low),
                np.where(study.deterministic, mean, high),
            )
    if f.luck == "shared" and f.design.kind in ("grid", "list", "nested"):
        apart = {name: empty_sums(len(row)) for name in outcomes}
        for piece in _gaps(study, found):
            apart = {name: add(so_far, piece.cell, piece.values[name]) for name, so_far in apart.items()}
        over = crossed_means(apart, row, f.runs, _gaps(study, found)) if nested else {}
        for name, sums in apart.items():
            least, most = np.full(rows, np.inf), np.full(rows, -np.inf)
            np.minimum.at(least, row, sums.least)
            np.maximum.at(most, row, sums.most)
            gap, low, high = over[name][:3] if nested else mean_intervals(sums, probability=False)
            gaps[name] = gap, np.where(least == most, gap, low), np.where(least == most, gap, high)
        return means, gaps
    for name, sums in by_cell.items():
        gaps[name] = _paired_draws(study, sums, rows) if nested else _unpaired(means[name])
    return means, gaps


def driver_table(study: StudySpec, found: Results) -> "pd.DataFrame | None":
    """How much of each outcome's variance each factor explains; None if the design cannot tell.

    Of a `sobol` design the first-order and total indices (Saltelli et al. 2010, Computer Physics
    Communications 181, table 2 (b) and (f)) with bootstrap intervals, once all cells are there; of a
    `latin_hypercube` the squares of rank correlations, which stand under `first` likewise.
    Columns: `outcome`, `name`, `first`, `first_low`, `first_high`, `total`, `total_low`, `total_high`.
    """
    kind = study.file.design.kind
    if kind not in ("sobol", "latin_hypercube"):
        return None
    import pandas as pd

    _, _, by_cell = _sums(study, found)
    tables = []
    for name in study.outcomes:
        means, _, _ = mean_intervals(by_cell[name], probability=False)
        names = [factor.name for factor in study.cells.factors]
        if kind == "sobol":
            if np.isnan(means).any() or np.ptp(means) == 0.0:
                continue
            columns = _indices(means, len(names), study.file.design.points or 0)
        else:
            columns = _rank_shares(means, study)
        tables.append(pd.DataFrame({"outcome": name, "name": names, **columns}))
    return pd.concat(tables, ignore_index=True) if tables else None


def _sums(study: StudySpec, found: Results) -> tuple[Array, Array, dict[str, Accumulator]]:
    """Runs and failures of every cell, shape (cells,), and its sums by outcome."""
    cells = len(study.cells)
    counts, failed = np.zeros(cells), np.zeros(cells)
    sums = {name: empty_sums(cells) for name in study.outcomes}
    for piece in found.pieces():
        cell = piece["cell"].to_numpy()
        counts += np.bincount(cell, minlength=cells)
        failed += np.bincount(cell[piece["error"].notna().to_numpy()], minlength=cells)
        sums = {name: add(so_far, cell, piece[name].to_numpy()) for name, so_far in sums.items()}
    return counts, failed, sums


def values_of(study: StudySpec, found: Results) -> Iterator[RunChunk]:
    """The values of all runs, chunk by chunk."""
    for piece in found.pieces():
        values = {name: piece[name].to_numpy() for name in study.outcomes}
        yield RunChunk(piece["cell"].to_numpy(), piece["run"].to_numpy(), values)


def _gaps(study: StudySpec, found: Results) -> Iterator[RunChunk]:
    """The differences of all runs to those of the same luck, and the same draw, in the first row.

    A cell that is played once, for nothing in it is left to luck, is compared with every run.
    """
    runs, draw, deterministic = study.file.runs, study.cells.draw, study.deterministic
    first = np.flatnonzero(study.cells.row == 0)  # a cell for each draw
    base = {name: np.full((len(first), runs), np.nan) for name in study.outcomes}
    for piece in values_of(study, found):
        mine = study.cells.row[piece.cell] == 0
        where = draw[piece.cell[mine]], piece.run[mine]
        for name, values in piece.values.items():
            base[name][where] = values[mine]
    for table in base.values():
        once = deterministic[first]
        table[once] = table[once, :1]
    for piece in values_of(study, found):
        once = deterministic[piece.cell]
        many = np.where(once, runs, 1)
        rows = np.repeat(np.arange(len(many)), many)
        nth = np.arange(len(rows)) - np.repeat(np.cumsum(many) - many, many)
        cell, run = piece.cell[rows], np.where(once[rows], nth, piece.run[rows])
        gaps = {name: values[rows] - base[name][draw[cell], run] for name, values in piece.values.items()}
        yield RunChunk(cell, run, gaps)


def _paired_draws(study: StudySpec, sums: Accumulator, rows: int) -> Interval:
    """Differences of rows to the first one, draw by draw of the uncertainties, each with its own luck."""
    means, _, _ = mean_intervals(sums, probability=False)
    by_row = means.reshape(rows, -1)
    gaps = (by_row - by_row[0]).reshape(-1)
    return mean_intervals(add(empty_sums(rows), study.cells.row, gaps), probability=False)


def _unpaired(means: Interval) -> Interval:
    """Differences of rows to the first one where each has luck of its own (Newcombe 1998, method 10).

    The distances of the means to the ends of their intervals, added as squares.
    """
    mean, low, high = means
    gap = mean - mean[0]
    down = np.sqrt((mean - low) ** 2 + (high[0] - mean[0]) ** 2)
    up = np.sqrt((high - mean) ** 2 + (mean[0] - low[0]) ** 2)
    return gap, gap - down, gap + up


def first_order_sum(study: StudySpec, found: Results, outcome: str) -> tuple[float, float, float]:
    """The sum of a finished `sobol` design's first-order indices, and its bootstrap interval.

    Errors of single indices go together, so that theirs do not add up to that of the sum.
    """
    means, _, _ = mean_intervals(_sums(study, found)[2][outcome], probability=False)
    inputs, points = len(study.cells.factors), study.file.design.points or 0
    f_a, f_b, mixed = _centred(means, inputs, points)
    draws = np.random.default_rng(SEED).integers(points, size=(RESAMPLES, points))
    sums = [_saltelli(f_a[:, rows], f_b[:, rows], mixed[..., rows])[0].sum() for rows in draws]
    low, high = np.quantile(sums, (0.025, 0.975))
    return float(_saltelli(f_a, f_b, mixed)[0].sum()), float(low), float(high)


def _centred(means: Array, inputs: int, points: int) -> tuple[Array, Array, Array]:
    """Means of cells about nought and scaled: of A, of B, and of A with one column of B in turn."""
    scaled = (means - means.mean()) / float(np.std(means))
    mixed = scaled[2 * points :].reshape(inputs, points)
    return scaled[None, :points], scaled[None, points : 2 * points], mixed[:, None]


def _indices(means: Array, inputs: int, points: int) -> dict[str, Array]:
    """Sobol' indices of the cells of `sim.studies.design.saltelli`."""
    from scipy.stats import sobol_indices

    centred = dict(zip(("f_A", "f_B", "f_AB"), _centred(means, inputs, points), strict=True))
    found = sobol_indices(func=centred, n=points)
    draws = np.random.default_rng(SEED).integers(points, size=(RESAMPLES, points))
    resampled = [_saltelli(*(centred[key][..., rows] for key in centred)) for rows in draws]
    first = np.quantile([pair[0] for pair in resampled], (0.025, 0.975), axis=0)
    total = np.quantile([pair[1] for pair in resampled], (0.025, 0.975), axis=0)
    return {
        "first": np.ravel(found.first_order),
        "first_low": first[0],
        "first_high": first[1],
        "total": np.ravel(found.total_order),
        "total_low": total[0],
        "total_high": total[1],
    }


def _saltelli(a: Array, b: Array, mixed: Array) -> tuple[Array, Array]:
    """First-order and total indices of a resample, by SciPy's default estimators."""
    variance = np.var(np.concatenate([a, b], axis=-1), axis=-1)
    first = np.mean(b * (mixed - a), axis=-1) / variance
    total = 0.5 * np.mean((a - mixed) ** 2, axis=-1) / variance
    return first[:, 0], total[:, 0]


def _rank_shares(means: Array, study: StudySpec) -> dict[str, Array]:
    """Squares of Spearman's rank correlations of each factor with the cells' means, and their intervals."""
    from scipy.stats import spearmanr

    there = ~np.isnan(means)
    shares: list[Sequence[float]] = []
    for factor in study.cells.factors:
        column = study.cells.columns[factor.name][there]
        if there.sum() < 4 or np.ptp(column) == 0.0 or np.ptp(means[there]) == 0.0:
            shares.append([float("nan")] * 3)
            continue
        rho = float(spearmanr(column, means[there]).statistic)
        half = 1.96 / np.sqrt(there.sum() - 3.0)  # Fisher's z
        ends = np.tanh(np.arctanh(np.clip(rho, -0.999999, 0.999999)) + np.array([-half, half]))
        low = 0.0 if ends[0] < 0.0 < ends[1] else float(np.min(ends**2))
        shares.append([rho * rho, low, float(np.max(ends**2))])
    table = np.array(shares)
    nothing = np.full(len(table), np.nan)
    return {
        "first": table[:, 0],
        "first_low": table[:, 1],
        "first_high": table[:, 2],
        "total": nothing,
        "total_low": nothing,
        "total_high": nothing,
    }
