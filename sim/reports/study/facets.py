"""What a picture of an outcome shows: means by row, which lever lies along which axis, and the panels."""

from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.reports.study.report_data import ReportData
from sim.reports.text.outcome_format import OutcomeFormat
from sim.studies.factors import Factor
from sim.studies.theory_lines import TheoryLine

Array = NDArray[Any]
PANELS = 12  # of one picture
DASHES = ("--", ":", "-.")  # of lines of theory


class RowMeans(NamedTuple):
    """Means of every row of answers with the ends of their intervals, in the unit in which they are drawn."""

    mean: Array
    low: Array
    high: Array
    runs: Array
    format: OutcomeFormat

    def gap(self, rows: Array) -> str:
        """Why there is nothing to be drawn of some rows; empty if there is something."""
        if not np.isnan(self.mean[rows]).all():
            return ""
        return "did not happen" if (self.runs[rows] > 0).all() else "nothing yet"


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


class OutcomePlot(NamedTuple):
    """What a picture of an outcome shows.

    Attributes:
        outcome: its name.
        means: of every row.
        settings: what each lever is put to in every row, by name.
        x: lever that lies across.
        y: lever that lies upwards, or that has a line for each option.
        facets: a panel each.
        omitted: which panels are left out, in a sentence with a space before; empty if none is.
        lines: of theory over the levers on its axes, each with its dashes.
    """

    outcome: str
    means: RowMeans
    settings: dict[str, Array]
    x: Factor
    y: Factor | None
    facets: list[Facet]
    omitted: str
    lines: list[tuple[TheoryLine, str]]


def row_means(data: ReportData, outcome: str) -> RowMeans:
    """The means of an outcome's rows as they are drawn."""
    style = data.format(outcome)
    table = data.answers[data.answers["outcome"] == outcome]
    mean, low, high, runs = table[["mean", "low", "high", "runs"]].to_numpy(dtype=float).T
    return RowMeans(style.scale * mean, style.scale * low, style.scale * high, runs, style)


def outcome_plot(
    data: ReportData, outcome: str, means: RowMeans, x: Factor, y: Factor | None, fixed: Sequence[Factor]
) -> OutcomePlot:
    """A picture of an outcome over one or two levers, a panel for each setting of some others."""
    axes = {x.name, y.name} if y else {x.name}
    lines = [
        (line, dash)
        for line, dash in zip(data.lines_of(outcome), DASHES, strict=False)
        if set(line.levers) <= axes and np.isfinite(line.value)
    ]
    settings = data.settings
    facets, omitted = evenly_sampled(facets_of(settings, fixed), PANELS)
    return OutcomePlot(outcome, means, settings, x, y, facets, omitted, lines)


def facets_of(settings: dict[str, Array], fixed: Sequence[Factor]) -> list[Facet]:
    """A panel for each combination of some levers that is there, in the order of the study.

    Args:
        settings: what each lever is put to in every row, by name.
        fixed: levers that do not move within a panel.
    """
    count = len(next(iter(settings.values())))
    levels = [list(dict.fromkeys(settings[f.name].tolist())) for f in fixed]
    facets = []
    for values in product(*levels):
        here = np.ones(count, dtype=bool)
        for factor, value in zip(fixed, values, strict=True):
            here &= settings[factor.name] == value
        if here.any():
            facets.append(Facet(tuple(fixed), values, np.flatnonzero(here)))
    return facets


def evenly_sampled(facets: Sequence[Facet], most: int) -> tuple[list[Facet], str]:
    """So many of some panels, in even steps, and a sentence if some are left out."""
    if len(facets) <= most:
        return list(facets), ""
    places = np.linspace(0, len(facets) - 1, most).round().astype(int)
    return [facets[k] for k in places], f" {most} of {len(facets)} settings, picked in even steps."
