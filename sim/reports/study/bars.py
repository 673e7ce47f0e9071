"""Rows as dots with their intervals, and what drives an outcome as bars and clouds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from sim.reports.drawing.layout import shorten
from sim.reports.drawing.theme import INK, PALE
from sim.reports.study.curves import Means
from sim.reports.study.line_styles import BLUE, ORANGE, labelled, plain
from sim.studies.factors import Factor

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
DOTS = 60  # rows of one picture
BARS = 15
POINTS = 4000  # of a cloud
ROW = 0.27  # [inches]


def dots_height(rows: int) -> float:
    """Of a picture of so many rows [inches]."""
    return 1.15 + ROW * max(3, rows)


def draw_dots(figure: Figure, m: Means, labels: Sequence[str], beyond: Array, spread: Array | None) -> None:
    """Draw a dot with its interval for each row, in the order of the study.

    Args:
        figure: to be filled.
        m: means of the rows shown.
        labels: what each row is.
        beyond: whether a row differs from the first one beyond luck.
        spread: ends of what draws of uncertainties do to each row, shape (2, rows), if there are any.
    """
    scale = 100.0 if m.chance else 1.0
    axes = figure.add_subplot()
    plain(axes, "x")
    places = np.arange(len(labels))
    middle, low, high = (scale * column for column in (m.middle, m.low, m.high))
    if spread is not None:
        axes.hlines(places, scale * spread[0], scale * spread[1], color=BLUE, lw=7.0, alpha=0.25)
    axes.hlines(places, low, high, color=INK, lw=1.2)
    for k in places:
        full = k == 0 or beyond[k]
        axes.plot(middle[k], k, "o", ms=6.0, mec=INK if k == 0 else BLUE, mfc=_fill(int(k), full), mew=1.3)
    if np.isfinite(middle[0]):
        axes.axvline(middle[0], color=INK, lw=0.9, ls=(0, (2, 2)), zorder=0.8)
    for k in places[np.isnan(middle)]:
        axes.text(
            0.01, k, m.gap(np.array([k])), transform=axes.get_yaxis_transform(), va="center", color="#777777"
        )
    axes.set_yticks(places, [shorten(label, 9.0, "normal", 3.6) for label in labels], fontsize=9.0)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.xaxis.set_major_locator(MaxNLocator(7))
    axes.xaxis.set_major_formatter("{x:,g}")
    axes.set_xlabel("%" if m.chance else m.unit)
    look: dict[str, Any] = {"ls": "none", "marker": "o", "ms": 6.0, "mew": 1.3}
    handles: list[Any] = [
        Line2D([], [], mec=INK, mfc=INK, label="first row", **look),
        Line2D([], [], mec=BLUE, mfc=BLUE, label="differs from it beyond luck", **look),
        Line2D([], [], mec=BLUE, mfc="white", label="may be luck", **look),
        Line2D([], [], color=INK, lw=1.2, label="95 %"),
    ]
    if spread is not None:
        handles.append(Line2D([], [], color=BLUE, lw=7, alpha=0.25, label="10 to 90 % of draws"))
    figure.legend(handles=handles, loc="outside lower left", ncols=5, frameon=False, fontsize=8.8)


def _fill(k: int, full: bool) -> str:
    if not full:
        return "white"
    return INK if k == 0 else BLUE


def bars_height(count: int) -> float:
    """Of a picture of so many bars [inches]."""
    return 1.1 + 0.34 * max(3, min(count, BARS))


def draw_indices(figure: Figure, rows: "pd.DataFrame", names: dict[str, str], total: bool) -> None:
    """Draw what explains an outcome's variance, the most first, with 95 % intervals.

    Args:
        figure: to be filled.
        rows: of the table of drivers, sorted, those that are shown.
        names: of factors, in words.
        total: whether there are total indices too.
    """
    axes = figure.add_subplot()
    plain(axes, "x")
    places = np.arange(len(rows))
    lanes = (("first", BLUE, -0.19), ("total", ORANGE, 0.19)) if total else (("first", BLUE, 0.0),)
    for key, colour, lane in lanes:
        value = rows[key].to_numpy()
        low, high = rows[f"{key}_low"].to_numpy(), rows[f"{key}_high"].to_numpy()
        axes.barh(places + lane, value, height=0.36 if total else 0.62, color=colour, lw=0)
        axes.hlines(places + lane, low, high, color=INK, lw=1.1)
    axes.axvline(0.0, color=INK, lw=0.8)
    axes.set_yticks(places, [shorten(names[n], 9.0, "normal", 3.4) for n in rows["name"]], fontsize=9.0)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlabel("share of the variance of cells' means")
    words = {"first": "by itself (first order)" if total else "square of the rank correlation"}
    words["total"] = "with all it interacts with (total)"
    handles: list[Any] = [Patch(color=colour, label=words[key]) for key, colour, _ in lanes]
    handles.append(Line2D([], [], color=INK, lw=1.1, label="95 % interval"))
    figure.legend(handles=handles, loc="outside lower left", ncols=3, frameon=False, fontsize=8.8)


def draw_clouds(
    figure: Figure, means: Array, columns: Sequence[Array], factors: Sequence[Factor], chance: bool, unit: str
) -> None:
    """Draw the mean of every cell over each of some factors."""
    charts = figure.subplots(1, len(factors), squeeze=False, sharey=True)
    step = max(1, -(-len(means) // POINTS))
    scale = 100.0 if chance else 1.0
    for axes, column, factor in zip(charts.flat, columns, factors, strict=True):
        plain(axes)
        axes.plot(column[::step], scale * means[::step], ".", ms=3.5, color=BLUE, alpha=0.5, mew=0)
        if factor.options:
            axes.set_xticks(range(len(factor.options)), [o.label for o in factor.options], fontsize=8)
        _trend(axes, column, scale * means)
        axes.set_xlabel(labelled(factor, 7.4 / len(factors), lines=2))
    charts[0, 0].set_ylabel("%" if chance else unit)


def _trend(axes: Axes, column: Array, means: Array) -> None:
    """Draw the mean over tenths of the cells, in the order of a factor."""
    there = ~np.isnan(means)
    order = np.argsort(column[there], kind="stable")
    if len(order) < 40:
        return
    parts = np.array_split(order, 10)
    x = [column[there][part].mean() for part in parts]
    axes.plot(x, [means[there][part].mean() for part in parts], color=INK, lw=1.6)


def draw_points(figure: Figure, means: Array, chance: bool, unit: str) -> None:
    """Draw how the means of sampled cells are spread."""
    axes = figure.add_subplot()
    plain(axes, "y")
    there = (100.0 if chance else 1.0) * means[~np.isnan(means)]
    axes.hist(there, bins=min(40, max(8, int(np.sqrt(len(there) or 1)))), color=BLUE, edgecolor=PALE, lw=0.6)
    for q, dash in ((0.1, ":"), (0.5, "-"), (0.9, ":")):
        if len(there):
            axes.axvline(float(np.quantile(there, q)), color=INK, lw=1.2, ls=dash)
    axes.set_xlabel("%" if chance else unit)
    axes.set_ylabel("points")
