"""A distribution of runs as one picture: probabilities over time, fans of tariffs, histograms of costs."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import permutations
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from sim.domain.dates import spoken
from sim.domain.terms import UNITS
from sim.engines.ensemble import Ensemble
from sim.outcomes.run_events import RunEvent
from sim.reports.distribution.distribution_charts import (
    Calendar,
    ChartLine,
    draw_fan,
    draw_histogram,
    draw_probabilities,
    limits_of,
)
from sim.reports.distribution.distribution_tables import EVENTS, LEVELS, points
from sim.reports.drawing.colours import government_colour, government_style
from sim.reports.drawing.layout import add_charts, head_height, titled_figure, write
from sim.reports.drawing.theme import GREY, INK, mark_handle, picture
from sim.reports.text.formats import decimal
from sim.scenarios.event_kinds import SummitEvent
from sim.scenarios.forced_moves import forces_of
from sim.statistics.arrays import Array
from sim.statistics.intervals import student_interval, wilson
from sim.studies.distribution import Distribution

WIDTH = 13.0  # [inches] of the figure
HEADING, GAP, BELOW = 0.66, 0.95, 0.5  # [inches] above the charts of a panel, between and below
CHARTS = 12  # of a panel, at most
STILL = 1.0  # [per cent] tariffs whose fan keeps within it are not drawn
HISTOGRAM = "height: % of runs; solid line: median, dashed: mean"
MARKED = {
    "forced": "forced by the user",
    "sunset": "a suspension of the first morning ends",
    "event": "an outside event",
}

Chart: TypeAlias = tuple[str, Callable[[Axes], None]]  # its name, and what draws it into axes


class FigurePanel(NamedTuple):
    """A heading, what its marks mean, and charts side by side."""

    heading: str
    meaning: str
    charts: Sequence[Chart]
    across: int  # charts in a row
    tall: float  # [inches] height of a chart
    scales: bool = True  # whether each chart has a scale of its own

    @property
    def rows(self) -> int:
        """Of charts."""
        return ceil(len(self.charts) / self.across)

    @property
    def height(self) -> float:
        """Its height with all around it [inches]."""
        return HEADING + self.rows * self.tall + (self.rows - 1) * GAP + BELOW


def draw_ensemble(many: Ensemble, path: Path | None = None, **named: Any) -> Figure:
    """The picture of the runs of an ensemble, which are simulated again if it has kept no records."""
    spec = replace(many.ready.spec, runs=len(many.numbers), seed=many.seed)
    result = Distribution(spec)
    for run, record in enumerate(many.replay()):
        result.add(record, run)
    result.spec = replace(spec, overrides=(*spec.overrides, *(f"{path} varied" for path in many.values)))
    return draw_distribution(result, path, **named)


def draw_escalations(axes: Axes, s: Distribution) -> None:
    """Draw how likely it is, by each day, that a government has escalated, or holds in a round of a game."""
    panels_of(s)[0].charts[0][1](axes)


@picture(draw_escalations)
def draw_distribution(s: Distribution) -> Figure:
    """Draw a distribution of runs; the same one gives the same bytes."""
    panels = panels_of(s)
    names = ((government_style(code), g.capital) for code, g in s.source.governments.items())
    handles: list[Any] = [Line2D([], [], color=x.colour, ls=x.line, lw=2.4, label=name) for x, name in names]
    marks = {mark for mark, _ in marks_of(s)} if s.source.game is None else set()
    handles += [mark_handle(k, label, ms=6.5) for k, label in MARKED.items() if k in marks]
    band = "around a probability: its 95 % interval; in brackets: the mean's"
    handles.append(Patch(color=GREY, alpha=0.3, lw=0, label=band))
    tall = [panel.height for panel in panels]
    title, notes = s.source.title, [worlds(s)]
    down = head_height(title, notes)
    with titled_figure(WIDTH, sum(tall), title, notes, handles, 3, constrained=False) as figure:
        for panel in panels:
            draw_panel(figure, panel, down)
            down += panel.height
    return figure


def worlds(s: Distribution) -> str:
    """Which runs these are, in a line."""
    w, game = s.spec, s.source.game is not None
    players = "; ".join(f"{code} plays {strategy.spelling}" for code, strategy in s.strategies.items())
    when = f"{s.days} rounds: {players}" if game else f"{spoken(s.start)} to {spoken(s.end)}"
    changes = ", ".join([*w.force, *(() if game else w.strategy), *w.overrides])
    return f"{s.runs:,} runs, seed {w.seed}, {when}" + (f", with {changes}" if changes else "")


def panels_of(s: Distribution) -> list[FigurePanel]:
    """The panels from top to bottom."""
    if s.source.game is not None:
        meaning = f"{s.source.game.unit} a round, mean of each run"
        paid = points(s, s.source.game)
        return [_rounds(s), _histograms(s, "What does it pay?", meaning, paid, 2.2)]
    calendar = Calendar(s.start, s.days, marks_of(s))
    costs = [
        _histograms(
            s, f"What does it cost: {name}", f"{unit}, compared with no change", s.costs[:, :, k], 1.7
        )
        for k, (name, unit) in enumerate(UNITS.items())
    ]
    return [panel for panel in (_probabilities(s, calendar), _fans(s, calendar), *costs) if panel.charts]


def _probabilities(s: Distribution, calendar: Calendar) -> FigurePanel:
    charts = []
    for kind, name in EVENTS.items():
        lines = [_line(s, code, s.happened(RunEvent(kind, k))) for k, code in enumerate(s.names.governments)]
        if kind == "escalation" or any(line.probability[-1] > 0 for line in lines):
            charts.append((name, partial(draw_probabilities, lines=lines, calendar=calendar)))
    meaning = "share of runs in which it has happened by that day [%]"
    across = max(2, len(charts))
    return FigurePanel("How likely is it that a government …", meaning, charts, across, 2.15, False)


def _line(s: Distribution, code: str, counts: NDArray[np.int64]) -> ChartLine:
    return ChartLine(*government_style(code), counts / s.runs, *wilson(counts, s.runs))


def _fans(s: Distribution, calendar: Calendar) -> FigurePanel:
    fans = {pair: 100.0 * fan.quantiles(LEVELS) for pair, fan in s.fans.items()}
    order = sorted(fans, key=lambda pair: -float(np.ptp(fans[pair])))
    moving = [pair for pair in order if np.ptp(fans[pair]) >= STILL][:CHARTS] or order[:1]
    top = 1.06 * max((float(fans[pair].max()) for pair in moving), default=0.0) or 1.0
    capitals = [g.capital for g in s.source.governments.values()]

    def draw(axes: Axes, pair: tuple[int, int]) -> None:
        colour = government_colour(s.names.governments[pair[0]])
        draw_fan(axes, fans[pair], 100.0 * s.fans[pair].means, colour, calendar)
        axes.set_ylim(0, top)

    charts = [
        (f"{capitals[i]} on goods from {capitals[j]}", partial(draw, pair=(i, j)))
        for i, j in fans
        if (i, j) in moving
    ]
    others = len(fans) - len(charts)
    more = f"; {others} that hardly move: tariffs.csv" if others else ""
    meaning = f"average [%]; line: median, dashed: mean, dark: the middle half of runs, pale: 90 %{more}"
    return FigurePanel("How high are tariffs?", meaning, charts, 2 if len(charts) in (1, 2, 4) else 3, 1.9)


def _histograms(s: Distribution, heading: str, meaning: str, values: Array, tall: float) -> FigurePanel:
    limits = limits_of(values)
    charts = []
    for (code, g), column in zip(s.source.governments.items(), values.T, strict=True):
        mean, low, high = student_interval(column)
        interval = f" ({_short_number(low)} to {_short_number(high)})" if high > low else ""
        draw = partial(draw_histogram, values=column, colour=government_colour(code), limits=limits)
        charts.append((f"{g.capital}: mean {_short_number(mean)}{interval}", draw))
    across = min(3, len(s.names.governments))
    return FigurePanel(heading, f"{meaning}; {HISTOGRAM}", charts[:CHARTS], across, tall)


def _short_number(value: float) -> str:
    return decimal(value, 1 if abs(value) >= 10 else 2)


def _rounds(s: Distribution) -> FigurePanel:
    calendar = Calendar(s.start, s.days, rounds=True)
    codes = s.names.governments
    lines = [_line(s, codes[i], s.holds[i, j]) for i, j in permutations(range(len(codes)), 2)]
    lines.append(_line(s, codes[0], s.holds[0, 0])._replace(colour=INK, style="solid"))
    first = [_line(s, code, s.happened(RunEvent("escalation", k))) for k, code in enumerate(codes)]
    charts = [
        ("holds in that round; black: all do", partial(draw_probabilities, lines=lines, calendar=calendar)),
        ("has escalated by that round", partial(draw_probabilities, lines=first, calendar=calendar)),
    ]
    meaning = "share of runs [%], round by round"
    return FigurePanel("How likely is it that a player …", meaning, charts, 2, 2.6, False)


def marks_of(s: Distribution) -> list[tuple[str, int]]:
    """What is marked on the calendar: forced moves, sunsets of the first morning, outside events."""
    marks = [("forced", f.day) for f, *_ in forces_of(list(s.spec.force), s.source, s.names).values()]
    suspended = [m for m in s.source.measures if m.status == "suspended"]
    marks += [("sunset", m.until.toordinal() + 1) for m in suspended if m.until]
    certain = [e for e in s.source.events if not (isinstance(e, SummitEvent) and e.spiral_days)]
    marks += [("event", event.date.toordinal()) for event in certain]
    return sorted({(mark, day) for mark, day in marks if s.start <= day <= s.end})


def draw_panel(figure: Figure, panel: FigurePanel, down: float) -> None:
    """Draw a panel so far down [inches]: its heading, and its charts row by row."""
    write(figure, f"{panel.heading}  \N{EM DASH}  {panel.meaning}", down + 0.2, 11.5)
    tall = panel.height - HEADING - BELOW
    axes = add_charts(figure, down + HEADING, tall, panel.rows, panel.across, gaps=GAP)
    for place, ((name, draw), chart) in enumerate(zip(panel.charts, axes, strict=False)):
        draw(chart)
        chart.tick_params(labelleft=panel.scales or place % panel.across == 0)
        chart.set_title(name, loc="left", fontsize=11.5, pad=9)
    for chart in axes[len(panel.charts) :]:
        chart.set_visible(False)
