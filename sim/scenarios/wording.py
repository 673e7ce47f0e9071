"""How the loader says what is wrong."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint at the nearest known word, or at all of them."""
    choices = sorted(known)
    near = get_close_matches(word, choices, 1)
    if near:
        return f"did you mean {near[0]}?"
    return f"expected one of {', '.join(choices)}" if choices else "none is known here"


def shown(value: Any) -> str:
    """A value short enough for a sentence."""
    text = repr(value) if isinstance(value, str | list | dict) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def first_fault(error: ValidationError, raw: dict[str, Any], fields: dict[str, set[str]]) -> str:
    """One sentence for the first thing pydantic found: key, what was expected, what there is.

    Args:
        error: of the validation.
        raw: the document, to name list entries by their ids.
        fields: known keys by the title of their model, to suggest near ones.
    """
    fault = error.errors(include_url=False)[0]
    path: list[str] = []
    here: Any = raw
    for part in fault["loc"]:
        if isinstance(part, int):
            here = here[part] if isinstance(here, list) and part < len(here) else None
            name = here.get("id") if isinstance(here, dict) else None
            path.append(f"[{name or part}]")
        else:
            if isinstance(here, dict):
                if part not in here and fault["type"] != "missing":
                    continue  # the tag of a union, not a key
                here = here.get(part)
            path.append(f".{part}" if path else str(part))
    where = "".join(path)
    if fault["type"] == "extra_forbidden":
        key = str(fault["loc"][-1])
        known = set[str]().union(*fields.values())
        return f"{where}: there is no such key; {did_you_mean(key, known)}"
    if fault["type"] == "missing":
        return f"{where}: expected a value, got nothing"
    if fault["type"] == "value_error":
        message = str(fault["ctx"]["error"])
        return f"{where}.{message}" if where else message
    said = fault["msg"][0].lower() + fault["msg"][1:]
    return f"{where}: {said}, got {shown(fault['input'])}"
