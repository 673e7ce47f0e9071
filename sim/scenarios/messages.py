"""How the loader says what is wrong."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from sim.domain.errors import SnapbackError

CODE = r"^[A-Z]{2,4}$"
KEY = r"^[a-z][a-z0-9_]{1,59}$"
WORD = r"^[A-Za-z0-9_]{1,60}$"
UNION_PARTS = {"constrained-str", "float", "str"}  # pydantic's names for one type of several
LISTED = 12  # names in a hint

# What was expected, by pydantic's name of the fault.
EXPECTED = {
    "bool_type": "true or false",
    "date_from_datetime_inexact": "a date such as 2026-03-02",
    "date_from_datetime_parsing": "a date such as 2026-03-02",
    "date_type": "a date such as 2026-03-02",
    "dict_type": "a table",
    "finite_number": "a finite number",
    "float_parsing": "a number",
    "float_type": "a number",
    "greater_than": "more than {gt}",
    "greater_than_equal": "at least {ge}",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "less_than": "less than {lt}",
    "less_than_equal": "at most {le}",
    "list_type": "a list",
    "literal_error": "{expected}",
    "missing": "a value",
    "model_type": "a table",
    "string_too_long": "at most {max_length} characters",
    "string_too_short": "some text",
    "string_type": "text",
    "too_long": "at most {max_length} items",
    "too_short": "at least {min_length} items",
    "union_tag_invalid": "one of {expected_tags}",
}
PATTERNS = {
    CODE: "two to four capital letters such as US",
    KEY: "at least two small letters, digits and underscores such as cn_port_fees",
    WORD: "letters, digits and underscores such as US180122",
}


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """A hint at the nearest known word, or at all of them."""
    choices = sorted(words)
    near = get_close_matches(word[:60], choices, 1)
    if near:
        return f"did you mean {plain(near[0])}?"
    if not choices:
        return "none is known here"
    more = f" and {len(choices) - LISTED} more" if len(choices) > LISTED else ""
    return f"expected one of {', '.join(plain(c) for c in choices[:LISTED])}{more}"


def quoted(value: Any) -> str:
    """A value short enough for a sentence."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list) and any(isinstance(x, dict | list) for x in value):
        return "a list of lists or tables"
    if isinstance(value, bool):
        return str(value).lower()
    return shortened(repr(value) if isinstance(value, str | list) else str(value))


def plain(word: str) -> str:
    """A key or name as it is, quoted and cut where it would spoil the sentence."""
    return word if word.isprintable() and 0 < len(word) <= 60 else quoted(word)


def shortened(text: str, most: int = 60) -> str:
    """A text cut to so many characters."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def entry_name(entry: Any) -> str:
    """What names an entry of a list of tables: its id, or its two governments; empty if nothing does."""
    if not isinstance(entry, dict):
        return ""
    if "importer" in entry and "exporter" in entry:
        return f"{entry['importer']} from {entry['exporter']}"
    return str(entry.get("id", ""))


def place_of(where: str, kind: str, word: str, names: Iterable[str], error_class: type[Exception]) -> int:
    """The position of a name that a user gives; raises a hint at the nearest if it is none."""
    words = list(names)
    if word not in words:
        raise error_class(f"{where}: there is no {kind} {quoted(word)}; {did_you_mean(word, words)}")
    return words.index(word)


def day_of(where: str, text: str, first: date, last: date, error_class: type[SnapbackError]) -> int:
    """The day of a run that a user gives, as a day number; raises what was expected if it is none."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise error_class(f"{where}: expected a date as YYYY-MM-DD, got {quoted(text)}") from None
    if not first <= day <= last:
        raise error_class(f"{where}: expected a day of the run ({first} to {last}), got {day}")
    return day.toordinal()


def faults_of(
    error: ValidationError, raw: dict[str, Any], fields: dict[str, set[str]], kinds: Iterable[str] = ()
) -> list[str]:
    """A sentence for each thing that pydantic found: key, what was expected, what there is.

    Keys that do not exist go first, for they are often what others were meant to be. The document names list
    entries by their ids; `fields` are known keys by the table they stand in, "" for the outermost; `kinds`
    are those of events.
    """
    faults = sorted(error.errors(include_url=False), key=lambda fault: fault["type"] != "extra_forbidden")
    return [text for fault in faults for text in _sentences(fault, raw, fields, kinds)]


def _sentences(
    fault: Any, raw: dict[str, Any], fields: dict[str, set[str]], kinds: Iterable[str]
) -> list[str]:
    """Of one thing that pydantic found; of a table that was checked as a whole, all that is wrong with it."""
    kind, context = fault["type"], fault.get("ctx", {})
    where = _place(fault["loc"], raw)
    if kind == "extra_forbidden":
        *tables, key = (str(part) for part in fault["loc"])
        keys = next((fields[t] for t in reversed(tables) if t in fields), fields[""])
        return [f"{where}: there is no such key; {did_you_mean(key, keys)}"]
    if kind == "value_error":
        messages = str(context["error"]).split("\n")
        own = [": " if message.startswith("expected ") else "." for message in messages]
        return [f"{where}{dot}{text}" if where else text for dot, text in zip(own, messages, strict=True)]
    if kind == "union_tag_not_found":
        expected = f"one of {', '.join(map(repr, kinds))}"
    else:
        expected = expected_of(fault)
    if context.get("class_name") == "Number":
        expected = "a table { value = ..., unit = ..., source = ... }"
    got = quoted(fault["input"])
    if kind in ("missing", "union_tag_not_found"):
        got = "nothing"
    elif kind in ("too_short", "too_long"):
        got = str(len(fault["input"]))
    elif kind == "union_tag_invalid":
        got = quoted(context["tag"])
    return [f"{where}{'.kind' if kind.startswith('union_tag') else ''}: expected {expected}, got {got}"]


def expected_of(fault: Any) -> str:
    """What was expected where pydantic found something else."""
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return PATTERNS[context["pattern"]]
    return EXPECTED[kind].format(**context) if kind in EXPECTED else str(fault["msg"])


def _place(location: tuple[int | str, ...], raw: Any) -> str:
    path, value = "", raw
    for part in location:
        if isinstance(value, dict) and part in value:
            path, value = f"{path}.{plain(str(part))}", value[part]
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
            path += f"[{plain(entry_name(value) or str(part))}]"
        elif isinstance(value, dict) and not (
            part in UNION_PARTS or "[" in str(part) or part == value.get("kind")
        ):
            path, value = f"{path}.{plain(str(part))}", None  # a key that is missing
    return path.removeprefix(".")
