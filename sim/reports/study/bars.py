"""Rows as dots with their intervals, and what drives an outcome as bars and clouds."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.reports.drawing.colours import BLUE, ORANGE
from sim.reports.drawing.layout import shorten
from sim.reports.drawing.theme import GREY, INK, PALE, number_axis
from sim.reports.study.facets import RowMeans
from sim.reports.study.lever_text import axis_label
from sim.reports.study.study_picture import add_legend
from sim.statistics.arrays import Array
from sim.studies.factors import Factor

DOTS = 60  # rows of one picture
BARS = 15
POINTS = 4000  # of a cloud
ROW = 0.27  # [inches]


def dots_height(rows: int) -> float:
    """Of a picture of so many rows [inches]."""
    return 1.15 + ROW * max(3, rows)


def draw_dots(
    figure: Figure,
    m: RowMeans,
    labels: Sequence[str],
    beyond: Array,
    draw_ends: Array | None,
    reference: tuple[int, str] = (0, "the first row"),
) -> None:
    """Draw a dot with its interval for each of the first rows, as many as have labels, in the study's order.

    `beyond` says whether a row differs from the reference beyond luck; `draw_ends` are the ends of what draws
    of uncertainties do to each row, shape (2, rows), if there are any; `reference` is the row that others
    are compared with, and what it is called.
    """
    axes = figure.add_subplot()
    axes.grid(axis="x")
    count = len(labels)
    places = np.arange(count)
    mean, alone = m.mean[:count], places == reference[0]
    for some, colour, fill, label in (
        (alone, INK, INK, reference[1].removeprefix("the ")),
        (~alone & beyond[:count], BLUE, BLUE, "differs from it beyond luck"),
        (~alone & ~beyond[:count], BLUE, "white", "may be luck"),
    ):
        dots: dict[str, Any] = {"ms": 6.0, "mew": 1.3, "mec": colour, "mfc": fill, "zorder": 2.1}
        axes.plot(mean[some], places[some], "o", label=label, **dots)
    if draw_ends is not None:
        ends = m.format.scale * draw_ends[:, :count]
        axes.hlines(places, *ends, color=BLUE, lw=7.0, alpha=0.25, label="10 to 90 % of draws")
    axes.hlines(places, m.low[:count], m.high[:count], color=INK, lw=1.2, label="95 %")
    for k in np.flatnonzero(np.isnan(mean)).tolist():
        across = axes.get_yaxis_transform()
        axes.text(0.01, k, m.gap(np.array([k])), transform=across, va="center", color=GREY)
    if np.isfinite(m.mean[reference[0]]):
        axes.axvline(m.mean[reference[0]], color=INK, lw=0.9, ls=(0, (2, 2)), zorder=0.8)
    _label_rows(axes, labels, 3.6)
    number_axis(axes.xaxis, 7)
    axes.set_xlabel(m.format.unit)
    add_legend(figure, 5)


def _label_rows(axes: Axes, labels: Sequence[str], room: float) -> None:
    """Label rows from the top down, each in so much room [inches]."""
    axes.set_yticks(
        range(len(labels)), [shorten(label, 9.0, "normal", room) for label in labels], fontsize=9.0
    )
    axes.set_ylim(len(labels) - 0.4, -0.6)


def bars_height(count: int) -> float:
    """Of a picture of so many bars [inches]."""
    return 1.1 + 0.34 * max(3, min(count, BARS))


def draw_indices(figure: Figure, rows: pd.DataFrame, names: dict[str, str], total: bool) -> None:
    """Draw what explains an outcome's variance, the most first, with 95 % intervals."""
    axes = figure.add_subplot()
    axes.grid(axis="x")
    places = np.arange(len(rows))
    alone = "by itself (first order)" if total else "square of the rank correlation"
    lanes = [("first", alone, BLUE), ("total", "with all it interacts with (total)", ORANGE)]
    for (key, label, colour), lane in zip(lanes, (-0.19, 0.19) if total else (0.0,), strict=False):
        axes.barh(places + lane, rows[key], height=0.36 if total else 0.62, color=colour, lw=0, label=label)
        axes.hlines(places + lane, rows[f"{key}_low"], rows[f"{key}_high"], color=INK, lw=1.1)
    axes.axvline(0.0, color=INK, lw=0.8)
    _label_rows(axes, [names[n] for n in rows["name"]], 3.4)
    axes.set_xlabel("share of the variance " + ("of what is to be expected" if total else "of cells' means"))
    add_legend(figure, 3, Line2D([], [], color=INK, lw=1.1, label="95 % interval"))


def draw_clouds(
    figure: Figure, means: Array, columns: Sequence[Array], factors: Sequence[Factor], unit: str
) -> None:
    """Draw the mean of every cell over each of some factors."""
    charts = figure.subplots(1, len(factors), squeeze=False, sharey=True)
    step = max(1, -(-len(means) // POINTS))
    for axes, column, factor in zip(charts.flat, columns, factors, strict=True):
        axes.grid()
        axes.plot(column[::step], means[::step], ".", ms=3.5, color=BLUE, alpha=0.5, mew=0)
        if factor.options:
            labels = [shorten(o.label, 8.0, "normal", 1.2) for o in factor.options]
            tilted: dict[str, Any] = {"rotation": 25, "ha": "right", "rotation_mode": "anchor"}
            axes.set_xticks(range(len(labels)), labels, fontsize=8, **tilted)
        _draw_trend(axes, column, means)
        axes.set_xlabel(axis_label(factor, 7.4 / len(factors)))
    charts[0, 0].set_ylabel(unit)


def _draw_trend(axes: Axes, column: Array, means: Array) -> None:
    """Draw the mean over tenths of the cells, in the order of a factor."""
    there = ~np.isnan(means)
    order = np.argsort(column[there], kind="stable")
    if len(order) < 40:
        return
    tenths = np.array_split(order, 10)
    x = [column[there][tenth].mean() for tenth in tenths]
    axes.plot(x, [means[there][tenth].mean() for tenth in tenths], color=INK, lw=1.6)


def draw_points(figure: Figure, means: Array, unit: str) -> None:
    """Draw the distribution of the means of sampled cells."""
    axes = figure.add_subplot(xlabel=unit, ylabel="points")
    axes.grid(axis="y")
    there = means[~np.isnan(means)]
    axes.hist(there, bins=min(40, max(8, int(np.sqrt(len(there) or 1)))), color=BLUE, edgecolor=PALE, lw=0.6)
    for q, dash in ((0.1, ":"), (0.5, "-"), (0.9, ":")):
        if len(there):
            axes.axvline(float(np.quantile(there, q)), color=INK, lw=1.2, ls=dash)
