"""The charts of a distribution: probabilities, fans and histograms, each drawn into axes it is given."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from sim.reports.drawing.colours import Dashes
from sim.reports.drawing.layout import date_ticks, label_heights
from sim.reports.drawing.theme import GREY, INK, MARKS, PALE, number_axis
from sim.reports.text.formats import short_percent
from sim.statistics.arrays import Array

TEXT = 10.5  # [points]
APART = 9.0  # [per cent] between two labels at the ends of lines
TICKS = 7  # dates below a chart
BINS = 40
MEAN: Dashes = (0, (2.0, 1.5))  # how a mean is drawn


class ChartLine(NamedTuple):
    """A probability over days with its interval."""

    colour: str
    style: Dashes
    probability: Array
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


def draw_probabilities(axes: Axes, lines: Sequence[ChartLine], calendar: Calendar) -> None:
    """Draw probabilities over time with their intervals, the last of each in writing on the right."""
    edges = calendar.edges
    for line in lines:
        low, high, values = (100.0 * np.append(x, x[-1]) for x in (line.low, line.high, line.probability))
        axes.fill_between(edges, low, high, step="post", color=line.colour, alpha=0.22, lw=0, zorder=2)
        axes.plot(edges, values, color=line.colour, ls=line.style, lw=2.0, drawstyle="steps-post", zorder=3)
    axes.set(ylim=(-2, 102), yticks=[0, 25, 50, 75, 100])
    axes.grid(axis="y")
    transform = axes.get_yaxis_transform()
    ends = [float(line.probability[-1]) for line in lines]
    heights = label_heights([100.0 * end for end in ends], APART, 98)
    for line, end, y in zip(lines, ends, heights, strict=True):
        axes.plot(
            [1.0, 1.03], [100.0 * end, y], color=line.colour, lw=1.2, clip_on=False, transform=transform
        )
        axes.text(1.04, y, short_percent(end), va="center", size=TEXT, transform=transform)
    draw_calendar(axes, calendar)


def draw_fan(axes: Axes, quantiles: Array, means: Array, colour: str, calendar: Calendar) -> None:
    """Draw a fan of tariffs: 90 % of runs pale, half of them darker, median and mean as lines.

    `quantiles` are 5, 25, 50, 75 and 95 % [per cent], shape (5, days), `means` day by day [per cent].
    """
    edges = calendar.edges
    lines = np.column_stack([quantiles, quantiles[:, -1]])
    band: dict[str, Any] = {"step": "post", "color": colour, "lw": 0, "zorder": 2}
    axes.fill_between(edges, lines[0], lines[4], alpha=0.18, **band)
    axes.fill_between(edges, lines[1], lines[3], alpha=0.38, **band)
    axes.plot(edges, lines[2], color=colour, lw=2.2, drawstyle="steps-post", zorder=3)
    means = np.append(means, means[-1])
    axes.plot(edges, means, color=INK, lw=1.2, ls=MEAN, drawstyle="steps-post", zorder=4)
    axes.grid(axis="y")
    number_axis(axes.yaxis, 4)
    draw_calendar(axes, calendar)


def draw_histogram(axes: Axes, values: Array, colour: str, limits: tuple[float, float]) -> None:
    """Draw how often runs come to a value, in per cent of runs, with the median and the mean."""
    counts, edges = np.histogram(values, BINS, limits)
    heights = 100.0 * counts / len(values)
    axes.stairs(heights, edges, fill=True, color=colour, alpha=0.55, lw=0, zorder=2)
    axes.set(xlim=limits, ylim=(0, 1.12 * float(heights.max())))
    axes.axvline(float(np.median(values)), color=INK, lw=1.5, zorder=4)
    axes.axvline(float(values.mean()), color=INK, lw=1.5, ls=MEAN, zorder=4)
    axes.grid(axis="y")
    number_axis(axes.yaxis, 4)
    number_axis(axes.xaxis, 6)
    axes.tick_params(labelsize=TEXT)


def limits_of(values: Array) -> tuple[float, float]:
    """An axis that holds all values, with some room if they are all the same."""
    low, high = float(values.min()), float(values.max())
    room = 0.02 * (high - low) or max(0.5, 0.05 * abs(low))
    return low - room, high + room


def draw_calendar(axes: Axes, calendar: Calendar) -> None:
    """Mark months, or rounds, below a chart and what happens on certain days on its upper edge."""
    edges = calendar.edges
    axes.set_xlim(edges[0], edges[-1])
    axes.tick_params(labelsize=TEXT)
    if calendar.rounds:
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True, min_n_ticks=1))
        axes.grid(axis="x")
        return
    ticks = date_ticks(edges[0], edges[-1] - 1, TICKS)
    days = [day for day, _, _ in ticks]
    axes.set_xticks(days, [f"{name}\n{year}" if year else name for _, name, year in ticks])
    across = axes.get_xaxis_transform()
    axes.vlines(days, 0, 1, transform=across, color=PALE, lw=0.8, zorder=0.5)
    for mark, day in calendar.marks:
        shape = {"mfc": GREY, **MARKS[mark], "ms": 6.5 if mark == "forced" else 5.5}
        axes.vlines(day, 0, 1, transform=across, color=GREY, lw=0.9, ls=(0, (2, 2)), zorder=1)
        axes.plot([day], [1.0], ls="none", clip_on=False, transform=across, zorder=5, **shape)
