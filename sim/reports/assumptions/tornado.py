"""What an answer rests on as one picture: a bar for each assumption, from its low to its high end."""

from pathlib import Path
from textwrap import wrap
from typing import Any

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from sim.reports.drawing.colours import government_colour
from sim.reports.drawing.layout import shorten
from sim.reports.drawing.theme import INK, PALE, STYLE
from sim.scenarios.schema import ElectionEvent, Scenario
from sim.studies.sensitivity import AssumptionEffect, OneAtATime, RangeEnd

DPI = 160
WIDTH, LEFT, RIGHT = 11.8, 5.15, 0.35  # [inches] of the figure, and beside its chart
NAMED, VALUED = 2.5, 2.35  # [inches] for the name of an assumption, and for its value and range
HEAD, FOOT, ROW = 1.6, 1.0, 0.29  # [inches] above and below the chart, and of a row
SHOWN = 20  # bars
BAR = 0.66  # [rows] thickness
LANE = 0.17  # [rows] of the low end's interval above the middle, and of the high end's below
FAINT = 0.72  # [share] of white in what luck alone may explain
GREY = "#777777"


def draw_tornado(s: OneAtATime, path: Path) -> None:
    """Draw what moves an outcome as a PNG, the largest first.

    A bar goes from the mean outcome at the low end of an assumption's range to that at its high end.
    The same sensitivity gives the same bytes.

    Args:
        s: of an outcome to assumptions.
        path: the file to write.
    """
    rows = [t for t in s.tested if t.span > 0][:SHOWN]
    tall = HEAD + ROW * max(3, len(rows)) + FOOT
    with style.context(["default", STYLE]):
        figure = Figure(figsize=(WIDTH, tall), dpi=DPI)
        canvas = FigureCanvasAgg(figure)
        draw_title(figure, s, tall)
        box = (LEFT / WIDTH, FOOT / tall, 1 - (LEFT + RIGHT) / WIDTH, 1 - (HEAD + FOOT) / tall)
        axes = figure.add_axes(box)
        draw_bars(axes, s, rows)
        draw_legend(figure, s, rows, tall)
        told = "\n".join([remainder(s, len(rows)), *wrap(meaning(s, "Pale: not"), 165)])
        figure.text(0.25 / WIDTH, 0.14 / tall, told, size=7.6, color=GREY, va="bottom")
        canvas.print_png(path, metadata={"Software": None})  # type: ignore[no-untyped-call]


def draw_title(figure: Figure, s: OneAtATime, tall: float) -> None:
    """Say what is asked, of which worlds, and what was changed in all of them."""
    q, room = s.question, WIDTH - 0.5
    until = f" until {q.until}" if q.until else ""
    changed = ", ".join(x for given in (q.force, q.strategy, q.overrides) for x in given)
    lines = [
        (0.40, 12.0, "bold", s.outcome.sentence),
        (
            0.67,
            9.5,
            "normal",
            f"{s.outcome.spelling}, on average, as each assumption goes to the ends of its range",
        ),
        (
            0.87,
            9.5,
            "normal",
            f"{s.source.title}{until}{', with ' + changed if changed else ''}. {worlds(s)}",
        ),
    ]
    for down, size, weight, text in lines:
        shown = shorten(text, size, weight, room)
        figure.text(0.25 / WIDTH, 1 - down / tall, shown, size=size, weight=weight)


def worlds(s: OneAtATime) -> str:
    """Which runs, and in how many of them the outcome happened."""
    told = f"{s.question.runs} runs with seed {s.question.seed}"
    if s.happened == s.question.runs:
        return f"{told}."
    return f"{told}; it happened in {s.happened}, and means are over those in which it did."


def draw_bars(axes: Axes, s: OneAtATime, rows: list[AssumptionEffect]) -> None:
    """Draw the bars with their intervals around the baseline, and what each is on the left."""
    axes.set_ylim(max(3, len(rows)) - 0.4, -0.6)
    axes.set_xlim(*limits(s, rows))
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(7))
    axes.xaxis.set_major_formatter("{x:,g}")
    axes.xaxis.tick_top()
    axes.tick_params(length=3, color="#888888")
    axes.grid(axis="x", color=PALE, lw=0.8)
    axes.set_axisbelow(True)
    for side in ("left", "right", "bottom"):
        axes.spines[side].set_visible(False)
    axes.set_xlabel(f"mean {s.outcome.name.replace('_', ' ')} [{s.outcome.unit}]", weight="bold")
    axes.xaxis.set_label_position("top")
    wide, across = WIDTH - LEFT - RIGHT, axes.get_yaxis_transform()
    places = ((0.25 - LEFT) / wide, (0.25 - LEFT + NAMED) / wide)
    for x, heading in zip(places, ("assumption", "as shipped (range)"), strict=True):
        axes.text(x, -0.95, heading, size=8.2, color="#555555", va="center", transform=across)
    for y, row in enumerate(rows):
        low, high = (f"{end:g}" if end is not None else "…" for end in (row.number.low, row.number.high))
        told = f"{row.number.value:g} ({low} to {high}) {row.number.unit}"
        name = shorten(row.path, 8.4, "bold", NAMED - 0.1)
        axes.text(places[0], y, name, size=8.4, weight="bold", va="center", transform=across)
        axes.text(places[1], y, shorten(told, 7.6, "normal", VALUED), size=7.6, va="center", transform=across)
        draw_row(axes, s, y, row)
    axes.axvline(s.mean, color=INK, lw=1.1, zorder=5)
    if not rows:
        axes.text(0.5, 1, "Nothing moved it in these runs.", ha="center", transform=across)


def limits(s: OneAtATime, rows: list[AssumptionEffect]) -> tuple[float, float]:
    """What the axis shows: all bars and intervals, with room for the numbers at their ends."""
    shifts = [end.shift for row in rows for end in row.ends if end.shift]
    found = [0.0, *(x for shift in shifts for x in shift.interval if x == x)]
    low, high = min(found), max(found)
    room = (high - low) * 0.09 or max(abs(s.mean), 1.0) * 0.1
    return s.mean + low - room, s.mean + high + room


def draw_row(axes: Axes, s: OneAtATime, y: int, row: AssumptionEffect) -> None:
    """Draw an assumption's bar: as one, or as two half as thick where both ends lie on the same side."""
    moves = [end.move for end in row.ends]
    split = len(moves) == 2 and moves[0] * moves[1] > 0
    colour = government_colour(owner_of(row.path, s.source))
    for end in row.ends:
        side = -1 if end is row.low else 1
        middle, thick = (y + side * BAR / 4, BAR / 2) if split else (y, BAR)
        tint = colour if end.real else faint(colour)
        look = {"facecolor": "white", "edgecolor": tint, "lw": 1.3} if side < 0 else {"color": tint}
        if end.move != 0:
            axes.barh(middle, end.move, height=thick - 0.05, left=s.mean, zorder=3, **look)
        if end.shift and (end.move != 0 or end.shift.interval.low < 0):
            draw_interval(axes, s, y + side * LANE, end)


def draw_interval(axes: Axes, s: OneAtATime, y: float, end: RangeEnd) -> None:
    """Draw an end's interval, and the assumption's value there; a chance or share stays one."""
    assert end.shift is not None
    _, low, high = (s.mean + x for x in end.shift.interval)
    if s.outcome.unit in ("chance", "share"):
        low, high = max(0.0, low), min(1.0, high)
    ink = INK if end.real else "#a0a0a0"
    axes.plot([low, high], [y, y], color="white", lw=2.4, alpha=0.6, zorder=5.5)
    axes.plot([low, high], [y, y], color=ink, lw=0.9, zorder=6)
    axes.plot([low, high], [y, y], color=ink, ls="none", marker="|", ms=4, mew=0.9, zorder=6)
    right = end.move > 0
    axes.annotate(
        f"{end.value:g}",
        (high if right else low, y),
        (5 if right else -5, 0),
        textcoords="offset points",
        ha="left" if right else "right",
        va="center_baseline",
        size=6.6,
        color=ink,
        zorder=7,
    )


def owner_of(path: str, source: Scenario) -> str:
    """The code of the government whose number it is: its own, its measure's or its election's."""
    name = path.partition(".")[0]
    issuers = {m.id: m.issuer for m in source.measures}
    elections = {e.id: e.government for e in source.events if isinstance(e, ElectionEvent)}
    return {**elections, **issuers}.get(name, name)


def faint(colour: str) -> tuple[float, float, float]:
    """A colour mixed with white."""
    red, green, blue = (x + (1.0 - x) * FAINT for x in to_rgb(colour))
    return red, green, blue


def draw_legend(figure: Figure, s: OneAtATime, rows: list[AssumptionEffect], tall: float) -> None:
    """Explain the marks at the foot of the chart."""
    codes = [c for c in s.source.governments if any(owner_of(r.path, s.source) == c for r in rows)]
    handles: list[Any] = [
        Patch(color=government_colour(c), label=s.source.governments[c].name) for c in codes
    ]
    handles += [
        Patch(facecolor="white", edgecolor=GREY, lw=1.3, label="low end"),
        Patch(color=GREY, label="high end"),
        Patch(color=faint(GREY), label="pale: may be luck"),
        Line2D([], [], color=INK, lw=0.9, marker="|", ms=5, label="95 % interval"),
        Line2D([], [], color=INK, lw=0, marker="|", ms=11, mew=1.1, label=f"as shipped: {s.mean:,.3g}"),
    ]
    figure.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0.17 / WIDTH, 0.66 / tall),
        ncols=len(handles),
        frameon=False,
        handlelength=1.4,
        columnspacing=1.4,
        fontsize=7.8,
    )


def remainder(s: OneAtATime, shown: int) -> str:
    """How many assumptions are not shown, and why."""
    moving = sum(t.span > 0 for t in s.tested)
    counts = {
        "that move it less": moving - shown,
        "that do not move it in these runs": len(s.tested) - moving,
        "with no range given": len(s.silent),
    }
    left = ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "none"
    failed = sum(bool(end.fault) for t in s.tested for end in t.ends)
    broken = f" Ends that could not be run: {failed}." if failed else ""
    return f"Shown: {shown} of {len(s.tested) + len(s.silent)} assumptions. Not shown: {left}.{broken}"


def meaning(s: OneAtATime, mark: str) -> str:
    """What the intervals mean, and a mark that stands for what is, or is not, beyond luck."""
    return (
        "Each is moved alone, with the same luck in every run. Intervals are Student's, for the paired "
        "differences from the mean as shipped: of 100 seeds about 95 give an interval with the true move of "
        f"the mean. {mark} beyond luck, allowing for {s.judged} ends tested (Benjamini and Hochberg, 5 %). "
        "They speak of luck, not of the model."
    )
