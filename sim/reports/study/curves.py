"""One lever of numbers across: means with their bands, or fans of runs, a panel for each other setting."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.reports.drawing.colours import BLUE, GREEN, SERIES
from sim.reports.drawing.theme import ALARM, GREY, INK, number_axis
from sim.reports.study.facets import OutcomePlot, panels
from sim.reports.study.lever_text import level
from sim.reports.study.study_picture import add_legend
from sim.statistics.arrays import Array
from sim.studies.draw_variation import OutcomeDraws

LINES = 6  # beyond that a map is drawn
TENTH = 1.2815515655446004  # standard errors to the tenth and ninetieth per cent


def curves_height(plot: OutcomePlot) -> float:
    """Of its picture [inches]."""
    down, across = plot.shape
    return {1: 4.1, 2: 3.1}.get(across, 2.6) * down + 0.35


def draw_means(figure: Figure, plot: OutcomePlot) -> None:
    """Draw means with 95 % bands over a lever, a line for each option of another."""
    m, by = plot.means, plot.y
    group_of = plot.settings[by.name] if by else np.zeros(len(m.mean))
    groups = np.unique(group_of).tolist()
    for axes, rows, x in _panels(figure, plot):
        for (colour, dashes), group in zip(SERIES, groups, strict=False):
            here = group_of[rows] == group
            gap = m.gap(np.flatnonzero(group_of == group))
            label = level(by, group) + (f" ({gap})" if gap else "") if by else None
            band = m.low[rows][here], m.high[rows][here]
            axes.fill_between(x[here], *band, color=colour, alpha=0.18, lw=0)
            line: dict[str, Any] = {"color": colour, "ls": dashes, "lw": 1.7, "marker": "o", "ms": 3.8}
            axes.plot(x[here], m.mean[rows][here], label=label, **line)
        for theory, dash in plot.lines:
            axes.axvline(theory.value, color=ALARM, ls=dash, lw=1.6)
    add_legend(figure, 0, Patch(color="#cfcfcf", label="95 % interval of the mean"), *plot.line_handles)


def draw_fan(figure: Figure, plot: OutcomePlot, quantiles: Array) -> None:
    """Draw the quantiles of runs over a lever: 5, 25, 50, 75 and 95 %."""
    for axes, rows, x in _panels(figure, plot):
        q = quantiles[rows].T
        axes.fill_between(x, q[0], q[4], color=BLUE, alpha=0.18, lw=0)
        axes.fill_between(x, q[1], q[3], color=BLUE, alpha=0.32, lw=0)
        axes.plot(x, q[2], color=BLUE, lw=1.8, marker="o", ms=3.5, label="median run")
        axes.plot(x, plot.means.mean[rows], color=INK, lw=1.0, ls=(0, (2, 1.5)), label="mean")
    half = Patch(color=BLUE, alpha=0.5, lw=0, label="half of the runs (25 to 75 %)")
    add_legend(figure, 0, half, Patch(color=BLUE, alpha=0.18, lw=0, label="nine in ten (5 to 95 %)"))


def draw_draws(figure: Figure, plot: OutcomePlot, draws: OutcomeDraws) -> None:
    """Draw how far uncertainties spread a nested design's means, and how far luck alone would."""
    m, scale = plot.means, plot.means.format.scale
    alone = None if np.isnan(draws.noise).all() else "luck alone: so wide if they did nothing"
    hatched: dict[str, Any] = {"facecolor": "none", "edgecolor": GREEN, "hatch": "////", "lw": 0}
    for axes, rows, x in _panels(figure, plot):
        low, median, high = (scale * column[rows] for column in (draws.low, draws.median, draws.high))
        luck = scale * TENTH * draws.noise[rows]
        below, above = median - luck, median + luck
        if m.format.probability:
            below, above = np.maximum(below, 0), np.minimum(above, 100)
        uncertain = "uncertainty: 10 to 90 % of the draws"
        axes.fill_between(x, low, high, color=BLUE, alpha=0.22, lw=0, label=uncertain)
        axes.fill_between(x, below, above, alpha=0.8, label=alone, **hatched)
        axes.plot(x, median, color=BLUE, lw=1.8, marker="o", ms=3.5, label="median draw")
        mean = m.mean[rows]
        ends = [mean - m.low[rows], m.high[rows] - mean]
        axes.errorbar(x, mean, ends, fmt="_", ms=6, color=INK, lw=1, capsize=2, label="mean over draws, 95 %")
    add_legend(figure, 0)


def _panels(figure: Figure, plot: OutcomePlot) -> Iterator[tuple[Axes, Array, Array]]:
    """Each chart with the rows that it shows, in the order of the lever across, and the values of that."""
    m, places = plot.means, plot.settings[plot.x.name]
    room = 0.04 * float(np.ptp(places)) or 1.0
    ticks = 8 if len(plot.facets) == 1 else 5
    charts = panels(figure, plot, m.format.unit, 7.6)
    for axes, facet in zip(charts, plot.facets, strict=True):
        axes.grid()
        number_axis(axes.yaxis, 6)
        number_axis(axes.xaxis, ticks, steps=[1, 2, 2.5, 5, 10])
        axes.set_xlim(places.min() - room, places.max() + room)
        if gap := m.gap(facet.rows):
            axes.text(0.5, 0.5, gap, ha="center", color=GREY, transform=axes.transAxes)
        rows = facet.rows[np.argsort(places[facet.rows], kind="stable")]
        yield axes, rows, places[rows]
