"""What an answer rests on as one picture: a bar for each assumption, from its low to its high end."""

from textwrap import shorten
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.reports.drawing.colours import government_colour, with_white
from sim.reports.drawing.layout import titled_figure
from sim.reports.drawing.theme import GREY, INK, number_axis, picture
from sim.reports.text.formats import range_text
from sim.scenarios.assumptions import owner_of
from sim.studies.one_at_a_time import AssumptionEffect, OneAtATime

WIDTH, ROW, DPI = 11.8, 0.29, 160  # [inches] of the figure, and of a row; dots an inch
BARS = 20
BAR = 0.66  # [rows] thickness
LANE = 0.17  # [rows] of the low end's interval above the bar's centre, and of the high end's below
FAINT = 0.72  # [share] of white in what luck alone may explain


def rows_of(s: OneAtATime) -> list[AssumptionEffect]:
    """What moves the outcome most, as many as are drawn."""
    return [t for t in s.tested if t.span > 0][:BARS]


def draw_bars(axes: Axes, s: OneAtATime) -> None:
    """Draw the bars with their intervals around the baseline, and what each is on the left."""
    rows = rows_of(s)
    axes.set(ylim=(max(3, len(rows)) - 0.4, -0.6), xlim=limits(s, rows))
    number_axis(axes.xaxis, 7)
    axes.xaxis.tick_top()
    axes.grid(axis="x")
    axes.spines[:].set_visible(False)
    axes.spines.top.set_visible(True)
    axes.set_xlabel(f"mean {s.outcome.name.replace('_', ' ')} [{s.outcome.unit}]", weight="bold")
    axes.xaxis.set_label_position("top")
    labels = [
        f"{row.path}  {row.number.value:g} ({range_text(row.number)}) {row.number.unit}" for row in rows
    ]
    axes.set_yticks(range(len(rows)), [shorten(label, 80, placeholder=" …") for label in labels])
    axes.tick_params(axis="y", length=0)
    for y, row in enumerate(rows):
        draw_row(axes, s, y, row)
    axes.axvline(s.mean, color=INK, lw=1.1, zorder=5)
    if not rows:
        where = axes.get_yaxis_transform()
        axes.text(0.5, 1, "Nothing moved it in these runs.", ha="center", transform=where)


@picture(draw_bars)
def draw_tornado(s: OneAtATime) -> Figure:
    """Draw what moves an outcome, the largest first; the same sensitivity gives the same bytes.

    A bar goes from the mean outcome at the low end of an assumption's range to that at its high end.
    """
    rows = rows_of(s)
    until = f" until {s.spec.until}" if s.spec.until else ""
    changes = ", ".join([*s.spec.force, *s.spec.strategy, *s.spec.overrides])
    what = f"{s.outcome.spelling}, on average, as each assumption goes to the ends of its range"
    which = f"{s.source.title}{until}{', with ' * bool(changes)}{changes}. {worlds(s)}"
    owners = {owner_of(row.path, s.source) for row in rows}
    governments = ((code, g.name) for code, g in s.source.governments.items() if code in owners)
    handles: list[Any] = [
        *(Patch(color=government_colour(code), label=name) for code, name in governments),
        Patch(facecolor="white", edgecolor=GREY, lw=1.3, label="low end"),
        Patch(color=GREY, label="high end"),
        Patch(color=with_white(GREY, FAINT), label="pale: may be luck"),
        Line2D([], [], color=INK, lw=0.9, marker="|", ms=5, label="95 % interval"),
        Line2D([], [], color=INK, lw=0, marker="|", ms=11, mew=1.1, label=f"as shipped: {s.mean:,.3g}"),
    ]
    foot = f"{remainder(s, len(rows))} {meaning(s, 'Pale: not')}"
    tall = 0.6 + ROW * max(3, len(rows))
    with titled_figure(WIDTH, tall, s.outcome.sentence, [what, which], handles, 7, foot, DPI) as figure:
        draw_bars(figure.add_subplot(), s)
    return figure


def worlds(s: OneAtATime) -> str:
    """Which runs, and in how many of them the outcome happened."""
    runs = f"{s.spec.runs} runs with seed {s.spec.seed}"
    if s.happened == s.spec.runs:
        return f"{runs}."
    return f"{runs}; it happened in {s.happened}, and means are over those in which it did."


def limits(s: OneAtATime, rows: list[AssumptionEffect]) -> tuple[float, float]:
    """What the axis shows: all bars and intervals, with room for the numbers at their ends."""
    shifts = [end.shift for row in rows for end in row.ends if end.shift]
    values = [0.0, *(x for shift in shifts for x in shift.interval if x == x)]
    room = (max(values) - min(values)) * 0.09 or max(abs(s.mean), 1.0) * 0.1
    return s.mean + min(values) - room, s.mean + max(values) + room


def draw_row(axes: Axes, s: OneAtATime, y: int, row: AssumptionEffect) -> None:
    """Draw an assumption's bar, in two halves where both ends lie on one side, with intervals and values."""
    moves = [end.move for end in row.ends]
    split = len(moves) == 2 and moves[0] * moves[1] > 0
    colour = government_colour(owner_of(row.path, s.source))
    for end in row.ends:
        side = -1 if end is row.low else 1
        centre, thick = (y + side * BAR / 4, BAR / 2) if split else (y, BAR)
        tint = colour if end.real else with_white(colour, FAINT)
        fill = {"facecolor": "white", "edgecolor": tint, "lw": 1.3} if side < 0 else {"color": tint}
        if end.move != 0:
            axes.barh(centre, end.move, height=thick - 0.05, left=s.mean, zorder=3, **fill)
        if end.shift and (end.move != 0 or end.shift.interval.low < 0):
            _, low, high = (s.mean + x for x in end.shift.interval)
            if s.outcome.unit in ("chance", "share"):  # which they stay
                low, high = max(0.0, low), min(1.0, high)
            lane, ink = [y + side * LANE] * 2, INK if end.real else "#a0a0a0"
            axes.plot([low, high], lane, color="white", lw=2.4, alpha=0.6, zorder=5.5)
            axes.plot([low, high], lane, color=ink, lw=0.9, marker="|", ms=4, mew=0.9, zorder=6)
            x, offset, align = (high, 5, "left") if end.move > 0 else (low, -5, "right")
            font: dict[str, Any] = {"ha": align, "va": "center_baseline", "size": 6.6, "color": ink}
            at = (x, lane[0]), (offset, 0)
            axes.annotate(f"{end.value:g}", *at, textcoords="offset points", zorder=7, **font)


def remainder(s: OneAtATime, rows: int) -> str:
    """How many assumptions are not among so many rows that are shown, and why."""
    moving = sum(t.span > 0 for t in s.tested)
    counts = {
        "that move it less": moving - rows,
        "that do not move it in these runs": len(s.tested) - moving,
        "with no range given": len(s.silent),
    }
    others = ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "none"
    failed = sum(bool(end.fault) for t in s.tested for end in t.ends)
    broken = f" Ends that could not be run: {failed}." if failed else ""
    return f"Shown: {rows} of {len(s.tested) + len(s.silent)} assumptions. Not shown: {others}.{broken}"


def meaning(s: OneAtATime, mark: str) -> str:
    """What the intervals mean, and a mark that stands for what is, or is not, beyond luck."""
    return (
        "Each is moved alone, with the same luck in every run. Intervals are Student's, for the paired "
        "differences from the mean as shipped: of 100 seeds about 95 give an interval with the true move of "
        f"the mean. {mark} significant, allowing for {s.judged} ends tested (Benjamini and Hochberg, 5 %). "
        "They speak of luck, not of the model."
    )
