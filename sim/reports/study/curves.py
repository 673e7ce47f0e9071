"""One lever of numbers across: means with their bands, or fans of runs, a panel for each other setting."""

from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from sim.reports.drawing.theme import INK
from sim.reports.study.facets import Facet
from sim.reports.study.line_styles import (
    ALARM,
    BLUE,
    GREEN,
    GREY,
    LOOKS,
    SMALL,
    labelled,
    layout,
    level,
    plain,
    titled,
    told_line,
)
from sim.studies.draw_variation import OutcomeDraws
from sim.studies.factors import Factor
from sim.studies.theory_lines import TheoryLine

Array = NDArray[Any]
PANELS = 12
LINES = 6  # beyond that a map is drawn
TENTH = 1.2815515655446004  # standard errors to the tenth and ninetieth per cent


class Means(NamedTuple):
    """Means of every row with the ends of their intervals, and how they are told."""

    middle: Array
    low: Array
    high: Array
    chance: bool
    unit: str
    runs: Array

    def gap(self, rows: Array) -> str:
        """Why there is nothing to be drawn of some rows; empty if there is something."""
        if not np.isnan(self.middle[rows]).all():
            return ""
        return "did not happen" if (self.runs[rows] > 0).all() else "nothing yet"


def height(count: int) -> float:
    """Of a picture of so many panels [inches]."""
    down, across = layout(count)
    return {1: 4.1, 2: 3.1}.get(across, 2.6) * down + 0.35


def draw_means(
    figure: Figure,
    m: Means,
    x: Factor,
    lines_by: Factor | None,
    at: dict[str, Array],
    shown: list[Facet],
    theory: list[TheoryLine],
) -> None:
    """Draw means with 95 % bands over a lever, a line for each option of another."""
    scale = 100.0 if m.chance else 1.0
    groups = np.unique(at[lines_by.name]).tolist() if lines_by else [0.0]
    for axes, panel in zip(_charts(figure, m, x, at, shown), shown, strict=True):
        for (colour, dash), group in zip(LOOKS, groups, strict=False):
            mine = panel.rows
            if lines_by is not None:
                mine = mine[at[lines_by.name][mine] == group]
            mine = mine[np.argsort(at[x.name][mine])]
            places = at[x.name][mine]
            axes.fill_between(
                places, scale * m.low[mine], scale * m.high[mine], color=colour, alpha=0.18, lw=0
            )
            axes.plot(places, scale * m.middle[mine], color=colour, ls=dash, lw=1.7, marker="o", ms=3.8)
        _theory(axes, x, theory)
    handles: list[Any] = []
    if lines_by is not None:
        gaps = [m.gap(np.flatnonzero(at[lines_by.name] == group)) for group in groups]
        names = [
            level(lines_by, group) + (f" ({gap})" if gap else "")
            for group, gap in zip(groups, gaps, strict=True)
        ]
        handles = [
            Line2D([], [], color=look.colour, ls=look.line, lw=1.7, marker="o", ms=3.8, label=told)
            for look, told in zip(LOOKS, names, strict=False)
        ]
    handles.append(Patch(color="#cfcfcf", label="95 % interval of the mean"))
    _legend(figure, handles + _theory_handles(x, theory))


def draw_fan(
    figure: Figure, m: Means, quantiles: Array, x: Factor, at: dict[str, Array], shown: list[Facet]
) -> None:
    """Draw the quantiles of runs over a lever: 5, 25, 50, 75 and 95 %."""
    for axes, panel in zip(_charts(figure, m, x, at, shown), shown, strict=True):
        mine = panel.rows[np.argsort(at[x.name][panel.rows])]
        places, q = at[x.name][mine], quantiles[mine].T
        axes.fill_between(places, q[0], q[4], color=BLUE, alpha=0.18, lw=0)
        axes.fill_between(places, q[1], q[3], color=BLUE, alpha=0.32, lw=0)
        axes.plot(places, q[2], color=BLUE, lw=1.8, marker="o", ms=3.5)
        axes.plot(places, m.middle[mine], color=INK, lw=1.0, ls=(0, (2, 1.5)))
    _legend(
        figure,
        [
            Line2D([], [], color=BLUE, lw=1.8, marker="o", ms=3.5, label="median run"),
            Patch(color=BLUE, alpha=0.5, lw=0, label="half of the runs (25 to 75 %)"),
            Patch(color=BLUE, alpha=0.18, lw=0, label="nine in ten (5 to 95 %)"),
            Line2D([], [], color=INK, lw=1.0, ls=(0, (2, 1.5)), label="mean"),
        ],
    )


def draw_draws(
    figure: Figure, m: Means, draws: OutcomeDraws, x: Factor, at: dict[str, Array], shown: list[Facet]
) -> None:
    """Draw how far uncertainties spread a nested design's means, and how far luck alone would."""
    scale = 100.0 if m.chance else 1.0
    for axes, panel in zip(_charts(figure, m, x, at, shown), shown, strict=True):
        mine = panel.rows[np.argsort(at[x.name][panel.rows])]
        places = at[x.name][mine]
        low, middle, high = (scale * column[mine] for column in (draws.low, draws.middle, draws.high))
        luck = scale * TENTH * draws.noise[mine]
        ends = (np.maximum(middle - luck, 0), np.minimum(middle + luck, 100)) if m.chance else None
        below, above = ends or (middle - luck, middle + luck)
        axes.fill_between(places, low, high, color=BLUE, alpha=0.22, lw=0)
        axes.fill_between(
            places, below, above, facecolor="none", edgecolor=GREEN, hatch="////", lw=0, alpha=0.8
        )
        axes.plot(places, middle, color=BLUE, lw=1.8, marker="o", ms=3.5)
        mean, from_, to = (scale * column[mine] for column in (m.middle, m.low, m.high))
        axes.errorbar(places, mean, yerr=[mean - from_, to - mean], fmt="_", ms=6, color=INK, lw=1, capsize=2)
    handles: list[Any] = [
        Line2D([], [], color=BLUE, lw=1.8, marker="o", ms=3.5, label="median draw"),
        Patch(color=BLUE, alpha=0.22, lw=0, label="uncertainty: 10 to 90 % of the draws"),
        Line2D([], [], color=INK, lw=1.0, marker="_", label="mean over draws, 95 %"),
    ]
    if not np.isnan(draws.noise).all():
        told = "luck alone: so wide if they did nothing"
        handles.append(Patch(facecolor="none", edgecolor=GREEN, hatch="////", lw=0, label=told))
    _legend(figure, handles)


def _charts(figure: Figure, m: Means, x: Factor, at: dict[str, Array], shown: list[Facet]) -> list[Axes]:
    down, across = layout(len(shown))
    charts = figure.subplots(down, across, squeeze=False, sharex=True, sharey=True)
    found = list(charts.flat)[: len(shown)]
    for axes in list(charts.flat)[len(shown) :]:
        axes.set_visible(False)
    for k, (axes, panel) in enumerate(zip(found, shown, strict=True)):
        plain(axes)
        axes.yaxis.set_major_locator(MaxNLocator(6))
        axes.yaxis.set_major_formatter("{x:,g}")
        axes.xaxis.set_major_locator(MaxNLocator(8 if across == 1 else 5, steps=[1, 2, 2.5, 5, 10]))
        axes.xaxis.set_major_formatter("{x:g}")
        if panel.factors:
            axes.set_title(titled(panel.factors, panel.values, 7.6 / across), **SMALL)
        places = at[x.name]
        room = 0.04 * float(np.ptp(places)) or 1.0
        axes.set_xlim(places.min() - room, places.max() + room)
        if gap := m.gap(panel.rows):
            axes.text(0.5, 0.5, gap, ha="center", color=GREY, transform=axes.transAxes)
        if k % across == 0:
            axes.set_ylabel("%" if m.chance else m.unit)
        if k + across >= len(shown):
            axes.set_xlabel(labelled(x, 7.6 / across, lines=2))
            axes.tick_params(labelbottom=True)
    return found


def _theory(axes: Axes, x: Factor, theory: list[TheoryLine]) -> None:
    for line, dash in zip(theory, ("--", ":", "-."), strict=False):
        if line.levers == (x.name,) and np.isfinite(line.value):
            axes.axvline(line.value, color=ALARM, ls=dash, lw=1.6)


def _theory_handles(x: Factor, theory: list[TheoryLine]) -> list[Line2D]:
    return [
        Line2D([], [], color=ALARM, ls=dash, lw=1.6, label=told_line(line))
        for line, dash in zip(theory, ("--", ":", "-."), strict=False)
        if line.levers == (x.name,) and np.isfinite(line.value)
    ]


def _legend(figure: Figure, handles: list[Any]) -> None:
    ncols = 4 if sum(len(str(h.get_label())) for h in handles) < 95 else 2
    figure.legend(handles=handles, loc="outside lower left", ncols=ncols, frameon=False, fontsize=8.8)
