"""The schemas of what commands print with --json; `conftest` holds all that a test prints to them."""

import json
from pathlib import Path
from typing import Any

import jsonschema

import sim

FOLDER = Path(sim.__file__).parent / "reports" / "schemas"
SCHEMAS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}


def schemas_of(command: str) -> list[dict[str, Any]]:
    """The schemas whose title names a command."""
    return [s for s in SCHEMAS.values() if f"snapback {command} " in s["title"]]


def check_json(command: str, text: str) -> None:
    """Fail unless a text is JSON as one of the command's schemas says."""
    document = json.loads(text, parse_constant=lambda word: refuse(f"{word} is no JSON"))
    faults = []
    for schema in schemas_of(command):
        errors = sorted(jsonschema.Draft202012Validator(schema).iter_errors(document), key=lambda e: e.path)
        if not errors:
            return
        faults.append(f"{schema['title']}: at {list(errors[0].absolute_path)}: {errors[0].message[:300]}")
    raise AssertionError(f"snapback {command} --json: {faults or 'there is no schema'}")


def refuse(sentence: str) -> None:
    """Fail."""
    raise AssertionError(sentence)
