"""Changes to a scenario from outside its files: `US.renewal_belief=0.5`."""

import tomllib
from collections.abc import Sequence
from typing import Any

from sim.domain.errors import ScenarioError
from sim.domain.parameters import ECONOMY, GAME, GOVERNMENT, MEASURE, MINERAL, TRADE, Parameter
from sim.scenarios.messages import did_you_mean, quoted

Table = dict[str, Any]
PLAIN = ("status", "since", "until", "opens", "stays", "suspension_days", "lead_days")
SOURCE = "set by the user"


def apply_overrides(document: Table, overrides: Sequence[str], file: str) -> Table:
    """The document with numbers set in it.

    An override is `GOVERNMENT.number=value`, `GOVERNMENT.mineral.number=value`,
    `IMPORTER.EXPORTER.number=value`, `economy.number=value`, `measure.key=value` or
    `election.number=value`; in a game also `game.number=value`, `game.rounds=value` and
    `game.move.answer=value`.

    Raises:
        ScenarioError: the change names nothing, or its value cannot be read.
    """
    if not overrides:
        return document
    paths = [text.partition("=")[0].strip() for text in overrides]
    for path in paths:
        if paths.count(path) > 1:
            raise ScenarioError(f"set {quoted(path)}: expected one value, got {paths.count(path)}")
    for change in overrides:
        path, sign, text = change.partition("=")
        parts = [part.strip() for part in path.split(".")]
        if not sign or len(parts) < 2 or len(parts) > 3:
            raise ScenarioError(
                f"set {quoted(change)}: expected NAME.NUMBER=VALUE such as US.renewal_belief=0.5"
            )
        _apply(document, change, parts, _value(change, text.strip()), file)
    return document


def _value(change: str, text: str) -> Any:
    try:
        read = tomllib.loads(f"value = {text}")
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        read = {"value": text} if text.replace("_", "").isalnum() else {}
    value = read.get("value")
    huge = isinstance(value, int) and not -(2**63) <= value < 2**63
    if len(read) != 1 or huge or isinstance(value, dict | list):
        raise ScenarioError(f"set {quoted(change)}: expected a number, a date or a word, got {quoted(text)}")
    return value


def _apply(document: Table, change: str, parts: list[str], value: Any, file: str) -> None:
    name, *inner, key = parts
    governments = _tables(document, "governments")
    measures = {str(m.get("id")): m for m in _entries(document, "measures")}
    events = _entries(document, "events")
    elections = {str(e.get("id")): e for e in events if e.get("kind") == "election"}
    if name == "game" and isinstance(document.get("game"), dict):
        _set_game(document["game"], change, inner, key, value)
    elif name == "economy" and not inner and isinstance(document.get(name), dict):
        _set(document[name], change, key, value, ECONOMY)
    elif name in governments and not inner:
        _set(governments[name], change, key, value, GOVERNMENT)
    elif name in governments and inner[0] in governments:
        flows = [
            t
            for t in _entries(document, "trade")
            if t.get("importer") == name and t.get("exporter") == inner[0]
        ]
        if not flows:
            raise ScenarioError(f"set {quoted(change)}: {file} has no trade table of {name} from {inner[0]}")
        _set(flows[0], change, key, value, TRADE)
    elif name in governments:
        minerals = _tables(governments[name], "minerals")
        if inner[0] not in minerals:
            hint = did_you_mean(inner[0], minerals)
            raise ScenarioError(f"set {quoted(change)}: {name} needs no {quoted(inner[0])}; {hint}")
        _set(minerals[inner[0]], change, key, value, MINERAL)
    elif name in measures and not inner:
        if key in PLAIN:
            measures[name][key] = value
            if key == "status" and value != "suspended":
                measures[name].pop("until", None)
        else:
            _set(measures[name], change, key, value, MEASURE, PLAIN)
    elif name in elections and not inner:
        _set_change(elections[name], change, key, value)
    elif name in measures or name in elections:
        raise ScenarioError(f"set {quoted(change)}: expected {name}.NUMBER=VALUE, for it has no parts")
    else:
        names = [*governments, *measures, *elections]
        raise ScenarioError(
            f"set {quoted(change)}: {file} has no government, measure or election {quoted(name)}; "
            f"{did_you_mean(name, names)}"
        )


def _set_game(game: Table, change: str, inner: list[str], key: str, value: Any) -> None:
    payoffs = _tables(game, "payoffs")
    if not inner and key == "rounds":
        game[key] = value
    elif not inner:
        _set(game, change, key, value, GAME, ("rounds",))
    elif inner[0] in payoffs and isinstance(payoffs[inner[0]].get(key), dict):
        below = {"numbers": payoffs[inner[0]]}
        unit = str(payoffs[inner[0]][key].get("unit"))
        _set(below, change, key, value, {key: Parameter(unit, -1e6, 1e6, "payoff")})
    else:
        raise ScenarioError(
            f"set {quoted(change)}: expected game.NUMBER or game.MOVE.ANSWER such as game.hold.escalate"
        )


def _set(
    table: Table,
    change: str,
    key: str,
    value: Any,
    allowed: dict[str, Parameter],
    others: Sequence[str] = (),
) -> None:
    if key not in allowed:
        hint = did_you_mean(key, [*allowed, *others])
        raise ScenarioError(f"set {quoted(change)}: there is no number {quoted(key)}; {hint}")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ScenarioError(f"set {quoted(change)}: expected a number, got {quoted(value)}")
    numbers = table.setdefault("numbers", {})
    if isinstance(numbers, dict):  # else the schema says what is wrong with it
        numbers[key] = {"value": value, "unit": allowed[key].unit, "source": SOURCE}


def _set_change(election: Table, change: str, key: str, value: Any) -> None:
    """Set the value that an election gives to its number."""
    table: Table = {}
    _set(table, change, key, value, {k: v for k, v in GOVERNMENT.items() if k == election.get("number")})
    election["change"] = table["numbers"][key]


def _tables(table: Table, key: str) -> dict[str, Table]:
    inner = table.get(key)
    return {k: v for k, v in inner.items() if isinstance(v, dict)} if isinstance(inner, dict) else {}


def _entries(table: Table, key: str) -> list[Table]:
    inner = table.get(key)
    return [entry for entry in inner if isinstance(entry, dict)] if isinstance(inner, list) else []
