"""The spread of many runs as one picture: chances over time, fans of tariffs, distributions of costs."""

from collections.abc import Callable, Sequence
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from sim.domain.constants import NEVER
from sim.domain.dates import spoken
from sim.outcomes.run_events import RunEvent
from sim.reports.distribution.distribution_charts import (
    GREY,
    TEXT,
    Calendar,
    ChartLine,
    draw_chances,
    draw_distribution,
    draw_fan,
    limits_of,
    line_of,
)
from sim.reports.distribution.distribution_tables import LEVELS, points
from sim.reports.drawing.colours import government_colour, government_style
from sim.reports.drawing.layout import shorten
from sim.reports.drawing.theme import INK, MARKS, STYLE
from sim.scenarios.forced_moves import forces_of
from sim.scenarios.schema import SummitEvent
from sim.statistics.intervals import paired, wilson
from sim.studies.distribution import Distribution

Array = NDArray[np.float64]
DPI = 120
WIDTH, LEFT, RIGHT = 13.0, 0.6, 0.72  # [inches] of the figure, and beside its charts
HEAD, FOOT = 1.3, 0.5  # [inches] above and below the panels
HEADING, NAME, BELOW = 0.42, 0.3, 0.5  # [inches] of a panel's heading, a chart's name, and its axis' labels
BESIDE = 0.72  # [inches] between charts
CHARTS = 12  # of a panel, at most
STILL = 1.0  # [per cent] tariffs whose fan keeps within it are not drawn
SHOWN = {
    "escalation": "escalates",
    "reactivation": "reactivates a measure",
    "lapse": "lets a suspension run out",
    "extension": "extends a suspension",
}


class Chart(NamedTuple):
    """A chart with its name; it is drawn into axes of a height [inches]."""

    name: str
    draw: Callable[[Axes, float], None]


class FigurePanel(NamedTuple):
    """A heading, what its marks mean, and charts side by side."""

    heading: str
    meaning: str
    charts: Sequence[Chart]
    across: int  # charts in a row
    tall: float  # [inches] height of a chart
    scales: bool = True  # whether each chart has a scale of its own

    @property
    def height(self) -> float:
        """Its height with all around it [inches]."""
        rows = ceil(len(self.charts) / self.across)
        return HEADING + rows * (NAME + self.tall + BELOW)


def draw_spread(s: Distribution, path: Path) -> None:
    """Draw the spread of many runs as a PNG; the same spread gives the same bytes.

    Args:
        s: of many runs.
        path: the file to write.
    """
    panels = panels_of(s)
    tall = HEAD + sum(panel.height for panel in panels) + FOOT
    with style.context(["default", STYLE, {"font.size": TEXT}]):
        figure = Figure(figsize=(WIDTH, tall), dpi=DPI)
        canvas = FigureCanvasAgg(figure)
        draw_head(figure, s, tall)
        top = tall - HEAD
        for panel in panels:
            draw_panel(figure, panel, top, tall)
            top -= panel.height
        draw_legend(figure, s, tall)
        canvas.print_png(path, metadata={"Software": None})  # type: ignore[no-untyped-call]


def draw_head(figure: Figure, s: Distribution, tall: float) -> None:
    """Say of which worlds it is, and who is drawn how."""
    room = WIDTH - 0.5
    title = shorten(s.source.title, 17.0, "bold", room)
    figure.text(0.25 / WIDTH, 1 - 0.42 / tall, title, size=17.0, weight="bold")
    figure.text(0.25 / WIDTH, 1 - 0.72 / tall, shorten(worlds(s), 11.0, "normal", room), size=11.0)
    looks = [(g.capital, government_style(code)) for code, g in s.source.governments.items()]
    handles = [Line2D([], [], color=look.colour, ls=look.line, lw=2.4, label=name) for name, look in looks]
    where: dict[str, Any] = {"loc": "upper left", "bbox_to_anchor": (0.14 / WIDTH, 1 - 0.82 / tall)}
    figure.legend(handles=handles, ncols=6, frameon=False, fontsize=11.5, handlelength=3.2, **where)


def worlds(s: Distribution) -> str:
    """Which runs these are, in a line."""
    if s.source.game is None:
        when = f"{spoken(s.start)} to {spoken(s.end)}"
    else:
        who = "; ".join(f"{code} plays {chosen.spelling}" for code, chosen in s.strategies.items())
        when = f"{s.days} rounds: {who}"
    w = s.worlds
    given = (*w.force, *(w.strategy if s.source.game is None else ()), *w.overrides)
    changed = f", with {', '.join(given)}" if given else ""
    return f"{s.runs:,} runs, seed {w.seed}, {when}{changed}"


def panels_of(s: Distribution) -> list[FigurePanel]:
    """The panels from top to bottom."""
    if s.source.game is not None:
        return [_rounds(s), _payoffs(s)]
    return [panel for panel in (_chances(s), _fans(s), _costs(s)) if panel.charts]


def _chances(s: Distribution) -> FigurePanel:
    calendar = Calendar(s.start, s.days, marks_of(s))
    charts = []
    for kind, name in SHOWN.items():
        lines = [_line(s, code, s.happened(RunEvent(kind, k))) for k, code in enumerate(s.names.governments)]
        if kind == "escalation" or any(line.chance[-1] > 0 for line in lines):
            charts.append(Chart(name, _chances_drawer(lines, calendar)))
    meaning = "share of runs in which it has happened by that day [%]"
    return FigurePanel(
        "How likely is it that a government …", meaning, charts, max(2, len(charts)), 2.15, False
    )


def _line(s: Distribution, code: str, counts: NDArray[np.int64]) -> ChartLine:
    return line_of(code, counts / s.runs, *wilson(counts, s.runs))


def _chances_drawer(lines: Sequence[ChartLine], calendar: Calendar) -> Callable[[Axes, float], None]:
    return lambda axes, height: draw_chances(axes, lines, calendar, height)


def _fans(s: Distribution) -> FigurePanel:
    calendar = Calendar(s.start, s.days, marks_of(s))
    fans = {pair: 100.0 * fan.quantiles(LEVELS) for pair, fan in s.fans.items()}
    order = sorted(fans, key=lambda pair: -float(np.ptp(fans[pair])))
    shown = [pair for pair in order if np.ptp(fans[pair]) >= STILL][:CHARTS] or order[:1]
    top = 1.06 * max((float(fans[pair].max()) for pair in shown), default=0.0) or 1.0

    def drawer(pair: tuple[int, int]) -> Callable[[Axes, float], None]:
        def draw(axes: Axes, height: float) -> None:  # noqa: ARG001
            draw_fan(
                axes,
                fans[pair],
                100.0 * s.fans[pair].means,
                government_colour(s.names.governments[pair[0]]),
                calendar,
            )
            axes.set_ylim(0, top)

        return draw

    capitals = [g.capital for g in s.source.governments.values()]
    names = {(i, j): f"{capitals[i]} on goods from {capitals[j]}" for i, j in fans}
    charts = [Chart(name, drawer(pair)) for pair, name in names.items() if pair in shown]
    left = f"; {len(fans) - len(charts)} that hardly move: tariffs.csv" if len(fans) > len(charts) else ""
    meaning = f"average [%]; line: median, dashed: mean, dark: the middle half of runs, pale: 90 %{left}"
    return FigurePanel("How high are tariffs?", meaning, charts, 2 if len(charts) in (1, 2, 4) else 3, 1.9)


def _costs(s: Distribution) -> FigurePanel:
    meaning = "bn USD, compared with no change; height: % of runs; solid line: median, dashed: mean"
    return FigurePanel("What does it cost?", meaning, _distributions(s, s.costs), _across(s), 1.7)


def _across(s: Distribution) -> int:
    return min(3, len(s.names.governments))


def _distributions(s: Distribution, values: Array) -> list[Chart]:
    limits = limits_of(values)

    def drawer(k: int, code: str) -> Callable[[Axes, float], None]:
        return lambda axes, _: draw_distribution(axes, values[:, k], government_colour(code), limits)

    charts = []
    for k, (code, g) in enumerate(s.source.governments.items()):
        mean, low, high = paired(values[:, k])
        sure = f" ({tidy(low)} to {tidy(high)})" if high > low else ""
        told = f"{g.capital}: mean {tidy(mean)}{sure}"
        charts.append(Chart(told, drawer(k, code)))
    return charts[:CHARTS]


def tidy(value: float) -> str:
    """A number to three digits or a tenth, with a true minus sign."""
    digits = 1 if abs(value) >= 10 else 2
    return f"{round(value, digits) + 0.0:,.{digits}f}".replace("-", "\N{MINUS SIGN}")


def _rounds(s: Distribution) -> FigurePanel:
    calendar = Calendar(s.start, s.days, rounds=True)
    codes = s.names.governments
    n = range(len(codes))
    towards = [(i, j) for i in n for j in n if i != j]
    held = [_line(s, codes[i], s.held[i, j]) for i, j in towards]
    everybody = s.held[0, 0]
    both = ChartLine(INK, "solid", everybody / s.runs, *wilson(everybody, s.runs))
    first = [_line(s, code, s.happened(RunEvent("escalation", k))) for k, code in enumerate(codes)]
    charts = [
        Chart("holds in that round; black: all do", _chances_drawer([*held, both], calendar)),
        Chart("has escalated by that round", _chances_drawer(first, calendar)),
    ]
    return FigurePanel(
        "How likely is it that a player …", "share of runs [%], round by round", charts, 2, 2.6, False
    )


def _payoffs(s: Distribution) -> FigurePanel:
    game = s.source.game
    assert game is not None
    meaning = f"{game.unit} a round, mean of each run; height: % of runs; solid line: median, dashed: mean"
    return FigurePanel("What does it pay?", meaning, _distributions(s, points(s, game)), _across(s), 2.2)


def marks_of(s: Distribution) -> list[tuple[str, int]]:
    """What is marked on the calendar: forced moves, sunsets of the first morning, outside events."""
    forced = {force.day for force in forces_of(list(s.worlds.force), s.source, s.names).values()}
    sunsets = {m.until.toordinal() + 1 for m in s.source.measures if m.status == "suspended" and m.until}
    certain = [e for e in s.source.events if not (isinstance(e, SummitEvent) and e.spiral_days)]
    events = {event.date.toordinal() for event in certain}
    marks = [(mark, day) for mark, days in zip(NAMED, (forced, sunsets, events), strict=True) for day in days]
    return sorted((mark, day) for mark, day in marks if s.start <= day <= s.end and day != NEVER)


NAMED = {
    "forced": "forced by the user",
    "sunset": "a suspension of the first morning ends",
    "event": "an outside event",
}


def draw_panel(figure: Figure, panel: FigurePanel, top: float, tall: float) -> None:
    """Draw a panel below a height [inches]."""
    base = (top - 0.24) / tall
    text = figure.text(0.25 / WIDTH, base, panel.heading, size=13.0, weight="bold")
    end = text.get_window_extent().x1 / DPI  # [inches]
    room = WIDTH - end - 0.4
    figure.text(
        (end + 0.15) / WIDTH, base, shorten(panel.meaning, TEXT, "normal", room), size=TEXT, color="#555555"
    )
    width = (WIDTH - LEFT - RIGHT - (panel.across - 1) * BESIDE) / panel.across
    for place, chart in enumerate(panel.charts):
        row, column = divmod(place, panel.across)
        left = LEFT + column * (width + BESIDE)
        bottom = top - HEADING - row * (NAME + panel.tall + BELOW) - NAME - panel.tall
        axes = figure.add_axes((left / WIDTH, bottom / tall, width / WIDTH, panel.tall / tall))
        chart.draw(axes, panel.tall)
        axes.tick_params(labelleft=panel.scales or column == 0)
        axes.spines[["top", "right"]].set_visible(False)
        name = shorten(chart.name, 11.5, "normal", width + 0.4)
        axes.text(0.0, 1 + 0.12 / panel.tall, name, size=11.5, transform=axes.transAxes)


def draw_legend(figure: Figure, s: Distribution, tall: float) -> None:
    """Explain the marks of the calendar at the foot, and what the bands around chances are."""
    there = {mark for mark, _ in marks_of(s)} if s.source.game is None else set()
    handles: list[Any] = [
        Line2D([], [], **{"mfc": GREY, **MARKS[k], "ms": 6.5}, ls="none", label=v)
        for k, v in NAMED.items()
        if k in there
    ]
    handles.append(
        Patch(
            color=GREY, alpha=0.3, lw=0, label="around a chance: its 95 % interval; in brackets: the mean's"
        )
    )
    figure.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0.14 / WIDTH, 0.1 / tall),
        ncols=len(handles),
        frameon=False,
        fontsize=TEXT,
    )
