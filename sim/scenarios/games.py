"""A matrix game as a scenario: what its file may leave out, and the records it becomes."""

from datetime import date, timedelta
from typing import Any

from sim.domain.parameters import ANSWERS, GAME, GOVERNMENT
from sim.domain.state import GameState, PlayState
from sim.scenarios.numbers import values_of
from sim.scenarios.schema import GameEntry, Scenario

NO_PART = "none: it plays no part in a game"
FIRST_DAY = date(2000, 1, 1)
LONGEST = 36600  # rounds
UNKNOWN = {
    "escalate": 0.5,
    "hold": 0.5,
    "relax": 0.0,
    "weight": 1.0,
    "unit": "probability",
    "source": "assumption",
    "note": "nothing is known of the other player before the first round",
}
Document = dict[str, Any]


def complete_game(document: Document) -> Document:
    """The document of a game with what its file may leave out: first and last day, government numbers.

    Any other document, and what is wrong with one, is left as it is: the schema says it.
    """
    if not isinstance(document.get("game"), dict):
        return document
    full = {"start": FIRST_DAY, "trade": [], **document}
    rounds, start = document["game"].get("rounds"), full["start"]
    if rounds is not None and isinstance(start, date) and "end" not in full:
        usable = type(rounds) is int and 1 <= rounds <= LONGEST and start.year < 9000
        full["end"] = start + timedelta(days=rounds - 1) if usable else start
    tables = document.get("governments")
    if isinstance(tables, dict):
        full["governments"] = {code: _player(table) for code, table in tables.items()}
    return full


def _player(table: Any) -> Any:
    """A government's table with defaults for numbers that play no part, and for its expectations."""
    if not isinstance(table, dict):
        return table
    numbers = {
        key: {"value": max(0.0, p.minimum), "unit": p.unit, "source": NO_PART}
        for key, p in GOVERNMENT.items()
    }
    numbers["forgetting"] |= {"value": 1.0, "source": "definition: all rounds count the same"}
    answers: Document = {key: dict(UNKNOWN) for key in ANSWERS}
    defaults = {"numbers": numbers, "answers": answers}
    tables = {
        key: {**default, **table[key]} if isinstance(table.get(key), dict) else table.get(key, default)
        for key, default in defaults.items()
    }
    return {**table, **tables}


def check_game(s: Scenario, game: GameEntry) -> None:
    """Raise ValueError if a game has what only a world of measures can have, or no agreed length."""
    for key in ("measures", "trade", "deals", "events"):
        if entries := getattr(s, key):
            raise ValueError(f"{key}: expected none in a game, got {len(entries)}")
    if s.talks is not None:
        raise ValueError("talks: expected none in a game, got some")
    for code, government in s.governments.items():
        if government.minerals:
            names = ", ".join(government.minerals)
            raise ValueError(f"governments.{code}.minerals: expected none in a game, got {names}")
    days = (s.end - s.start).days + 1
    if game.rounds not in (None, days):
        raise ValueError(f"game.rounds: expected rounds or end, got {game.rounds} and {days} days")


def game_states(s: Scenario) -> tuple[list[GameState], list[PlayState]]:
    """The records of a scenario's game, none if it is no game."""
    if s.game is None:
        return [], []
    g = s.game
    state = GameState(
        hold_hold=g.payoffs["hold"]["hold"].value,
        hold_escalate=g.payoffs["hold"]["escalate"].value,
        escalate_hold=g.payoffs["escalate"]["hold"].value,
        escalate_escalate=g.payoffs["escalate"]["escalate"].value,
        **values_of(g.numbers, GAME),
    )
    return [state], [PlayState() for _ in range(len(s.governments) ** 2)]
