"""The payoff terms of each move of a decision as a picture: how they add up to its value."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from sim.domain.dates import spoken
from sim.domain.errors import ResultsError
from sim.domain.terms import ECONOMY, POLITICS, UNITS
from sim.reports.drawing.colours import BLUE, ORANGE
from sim.reports.drawing.layout import titled_figure
from sim.reports.drawing.theme import EDGE, GREY, INK, number_axis, picture
from sim.reports.run.explanation import ACCOUNT_NAMES, ANSWERS, LABELS
from sim.reports.text.formats import decimal, percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH, ROW = 12.0, 0.3  # [inches]
Bar: TypeAlias = tuple[str, str, float, float]  # label, kind, begin and end [bn USD]
KINDS = {  # of bars: colour, and what the legend says
    ECONOMY: (BLUE, f"economy [{UNITS[ECONOMY]}]"),
    POLITICS: (ORANGE, f"politics [{UNITS[POLITICS]}]"),
    "answers": (GREY, "answers it expects: chance times worth"),
    "value": (INK, "what the move is worth"),
}


def moves_of(decisions: Sequence[Mapping[str, Any]]) -> dict[str, list[Bar]]:
    """The bars of each possible move of the only decision; raises ResultsError as `draw_waterfall` does."""
    if len(decisions) != 1 or "game" in decisions[0]:
        numbers = ", ".join(str(d["number"]) for d in decisions)
        raise ResultsError(f"picture: expected one decision, by its number, about measures, got {numbers}")
    facts = decisions[0]
    moves = {move: m for move, m in facts["moves"].items() if m["possible"]}
    terms = [name for name in ACCOUNT_NAMES if any(m["terms"].get(name) for m in moves.values())]
    return {move: bars_of(m, terms, facts["partner_capital"]) for move, m in moves.items()}


def draw_chosen(axes: Axes, decisions: Sequence[Mapping[str, Any]]) -> None:
    """Draw how the payoff terms of the move that was chosen add up."""
    draw_bars_of(axes, moves_of(decisions)[decisions[0]["move"]], names=True)


@picture(draw_chosen)
def draw_waterfall(decisions: Sequence[Mapping[str, Any]]) -> "Figure":
    """Draw how the payoff terms of each move of a decision add up, from facts as of `decision_facts`.

    Raises ResultsError if there are more decisions than one, or it is of a matrix game.
    """
    bars = moves_of(decisions)
    facts, day = decisions[0], date.fromisoformat(decisions[0]["date"]).toordinal()
    reach = [x for steps in bars.values() for *_, begin, end in steps for x in (begin, end)]
    room, tall = 0.16 * (max(reach) - min(reach)) or 1.0, 0.7 + ROW * len(bars[facts["move"]])
    title = f"{spoken(day)}: what {facts['capital']} could do about {facts['partner_capital']}"
    acts = ", ".join(f"{a['act']} {a['measure']}" for a in facts["acts"])
    note = f"It chose to {facts['move']}{': ' * bool(acts)}{acts}."
    handles = [Patch(color=colour, label=label) for colour, label in KINDS.values()]
    with titled_figure(WIDTH, tall, title, [note], handles, len(handles)) as figure:
        charts = figure.subplots(1, len(bars), squeeze=False)[0]
        for axes, (move, steps) in zip(charts, bars.items(), strict=True):
            draw_bars_of(axes, steps, names=axes is charts[0])
            axes.set_xlim(min(reach) - room, max(reach) + room)
            chance = "" if facts["chances"][move] is None else f": {percent(facts['chances'][move])}"
            axes.set_title(move + chance, weight="bold" if move == facts["move"] else "normal")
    return figure


def bars_of(m: Mapping[str, Any], terms: Sequence[str], partner: str) -> list[Bar]:
    """The bars of a move, from its first payoff term to its value: label, kind, begin and end [bn USD]."""
    sizes = [(LABELS[name], ACCOUNT_NAMES[name], m["terms"][name]) for name in terms]
    for answer, verb in ANSWERS.items():
        expected = m["answers"]["chances"][answer] * m["answers"]["worth"][answer]
        sizes.append((f"if {partner} {verb}", "answers", expected))
    bars, begin = [], 0.0
    for label, kind, size in sizes:
        bars.append((label, kind, begin, begin + size))
        begin += size
    return [*bars, ("together", "value", 0.0, m["value"])]


def draw_bars_of(axes: Axes, bars: Sequence[Bar], names: bool) -> None:
    """Draw the bars of a move one below the other, each beginning where the last one ended."""
    axes.set(ylim=(len(bars) - 0.4, -0.6), yticks=range(len(bars)))
    axes.set_yticklabels([label for label, *_ in bars] if names else [])
    axes.tick_params(axis="y", length=0)
    axes.spines.left.set_visible(False)
    number_axis(axes.xaxis, 5)
    axes.grid(axis="x")
    axes.axvline(0.0, color=EDGE, lw=0.8)
    for y, (_, kind, begin, end) in enumerate(bars):
        axes.barh(y, end - begin, left=begin, height=0.66, color=KINDS[kind][0], zorder=3)
        if y + 1 < len(bars):
            axes.plot([end, end], [y - 0.33, y + 1.33], color=EDGE, lw=0.7, zorder=2)
        at, side, offset = (max(begin, end), "left", 3) if end >= begin else (min(begin, end), "right", -3)
        font: dict[str, Any] = {"ha": side, "va": "center", "size": 7.4, "zorder": 5}
        text = decimal(end - begin) if end != begin else "0"
        axes.annotate(text, (at, y), (offset, 0), textcoords="offset points", **font)
