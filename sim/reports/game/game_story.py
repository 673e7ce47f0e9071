"""A matrix game as a story, in Markdown, and what it came to."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.domain.constants import ESCALATE, FORCED, HOLD, MOVES
from sim.domain.decision import Decision
from sim.reports.templates.rendering import render
from sim.reports.text.formats import strategies_text
from sim.scenarios.schema import GameEntry

if TYPE_CHECKING:
    from sim.engines.mesa_engine import TradeModel

TURNS = 25  # of a story


def game_story(model: "TradeModel", game: GameEntry) -> str:
    """The story of a finished game: who turned when, how often each held, what a round paid."""
    return render(
        "game_story.md",
        model=model,
        game=game,
        capitals=[g.capital for g in model.source.governments.values()],
        strategies=strategies_text(model.source, model.strategies),
        turns=list(turns(model)),
        most=TURNS,
        results=game_results(model, game),
        moves=MOVES,
        escalate=ESCALATE,
        forced=FORCED,
        seen=seen_after(game),
    )


def seen_after(game: GameEntry) -> str:
    """When a move is seen, in words."""
    lag = int(game.numbers["lag"].value)
    return "in the next round" if lag == 1 else f"{lag} rounds later"


def turns(model: "TradeModel") -> Iterator[Decision]:
    """The moves that are others than their government's in the round before."""
    before: dict[tuple[int, int], int] = {}
    for d in model.decisions:
        pair = (d.government, d.partner)
        if d.move != before.get(pair, HOLD):
            yield d
        before[pair] = d.move


def game_results(model: "TradeModel", game: GameEntry) -> dict[str, Any]:
    """What a game came to, in numbers by government."""
    rounds = model.day - model.start + 1
    evening: dict[str, Any] = dict(model.recorder.tonight)
    codes = model.names.governments
    return {
        "rounds": rounds,
        "unit": game.unit,
        "cooperation": {c: evening[f"cooperation_{c}"] for c in codes},
        "payoff_per_round": {c: evening[f"earned_{c}"] / rounds for c in codes},
        "earned": {c: evening[f"earned_{c}"] for c in codes},
    }
