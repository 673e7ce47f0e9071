"""A matrix game as a story, in Markdown, and what it came to."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.domain.constants import ESCALATE, FORCED, HOLD, MOVES
from sim.domain.decision import Decision
from sim.reports.templates.rendering import render
from sim.reports.text.formats import percent, strategies_text
from sim.reports.text.markdown import table
from sim.scenarios.schema import GameEntry

if TYPE_CHECKING:
    from sim.engines.mesa_engine import TradeModel

TURNS = 25  # of a story


def game_story(model: "TradeModel", game: GameEntry) -> str:
    """The story of a finished game: who turned when, how often each held, what a round paid."""
    return render(
        "game_story.md",
        title=model.source.title,
        about=model.source.about,
        rounds=model.day - model.start + 1,
        strategies=strategies_text(model.source, model.strategies),
        seed=model.seed_used,
        run=model.number,
        payoffs=payoff_table(game),
        turns=list(turns(model)),
        most=TURNS,
        results=outcome_table(model, game),
        error=game.numbers["error"].value,
        seen=seen_after(game),
    )


def seen_after(game: GameEntry) -> str:
    """When a move is seen, in words."""
    lag = int(game.numbers["lag"].value)
    return "in the next round" if lag == 1 else f"{lag} rounds later"


def payoff_table(game: GameEntry) -> str:
    """The payoffs of a round as a table, one's own move in the rows."""
    moves = ("hold", "escalate")
    rows = [[own, *(f"{game.payoffs[own][partner].value:g}" for partner in moves)] for own in moves]
    return table("lrr", [f"own move, in {game.unit}", "partner holds", "partner escalates"], rows)


def turns(model: "TradeModel") -> Iterator[str]:
    """The rounds in which somebody's move is another than in the round before, in words."""
    before: dict[tuple[int, int], int] = {}
    for d in model.decisions:
        pair = (d.government, d.partner)
        if d.move != before.get(pair, HOLD):
            yield f"**Round {d.day - model.start + 1}.** {_turn(model, d)}"
        before[pair] = d.move


def _turn(model: "TradeModel", d: Decision) -> str:
    capitals = [g.capital for g in model.source.governments.values()]
    who, partner = capitals[d.government], capitals[d.partner]
    act = "escalates" if d.move == ESCALATE else "goes back to holding"
    if len(capitals) > 2:
        act += f" towards {partner}"
    if d.reason == FORCED:
        return f"{who} {act}, because this run was told to."
    if (d.requested == ESCALATE) != (d.move == ESCALATE):
        return f"{who} {act} by a slip: it meant to {MOVES[d.requested]}."
    observed = "escalate" if d.view.their_last_move == ESCALATE else "hold"
    return f"{who} {act}, having seen {partner} {observed}. Chance of this: {percent(d.probability)}."


def outcome_table(model: "TradeModel", game: GameEntry) -> str:
    """How often each player held and what it earned."""
    results = game_results(model, game)
    rows = []
    for code, g in model.source.governments.items():
        share, paid, earned = (results[key][code] for key in ("cooperation", "payoff_per_round", "earned"))
        rows.append([g.capital, f"{share:.1%}", f"{paid:.3f}", f"{earned:g}"])
    return table("lrrr", ["", "held", f"payoff a round [{game.unit}]", "together"], rows)


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
