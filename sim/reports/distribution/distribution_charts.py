"""The charts of a spread: lines of chances, fans and distributions, each drawn into axes it is given."""

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from sim.reports.drawing.colours import Dashes, government_style
from sim.reports.drawing.layout import date_ticks, label_heights
from sim.reports.drawing.theme import INK, MARKS, PALE

Array = NDArray[np.float64]
TEXT = 10.5  # [points]
TICKS = 2.0  # [ticks an inch]
LEADER = 0.1  # [inches] from the end of a line to its label
BINS = 40
MEAN: Dashes = (0, (2.0, 1.5))  # how a mean is drawn
GREY = "#777777"


class ChartLine(NamedTuple):
    """A chance over days with its interval."""

    colour: str
    style: Dashes
    chance: Array
    low: Array
    high: Array


class Calendar(NamedTuple):
    """The days of an axis and what is marked on them; a game counts rounds from 1."""

    start: int
    days: int
    marks: Sequence[tuple[str, int]] = ()  # a key of MARKS, and the day
    rounds: bool = False

    @property
    def edges(self) -> list[int]:
        """Where days begin, and where the last one ends."""
        first = 1 if self.rounds else self.start
        return list(range(first, first + self.days + 1))


def draw_chances(axes: Axes, lines: Sequence[ChartLine], calendar: Calendar, height: float) -> None:
    """Draw chances over time with their intervals, the last of each told on the right.

    Args:
        axes: to draw into.
        lines: the chances.
        calendar: of the axis.
        height: of the axes [inches].
    """
    edges = calendar.edges
    for line in lines:
        low, high = ([100.0 * x for x in (*ends, ends[-1])] for ends in (line.low, line.high))
        axes.fill_between(edges, low, high, step="post", color=line.colour, alpha=0.22, lw=0, zorder=2)
        values = [100.0 * x for x in (*line.chance, line.chance[-1])]
        axes.plot(edges, values, color=line.colour, ls=line.style, lw=2.0, drawstyle="steps-post", zorder=3)
    axes.set_ylim(-2, 102)
    axes.set_yticks([0, 25, 50, 75, 100])
    axes.grid(axis="y", color=PALE, lw=0.8)
    beside, width = axes.get_yaxis_transform(), width_of(axes)
    ends = [100.0 * float(line.chance[-1]) for line in lines]
    heights = label_heights(ends, TEXT / 72 * 1.25 / height * 104, 98)
    for line, end, y in zip(lines, ends, heights, strict=True):
        axes.plot(
            [1.0, 1.0 + LEADER / width], [end, y], color=line.colour, lw=1.2, clip_on=False, transform=beside
        )
        axes.text(1.0 + 1.4 * LEADER / width, y, short_percent(end), va="center", size=TEXT, transform=beside)
    draw_calendar(axes, calendar)


def short_percent(value: float) -> str:
    """A per cent in few letters, neither 0 nor 100 unless it is."""
    if 0.0 < value < 0.5:
        return "<1 %"
    if 99.5 < value < 100.0:
        return ">99 %"
    return f"{value:.0f} %"


def draw_fan(axes: Axes, quantiles: Array, means: Array, colour: str, calendar: Calendar) -> None:
    """Draw a fan of tariffs: 90 % of runs pale, half of them darker, median and mean as lines.

    Args:
        axes: to draw into.
        quantiles: 5, 25, 50, 75 and 95 % [per cent], shape (5, days).
        means: day by day [per cent].
        colour: of the fan.
        calendar: of the axis.
    """
    lines = [[*line, line[-1]] for line in quantiles.tolist()]
    for low, high, alpha in ((0, 4, 0.18), (1, 3, 0.38)):
        fill: dict[str, Any] = {"step": "post", "color": colour, "alpha": alpha, "lw": 0}
        axes.fill_between(calendar.edges, lines[low], lines[high], zorder=2, **fill)
    axes.plot(calendar.edges, lines[2], color=colour, lw=2.2, drawstyle="steps-post", zorder=3)
    axes.plot(
        calendar.edges, [*means, means[-1]], color=INK, lw=1.2, ls=MEAN, drawstyle="steps-post", zorder=4
    )
    axes.grid(axis="y", color=PALE, lw=0.8)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter("{x:,g}")
    draw_calendar(axes, calendar)


def draw_distribution(axes: Axes, values: Array, colour: str, limits: tuple[float, float]) -> None:
    """Draw how often runs come to a value, in per cent of runs, with the median and the mean.

    Args:
        axes: to draw into.
        values: one a run.
        colour: of the bars.
        limits: of the axis.
    """
    shares, edges = np.histogram(values, BINS, limits)
    heights = 100.0 * shares / len(values)
    axes.stairs(heights, edges, fill=True, color=colour, alpha=0.55, lw=0, zorder=2)
    axes.set_xlim(*limits)
    axes.set_ylim(0, 1.12 * float(heights.max()))
    across = axes.get_xaxis_transform()
    middles: list[tuple[float, Dashes]] = [
        (float(np.median(values)), "solid"),
        (float(values.mean()), MEAN),
    ]
    for value, style in middles:
        axes.plot([value, value], [0, 1], color=INK, lw=1.5, ls=style, transform=across, zorder=4)
    axes.grid(axis="y", color=PALE, lw=0.8)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter("{x:g}")
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter("{x:,g}")
    axes.tick_params(length=3, color="#888888", labelsize=TEXT)


def limits_of(values: Array) -> tuple[float, float]:
    """An axis that holds all values, with some room if they are all the same."""
    low, high = float(values.min()), float(values.max())
    room = 0.02 * (high - low) or max(0.5, 0.05 * abs(low))
    return low - room, high + room


def draw_calendar(axes: Axes, calendar: Calendar) -> None:
    """Mark months, or rounds, below a chart and what happens on certain days on its upper edge."""
    edges = calendar.edges
    axes.set_xlim(edges[0], edges[-1])
    axes.tick_params(length=3, color="#888888", labelsize=TEXT)
    if calendar.rounds:
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True, min_n_ticks=1))
        axes.grid(axis="x", color=PALE, lw=0.8)
        return
    ticks = fewer(date_ticks(edges[0], edges[-1] - 1), max(2, int(width_of(axes) * TICKS)))
    axes.set_xticks([day for day, _ in ticks], [label for _, label in ticks])
    across = axes.get_xaxis_transform()
    axes.vlines([day for day, _ in ticks], 0, 1, transform=across, color=PALE, lw=0.8, zorder=0.5)
    for mark, day in calendar.marks:
        look = {"mfc": GREY, **MARKS[mark], "ms": 6.5 if mark == "forced" else 5.5}
        axes.vlines(day, 0, 1, transform=across, color=GREY, lw=0.9, ls=(0, (2, 2)), zorder=1)
        axes.plot([day], [1.0], ls="none", clip_on=False, transform=across, zorder=5, **look)


def width_of(axes: Axes) -> float:
    """The width of axes [inches]."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    return float(axes.get_position().width * figure.get_figwidth())


def fewer(ticks: Sequence[tuple[int, str, str]], most: int) -> list[tuple[int, str]]:
    """As many of the ticks as there is room for, evenly, Januaries before others; with new years."""
    step = ceil(len(ticks) / most)
    chosen = max(
        (ticks[k::step] for k in range(step)),
        key=lambda some: sum(date.fromordinal(day).month == 1 for day, _, _ in some),
        default=[],
    )
    years = [date.fromordinal(day).year for day, _, _ in chosen]
    return [
        (day, f"{name}\n{year}" if place == 0 or year != years[place - 1] else name)
        for place, ((day, name, _), year) in enumerate(zip(chosen, years, strict=True))
    ]


def line_of(code: str, chance: Array, low: Array, high: Array) -> ChartLine:
    """A government's line."""
    look = government_style(code)
    return ChartLine(look.colour, look.line, chance, low, high)
