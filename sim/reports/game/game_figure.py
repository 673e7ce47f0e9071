"""A matrix game as one picture: who escalated when, how often everybody held, what a round paid."""

from itertools import groupby, permutations
from typing import TYPE_CHECKING

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from sim.domain.constants import ESCALATE, FORCED, HOLD, IN_FORCE
from sim.reports.drawing.theme import GREY, mark_handle, picture
from sim.reports.run.measure_timeline import Span, TimelineRow
from sim.reports.run.timeline import ROW, TimelinePanel, draw_rows, stacked_charts

if TYPE_CHECKING:
    from sim.engines.mesa_engine import TradeModel


def draw_rounds(axes: Axes, model: "TradeModel") -> None:
    """Draw who escalated when into axes."""
    draw_rows(axes, rows_of_game(model))
    axes.set(xlim=(1, model.day - model.start + 2), xlabel="round")


@picture(draw_rounds)
def draw_game(model: "TradeModel") -> Figure:
    """Draw a game; the same run gives the same bytes."""
    rounds = model.day - model.start + 1
    players = "; ".join(f"{code} plays {s.spelling}" for code, s in model.strategies.items())
    note = f"{rounds} rounds, seed {model.seed_used}, run {model.number}. {players}"
    rows, panels = rows_of_game(model), panels_of_game(model)
    what = rows, panels, 2.0 * ROW, 1, game_marks()
    with stacked_charts(model.source.title, note, *what) as figure:
        charts = figure.axes
        for chart in charts:
            chart.set_xlim(1, rounds + 1)
            chart.xaxis.set_major_locator(MaxNLocator(12, integer=True))
            chart.tick_params(labelbottom=chart is charts[-1])
            chart.grid(axis="x")
        charts[-1].set_xlabel("round")
    return figure


def game_marks() -> list[Artist]:
    """What a legend says of rows of a game."""
    return [
        Patch(facecolor=GREY, label="escalates"),
        mark_handle("slip", "slip: the other move was meant"),
        mark_handle("forced", "forced by the user"),
    ]


def rows_of_game(model: "TradeModel") -> list[TimelineRow]:
    """A row for each government and partner: bars where it escalates, marks of force and slips."""
    codes = model.names.governments
    rows = []
    for i, j in permutations(range(len(codes)), 2):
        moves = [d for d in model.decisions if (d.government, d.partner) == (i, j)]
        groups = groupby(enumerate(moves, 1), lambda move: move[1].move == ESCALATE)
        stretches = [[n for n, _ in group] for escalates, group in groups if escalates]
        spans = [Span(numbers[0], numbers[-1] + 1, IN_FORCE, 1.0) for numbers in stretches]
        slips = [n for n, d in enumerate(moves, 1) if (d.requested == ESCALATE) != (d.move == ESCALATE)]
        marks = [("forced", float(n)) for n, d in enumerate(moves, 1) if d.reason == FORCED]
        marks += [("slip", n + 0.5) for n in slips]
        label = f"{model.source.governments[codes[i]].capital} ({codes[i]})"
        label += f" towards {codes[j]}" if len(codes) > 2 else ""
        share = sum(d.move == HOLD for d in moves) / len(moves)
        rows.append(TimelineRow(label, codes[i], marks, spans, f"held in {share:.0%}"))
    return rows


def panels_of_game(model: "TradeModel") -> list[TimelinePanel]:
    """The share of rounds held so far, and the mean payoff of a round so far."""
    state = model.state
    codes = model.names.governments
    cooperation = [(c, c, (100.0 * state[f"cooperation_{c}"]).tolist()) for c in codes]
    paid = [(c, c, (state[f"earned_{c}"] / state["round"]).tolist()) for c in codes]
    return [
        TimelinePanel("Held so far\n[% of rounds]", "%", "steps-post", cooperation),
        TimelinePanel("Payoff of a round,\nmean so far", "", "default", paid),
    ]
