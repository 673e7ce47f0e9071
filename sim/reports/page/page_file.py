"""One HTML file with a scenario, the rules as WebAssembly and all that shows them: no requests."""

import base64
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sim.domain.constants import ACTS, MOVE_OF_ACT, MOVES, REASONS, STATUSES
from sim.domain.errors import EngineError, SnapbackError
from sim.domain.terms import ACCOUNTS
from sim.engines.compiler.prepared_scenario import PreparedScenario, prepare
from sim.engines.compiler.run_parameters import ValueRange, places_of
from sim.engines.page_rules import FILE, REBUILD, is_current, origin, plays
from sim.engines.page_world import byte_places, page_world
from sim.engines.run_spec import RunSpec
from sim.lessons import Lesson
from sim.scenarios.assumptions import numbers_of
from sim.scenarios.numbers_table import TABLES
from sim.strategies.strategy_register import Strategy, find, names

WEB = Path(__file__).with_name("web")
DEFAULT = "payoff_logit"
MEANINGS = {name: number.meaning for table in TABLES.values() for name, number in table.items()}


def page_of(scenario: str, seat: str | None = None, lesson: Lesson | None = None) -> tuple[str, list[str]]:
    """A scenario's page, and sentences on what it cannot do that Python can.

    Args:
        scenario: a shipped name or a path.
        seat: the government whose game it opens with, one of the first two.
        lesson: a lesson to stand above it, with what it sets.

    Raises:
        SnapbackError: the scenario cannot be used, or the rules have changed since pages got theirs.
    """
    if not is_current():
        raise EngineError(f"page: the rules have changed since pages got theirs; run {REBUILD}")
    ready = prepare(RunSpec.of(scenario))
    layout, content = page_world(ready)
    players = {code: s if plays(s) else find(DEFAULT) for code, s in ready.strategies.items()}
    strangers = [name for name in names() if not plays(find(name))]
    strangers += [s.name for s in ready.strategies.values() if not plays(s) and s.name not in strangers]
    s, codes = ready.source, ready.names.governments
    if seat not in (None, *codes[:2]):
        raise EngineError(
            f"page: expected one of {', '.join(codes[:2])} to play, got {seat!r}; any plays --terminal"
        )
    version = f"{s.digest[:6]}{origin()['rules'][:6]}"
    data = {
        "layout": layout,
        "world": base64.b64encode(content).decode(),
        "version": version,
        "scenario": {"name": s.name, "title": s.title, "game": s.game is not None},
        "seat": None if seat is None else codes.index(seat),
        "governments": [{"code": c, "name": g.name, "capital": g.capital} for c, g in s.governments.items()],
        "measures": [
            {"title": m.title, "issuer": codes.index(m.issuer), "target": codes.index(m.target)}
            for m in s.measures
        ],
        "lesson": lesson and _lesson(lesson, s.name, version),
        "players": [_player(p) for p in players.values()],
        "strategies": [_player(p) for p in map(find, names()) if plays(p)],
        "numbers": list(_numbers(scenario, ready, layout)),
        "words": json.loads((WEB / "words.json").read_text("utf-8")),
        "constants": {
            **{"moves": MOVES, "acts": ACTS, "moveOfAct": MOVE_OF_ACT},
            **{"reasons": REASONS, "statuses": STATUSES, "accounts": ACCOUNTS},
        },
    }
    return _html(f"Snapback: {s.title}", data), [f"{name} plays in Python only" for name in strangers]


def _lesson(lesson: Lesson, page: str, version: str) -> dict[str, Any]:
    """What a page shows of a lesson, without its answers, and the link that it opens with."""
    words = {"page": page, "version": version} | dict(choice.split("=") for choice in lesson.settings)
    words |= {f"{code}.strategy": name for code, name in (s.split("=") for s in lesson.strategies)}
    names = ("number", "title", "question", "choices", "sections")
    return {name: getattr(lesson, name) for name in names} | {"address": f"#{urlencode(words)}"}


def _player(strategy: Strategy) -> dict[str, Any]:
    numbers = list(strategy.parameters.values())
    about = {"sentence": strategy.sentence, "source": strategy.source}
    return {"name": strategy.name, "numbers": numbers, **about}


def _numbers(scenario: str, ready: PreparedScenario, layout: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every number with what is said of it, and its places in the first morning if it can be moved there."""
    for path, number in numbers_of(ready.source):
        meaning = MEANINGS.get(path.rpartition(".")[2], "")
        row = number.model_dump() | {"path": path, "meaning": meaning, "places": []}
        if number.low is not None and number.high is not None and number.low < number.high:
            whole = number.low.is_integer() and number.high.is_integer()
            ends = ValueRange(number.low, number.high, whole)
            with suppress(SnapbackError):  # it changes tables, or an end of its range does not fit the others
                row["places"] = byte_places(places_of(path, ends, scenario, (), ready.source.digest), layout)
        yield row | {"assumed": number.assumed}


def _html(title: str, data: dict[str, Any]) -> str:
    """The page: its parts put into `page.html`, modules one after the other, `main.js` last."""
    modules = sorted(WEB.glob("*.js"), key=lambda path: path.name == "main.js")
    code = "\n".join(path.read_text("utf-8") for path in modules)
    parts = {
        "title": title.replace("&", "&amp;").replace("<", "&lt;"),
        "style": (WEB / "page.css").read_text("utf-8"),
        "rules": base64.b64encode(FILE.read_bytes()).decode(),
        "data": json.dumps(data, separators=(",", ":"), default=str).replace("<", "\\u003c"),
        "code": re.sub(r"^export |^import .*\n", "", code, flags=re.MULTILINE),
    }
    html = (WEB / "page.html").read_text("utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], html)
