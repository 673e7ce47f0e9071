"""Two levers as a map: a box for each cell, contours, the lines of theory, and what is not played yet."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from sim.reports.drawing.theme import INK
from sim.reports.study.facets import Facet, even
from sim.reports.study.line_styles import ALARM, GREY, SMALL, labelled, layout, level, titled, told_line
from sim.reports.study.study_terminal import number
from sim.studies.factors import Factor
from sim.studies.theory_lines import TheoryLine

Array = NDArray[Any]
COLOURS = "viridis"
WRITTEN = 49  # boxes that hold their value
TICKS = 12
PANELS = 12


class Map(NamedTuple):
    """What a map shows.

    Attributes:
        values: of every row of answers, not a number where there is none.
        wide: width of each value's interval.
        runs: of every row.
        chance: whether it is one.
        unit: of the values.
    """

    values: Array
    wide: Array
    runs: Array
    chance: bool
    unit: str


def height(count: int, levels: int) -> float:
    """Of a picture of so many panels [inches], with so many levels upwards."""
    down, across = layout(count)
    one = 5.6 if across == 1 else 3.6 if across == 2 else 2.75
    return down * (one if levels > 3 else min(one, 1.5 + 0.7 * levels)) + 0.5


def draw(
    figure: Figure,
    m: Map,
    x: Factor,
    y: Factor,
    at: dict[str, Array],
    shown: list[Facet],
    lines: list[TheoryLine],
) -> None:
    """Draw a map for each panel, on one scale.

    Args:
        figure: to be filled.
        m: what it shows.
        x: lever that lies across.
        y: lever that lies upwards.
        at: what levers are put to in every row, by name.
        shown: panels.
        lines: of theory.
    """
    scale = 100.0 if m.chance else 1.0
    values = scale * m.values
    norm = _norm(values, scale * m.wide, m.chance)
    down, across = layout(len(shown))
    charts = figure.subplots(down, across, squeeze=False, sharex=True, sharey=True)
    boxes = sum(len(panel.rows) for panel in shown)
    idle = unhappened = False
    for axes, panel in zip(charts.flat, shown, strict=False):
        xs, ys = np.unique(at[x.name]), np.unique(at[y.name])
        table = np.full((3, len(ys), len(xs)), np.nan)
        where = np.searchsorted(ys, at[y.name][panel.rows]), np.searchsorted(xs, at[x.name][panel.rows])
        for k, column in enumerate((values, scale * m.wide, m.runs)):
            table[k][where] = column[panel.rows]
        axes.set_facecolor("white")
        mesh = axes.pcolormesh(table[0], cmap=COLOURS, norm=norm, edgecolors="face", lw=0.1)
        idle |= _crossed(axes, ~(table[2] > 0), "////")
        unhappened |= _crossed(axes, (table[2] > 0) & np.isnan(table[0]), "....")
        _ticks(axes, x, y, xs, ys)
        if panel.factors:
            axes.set_title(titled(panel.factors, panel.values, 7.0 / across), **SMALL)
        if boxes <= WRITTEN:
            _written(axes, table[0], norm, m.chance, 9.0 if across < 3 else 7.0)
        else:
            _contours(axes, table[0], table[1], norm)
        for line, dash in zip(lines, ("--", ":", "-."), strict=False):
            _theory(axes, line, x, y, xs, ys, dash)
    for axes in list(charts.flat)[len(shown) :]:
        axes.set_visible(False)
    for k in range(across):
        last = max(j for j in range(down) if j * across + k < len(shown))
        charts[last, k].set_xlabel(labelled(x, 7.0 / across))
        charts[last, k].tick_params(labelbottom=True)
    for k in range(down):
        charts[k, 0].set_ylabel(labelled(y, 4.5 / min(down, 2)))
    if not np.isnan(values).all():
        bar = figure.colorbar(mesh, ax=charts, shrink=0.85, aspect=30, pad=0.02)
        bar.set_label("%" if m.chance else m.unit)
        bar.outline.set_visible(False)
    _legend(figure, lines, x, y, idle, unhappened)


def _norm(values: Array, wide: Array, chance: bool) -> Normalize:
    """The scale of colours, never so narrow that luck alone fills it."""
    there = values[~np.isnan(values)]
    low, high = (there.min(), there.max()) if len(there) else (0.0, 1.0)
    least = 2.0 * float(np.nanmedian(wide)) if not np.isnan(wide).all() else 0.0
    if high - low < max(least, 1e-9):
        half, middle = max(least, 0.01 * abs(low), 1e-9) / 2.0, (low + high) / 2.0
        low, high = middle - half, middle + half
        if chance:
            low, high = max(0.0, low - max(0.0, high - 100.0)), min(100.0, high - min(0.0, low))
    if chance and high - low > 50.0:
        low, high = 0.0, 100.0
    return Normalize(low, high)


def _ticks(axes: Axes, x: Factor, y: Factor, xs: Array, ys: Array) -> None:
    for axis, factor, levels in ((axes.xaxis, x, xs), (axes.yaxis, y, ys)):
        places = np.arange(len(levels))
        if len(levels) > TICKS and not factor.options and even(levels):
            nice = MaxNLocator(6).tick_values(levels[0], levels[-1])
            nice = nice[(nice >= levels[0] - 1e-9) & (nice <= levels[-1] + 1e-9)]
            axis.set_ticks((nice - levels[0]) / (levels[1] - levels[0]) + 0.5, [f"{v:g}" for v in nice])
            continue
        kept = places[:: -(-len(levels) // TICKS)]
        axis.set_ticks(kept + 0.5, [_cut(level(factor, levels[k])) for k in kept])
    if x.options and max(len(label) for label in (o.label for o in x.options)) > 9:
        axes.tick_params(axis="x", rotation=25)
    axes.tick_params(length=3, color="#888888")
    for spine in axes.spines.values():
        spine.set_visible(False)


def _cut(text: str) -> str:
    return text if len(text) <= 28 else text[:27] + "…"


def _crossed(axes: Axes, where: Array, hatch: str) -> bool:
    """Hatch some boxes, and say whether there are any."""
    if not where.any():
        return False
    rows, columns = np.nonzero(where)
    for y, x in zip(rows, columns, strict=True):
        axes.add_patch(_box(float(x), float(y), hatch))
    return True


def _box(x: float, y: float, hatch: str) -> Patch:
    from matplotlib.patches import Rectangle

    return Rectangle((x, y), 1, 1, facecolor="#eeeeee", edgecolor="#bbbbbb", hatch=hatch, lw=0)


def _written(axes: Axes, table: Array, norm: Normalize, chance: bool, size: float) -> None:
    from matplotlib import colormaps

    colours = colormaps[COLOURS]
    for (y, x), value in np.ndenumerate(table):
        if np.isnan(value):
            continue
        red, green, blue, _ = colours(norm(value))
        dark = 0.299 * red + 0.587 * green + 0.114 * blue < 0.5
        text = number(value / 100.0 if chance else value, chance)
        axes.text(x + 0.5, y + 0.5, text, ha="center", va="center", size=size, color="white" if dark else INK)


def _contours(axes: Axes, table: Array, wide: Array, norm: Normalize) -> None:
    """Draw contours where luck does not make them: further apart than the typical interval is wide."""
    low, high = float(norm.vmin or 0.0), float(norm.vmax or 0.0)
    if min(table.shape) < 5 or np.isnan(table).any() or np.isnan(wide).all():
        return
    steps = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    least, most = np.nanquantile(table, (0.02, 0.98))  # none around a single box
    levels = steps[(steps > least) & (steps < most)]
    if not len(levels) or steps[1] - steps[0] < np.nanmedian(wide):
        return
    down, across = table.shape
    lines = axes.contour(
        np.arange(across) + 0.5, np.arange(down) + 0.5, table, levels=levels, colors="white", linewidths=0.9
    )
    axes.clabel(lines, fmt="%g", fontsize=8.0)


def _theory(axes: Axes, line: TheoryLine, x: Factor, y: Factor, xs: Array, ys: Array, dash: str) -> None:
    """Draw where the least of a line's levers has its value: an angle, or a straight line for one lever."""
    if not set(line.levers) <= {x.name, y.name} or not np.isfinite(line.value):
        return
    ends = {}
    for factor, levels in ((x, xs), (y, ys)):
        inside = factor.name in line.levers and levels[0] <= line.value <= levels[-1]
        low = factor.name not in line.levers or line.value < levels[0]
        ends[factor.name] = (
            float(np.interp(line.value, levels, np.arange(len(levels)) + 0.5)) if inside else None,
            low,
        )
    (at_x, low_x), (at_y, low_y) = ends[x.name], ends[y.name]
    look: dict[str, Any] = {"color": "white", "lw": 3.6, "alpha": 0.75, "solid_joinstyle": "miter"}
    for style in (look, {"color": ALARM, "lw": 1.9, "ls": dash}):
        if at_x is not None and (at_y is not None or low_y):
            axes.plot([at_x, at_x], [at_y or 0.0, len(ys)], **style)
        if at_y is not None and (at_x is not None or low_x):
            axes.plot([at_x or 0.0, len(xs)], [at_y, at_y], **style)
    axes.set_xlim(0, len(xs))
    axes.set_ylim(0, len(ys))


def _legend(
    figure: Figure, lines: Sequence[TheoryLine], x: Factor, y: Factor, idle: bool, unhappened: bool
) -> None:
    handles: list[Any] = []
    for line, dash in zip(lines, ("--", ":", "-."), strict=False):
        if set(line.levers) <= {x.name, y.name} and np.isfinite(line.value):
            handles.append(Line2D([], [], color=ALARM, ls=dash, lw=1.9, label=told_line(line)))
    if idle:
        look: dict[str, Any] = {"facecolor": "#eeeeee", "edgecolor": GREY, "lw": 0}
        handles.append(Patch(hatch="////", label="not played yet", **look))
    if unhappened:
        look = {"facecolor": "#eeeeee", "edgecolor": GREY, "lw": 0}
        handles.append(Patch(hatch="....", label="did not happen in any run", **look))
    if handles:
        columns = 1 if lines else 3
        figure.legend(handles=handles, loc="outside lower left", ncols=columns, frameon=False, fontsize=8.8)
