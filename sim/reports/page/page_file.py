"""One HTML file with a scenario, the rules as WebAssembly and all that shows them: no requests."""

import base64
import json
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from markupsafe import Markup

from sim.domain.constants import ACTS, ENDINGS, MOVE_OF_ACT, MOVES, REASONS, STATUSES
from sim.domain.errors import EngineError, SnapbackError
from sim.domain.parameters import TABLES
from sim.domain.terms import ACCOUNTS
from sim.engines.compiler.prepared_scenario import PreparedScenario, prepare
from sim.engines.compiler.run_parameters import ValueRange, places_of
from sim.engines.negotiation_table import JointPackage, table
from sim.engines.page_rules import FILE, REBUILD, byte_places, is_current, origin, page_world, plays
from sim.engines.run_spec import RunSpec
from sim.engines.talks import speakers_of
from sim.lessons import Lesson
from sim.negotiators.negotiator_register import Negotiator
from sim.negotiators.negotiator_register import parse as parse_negotiator
from sim.protocols.protocol_register import Protocol
from sim.protocols.protocol_register import parse as parse_protocol
from sim.reports.page.lesson_text import elements_of
from sim.scenarios.assumptions import numbers_of
from sim.scenarios.load import scenario as load
from sim.scenarios.schema import Scenario
from sim.strategies.plugin_register import Player
from sim.strategies.strategy_register import Strategy, find, names, parse

WEB = Path(__file__).with_name("web")
STAND_INS: Final = {  # who plays in place of a plug-in: pages have none
    Strategy: parse("payoff_logit"),
    Negotiator: parse_negotiator("quantal"),
    Protocol: parse_protocol("alternating_offers"),
}
SHAPES: Final = {  # of packages in the picture of a table
    **{"no_deal": "\u00d7", "nash": "○", "kalai_smorodinsky": "□", "egalitarian": "◇"},
    **{"credible": "◎", "real": "★"},
}
LEVERS: Final = (".stake", ".renewal_belief")  # ends of the paths of numbers that any live world can move
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
    data, strangers = _contents(RunSpec.of(scenario), 0, bool)
    seats = [government["code"] for government in data["governments"]][:2]
    if seat not in (None, *seats):
        raise EngineError(
            f"page: expected one of {', '.join(seats)} to play, got {seat!r}; any plays --terminal"
        )
    data["seat"] = None if seat is None else seats.index(seat)
    data["lesson"] = lesson and _lesson(lesson, data["scenario"]["name"], data["version"])
    data["table"] = _table(scenario)
    html = (WEB / "page.html").read_text("utf-8")
    title = f"Snapback: {data['scenario']['title']}"
    return _text(html, data, title), strangers


def live_world(spec: RunSpec, run: int = 0, movable: Collection[str] = ()) -> Markup:
    """A part of a report in which the worlds of runs can be explored; empty if no page can play them.

    It begins with these runs: their numbers, strategies, forced moves, last day and luck.

    Args:
        spec: the runs; its first forced move of the first government is what readers are asked.
        run: the number of the run that is drawn first.
        movable: paths of numbers that can be moved beside `LEVERS`.
    """
    try:
        source = spec.load()
        players = [*spec.strategies(source).values(), *chain(*speakers_of(source))]
        if not all(map(plays, players)):
            return Markup("")
        data, _ = _contents(spec, run, lambda path: path in movable or path.endswith(LEVERS))
    except SnapbackError:
        return Markup("")
    html = (WEB / "page.html").read_text("utf-8").partition("<body>\n")[2].partition("</body>")[0]
    style = '<script type="text/plain" id="style">{{style}}</script>\n'
    return Markup(_text(f'<div id="live">\n{style}{html}</div>', data))


def _contents(spec: RunSpec, run: int, movable: Callable[[str], bool]) -> tuple[dict[str, Any], list[str]]:
    """What a page is filled with, and sentences on what it cannot play."""
    if not is_current():
        raise EngineError(f"page: the rules have changed since pages got theirs; run {REBUILD}")
    ready = prepare(spec)
    layout, content = page_world(ready)
    speakers = list(chain(*speakers_of(ready.source)))
    everybody = [*map(find, names()), *ready.strategies.values(), *speakers]
    strangers = dict.fromkeys(player.name for player in everybody if not plays(player))
    s, codes, forces = ready.source, ready.names.governments, ready.forces.tolist()
    opening = next(
        (f[0] for f in forces if f[1:3] == (0, 1)), ready.start + (ready.end - ready.start + 1) // 4
    )
    runs = sha256(repr((s.digest, ready.end, forces)).encode()).hexdigest()
    digest = runs if forces or spec.until else s.digest
    data = {
        "layout": layout,
        "world": base64.b64encode(content).decode(),
        "version": f"{digest[:6]}{origin()['rules'][:6]}",
        "scenario": {"name": s.name, "title": s.title, "game": s.game is not None},
        **{"seed": str(spec.seed), "run": run, "opening": opening, "forces": forces},
        **{"seat": None, "table": None, "lesson": None},
        "governments": [{"code": c, "name": g.name, "capital": g.capital} for c, g in s.governments.items()],
        "measures": [
            {"id": m.id, "title": m.title, "issuer": codes.index(m.issuer), "target": codes.index(m.target)}
            for m in s.measures
        ],
        "players": [_player(p) for p in ready.strategies.values()],
        "speakers": [_player(p) for p in speakers],
        "strategies": [_player(p) for p in map(find, names()) if plays(p)],
        "numbers": list(_numbers(ready, layout, movable)),
        "words": json.loads((WEB / "words.json").read_text("utf-8")),
        "constants": {
            **{"moves": MOVES, "acts": ACTS, "moveOfAct": MOVE_OF_ACT},
            **{"reasons": REASONS, "statuses": STATUSES, "accounts": ACCOUNTS, "endings": ENDINGS},
        },
    }
    return data, [f"{name} plays in Python only" for name in strangers]


def _lesson(lesson: Lesson, page: str, version: str) -> dict[str, Any]:
    """What a page shows of a lesson, without its answers, and the link that it opens with."""
    words = {"page": page, "version": version} | dict(choice.split("=") for choice in lesson.settings)
    words |= {f"{code}.strategy": name for code, name in (s.split("=") for s in lesson.strategies)}
    about = {name: getattr(lesson, name) for name in ("number", "title", "question", "choices")}
    sections = {name: elements_of(text) for name, text in lesson.sections.items()}
    return about | {"sections": sections, "address": f"#{urlencode(words)}"}


def _player(player: Player) -> dict[str, Any]:
    """A player as pages play it."""
    p = player if plays(player) else STAND_INS[type(player)]
    numbers = list(p.parameters.values())
    return {"name": p.name, "numbers": numbers, "sentence": p.sentence, "source": p.source}


def _numbers(
    ready: PreparedScenario, layout: dict[str, Any], movable: Callable[[str], bool]
) -> Iterator[dict[str, Any]]:
    """Every number with what is said of it, and its places in the first morning if it can be moved there."""
    spec, loadable = ready.spec, not isinstance(ready.spec.scenario, Scenario)
    shipped = dict(numbers_of(replace(spec, overrides=()).load())) if spec.overrides else {}
    for path, number in numbers_of(ready.source):
        about = shipped.get(path, number)  # one that was set has its range there
        meaning = MEANINGS.get(path.rpartition(".")[2], "")
        row = about.model_dump() | {"value": number.value, "assumed": about.assumed}
        row |= {"path": path, "meaning": meaning, "places": []}
        if number.value != about.value:
            row["note"] = f"Set here; as shipped {about.value:g}. {about.note}"
        if (
            loadable
            and movable(path)
            and about.low is not None
            and about.high is not None
            and about.low < about.high
        ):
            ends = ValueRange(about.low, about.high, about.low.is_integer() and about.high.is_integer())
            others = tuple(text for text in spec.overrides if text.partition("=")[0].strip() != path)
            with suppress(SnapbackError):  # it changes tables, or an end of its range does not fit the others
                places = places_of(path, ends, spec.name, others, ready.source.digest)
                row["places"] = byte_places(places, layout)
        yield row


def _table(scenario: str) -> dict[str, Any] | None:
    """What is on the table on the day of the scenario's first agreement, or its own; None if nothing is.

    Worths and chances are a list each, in the order of the two sides.
    """
    s = load(scenario)
    day = min((a.date for a in s.agreements), default=s.start)
    with suppress(SnapbackError):
        t = table(s, day)
        named = {
            "no_deal": JointPackage([], t.worth(0), {}),
            **t.solutions,
            "credible": t.credible,
            "real": t.real,
        }
        packages = [
            {"name": name, "shape": SHAPES[name], "count": len(p.clauses)}
            | {"worth": [*p.worth.values()], "fulfils": [*p.fulfils.values()]}
            for name, p in named.items()
            if p is not None
        ]
        clauses = [
            {"act": c.act, "title": c.title, "issuer": t.sides.index(c.issuer), "worth": [*c.worth.values()]}
            | {"enters": c.enters and date.fromisoformat(c.enters).toordinal()}
            for c in t.clauses
        ]
        about = {"sides": [[*s.governments].index(code) for code in t.sides], "day": day.toordinal()}
        frontier = sorted([*t.worth(number).values()] for number in t.frontier)
        return about | {"clauses": clauses, "frontier": frontier, "packages": packages} if clauses else None
    return None


def _text(html: str, data: dict[str, Any], title: str = "") -> str:
    """A page's parts put into its frame: modules one after the other, `main.js` last."""
    modules = sorted(WEB.glob("*.js"), key=lambda path: path.name == "main.js")
    code = "\n".join(path.read_text("utf-8") for path in modules)
    parts = {
        "title": title.replace("&", "&amp;").replace("<", "&lt;"),
        "style": (WEB / "page.css").read_text("utf-8"),
        "rules": base64.b64encode(FILE.read_bytes()).decode(),
        "data": json.dumps(data, separators=(",", ":"), default=str).replace("<", "\\u003c"),
        "code": re.sub(r"^export |^import .*\n", "", code, flags=re.MULTILINE),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], html)
