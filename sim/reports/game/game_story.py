"""A matrix game as a story, and its decisions in sentences, in Markdown."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.domain.constants import ESCALATE, FORCED, HOLD, MOVES
from sim.domain.decision import Decision
from sim.reports.text.formats import percent
from sim.scenarios.schema import GameEntry, Scenario

if TYPE_CHECKING:
    from sim.engines.mesa_engine import TradeModel

TOLD = 25  # turns of a story


def pairs_of(model: "TradeModel") -> list[tuple[int, int]]:
    """Every government with every partner, by their places."""
    n = range(len(model.names.governments))
    return [(i, j) for i in n for j in n if i != j]


def tell_game(model: "TradeModel", game: GameEntry) -> str:
    """The story of a finished game: who turned when, how often each held, what a round paid."""
    rounds = model.day - model.start + 1
    codes = model.names.governments
    who = "; ".join(f"{name(model, k)} plays {model.strategies[c].spelling}" for k, c in enumerate(codes))
    lines = list(turns(model))
    more = [f"And {len(lines) - TOLD} more turns."] if len(lines) > TOLD else []
    parts = [
        f"# {model.source.title}",
        f"{model.source.about}\n\n{rounds} rounds. {who}. Seed {model.seed_used}, run {model.number}.",
        "## What a round pays",
        payoff_table(game),
        "## What happened",
        "\n".join(f"- {line}" for line in [*lines[:TOLD], *more]) or "- Nobody ever turned: all held.",
        "## What it came to",
        outcome_table(model, game),
        f"Moves came out as the other one with a chance of {percent(game.numbers['error'].value)}; "
        f"a move was seen {seen_after(game)}.",
    ]
    return "\n\n".join(parts) + "\n"


def name(model: "TradeModel", place: int) -> str:
    """What a player is called in a story."""
    return model.source.governments[model.names.governments[place]].capital


def seen_after(game: GameEntry) -> str:
    """When a move is seen, in words."""
    lag = int(game.numbers["lag"].value)
    return "in the next round" if lag == 1 else f"{lag} rounds later"


def payoff_table(game: GameEntry) -> str:
    """The payoffs of a round as a table, one's own move in the rows."""
    lines = [f"| own move, in {game.unit} | partner holds | partner escalates |", "|---|---:|---:|"]
    lines += [
        f"| {move} | {game.payoffs[move]['hold'].value:g} | {game.payoffs[move]['escalate'].value:g} |"
        for move in ("hold", "escalate")
    ]
    return "\n".join(lines)


def turns(model: "TradeModel") -> Iterator[str]:
    """The rounds in which somebody's move is another than in the round before, in words."""
    before = dict.fromkeys(pairs_of(model), HOLD)
    for d in model.decisions:
        pair = (d.government, d.partner)
        if d.move != before[pair]:
            yield f"**Round {d.day - model.start + 1}.** {_turn(model, d)}"
        before[pair] = d.move


def _turn(model: "TradeModel", d: Decision) -> str:
    who, partner = name(model, d.government), name(model, d.partner)
    done = "escalates" if d.move == ESCALATE else "goes back to holding"
    if len(model.names.governments) > 2:
        done += f" towards {partner}"
    if d.reason == FORCED:
        return f"{who} {done}, because this run was told to."
    if (d.requested == ESCALATE) != (d.move == ESCALATE):
        return f"{who} {done} by a slip: it meant to {MOVES[d.requested]}."
    seen = "escalate" if d.view.their_last_move == ESCALATE else "hold"
    return f"{who} {done}, having seen {partner} {seen}. Chance of this: {percent(d.probability)}."


def outcome_table(model: "TradeModel", game: GameEntry) -> str:
    """How often each player held and what it earned."""
    rows = summary_of_game(model, game)
    lines = [f"| | held | payoff a round [{game.unit}] | together |", "|---|---:|---:|---:|"]
    for place, code in enumerate(model.names.governments):
        held, paid = rows["cooperation"][code], rows["payoff_per_round"][code]
        lines.append(f"| {name(model, place)} | {held:.1%} | {paid:.3f} | {rows['earned'][code]:g} |")
    return "\n".join(lines)


def summary_of_game(model: "TradeModel", game: GameEntry) -> dict[str, Any]:
    """What a game came to, in numbers by government."""
    rounds = model.day - model.start + 1
    night: dict[str, Any] = dict(model.recorder.tonight)
    codes = model.names.governments
    return {
        "rounds": rounds,
        "unit": game.unit,
        "cooperation": {c: night[f"cooperation_{c}"] for c in codes},
        "payoff_per_round": {c: night[f"earned_{c}"] / rounds for c in codes},
        "earned": {c: night[f"earned_{c}"] for c in codes},
    }


def game_in_words(s: Scenario, game: GameEntry) -> str:
    """A game's file said back, for its author to compare with what was meant."""
    days = (s.end - s.start).days + 1
    players = "\n".join(f"- **{c}**, {g.name}, plays {g.strategy}." for c, g in s.governments.items())
    n = game.numbers
    return "\n\n".join(
        [
            f"# {s.title}",
            s.about,
            f"`{s.name}` is in order. It is a game of {days} rounds, a round a day from {s.start}.",
            "## Players",
            players,
            "## What a round pays",
            payoff_table(game),
            f"Moves come out as the other one with a chance of {percent(n['error'].value)} and are seen "
            f"{seen_after(game)}. A round is worth {n['discount'].value:g} of the one before, "
            f"{n['horizon'].value:g} rounds are counted.",
        ]
    )


def game_sentences(row: dict[str, Any]) -> str:
    """A decision of a game, from its trace, in sentences."""
    view, unit, who = row["view"], row["game"]["unit"], row["capital"]
    partner = row["partner_capital"]
    lines = [
        f"- {move}: {m['now']:+.3g} this round and {m['later']:+.3g} in those that follow, "
        f"together {m['value']:+.4g} {unit}."
        for move, m in row["moves"].items()
        if m["possible"]
    ]
    chances = ", ".join(f"{move} {percent(chance)}" for move, chance in row["chances"].items())
    forced = row["reason"] == "forced"
    drawn = "None counted: it was told to" if forced else f"{view['luck']:.6f} of 1, which makes it"
    meant = "escalate" if row["said"] == "escalate" else "hold"
    followed = f"It played {row['move']}." if meant == row["move"] else f"A slip: {row['move']} came out."
    parts = [
        f"## Round {row['game']['round']}, {row['date']}: {who} about {partner}",
        f"**What {who} saw.** {partner}'s last move was to {MOVES[view['their_last_move']]}, its own to "
        f"{MOVES[view['my_last_move']]}. It had seen {view['their_escalations']} escalations of {partner} "
        f"and made {view['my_escalations']}.",
        "**What it compared.**\n" + "\n".join(lines),
        f"**The rule.** `{row['strategy']}`: {row['rule']} Over all luck: {chances}.",
        f"**The draw.** {drawn} {row['said']}.",
        f"**What followed.** {followed}",
    ]
    return "\n\n".join(parts)
