"""What a picture of an outcome shows: means by row, which lever lies along which axis, and the panels."""

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.reports.study.lever_text import axis_label, panel_title
from sim.reports.study.report_data import ReportData
from sim.reports.study.study_picture import panel_grid
from sim.reports.text.outcome_format import OutcomeFormat
from sim.statistics.arrays import Array
from sim.studies.factors import Factor
from sim.studies.theory_lines import TheoryLine

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
    facets: list[Facet]  # a panel each
    omitted: str  # which panels are left out, in a sentence with a space before; empty if none is
    lines: list[tuple[TheoryLine, str]]  # of theory over the levers on its axes, each with its dashes


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
    table = np.array([settings[f.name] for f in fixed]).reshape(len(fixed), len(means.mean))
    rows = ((values, np.flatnonzero(np.equal(table.T, values).all(axis=1))) for values in product(*levels))
    every = [Facet(tuple(fixed), values, here) for values, here in rows if len(here)]
    facets, omitted = evenly_sampled(every, PANELS)
    return OutcomePlot(outcome, means, settings, x, y, facets, omitted, lines)


def evenly_sampled(facets: Sequence[Facet], most: int) -> tuple[list[Facet], str]:
    """So many of some panels, in even steps, and a sentence if some are left out."""
    if len(facets) <= most:
        return list(facets), ""
    places = np.linspace(0, len(facets) - 1, most).round().astype(int)
    return [facets[k] for k in places], f" {most} of {len(facets)} settings, picked in even steps."


def panels(figure: Figure, plot: OutcomePlot, y_label: str, room: float, lines: int) -> list[Axes]:
    """Axes on one scale, one for each facet, with their titles; the outer ones have labels.

    Args:
        figure: to be filled.
        plot: whose facets they are.
        y_label: of those on the left.
        room: for titles and labels of all beside each other [inches].
        lines: of a label below, at most.
    """
    count = len(plot.facets)
    down, across = panel_grid(count)
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
            axes.set_xlabel(axis_label(plot.x, room / across, lines))
            axes.tick_params(labelbottom=True)
    return charts[:count]
