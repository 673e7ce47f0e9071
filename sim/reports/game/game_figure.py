"""A matrix game as one picture: who escalated when, how often everybody held, what a round paid."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from sim.domain.constants import ESCALATE, FORCED, HOLD, IN_FORCE
from sim.reports.drawing.theme import GREY, INK, mark_handle, new_figure, place_legend, save_figure
from sim.reports.game.game_story import pairs_of
from sim.reports.run.measure_timeline import Span, TimelineRow
from sim.reports.run.timeline import (
    ROW,
    WIDTH,
    TimelinePanel,
    draw_panel,
    draw_rows,
    stacked_charts,
    stacked_height,
)

if TYPE_CHECKING:
    from sim.engines.mesa_engine import TradeModel

SLIP: dict[str, Any] = {"marker": "D", "ms": 4.4, "mfc": "white", "mec": INK, "mew": 1.0}


def draw_game(model: "TradeModel", path: Path) -> None:
    """Draw a finished game as a PNG; the same run gives the same bytes.

    Args:
        model: a game that has been played.
        path: the file to write.
    """
    rows, panels = rows_of_game(model), panels_of_game(model)
    heights = [2.0 * ROW * len(rows), *(panel.height for panel in panels)]
    rounds = model.day - model.start + 1
    players = "; ".join(f"{code} plays {s.spelling}" for code, s in model.strategies.items())
    note = f"{rounds} rounds, seed {model.seed_used}, run {model.number}. {players}"
    with new_figure(WIDTH, stacked_height(heights)) as figure:
        charts = stacked_charts(figure, model.source.title, note, heights)
        draw_rows(charts[0], rows)
        for chart, panel in zip(charts[1:], panels, strict=True):
            draw_panel(chart, panel, 1)
        for chart in charts:
            chart.set_xlim(1, rounds + 1)
            chart.xaxis.set_major_locator(MaxNLocator(12, integer=True))
            chart.tick_params(labelbottom=chart is charts[-1])
            chart.grid(axis="x")
        charts[-1].set_xlabel("round")
        draw_slips(charts[0], model)
        handles = [
            Patch(facecolor=GREY, label="escalates"),
            Line2D([], [], ls="none", **SLIP, label="slip: the other move was meant"),
            mark_handle("forced", "forced by the user"),
        ]
        place_legend(figure, handles, WIDTH / 2, 0.08, columns=3, corner="lower center")
        save_figure(figure, path)


def rows_of_game(model: "TradeModel") -> list[TimelineRow]:
    """A row for each government and partner, with a bar over every stretch of escalation."""
    rows = []
    for i, j in pairs_of(model):
        codes = model.names.governments
        moves = [d for d in model.decisions if (d.government, d.partner) == (i, j)]
        spans: list[Span] = []
        for number, d in enumerate(moves, 1):
            if d.move != ESCALATE:
                continue
            if spans and spans[-1].end == number:
                spans[-1] = spans[-1]._replace(end=number + 1)
            else:
                spans.append(Span(number, number + 1, IN_FORCE, 1.0))
        held = sum(d.move == HOLD for d in moves) / len(moves)
        marks = [("forced", n) for n, d in enumerate(moves, 1) if d.reason == FORCED]
        label = f"{model.source.governments[codes[i]].capital} ({codes[i]})"
        label += f" towards {codes[j]}" if len(codes) > 2 else ""
        rows.append(TimelineRow(label, codes[i], marks, spans, f"held in {held:.0%}"))
    return rows


def draw_slips(axes: Any, model: "TradeModel") -> None:
    """Mark the rounds in which a hand trembled, on the row of who it was."""
    for y, (i, j) in enumerate(pairs_of(model)):
        moves = [d for d in model.decisions if (d.government, d.partner) == (i, j)]
        slips = [n + 0.5 for n, d in enumerate(moves, 1) if (d.requested == ESCALATE) != (d.move == ESCALATE)]
        axes.plot(slips, [y] * len(slips), ls="none", zorder=5, **SLIP)


def panels_of_game(model: "TradeModel") -> list[TimelinePanel]:
    """The share of rounds held so far, and the mean payoff of a round so far."""
    state = model.state
    codes = model.names.governments
    held = [(c, c, (100.0 * state[f"cooperation_{c}"]).tolist()) for c in codes]
    paid = [(c, c, (state[f"earned_{c}"] / state["round"]).tolist()) for c in codes]
    return [
        TimelinePanel("Held so far\n[% of rounds]", "%", "steps-post", held),
        TimelinePanel("Payoff of a round,\nmean so far", "", "default", paid),
    ]
