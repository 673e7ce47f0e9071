"""Changes to a scenario from outside its files: `US.renewal_belief=0.5`."""

import tomllib
from collections.abc import Sequence
from typing import Any

from sim.domain.errors import ScenarioError
from sim.domain.parameters import (
    DEAL,
    ECONOMY,
    GAME,
    GOVERNMENT,
    MEASURE,
    MINERAL,
    SIDE,
    TALKS,
    TRADE,
    Declaration,
)
from sim.scenarios.messages import did_you_mean, quoted

Table = dict[str, Any]
PLAIN = ("status", "since", "until", "enters", "opens", "stays", "suspension_days", "lead_days")
SOURCE = "set by the user"


def apply_overrides(document: Table, overrides: Sequence[str], file: str) -> Table:
    """The document with numbers set in it.

    An override is `GOVERNMENT.number=value`, `GOVERNMENT.mineral.number=value`,
    `IMPORTER.EXPORTER.number=value`, `economy.number=value`, `measure.key=value`,
    `deals.NAME.tolerance=value`, `deals.NAME.GOVERNMENT.stake=value`, `election.number=value`,
    `packages=false`, `talks=false`, `talks.number=value`, `talks.protocol=name` or
    `GOVERNMENT.negotiator=name`; in a game also `game.number=value`, `game.rounds=value` and
    `game.move.answer=value`. Raises ScenarioError if the override names nothing, or its value cannot be read.
    """
    if not overrides:
        return document
    paths = [text.partition("=")[0].strip() for text in overrides]
    for path in paths:
        if paths.count(path) > 1:
            raise ScenarioError(f"set {quoted(path)}: expected one value, got {paths.count(path)}")
    for override in overrides:
        try:
            _apply(document, override, file)
        except ValueError as error:
            raise ScenarioError(f"set {quoted(override)}: {error}") from None
    return document


def _value(text: str) -> Any:
    try:
        read = tomllib.loads(f"value = {text}")
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        read = {"value": text} if text.replace("_", "").isalnum() else {}
    value = read.get("value")
    huge = isinstance(value, int) and not -(2**63) <= value < 2**63
    if len(read) != 1 or huge or isinstance(value, dict | list):
        raise ValueError(f"expected a number, a date or a word, got {quoted(text)}")
    return value


def _apply(document: Table, override: str, file: str) -> None:
    path, sign, text = override.partition("=")
    parts = [part.strip() for part in path.split(".")]
    if parts == ["packages"] and sign:
        document["packages"] = _value(text.strip())
        return
    if parts == ["talks"] and sign:
        _talks(document)["enabled"] = _value(text.strip())
        return
    if sign and (parts == ["talks", "protocol"] or (len(parts) == 2 and parts[1] == "negotiator")):
        players = {"talks": _talks(document)} if parts[0] == "talks" else _tables(document, "governments")
        if parts[0] not in players:
            raise ValueError(
                f"{file} has no government {quoted(parts[0])}; {did_you_mean(parts[0], players)}"
            )
        players[parts[0]][parts[1]] = text.strip()
        return
    if not sign or len(parts) not in (2, 3, 4) or (len(parts) == 4 and parts[0] != "deals"):
        raise ValueError("expected NAME.NUMBER=VALUE such as US.renewal_belief=0.5")
    name, *inner, key = parts
    value = _value(text.strip())
    governments = _tables(document, "governments")
    measures = {str(m.get("id")): m for m in _entries(document, "measures")}
    events = _entries(document, "events")
    elections = {str(e.get("id")): e for e in events if e.get("kind") == "election"}
    if name == "game" and isinstance(document.get("game"), dict):
        _set_game(document["game"], inner, key, value)
    elif name == "economy" and not inner and isinstance(document.get(name), dict):
        _set(document[name], key, value, ECONOMY)
    elif name == "talks" and not inner:
        _set(_talks(document), key, value, TALKS, ("protocol",))
    elif name in governments and not inner:
        _set(governments[name], key, value, GOVERNMENT)
    elif name in governments and inner[0] in governments:
        trade = _entries(document, "trade")
        flow = next((t for t in trade if (t.get("importer"), t.get("exporter")) == (name, inner[0])), None)
        if flow is None:
            raise ValueError(f"{file} has no trade table of {name} from {inner[0]}")
        _set(flow, key, value, TRADE)
    elif name in governments:
        minerals = _tables(governments[name], "minerals")
        if inner[0] not in minerals:
            raise ValueError(f"{name} needs no {quoted(inner[0])}; {did_you_mean(inner[0], minerals)}")
        _set(minerals[inner[0]], key, value, MINERAL)
    elif name in measures and not inner:
        if key in PLAIN:
            measures[name][key] = value
            if key == "status" and value != "suspended":
                measures[name].pop("until", None)
        else:
            _set(measures[name], key, value, MEASURE, PLAIN)
    elif name in elections and not inner:
        _set_change(elections[name], key, value)
    elif name == "deals":
        _set_deal(document, inner, key, value, file)
    elif name in measures or name in elections:
        raise ValueError(f"expected {name}.NUMBER=VALUE, for it has no parts")
    else:
        names = [*governments, *measures, *elections]
        raise ValueError(
            f"{file} has no government, measure or election {quoted(name)}; {did_you_mean(name, names)}"
        )


def _set_game(game: Table, inner: list[str], key: str, value: Any) -> None:
    payoffs = _tables(game, "payoffs")
    if not inner and key == "rounds":
        game[key] = value
    elif not inner:
        _set(game, key, value, GAME, ("rounds",))
    elif inner[0] in payoffs and isinstance(payoffs[inner[0]].get(key), dict):
        row = {"numbers": payoffs[inner[0]]}
        unit = str(payoffs[inner[0]][key].get("unit"))
        _set(row, key, value, {key: Declaration(unit, -1e6, 1e6, "payoff")})
    else:
        raise ValueError("expected game.NUMBER or game.MOVE.ANSWER such as game.hold.escalate")


def _set(
    table: Table, key: str, value: Any, allowed: dict[str, Declaration], others: Sequence[str] = ()
) -> None:
    if key not in allowed:
        hint = did_you_mean(key, [*allowed, *others])
        raise ValueError(f"there is no number {quoted(key)}; {hint}")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"expected a number, got {quoted(value)}")
    numbers = table.setdefault("numbers", {})
    if isinstance(numbers, dict):  # else the schema says what is wrong with it
        numbers[key] = {"value": value, "unit": allowed[key].unit, "source": SOURCE}


def _set_deal(document: Table, inner: list[str], key: str, value: Any, file: str) -> None:
    """Set `deals.NAME.tolerance` or `deals.NAME.GOVERNMENT.stake`."""
    if not inner:
        raise ValueError("expected deals.NAME.tolerance or deals.NAME.GOVERNMENT.stake")
    deals = {str(d.get("id")): d for d in _entries(document, "deals")}
    name, *side = inner
    if name not in deals:
        raise ValueError(f"{file} has no deal {quoted(name)}; {did_you_mean(name, deals)}")
    if not side:
        _set(deals[name], key, value, DEAL)
        return
    stakes = _tables(deals[name], "stakes")
    if side[0] not in stakes:
        raise ValueError(f"{quoted(side[0])} is no side of the deal {name}; {did_you_mean(side[0], stakes)}")
    table: Table = {}
    _set(table, key, value, SIDE)
    deals[name]["stakes"][side[0]] = table["numbers"][key]


def _set_change(election: Table, key: str, value: Any) -> None:
    """Set the value that an election gives to its number."""
    table: Table = {}
    _set(table, key, value, {k: v for k, v in GOVERNMENT.items() if k == election.get("number")})
    election["change"] = table["numbers"][key]


def _talks(document: Table) -> Table:
    """The table of talks, a new one if there is none: they are then switched on."""
    talks: Table = document.setdefault("talks", {})
    if not isinstance(talks, dict):
        raise ValueError(f"talks: expected a table, got {quoted(talks)}")
    return talks


def _tables(table: Table, key: str) -> dict[str, Table]:
    inner = table.get(key)
    return {k: v for k, v in inner.items() if isinstance(v, dict)} if isinstance(inner, dict) else {}


def _entries(table: Table, key: str) -> list[Table]:
    inner = table.get(key)
    return [entry for entry in inner if isinstance(entry, dict)] if isinstance(inner, list) else []
