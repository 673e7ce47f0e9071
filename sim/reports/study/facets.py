"""The rows of a study's answers cut into panels: which lever lies along which axis."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.studies.factors import Factor
from sim.studies.stored_study import StoredStudy

Array = NDArray[Any]


class Facet(NamedTuple):
    """Rows of answers in which the levers that are not on an axis stand still.

    Attributes:
        factors: that stand still.
        values: of each of them.
        rows: positions in the answers.
    """

    factors: tuple[Factor, ...]
    values: tuple[float, ...]
    rows: Array


def columns_of(study: StoredStudy) -> dict[str, Array]:
    """What each lever is put to in every row of answers, by name: numbers or positions of options."""
    cells = study.cells
    rows = int(cells.row.max()) + 1
    _, first = np.unique(cells.row, return_index=True)
    assert len(first) == rows
    return {f.name: cells.columns[f.name][first] for f in cells.factors if f.lever}


def panels(columns: dict[str, Array], still: Sequence[Factor]) -> Iterator[Facet]:
    """A panel for each combination of some levers that is there, in the order of the study.

    Args:
        columns: of all levers by name.
        still: levers that do not move within a panel.
    """
    count = len(next(iter(columns.values())))
    levels = [list(dict.fromkeys(columns[f.name].tolist())) for f in still]
    for values in product(*levels):
        mine = np.ones(count, dtype=bool)
        for factor, value in zip(still, values, strict=True):
            mine &= columns[factor.name] == value
        if mine.any():
            yield Facet(tuple(still), values, np.flatnonzero(mine))


def picked(found: Iterable[Facet], most: int) -> tuple[list[Facet], str]:
    """So many of some panels, in even steps, and a sentence if some are left out."""
    every = list(found)
    if len(every) <= most:
        return every, ""
    places = np.linspace(0, len(every) - 1, most).round().astype(int)
    return [every[k] for k in places], f" {most} of {len(every)} settings, picked in even steps."


def even(levels: Array) -> bool:
    """Whether some levels lie equally far apart."""
    gaps = np.diff(levels)
    return len(levels) > 2 and bool(np.allclose(gaps, gaps[0], rtol=1e-6))
