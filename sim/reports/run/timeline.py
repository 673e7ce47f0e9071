"""A run as one picture: every measure over the calendar, the moves, tariffs and costs."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from sim.domain.constants import AVAILABLE, IN_FORCE, SUSPENDED
from sim.domain.dates import spoken
from sim.reports.drawing.colours import look_of
from sim.reports.drawing.layout import date_ticks, fitted, spread
from sim.reports.run.measure_timeline import ANNOUNCED, TimelineRow, rows_of, takes_place

if TYPE_CHECKING:
    from sim.engines.mesa_engine import TradeModel

DPI = 120
WIDTH, LEFT, RIGHT = 13.0, 4.25, 1.85  # [inches] of the figure, and beside its panels
HEAD, FOOT, GAP = 1.15, 1.0, 0.2  # [inches] above, below and between the panels
ROW, PANEL, LINE = 0.215, 1.25, 0.17  # [inches] heights of a row, a panel and a line's label
TEXT = 8.2  # [points]
INK, PALE = "#222222", "#ececec"
BAR = 0.64  # [rows] thickness of a full bar
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": "#888888",
    "axes.linewidth": 0.7,
    "hatch.linewidth": 1.0,
}
THREADS: dict[int, dict[str, Any]] = {
    AVAILABLE: {"lw": 0.8, "ls": (0, (1, 3))},
    ANNOUNCED: {"lw": 1.6, "ls": (0, (4, 1.5))},
}
HELD: dict[str, Any] = {"facecolor": "white", "hatch": "////", "lw": 0.9}
MARKS: dict[str, dict[str, Any]] = {
    "escalate": {"marker": "^", "ms": 8.0, "mec": INK, "mew": 0.6},
    "relax": {"marker": "v", "ms": 8.0, "mec": INK, "mew": 0.6},
    "forced": {"marker": "o", "ms": 13.5, "mfc": "none", "mec": INK, "mew": 1.1},
    "sunset": {"marker": "D", "ms": 5.4, "mfc": INK, "mec": "white", "mew": 0.8},
    "extended": {"marker": "D", "ms": 4.8, "mfc": "white", "mec": INK, "mew": 1.1},
    "lifted": {"marker": "X", "ms": 7.5, "mfc": INK, "mec": "white", "mew": 0.7},
    "event": {"marker": "s", "ms": 5.0, "mfc": INK, "mec": INK},
}


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


def draw_timeline(model: "TradeModel", path: Path) -> None:
    """Draw a finished run as a PNG: measures and moves over the calendar, tariffs and costs below.

    The same run gives the same bytes.

    Args:
        model: a world that has been run.
        path: the file to write.
    """
    rows, panels = rows_of(model), panels_of(model)
    heights = [ROW * len(rows), *(panel.height for panel in panels)]
    with style.context(["default", STYLE]):
        when = (
            f"{spoken(model.start)} to {spoken(model.day)}" if model.day > model.start else spoken(model.day)
        )
        told = f"{when}, seed {model.seed_used}, run {model.number}"
        figure, charts = stacked(model.source.title, told, heights)
        draw_rows(charts[0], rows)
        for chart, panel in zip(charts[1:], panels, strict=True):
            draw_panel(chart, panel, model.start)
        draw_calendar(charts, model)
        draw_legend(figure, 0.08 / figure.get_figheight())
        print_picture(figure, path)


def stacked(title: str, told: str, heights: Sequence[float]) -> tuple[Figure, list[Axes]]:
    """A picture with a title, a line below it, and charts of these heights [inches] one below the other."""
    tall = HEAD + sum(heights) + GAP * (len(heights) - 1) + FOOT
    figure = Figure(figsize=(WIDTH, tall), dpi=DPI)
    for text, size, weight, down in ((title, 15.0, "bold", 0.38), (told, 9.5, "normal", 0.64)):
        shown = fitted(text, size, weight, WIDTH - 0.5)
        figure.text(0.25 / WIDTH, 1 - down / tall, shown, size=size, weight=weight)
    charts, bottom = [], tall - HEAD + GAP
    for height in heights:
        bottom -= GAP + height
        box = (LEFT / WIDTH, bottom / tall, 1 - (LEFT + RIGHT) / WIDTH, height / tall)
        charts.append(figure.add_axes(box))
    return figure, charts


def print_picture(figure: Figure, path: Path) -> None:
    """Write a picture as a PNG, the same bytes each time."""
    bare = {"metadata": {"Software": None}, "pil_kwargs": {"compress_level": 4}}
    FigureCanvasAgg(figure).print_png(path, **bare)  # type: ignore[no-untyped-call]  # savefig would draw twice


def panels_of(model: "TradeModel") -> list[TimelinePanel]:
    """Tariffs in both directions of every pair, and what the run has cost every government."""
    codes, state = model.names.governments, model.state
    pairs = [(mine, partner) for mine in codes for partner in codes if mine != partner]
    tariffs = [(f"{a} on {b}", a, state[f"tariff_{a}_on_{b}"].tolist()) for a, b in pairs]
    costs = [(code, code, state[f"cost_{code}"].tolist()) for code in codes]
    return [
        TimelinePanel("Average tariff on the\npartner's goods [%]", "%", "steps-post", tariffs),
        TimelinePanel("Cost so far, compared\nwith no change [bn USD]", "bn", "default", costs),
    ]


def draw_rows(axes: Axes, rows: Sequence[TimelineRow]) -> None:
    """Draw the chart of measures: bars, marks, a label on the left and the outcome on the right."""
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks([])
    beside = axes.get_yaxis_transform()
    bars: dict[tuple[str, int], list[list[tuple[float, float]]]] = {}
    marks: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for y, row in enumerate(rows):
        weight = "bold" if row.heading else "normal"
        label = fitted(row.label, TEXT, weight, LEFT - 0.3)
        axes.text(-0.012, y, label, weight=weight, ha="right", va="center", transform=beside)
        axes.text(1.015, y, row.now, va="center", transform=beside)
        if row.heading:
            axes.axhspan(y - 0.46, y + 0.46, color=PALE, lw=0, zorder=0)
        for first, end, status, thickness in row.spans:
            low, high = y - thickness * BAR / 2, y + thickness * BAR / 2
            if status in THREADS and end > first:
                axes.plot([first, end], [y, y], color=INK, **THREADS[status])
            elif status in (IN_FORCE, SUSPENDED) and end > first:
                corners = [(first, low), (end, low), (end, high), (first, high)]
                bars.setdefault((row.government, status), []).append([(float(x), v) for x, v in corners])
        for mark, day in row.marks:
            marks.setdefault((row.government, mark), []).append((day, y))
    for (code, status), shapes in bars.items():
        colour = look_of(code).colour
        look = {"facecolor": colour, "lw": 0.0} if status == IN_FORCE else {"edgecolor": colour, **HELD}
        axes.add_collection(PolyCollection(shapes, **look), autolim=False)
    for (code, mark), places in marks.items():
        shape = {"mfc": look_of(code).colour, **MARKS[mark]}
        axes.plot(*zip(*places, strict=True), ls="none", clip_on=False, zorder=4, **shape)


def draw_panel(axes: Axes, panel: TimelinePanel, start: int) -> None:
    """Draw quantities day by day, each with its name and last value on the right."""
    ends = [values[-1] for _, _, values in panel.lines]
    low = min(0.0, *(min(values) for _, _, values in panel.lines))
    high = max(1.0, *(max(values) for _, _, values in panel.lines))
    low, high = low - 0.05 * (high - low), high + 0.07 * (high - low)
    axes.set_ylim(low, high)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter("{x:,g}")
    axes.grid(axis="y", color=PALE, lw=0.8)
    axes.set_ylabel(panel.name, rotation=0, ha="right", va="center", weight="bold")
    axes.yaxis.set_label_coords(-0.06, 0.5)
    beside = axes.get_yaxis_transform()
    heights = spread(ends, LINE / panel.height * (high - low), high)
    for (name, code, values), end, y in zip(panel.lines, ends, heights, strict=True):
        colour, line = look_of(code)
        days = range(start, start + len(values) + 1)
        axes.plot(days, [*values, end], color=colour, ls=line, lw=1.8, drawstyle=panel.steps, zorder=3)
        axes.plot([1.0, 1.02], [end, y], color=colour, lw=1.0, clip_on=False, transform=beside)
        told = f"{name}: {round(end, 1) + 0.0:,.1f} {panel.unit}".replace("-", "\N{MINUS SIGN}")
        axes.text(1.025, y, told, va="center", transform=beside)


def draw_calendar(charts: Sequence[Axes], model: "TradeModel") -> None:
    """Give the charts one calendar: months above the first and below the last, and lines at events."""
    ticks = date_ticks(model.start, model.day)
    days = [day for day, _, _ in ticks]
    events = [event.date.toordinal() for event in model.source.events if takes_place(model, event)]
    for axes in charts:
        across = axes.get_xaxis_transform()
        axes.set_xlim(model.start, model.day + 1)
        axes.set_xticks([])
        axes.tick_params(length=3, color="#888888")
        axes.vlines(days, 0, 1, transform=across, color=PALE, lw=0.8, zorder=0.5)
        axes.vlines(events, 0, 1, transform=across, color=INK, lw=0.8, ls=(0, (1, 2)), zorder=0.6)
    charts[0].xaxis.tick_top()
    charts[0].set_xticks(days, [f"{year}\n{name}" for _, name, year in ticks])
    charts[-1].set_xticks(days, [f"{name}\n{year}" for _, name, year in ticks])


def draw_legend(figure: Figure, bottom: float) -> None:
    """Explain bars and marks at the foot of the figure, in grey: they mean the same for everybody."""
    grey = "#777777"
    named = {
        "escalate": "escalates",
        "relax": "relaxes",
        "forced": "forced by the user",
        "sunset": "suspension ends: sunset",
        "extended": "sunset put off: extended",
        "lifted": "lifted for good",
    }
    handles: list[Any] = [
        Patch(facecolor=grey, label="in force; thin: lower level, or several"),
        Patch(edgecolor=grey, label="suspended", **HELD),
        Line2D([], [], color=INK, label="announced", **THREADS[ANNOUNCED]),
        Line2D([], [], color=INK, label="available", **THREADS[AVAILABLE]),
    ]
    handles += [Line2D([], [], ls="none", **{"mfc": grey, **MARKS[k]}, label=v) for k, v in named.items()]
    figure.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, bottom), ncols=5, frameon=False)
