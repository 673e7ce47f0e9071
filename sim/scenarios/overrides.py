"""Changes to a scenario from outside its files: `US.renewal_belief=0.5`."""

import tomllib
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from sim.domain.errors import ScenarioError
from sim.domain.parameters import TABLES, Declaration
from sim.scenarios.messages import did_you_mean, quoted

Table = dict[str, Any]
PLAIN: Final = ("status", "since", "until", "enters", "opens", "stays", "suspension_days", "lead_days")
SPELT: Final = ("protocol", "negotiator")  # whose values are spellings, with signs of their own
SOURCE: Final = "set by the user"


class Owner(NamedTuple):
    """A table of a scenario that has numbers, and keys that are none."""

    table: Table
    numbers: dict[str, Declaration]
    keys: Sequence[str] = ()
    only: str = ""  # key of the table under which its one number stands, if not among its numbers


def owners(document: Table) -> Iterator[tuple[str, Owner]]:
    """What may be changed in a document, by the path that stands before the name of a number."""
    governments = _tables(document, "governments")
    for code, government in governments.items():
        yield code, Owner(government, TABLES["government"], ("negotiator",))
        for name, mineral in _tables(government, "minerals").items():
            yield f"{code}.{name}", Owner(mineral, TABLES["mineral"])
    for trade in _entries(document, "trade"):
        yield f"{trade.get('importer')}.{trade.get('exporter')}", Owner(trade, TABLES["trade"])
    for measure in _entries(document, "measures"):
        yield str(measure.get("id")), Owner(measure, TABLES["measure"], PLAIN)
    for deal in _entries(document, "deals"):
        yield f"deals.{deal.get('id')}", Owner(deal, TABLES["deal"])
        for code in _tables(deal, "stakes"):
            yield f"deals.{deal.get('id')}.{code}", Owner(deal["stakes"], TABLES["side of a deal"], (), code)
    for event in _entries(document, "events"):
        if event.get("kind") == "election":
            number = {k: p for k, p in TABLES["government"].items() if k == event.get("number")}
            yield str(event.get("id")), Owner(event, number, (), "change")
    if isinstance(document.get("economy"), dict):
        yield "economy", Owner(document["economy"], TABLES["economy"])
    if isinstance(document.get("game"), dict):
        game = document["game"]
        yield "game", Owner(game, TABLES["game"], ("rounds",))
        for move, row in _tables(game, "payoffs").items():
            cells = {answer: str(cell.get("unit")) for answer, cell in row.items() if isinstance(cell, dict)}
            declared = {answer: Declaration(unit, -1e6, 1e6, "payoff") for answer, unit in cells.items()}
            yield f"game.{move}", Owner({"numbers": row}, declared)
    yield "talks", Owner(_talks(document), TABLES["talks"], ("protocol",))


def _talks(document: Table) -> Table:
    """The table of talks, an empty one if there is none."""
    talks = document.get("talks", {})
    if not isinstance(talks, dict):
        raise ValueError(f"talks: expected a table, got {quoted(talks)}")
    return talks


def apply_overrides(document: Table, overrides: Sequence[str], file: str) -> Table:
    """The document with numbers set in it.

    An override is `GOVERNMENT.number=value`, `GOVERNMENT.mineral.number=value`,
    `IMPORTER.EXPORTER.number=value`, `economy.number=value`, `measure.key=value`,
    `deals.NAME.tolerance=value`, `deals.NAME.GOVERNMENT.stake=value`, `election.number=value`,
    `packages=false`, `talks=false`, `talks.number=value`, `talks.protocol=name` or
    `GOVERNMENT.negotiator=name`; in a game also `game.number=value`, `game.rounds=value` and
    `game.move.answer=value`. Raises ScenarioError if the override names nothing, or its value cannot be read.
    """
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


def _apply(document: Table, override: str, file: str) -> None:
    path, sign, text = (part.strip() for part in override.partition("="))
    if path == "packages" and sign:
        document["packages"] = _value(text)
        return
    if path == "talks" and sign:
        document["talks"] = {**_talks(document), "enabled": _value(text)}
        return
    *names, key = (part.strip() for part in path.split("."))
    if not sign or not names:
        raise ValueError("expected NAME.NUMBER=VALUE such as US.renewal_belief=0.5")
    value = text if key in SPELT else _value(text)
    places, name = dict(owners(document)), ".".join(names)
    if name not in places:
        raise ValueError(
            f"{file} has nothing with numbers called {quoted(name)}; {did_you_mean(name, places)}"
        )
    table, numbers, keys, only = places[name]
    if name == "talks" or key == "negotiator":  # who is told how to talk talks
        document["talks"] = table if name == "talks" else _talks(document)
    if key in keys:
        table[key] = value
        if key == "status" and value != "suspended":
            table.pop("until", None)
        return
    if key not in numbers:
        raise ValueError(f"there is no number {quoted(key)}; {did_you_mean(key, [*numbers, *keys])}")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"expected a number, got {quoted(value)}")
    number = {"value": value, "unit": numbers[key].unit, "source": SOURCE}
    if only:
        table[only] = number
    elif isinstance(table.setdefault("numbers", {}), dict):  # else the schema says what is wrong with it
        table["numbers"][key] = number


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


def _tables(table: Table, key: str) -> dict[str, Table]:
    inner = table.get(key)
    return {k: v for k, v in inner.items() if isinstance(v, dict)} if isinstance(inner, dict) else {}


def _entries(table: Table, key: str) -> list[Table]:
    inner = table.get(key)
    return [entry for entry in inner if isinstance(entry, dict)] if isinstance(inner, list) else []
