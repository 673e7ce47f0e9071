"""Changes to a scenario from outside its files: `US.renewal_belief=0.5`."""

import copy
import tomllib
from collections.abc import Sequence
from typing import Any

from sim.domain.errors import ScenarioError
from sim.scenarios.numbers import GOVERNMENT, MEASURE, MINERAL, TRADE, Needed
from sim.scenarios.wording import did_you_mean, shown

PLAIN = ("status", "since", "until", "opens", "stays", "suspension_days", "lead_days")
SOURCE = "set by the user"


def apply_changes(document: dict[str, Any], changes: Sequence[str], file: str) -> dict[str, Any]:
    """A copy of a document with the numbers set.

    A change is `GOVERNMENT.number=value`, `GOVERNMENT.mineral.number=value`,
    `IMPORTER.EXPORTER.number=value` or `measure.key=value`.

    Raises:
        ScenarioError: the change names nothing, or its value cannot be read.
    """
    if not changes:
        return document
    document = copy.deepcopy(document)
    for change in changes:
        path, sign, text = change.partition("=")
        parts = path.strip().split(".")
        if not sign or len(parts) < 2 or len(parts) > 3:
            raise ScenarioError(
                f"set {shown(change)}: expected NAME.NUMBER=VALUE such as US.renewal_belief=0.5"
            )
        _apply(document, change, parts, _value(change, text.strip()), file)
    return document


def _value(change: str, text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, ValueError, KeyError):
        if text.replace("_", "").isalnum():
            return text
        raise ScenarioError(
            f"set {shown(change)}: expected a number, a date or a word, got {shown(text)}"
        ) from None


def _apply(document: dict[str, Any], change: str, parts: list[str], value: Any, file: str) -> None:
    name, *inner, key = parts
    governments = document.get("governments")
    governments = governments if isinstance(governments, dict) else {}
    measures = {str(m.get("id")): m for m in document.get("measures", []) if isinstance(m, dict)}
    if name in governments and not inner:
        _set(governments[name], change, key, value, GOVERNMENT)
    elif name in governments and inner[0] in governments:
        for flow in document.get("trade", []):
            if flow.get("importer") == name and flow.get("exporter") == inner[0]:
                _set(flow, change, key, value, TRADE)
    elif name in governments:
        minerals = governments[name].get("minerals", {})
        if inner[0] not in minerals:
            raise ScenarioError(
                f"set {shown(change)}: {name} needs no {inner[0]!r}; {did_you_mean(inner[0], minerals)}"
            )
        _set(minerals[inner[0]], change, key, value, MINERAL)
    elif name in measures and not inner:
        if key in PLAIN:
            measures[name][key] = value
        else:
            _set(measures[name], change, key, value, MEASURE)
    else:
        known = [*governments, *measures]
        raise ScenarioError(
            f"set {shown(change)}: {file} has no government or measure {name!r}; {did_you_mean(name, known)}"
        )


def _set(table: Any, change: str, key: str, value: Any, allowed: dict[str, Needed]) -> None:
    if key not in allowed:
        raise ScenarioError(f"set {shown(change)}: there is no number {key!r}; {did_you_mean(key, allowed)}")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ScenarioError(f"set {shown(change)}: expected a number, got {shown(value)}")
    numbers = table.setdefault("numbers", {})
    numbers[key] = {"value": value, "unit": allowed[key].unit, "source": SOURCE}
