"""A comparison as one picture: two timelines above each other, and what the change does to every pair."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.engines.mesa_engine import TradeModel
from sim.reports.drawing.colours import government_colour
from sim.reports.drawing.layout import add_axes, write
from sim.reports.drawing.theme import ALARM, GREY, INK, SOFT, new_figure, number_axis, picture, place_legend
from sim.reports.game.game_figure import game_marks, rows_of_game
from sim.reports.run.measure_timeline import rows_apart
from sim.reports.run.timeline import LABELS, RIGHT, ROW, WIDTH, draw_calendar, draw_rows, legend_marks
from sim.reports.text.formats import decimal, short_date
from sim.scenarios.welfare_tables import REGIONS
from sim.studies.paired_comparison import Comparison

HEAD, FOOT, TITLE, GAP = 1.44, 0.75, 0.34, 0.6  # [inches] above, below, of a panel's heading, and below it
LANE = 0.36  # [inches] of a government's differences
DOTS = 400  # pairs that are drawn one by one


@picture(lambda axes, c: draw_differences(axes, c, next(iter(c.groups.values()))))
def draw_comparison(c: Comparison) -> Figure:
    """Both runs of the first pair that parts, and below them what the change does to all pairs.

    The same comparison gives the same bytes. The chart for other axes has differences of the first account.
    """
    run, game, width = c.first.run if c.first else 0, c.source.game is not None, WIDTH - LABELS - RIGHT
    models = [
        TradeModel(x.scenario, x.seed, run, x.until, x.force, x.strategy, x.overrides).run() for x in c.specs
    ]
    rows = [rows_of_game(model) for model in models] if game else rows_apart(models)
    heights = [(1 + game) * ROW * len(chart) for chart in rows]
    groups = {name: columns for name, columns in c.groups.items() if name != "escalations"}
    tall = sum(heights) + sum(LANE * len(columns) for columns in groups.values())
    tall += HEAD + FOOT + (2 + len(groups)) * (TITLE + GAP)
    change = ", ".join([*c.forced.counts, *c.spec.strategy, *c.spec.overrides])
    with new_figure(WIDTH, tall) as figure:
        write(figure, f"{c.source.title}, with a change and without", 0.38, 15.0, "bold")
        write(figure, f"Run {run} of seed {c.spec.seed}, twice: the luck is the same in both", 0.64, 9.5)
        down, charts = HEAD, list[Axes]()
        for name, chart, height in zip(("Without the change", f"With {change}"), rows, heights, strict=True):
            write(figure, name, down - (0.26 if not charts else -0.16), 10.5, "bold")
            down += height + TITLE
            charts.append(add_axes(figure, LABELS, tall - down, width, height))
            charts[-1].spines[:].set_visible(True)
            draw_rows(charts[-1], chart)
            down += GAP
        draw_days(charts, c, models[1])
        for name, columns in groups.items():
            write(figure, name[0].upper() + name[1:], down + 0.16, 10.5, "bold")
            meaning = f"with the change less without, {len(c.averaged):,} pairs; right of 0 it costs more"
            write(figure, meaning, down + 0.16, 9.5, indent=LABELS, color=SOFT)
            down += TITLE + LANE * len(columns)
            draw_differences(add_axes(figure, LABELS, tall - down, width, LANE * len(columns)), c, columns)
            down += GAP
        marks = [
            *(game_marks() if game else legend_marks()),
            Line2D([], [], color=ALARM, lw=1.3, label="first difference"),
            Line2D([], [], ls="none", marker="o", ms=4, color=GREY, label="a pair of runs"),
            Patch(color=GREY, alpha=0.5, lw=0, label="the middle half of pairs"),
            Patch(color=GREY, alpha=0.2, lw=0, label="90 % of pairs"),
            Line2D([], [], color=INK, lw=2, marker="D", ms=5, mec="white", label="mean, 95 % interval"),
        ]
        place_legend(figure, marks, WIDTH / 2, 0.08, 5, "lower center")
    return figure


def draw_days(charts: list[Axes], c: Comparison, model: TradeModel) -> None:
    """Give both timelines one calendar, or rounds, and mark the first difference."""
    before = model.start - 1 if c.source.game else 0
    if before:
        for axes in charts:
            axes.set(xlim=(1, model.day - before + 1), xlabel="round")
    else:
        draw_calendar(charts, model)
    if c.first is not None:
        day = date.fromisoformat(c.first.day)
        at = day.toordinal() - before
        for axes in charts:
            axes.axvline(at, color=ALARM, lw=1.3, zorder=5)
        label = f"first difference: {f'round {at}' if before else short_date(day)}"
        font: dict[str, Any] = {"color": ALARM, "weight": "bold", "ha": "center", "va": "bottom"}
        charts[1].text(at, 1.02, label, transform=charts[1].get_xaxis_transform(), **font)


def name_of(c: Comparison, code: str) -> str:
    """A government by its capital, or a bystander by its name."""
    governments = c.source.governments
    return governments[code].capital if code in governments else REGIONS.get(code, code)


def draw_differences(axes: Axes, c: Comparison, columns: Mapping[str, str]) -> None:
    """Draw paired differences into axes: a lane for each of `columns`, a value of `c.groups`."""
    axes.axvline(0.0, color=INK, lw=0.9)
    axes.grid(axis="x")
    axes.set(ylim=(len(columns) - 0.5, -0.5), yticks=range(len(columns)))
    axes.set_yticklabels([name_of(c, code) for code in columns])
    axes.tick_params(axis="y", length=0)
    axes.spines.left.set_visible(False)
    number_axis(axes.xaxis, 9)
    for y, (code, column) in enumerate(columns.items()):
        values = c.averaged[column].to_numpy(float)
        colour = government_colour(code) if code in c.source.governments else GREY
        q = np.quantile(values, (0.05, 0.25, 0.75, 0.95))
        for low, high, alpha in ((q[0], q[3], 0.18), (q[1], q[2], 0.38)):
            axes.barh(y, high - low, left=low, height=0.5, color=colour, alpha=alpha, lw=0, zorder=2)
        jitter = 0.2 * np.sin(2.4 * np.arange(len(values)))[:DOTS]  # apart, the same each time
        size = 4.0 if len(values) <= 60 else 2.6
        axes.plot(values[:DOTS], y + jitter, "o", ms=size, color=colour, mec="white", mew=0.4, zorder=3)
        mean, low, high = c.interval(column)
        axes.plot([low, high], [y, y], color=INK, lw=2.0, solid_capstyle="butt", zorder=4)
        axes.plot([mean], [y], "D", ms=5.5, color=INK, mec="white", mew=0.8, zorder=5)
        digits = 1 if max(abs(low), abs(high)) >= 10 else 2
        ends = f" ({decimal(low, digits)} to {decimal(high, digits)})" if high > low else ""
        text = decimal(mean, digits) + ends
        axes.text(1.015, y, text, va="center", transform=axes.get_yaxis_transform())
