"""Random documents, random changes to a valid one, and how to write them as TOML."""

import copy
import math
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from sim.scenarios.load import HERE as SHIPPED

SMALL = Path(__file__).parent / "scenarios" / "small.toml"
DEAL = """
id = "truce"
title = "A truce"
since = 2025-11-10
source = "assumption"
members = ["us_duty", "cn_ban"]
numbers.tolerance = { value = 0.2, unit = "share", source = "assumption" }
stakes.US = { value = 10, unit = "bn USD", source = "assumption" }
stakes.CN = { value = 20, unit = "bn USD", source = "assumption" }
"""


def whole_document() -> dict[str, Any]:
    """The small scenario with a deal, and its governments' numbers in it."""
    document = {"packages": True, **tomllib.loads(SMALL.read_text("utf-8")), "deals": [tomllib.loads(DEAL)]}
    for code, table in document["governments"].items():
        own = tomllib.loads((SHIPPED / "governments" / f"{table.pop('file')}.toml").read_text("utf-8"))
        numbers = {**own["numbers"], **table.pop("numbers", {})}
        for number in numbers.values():
            number.pop("note", None)
        own["minerals"] = {"gallium": own["minerals"]["gallium"]} if code == "US" else {}
        document["governments"][code] = {**own, **table, "numbers": numbers}
    return document


DOCUMENT = whole_document()


def paths(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value in a document, however deep."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for key, x in inner for path in [(*above, key), *paths(x, (*above, key))]]


PATHS = paths(DOCUMENT)
WORDS = sorted({part for path in PATHS for part in path if isinstance(part, str)} | {"extends", "without"})
texts = st.text(max_size=12) | st.sampled_from([*WORDS, "US", "CN", "busan", "hold", "x" * 1500, "\u2028"])
scalars = (
    st.integers(-(2**70), 2**70)
    | st.floats()
    | st.booleans()
    | texts
    | st.dates(min_value=date(1, 1, 1))
    | st.datetimes()
    | st.times()
    | st.sampled_from([0, 1, 2, 0.5, -1, 1e6, 1e300, date(2026, 6, 1), date(9999, 12, 31)])
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


def quoted(text: str) -> str:
    """A text as a TOML string."""
    return '"' + "".join(c if c.isalnum() or c in " _.:" else f"\\U{ord(c):08x}" for c in text) + '"'


def toml(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(k)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    return repr(value) if isinstance(value, int) or math.isfinite(value) else str(value)


def mutated(document: Any, path: tuple[Any, ...], how: str, value: Any, other: tuple[Any, ...]) -> None:
    """Change a document at a path."""
    *above, last = path
    for part in above:
        if not isinstance(document, dict | list) or (isinstance(document, dict) and part not in document):
            return
        if isinstance(document, list) and (not isinstance(part, int) or part >= len(document)):
            return
        document = document[part]
    if not isinstance(document, dict) or last not in document:
        return
    old = document.pop(last)
    if how == "replace":
        document[last] = value
    elif how == "rename":
        document[other[-1] if isinstance(other[-1], str) else "x"] = old
    elif how == "nest":
        document[last] = {last: old}
    elif how == "list":
        document[last] = [old, old]
    elif how == "twin":
        document[last] = [*old, *copy.deepcopy(old)] if isinstance(old, list) else old
    elif how == "swap":
        found: Any = DOCUMENT
        for part in other:
            found = found[part]
        document[last] = copy.deepcopy(found)


HOW = ("delete", "replace", "rename", "nest", "list", "twin", "swap")
mutations = st.lists(
    st.tuples(st.sampled_from(PATHS), st.sampled_from(HOW), values, st.sampled_from(PATHS)),
    min_size=1,
    max_size=3,
)
