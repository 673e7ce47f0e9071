"""The cells of a study: every combination, row or point that is played, as a table of numbers."""

import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from pydantic import Field, model_validator
from scipy.stats import qmc

from sim.domain.errors import StudyError
from sim.scenarios.messages import place_of, quoted
from sim.scenarios.numbers import Entry, Key, Texts
from sim.statistics.arrays import Array
from sim.studies.factors import Factor, LeverOption

if TYPE_CHECKING:
    import pandas as pd

MOST = 20_000_000
SEEDED = "rng" if "rng" in inspect.signature(qmc.Sobol.__init__).parameters else "seed"


class Design(Entry):
    """Which cells are played."""

    # `grid` plays every combination of levers; `list` the rows; `latin_hypercube` and `sobol` draw points of
    # levers and uncertainties together; `nested` plays every combination of levers with the same draws of the
    # uncertainties
    kind: Literal["grid", "list", "latin_hypercube", "sobol", "nested"]
    # how many are drawn; for `sobol` the base sample n of n (d + 2) cells
    points: Annotated[int, Field(ge=2, le=2**24)] | None = None
    # levers by name with their value or label; those not named stay as the study has them
    rows: Annotated[list[dict[Key, float | str]], Field(max_length=1_000_000)] = []
    without: Texts = []  # paths of assumptions that stay as they are, if `uncertainties` is "assumptions"

    @model_validator(mode="after")
    def _complete(self) -> "Design":
        random = self.kind in ("latin_hypercube", "sobol", "nested")
        if random != (self.points is not None):
            raise ValueError(f"points: expected {'a number' if random else 'nothing'} for a {self.kind}")
        if (self.kind == "list") != bool(self.rows):
            raise ValueError("rows: expected them for a list, and for a list only")
        if self.kind == "sobol" and (self.points or 0) & ((self.points or 0) - 1):
            raise ValueError(f"points: expected a power of two for sobol, got {self.points}")
        return self


@dataclass(frozen=True)
class Cells:
    """What is played."""

    factors: tuple[Factor, ...]  # levers and uncertainties, in order
    columns: dict[str, Array]  # by factor, a value a cell: a number, or the position of an option
    draw: Array  # which draw of the uncertainties each cell has, in a nested design, else nought
    row: Array  # which combination of levers it is, in a nested design, else the cell itself

    def __len__(self) -> int:
        return len(self.draw)

    def options_of(self, cell: int) -> list[LeverOption]:
        """What a cell puts those levers to that are not numbers."""
        return [f.options[int(self.columns[f.name][cell])] for f in self.factors if f.options]

    def frame(self) -> "pd.DataFrame":
        """A row a cell: its number, then numbers and labels by the names of levers and uncertainties."""
        import pandas as pd

        columns: dict[str, Any] = {"cell": np.arange(len(self), dtype=np.int32)}
        if self.draw.any():
            columns["draw"] = self.draw.astype(np.int32)
        for factor in self.factors:
            column = self.columns[factor.name]
            labels = np.array([option.label for option in factor.options], dtype=object)
            columns[factor.name] = labels[column.astype(int)] if factor.options else column
        return pd.DataFrame(columns)


def cells_of(design: Design, factors: Sequence[Factor], seed: int) -> Cells:
    """The cells of a design; levers that a list does not name stay as shipped.

    Raises StudyError if a row names nothing, two cells are the same, or there are too many.
    """
    levers = [factor for factor in factors if factor.lever]
    if design.kind == "grid":
        return _distinct(levers, _grid(levers))
    if design.kind == "list":
        return _distinct(levers, _rows(design, levers))
    points = design.points or 0
    if design.kind == "nested":
        grid = _distinct(levers, _grid(levers))
        uncertain = [factor for factor in factors if not factor.lever]
        count = _counted(len(grid) * points)
        draw, row = np.tile(np.arange(points), len(grid)), np.repeat(np.arange(len(grid)), points)
        shares = _latin(len(uncertain), points, seed)
        columns = {name: column[row] for name, column in grid.columns.items()}
        columns |= {f.name: f.values_at(shares[:, k])[draw] for k, f in enumerate(uncertain)}
        return Cells((*levers, *uncertain), columns, draw[:count], row)
    if design.kind == "latin_hypercube":
        return _plain(factors, _columns(factors, _latin(len(factors), points, seed)))
    _counted(points * (len(factors) + 2))
    return _plain(factors, _columns(factors, saltelli(len(factors), points, seed)))


def reference_row(cells: Cells, reference: dict[str, float | str]) -> int:
    """The row that others are compared with: the one whose levers have these values or labels, or the first.

    Raises StudyError if they name no lever or value, or not one row.
    """
    levers = {factor.name: factor for factor in cells.factors if factor.lever}
    here = np.ones(len(cells), dtype=bool)
    for name in reference:
        place_of("reference", "lever", name, levers, StudyError)
        value = _level(f"reference.{name}", levers[name], reference)
        here &= np.isclose(cells.columns[name], value, rtol=1e-9, atol=0.0)
    rows = np.unique(cells.row[here])
    if reference and len(rows) != 1:
        names = ", ".join(levers)
        raise StudyError(f"reference: expected values of {names} that one row has, got {len(rows)} rows")
    return int(rows[0])


def saltelli(inputs: int, points: int, seed: int) -> Array:
    """The sample of Saltelli et al. (2010): A, B, and A with one column of B in turn.

    Shares of each input's distribution, shape (points * (inputs + 2), inputs), by a scrambled Sobol' sequence
    of so many points, a power of two.
    """
    both = qmc.Sobol(2 * inputs, **{SEEDED: np.random.default_rng(seed)}).random(points)
    a, b = both[:, :inputs], both[:, inputs:]
    mixed = np.tile(a, (inputs, 1, 1))
    mixed[np.arange(inputs), :, np.arange(inputs)] = b.T
    return np.concatenate([a, b, *mixed])


def _latin(inputs: int, points: int, seed: int) -> Array:
    points_in_cube: Array = qmc.LatinHypercube(inputs, **{SEEDED: np.random.default_rng(seed)}).random(points)
    return points_in_cube


def _columns(factors: Sequence[Factor], shares: Array) -> dict[str, Array]:
    return {factor.name: factor.values_at(shares[:, k]) for k, factor in enumerate(factors)}


def _grid(levers: Sequence[Factor]) -> dict[str, Array]:
    count = _counted(int(np.prod([len(lever.levels) for lever in levers], dtype=float)))
    table = np.array(list(product(*(lever.levels for lever in levers)))).reshape(count, len(levers))
    return {lever.name: table[:, k] for k, lever in enumerate(levers)}


def _rows(design: Design, levers: Sequence[Factor]) -> dict[str, Array]:
    by_name = {lever.name: lever for lever in levers}
    for k, row in enumerate(design.rows):
        for name in row:
            place_of(f"design.rows[{k}]", "lever", name, by_name, StudyError)
        missing = [name for name, lever in by_name.items() if name not in row and lever.options]
        if missing:
            raise StudyError(f"design.rows[{k}]: expected a label for {missing[0]}, got none")
    return {
        name: np.array([_level(f"design.rows[{k}].{name}", lever, row) for k, row in enumerate(design.rows)])
        for name, lever in by_name.items()
    }


def _level(where: str, lever: Factor, row: dict[str, float | str]) -> float:
    value = row.get(lever.name, lever.shipped)
    if not lever.options:
        if isinstance(value, str) or (lever.whole and value % 1):
            raise StudyError(f"{where}: expected a number of {lever.unit}, got {quoted(value)}")
        return float(value)
    return float(place_of(where, "option", str(value), (o.label for o in lever.options), StudyError))


def _distinct(levers: Sequence[Factor], columns: dict[str, Array]) -> Cells:
    cells = _plain(levers, columns)
    frame = cells.frame().drop(columns="cell")
    again = frame[frame.duplicated()]
    if len(again):
        setting = ", ".join(f"{name} {value}" for name, value in again.iloc[0].items())
        raise StudyError(f"design: expected cells that differ, got the same more than once: {setting}")
    return cells


def _plain(factors: Sequence[Factor], columns: dict[str, Array]) -> Cells:
    count = _counted(len(next(iter(columns.values()))))
    return Cells(tuple(factors), columns, np.zeros(count, dtype=int), np.arange(count))


def _counted(count: int) -> int:
    if not 0 < count <= MOST:
        raise StudyError(f"design: expected 1 to {MOST:,} cells, got {count:,}")
    return count
