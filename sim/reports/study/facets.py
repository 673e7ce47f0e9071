"""What a picture of an outcome shows: means by row, which lever lies along which axis, and the panels."""

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.reports.drawing.theme import ALARM
from sim.reports.study.lever_text import axis_label, line_label, panel_title
from sim.reports.study.report_data import ReportData
from sim.reports.study.study_picture import ACROSS, WIDTH
from sim.reports.text.formats import OutcomeFormat
from sim.statistics.arrays import Array
from sim.studies.factors import Factor
from sim.studies.theory_lines import TheoryLine

PANELS = 16  # of one picture
COLUMNS = 4  # of a lattice
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

    @property
    def range_text(self) -> str:
        """The smallest and largest mean, for who cannot see the picture."""
        if np.isnan(self.mean).all():
            return "Nothing is there yet."
        unit = "per cent" if self.format.probability else self.format.unit
        return f"Means from {np.nanmin(self.mean):.3g} to {np.nanmax(self.mean):.3g} {unit}."


class Facet(NamedTuple):
    """Rows of answers in which the levers that are not on an axis stand still."""

    factors: tuple[Factor, ...]  # that stand still
    values: tuple[float, ...]  # of each of them
    rows: Array  # positions in the answers


class OutcomePlot(NamedTuple):
    """What a picture of an outcome shows."""

    outcome: str  # its name
    means: RowMeans  # of every row
    settings: dict[str, Array]  # what each lever is put to in every row, by name
    x: Factor  # lever that lies across
    y: Factor | None  # lever that lies upwards, or that has a line for each option
    facets: list[Facet]  # a panel each, row by row
    shape: tuple[int, int]  # rows and columns of panels
    omitted: str  # which panels are left out, in a sentence with a space before; empty if none is
    lines: list[tuple[TheoryLine, str]]  # of theory over the levers on its axes, each with its dashes

    @property
    def line_handles(self) -> list[Line2D]:
        """The lines of theory for a legend."""
        marks: dict[str, Any] = {"color": ALARM, "lw": 1.9}
        return [Line2D([], [], ls=d, label=line_label(x, WIDTH - 0.9), **marks) for x, d in self.lines]


def median(values: Array) -> float:
    """The median of the values that are there; not a number if there are none."""
    there = values[~np.isnan(values)]
    return float(np.median(there)) if len(there) else float("nan")


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
    levels = [list(dict.fromkeys(settings[f.name].tolist())) for f in fixed]
    shape, picked = lattice([len(some) for some in levels])
    table = np.array([settings[f.name] for f in fixed]).reshape(len(fixed), len(means.mean))
    facets = []
    for values in product(*([some[k] for k in ks] for some, ks in zip(levels, picked, strict=True))):
        rows = np.flatnonzero(np.equal(table.T, values).all(axis=1))
        facets.append(Facet(tuple(fixed), values, rows))
    every = prod(len(some) for some in levels)
    omitted = f" {len(facets)} of {every} settings of the levers that stand still." * (len(facets) < every)
    return OutcomePlot(outcome, means, settings, x, y, facets, shape, omitted, lines)


def lattice(counts: Sequence[int]) -> tuple[tuple[int, int], list[list[int]]]:
    """Rows and columns of panels, and which of so many levels of each lever that stands still they show.

    The last of several levers runs across, the others down, so that what stands in a row or a column
    belongs together; of too many levels the lever with the most is thinned, in even steps. The panels of
    one lever follow each other as words do.
    """
    most = [
        min(n, COLUMNS if len(counts) > 1 and k == len(counts) - 1 else PANELS) for k, n in enumerate(counts)
    ]
    while prod(most) > PANELS and max(most[:-1]) > 1:
        most[int(np.argmax(most[:-1]))] -= 1
    picked = [
        np.linspace(0, n - 1, m).round().astype(int).tolist() for n, m in zip(counts, most, strict=True)
    ]
    if len(counts) > 1:
        return (prod(most[:-1]), most[-1]), picked
    across = 2 if prod(most) == 4 else min(prod(most), ACROSS)
    return (-(-prod(most) // across), across), picked


def panels(figure: Figure, plot: OutcomePlot, y_label: str, room: float) -> list[Axes]:
    """Axes on one scale, one for each facet, with their titles; the outer ones have labels.

    `y_label` is of those on the left, `room` for titles and labels of all beside each other [inches].
    """
    count, (down, across) = len(plot.facets), plot.shape
    charts = list(figure.subplots(down, across, squeeze=False, sharex=True, sharey=True).flat)
    for axes in charts[count:]:
        axes.set_visible(False)
    for k, (axes, facet) in enumerate(zip(charts, plot.facets, strict=False)):
        if facet.factors:
            title = panel_title(facet.factors, facet.values, room / across)
            axes.set_title(title, fontsize=9.0, loc="left")
        if k % across == 0:
            axes.set_ylabel(y_label)
        if k + across >= count:
            axes.set_xlabel(axis_label(plot.x, room / across))
            axes.tick_params(labelbottom=True)
    return charts[:count]
