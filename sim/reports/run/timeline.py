"""A run as one picture: every measure over the calendar, the moves, tariffs and costs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import permutations
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.domain.constants import AVAILABLE, IN_FORCE, SUSPENDED
from sim.domain.dates import spoken
from sim.domain.terms import UNITS
from sim.reports.drawing import theme
from sim.reports.drawing.colours import government_colour, government_style
from sim.reports.drawing.layout import add_axes, date_ticks, label_heights, shorten, write
from sim.reports.run.measure_timeline import ANNOUNCED, TimelineRow, rows_of, takes_place
from sim.reports.text.formats import decimal

if TYPE_CHECKING:
    from sim.engines.mesa_engine import TradeModel

WIDTH, LABELS, RIGHT = 13.0, 4.25, 1.85  # [inches] of the figure, and beside its panels
HEAD, FOOT, GAP = 1.15, 1.0, 0.2  # [inches] above, below and between the panels
ROW, PANEL, LINE = 0.215, 1.25, 0.17  # [inches] heights of a row, a panel and a line's label
BAR = 0.64  # [rows] thickness of a full bar
THREADS: dict[int, dict[str, Any]] = {
    AVAILABLE: {"lw": 0.8, "ls": (0, (1, 3))},
    ANNOUNCED: {"lw": 1.6, "ls": (0, (4, 1.5))},
}
HATCHED: dict[str, Any] = {"facecolor": "white", "hatch": "////", "lw": 0.9}


class TimelinePanel(NamedTuple):
    """Quantities over the calendar, a line each."""

    name: str
    unit: str
    steps: str  # how Matplotlib joins the days
    lines: list[tuple[str, str, list[float]]]  # name, government, a value a day

    @property
    def height(self) -> float:
        """Its height, with room for the names of its lines [inches]."""
        return max(PANEL, LINE * len(self.lines))


def draw_measures(axes: Axes, model: "TradeModel") -> None:
    """Draw the measures and moves of a run into axes."""
    draw_rows(axes, rows_of(model))
    draw_calendar([axes], model)


@theme.picture(draw_measures)
def draw_timeline(model: "TradeModel") -> Figure:
    """Draw a run: measures and moves over the calendar, tariffs, costs; the same run gives the same bytes."""
    days = " to ".join(dict.fromkeys((spoken(model.start), spoken(model.day))))
    note = f"{days}, seed {model.seed_used}, run {model.number}"
    what = rows_of(model), panels_of(model), ROW, model.start, legend_marks()
    with stacked_charts(model.source.title, note, *what) as figure:
        draw_calendar(figure.axes, model)
    return figure


def legend_marks() -> list[Artist]:
    """What a legend says of rows of measures."""
    return [
        Patch(facecolor=theme.GREY, label="in force; thin: lower level, or several"),
        Patch(edgecolor=theme.GREY, label="suspended", **HATCHED),
        Line2D([], [], color=theme.INK, label="announced", **THREADS[ANNOUNCED]),
        Line2D([], [], color=theme.INK, label="available", **THREADS[AVAILABLE]),
        theme.mark_handle("escalate", "escalates"),
        theme.mark_handle("relax", "relaxes"),
        theme.mark_handle("forced", "forced by the user"),
        theme.mark_handle("sunset", "suspension ends: sunset"),
        theme.mark_handle("extended", "sunset put off: extended"),
        theme.mark_handle("lifted", "lifted for good"),
    ]


@contextmanager
def stacked_charts(
    title: str,
    note: str,
    rows: Sequence[TimelineRow],
    panels: Sequence[TimelinePanel],
    row: float,
    start: int,
    marks: Sequence[Artist],
) -> Iterator[Figure]:
    """A chart of rows and the panels below it, under a title, with a legend of marks at the end."""
    heights = [row * len(rows), *(panel.height for panel in panels)]
    with theme.new_figure(WIDTH, HEAD + sum(heights) + GAP * len(panels) + FOOT) as figure:
        write(figure, title, 0.38, 15.0, "bold")
        write(figure, note, 0.64, 9.5)
        charts, bottom = [], figure.get_figheight() - HEAD + GAP
        for height in heights:
            bottom -= GAP + height
            charts.append(add_axes(figure, LABELS, bottom, WIDTH - LABELS - RIGHT, height))
            charts[-1].spines[:].set_visible(True)
        draw_rows(charts[0], rows)
        for chart, panel in zip(charts[1:], panels, strict=True):
            draw_panel(chart, panel, start)
        yield figure
        theme.place_legend(figure, marks, WIDTH / 2, 0.08, min(5, len(marks)), "lower center")


def panels_of(model: "TradeModel") -> list[TimelinePanel]:
    """Tariffs in both directions of every pair, and what the run has cost every government, by account."""
    codes, state = model.names.governments, model.state
    tariffs = [(f"{a} on {b}", a, state[f"tariff_{a}_on_{b}"].tolist()) for a, b in permutations(codes, 2)]
    panels = [TimelinePanel("Average tariff on the\npartner's goods [%]", "%", "steps-post", tariffs)]
    for name, unit in UNITS.items():
        costs = [(code, code, state[f"cost_{name}_{code}"].tolist()) for code in codes]
        heading = f"Cost so far, compared with\nno change: {name}\n[{unit}]"
        panels.append(TimelinePanel(heading, "bn", "default", costs))
    return panels


def draw_rows(axes: Axes, rows: Sequence[TimelineRow]) -> None:
    """Draw the chart of measures: bars, marks, a label on the left and the outcome on the right."""
    axes.set(ylim=(len(rows) - 0.5, -0.5), yticks=[])
    sides = axes.get_yaxis_transform()
    bars: dict[tuple[str, int], list[list[tuple[float, float]]]] = {}
    marks: dict[tuple[str, str], list[tuple[float, int]]] = {}
    for y, row in enumerate(rows):
        weight = "bold" if row.heading else "normal"
        label = shorten(row.label, theme.TEXT, weight, LABELS - 0.3)
        axes.text(-0.012, y, label, weight=weight, ha="right", va="center", transform=sides)
        axes.text(1.015, y, row.now, va="center", transform=sides)
        if row.heading:
            axes.axhspan(y - 0.46, y + 0.46, color=theme.PALE, lw=0, zorder=0)
        for first, end, status, thickness in row.spans:
            above, below = y - thickness * BAR / 2, y + thickness * BAR / 2
            if status in THREADS and end > first:
                axes.plot([first, end], [y, y], color=theme.INK, **THREADS[status])
            elif status in (IN_FORCE, SUSPENDED) and end > first:
                corners = [(first, above), (end, above), (end, below), (first, below)]
                bars.setdefault((row.government, status), []).append([(float(x), v) for x, v in corners])
        for mark, day in row.marks:
            marks.setdefault((row.government, mark), []).append((day, y))
    for (code, status), shapes in bars.items():
        colour = government_colour(code)
        fill = {"facecolor": colour, "lw": 0.0} if status == IN_FORCE else {"edgecolor": colour, **HATCHED}
        axes.add_collection(PolyCollection(shapes, **fill), autolim=False)
    for (code, mark), places in marks.items():
        shape = {"mfc": government_colour(code), **theme.MARKS[mark]}
        axes.plot(*zip(*places, strict=True), ls="none", clip_on=False, zorder=4, **shape)


def draw_panel(axes: Axes, panel: TimelinePanel, start: int) -> None:
    """Draw quantities day by day, each with its name and last value on the right."""
    ends = [values[-1] for _, _, values in panel.lines]
    low = min(0.0, *(min(values) for _, _, values in panel.lines))
    high = max(1.0, *(max(values) for _, _, values in panel.lines))
    low, high = low - 0.05 * (high - low), high + 0.07 * (high - low)
    axes.set_ylim(low, high)
    theme.number_axis(axes.yaxis, 4)
    axes.grid(axis="y")
    axes.set_ylabel(panel.name, rotation=0, ha="right", va="center", weight="bold")
    axes.yaxis.set_label_coords(-0.06, 0.5)
    sides = axes.get_yaxis_transform()
    heights = label_heights(ends, LINE / panel.height * (high - low), high)
    for (name, code, values), end, y in zip(panel.lines, ends, heights, strict=True):
        colour, line = government_style(code)
        days = range(start, start + len(values) + 1)
        axes.plot(days, [*values, end], color=colour, ls=line, lw=1.8, drawstyle=panel.steps, zorder=3)
        axes.plot([1.0, 1.02], [end, y], color=colour, lw=1.0, clip_on=False, transform=sides)
        axes.text(1.025, y, f"{name}: {decimal(end)} {panel.unit}", va="center", transform=sides)


def draw_calendar(charts: Sequence[Axes], model: "TradeModel") -> None:
    """Give the charts one calendar: months above the first and below the last, and lines at events."""
    ticks = date_ticks(model.start, model.day)
    days = [day for day, _, _ in ticks]
    events = [event.date.toordinal() for event in model.source.events if takes_place(model, event)]
    for axes in charts:
        across = axes.get_xaxis_transform()
        axes.set(xlim=(model.start, model.day + 1), xticks=[])
        axes.vlines(days, 0, 1, transform=across, color=theme.PALE, lw=0.8, zorder=0.5)
        axes.vlines(events, 0, 1, transform=across, color=theme.INK, lw=0.8, ls=(0, (1, 2)), zorder=0.6)
    charts[0].xaxis.tick_top()
    charts[0].set_xticks(days, [f"{year}\n{name}" for _, name, year in ticks])
    charts[-1].set_xticks(days, [f"{name}\n{year}" for _, name, year in ticks])
