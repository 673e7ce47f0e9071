"""Two levers as a map: a box for each cell, contours, the lines of theory, and what is not played yet."""

from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from sim.reports.drawing.theme import ALARM, GREY, INK
from sim.reports.study.facets import OutcomePlot, median, panels
from sim.reports.study.lever_text import axis_label, level
from sim.reports.study.study_picture import add_legend
from sim.reports.text.formats import OutcomeFormat
from sim.statistics.arrays import Array
from sim.studies.factors import Factor
from sim.studies.theory_lines import TheoryLine

COLOURS = "viridis"
WRITTEN = 49  # boxes that hold their value
TICKS = 12
EMPTY = {"////": "not played yet", "....": "did not happen in any run"}  # hatches of boxes


def map_height(plot: OutcomePlot) -> float:
    """Of its picture [inches]."""
    assert plot.y is not None
    down, across = plot.shape
    levels = len(np.unique(plot.settings[plot.y.name]))
    one = 5.6 if across == 1 else 3.6 if across == 2 else 2.75
    return down * (one if levels > 3 else min(one, 1.5 + 0.7 * levels)) + 0.5


def draw_map(figure: Figure, plot: OutcomePlot) -> None:
    """Draw a map for each panel, on one scale."""
    m, settings, x, y = plot.means, plot.settings, plot.x, plot.y
    assert y is not None
    width = m.high - m.low
    norm = _norm(m.mean, width, m.format.probability)
    columns = np.stack([m.mean, width, m.runs])
    down, across = plot.shape
    charts = panels(figure, plot, axis_label(y, 4.5 / min(down, 2), 2), 7.0)
    boxes = sum(len(facet.rows) for facet in plot.facets)
    xs, ys = np.unique(settings[x.name]), np.unique(settings[y.name])
    hatches = set()
    for axes, facet in zip(charts, plot.facets, strict=True):
        rows = facet.rows
        table = np.full((3, len(ys), len(xs)), np.nan)
        where = np.searchsorted(ys, settings[y.name][rows]), np.searchsorted(xs, settings[x.name][rows])
        table[:, *where] = columns[:, rows]
        axes.set_facecolor("white")
        mesh = axes.pcolormesh(table[0], cmap=COLOURS, norm=norm, edgecolors="face", lw=0.1)
        begun = table[2] > 0
        for hatch, empty in zip(EMPTY, (~begun, begun & np.isnan(table[0])), strict=True):
            for row, column in np.argwhere(empty).tolist():
                axes.add_patch(Rectangle((column, row), 1, 1, ec="#bbbbbb", fc="#eeeeee", hatch=hatch, lw=0))
                hatches.add(hatch)
        _set_ticks(axes, x, y, xs, ys)
        if boxes <= WRITTEN:
            _write_values(axes, table[0], norm, m.format, 9.0 if across < 3 else 7.0)
        else:
            _draw_contours(axes, table[0], table[1], norm)
        for line, dash in plot.lines:
            _draw_line(axes, line, x, y, xs, ys, dash)
    if not np.isnan(m.mean).all():
        bar = figure.colorbar(mesh, ax=figure.axes, shrink=0.85, aspect=30, pad=0.02)
        bar.set_label(m.format.unit)
        bar.outline.set_visible(False)
    boxes_of: dict[str, Any] = {"facecolor": "#eeeeee", "edgecolor": GREY, "lw": 0}
    patches = [Patch(hatch=h, label=label, **boxes_of) for h, label in EMPTY.items() if h in hatches]
    add_legend(figure, 1 if plot.lines else 3, *plot.line_handles, *patches)


def _norm(values: Array, width: Array, probability: bool) -> Normalize:
    """The scale of colours, never so narrow that luck alone fills it."""
    there = values[~np.isnan(values)]
    low, high = (there.min(), there.max()) if len(there) else (0.0, 1.0)
    least = float(np.nan_to_num(2.0 * median(width)))
    if high - low < max(least, 1e-9):
        half, centre = max(least, 0.01 * abs(low), 1e-9) / 2.0, (low + high) / 2.0
        low, high = centre - half, centre + half
        if probability:
            low, high = max(0.0, low - max(0.0, high - 100.0)), min(100.0, high - min(0.0, low))
    if probability and high - low > 50.0:
        low, high = 0.0, 100.0
    return Normalize(low, high)


def _set_ticks(axes: Axes, x: Factor, y: Factor, xs: Array, ys: Array) -> None:
    for axis, factor, levels in ((axes.xaxis, x, xs), (axes.yaxis, y, ys)):
        gaps = np.diff(levels)
        if len(levels) > TICKS and not factor.options and np.allclose(gaps, gaps[0], rtol=1e-6):
            nice = MaxNLocator(6).tick_values(levels[0], levels[-1])
            nice = nice[(nice >= levels[0] - 1e-9) & (nice <= levels[-1] + 1e-9)]
            axis.set_ticks((nice - levels[0]) / (levels[1] - levels[0]) + 0.5, [f"{v:g}" for v in nice])
            continue
        places = np.arange(0, len(levels), -(-len(levels) // TICKS))
        labels = [level(factor, levels[k]) for k in places]
        axis.set_ticks(places + 0.5, [text if len(text) <= 28 else text[:27] + "…" for text in labels])
    if x.options and max(len(option.label) for option in x.options) > 9:
        axes.tick_params(axis="x", rotation=25)
        for text in axes.get_xticklabels():
            text.set(ha="right", rotation_mode="anchor")
    axes.spines[:].set_visible(False)


def _write_values(axes: Axes, table: Array, norm: Normalize, style: OutcomeFormat, size: float) -> None:
    colours = colormaps[COLOURS]
    for (y, x), value in np.ndenumerate(table):
        if np.isnan(value):
            continue
        red, green, blue, _ = colours(norm(value))
        dark = 0.299 * red + 0.587 * green + 0.114 * blue < 0.5
        text, colour = style.number(value / style.scale), "white" if dark else INK
        axes.text(x + 0.5, y + 0.5, text, ha="center", va="center", size=size, color=colour)


def _draw_contours(axes: Axes, table: Array, width: Array, norm: Normalize) -> None:
    """Draw contours where luck does not make them: further apart than the typical interval is wide."""
    low, high = float(norm.vmin or 0.0), float(norm.vmax or 0.0)
    if min(table.shape) < 5 or np.isnan(table).any() or np.isnan(width).all():
        return
    steps = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    least, most = np.nanquantile(table, (0.02, 0.98))  # none around a single box
    levels = steps[(steps > least) & (steps < most)]
    if not len(levels) or steps[1] - steps[0] < np.nanmedian(width):
        return
    y, x = (np.arange(count) + 0.5 for count in table.shape)
    lines = axes.contour(x, y, table, levels=levels, colors="white", linewidths=0.9)
    axes.clabel(lines, fmt="%g", fontsize=8.0)


def _draw_line(axes: Axes, line: TheoryLine, x: Factor, y: Factor, xs: Array, ys: Array, dash: str) -> None:
    """Draw where the least of a line's levers has its value: an angle, or a straight line for one lever."""

    def crossing(factor: Factor, levels: Array) -> tuple[float | None, bool]:
        """Where the line's value lies among some levels, if it does, and whether all are above it."""
        if factor.name not in line.levers or line.value < levels[0]:
            return None, True
        if line.value > levels[-1]:
            return None, False
        return float(np.interp(line.value, levels, np.arange(len(levels)) + 0.5)), False

    (at_x, above_x), (at_y, above_y) = crossing(x, xs), crossing(y, ys)
    halo: dict[str, Any] = {"color": "white", "lw": 3.6, "alpha": 0.75, "solid_joinstyle": "miter"}
    for stroke in (halo, {"color": ALARM, "lw": 1.9, "ls": dash}):
        if at_x is not None and (at_y is not None or above_y):
            axes.plot([at_x, at_x], [at_y or 0.0, len(ys)], **stroke)
        if at_y is not None and (at_x is not None or above_x):
            axes.plot([at_x or 0.0, len(xs)], [at_y, at_y], **stroke)
    axes.set_xlim(0, len(xs))
    axes.set_ylim(0, len(ys))
