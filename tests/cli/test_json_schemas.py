"""What list, check, study and sweep print with --json, against the schemas that are shipped."""

import json
from pathlib import Path

import jsonschema
import pytest

import sim

SCHEMAS = Path(sim.__file__).parent / "reports" / "schemas"
STUDY = """
title = "Beliefs"
question = "Do they matter?"
until = 2025-11-20
runs = 2
levers.belief = { number = "CN.renewal_belief", values = [0.1, 0.9] }
outcomes = { cost = "cost:government=US", first = "days_to_first_escalation" }
design = { kind = "grid" }
"""
SWEEP = (
    "sweep",
    "busan",
    "--until",
    "2025-11-20",
    "--runs",
    "2",
    "--workers",
    "1",
    "--outcome",
    "peak_tariff",
)
COMMANDS = {
    "list": [
        ("list", what) for what in ("scenarios", "strategies", "outcomes", "measures", "acts", "numbers")
    ],
    "check": [("check", "busan", "--runs", "2"), ("check", "ipd"), ("check", "wrong.toml")],
    "study": [
        ("study", "mine.toml", "--check"),
        ("study", "mine.toml", "--limit", "1"),
        ("study", "mine.toml"),
    ],
    "sweep": [(*SWEEP, "--vary", "CN.renewal_belief=0:1:2"), (*SWEEP, "--vary", "CN.strategy=hold,grim")],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_printed_is_as_its_schema_says(snapback, name):
    Path("mine.toml").write_text(STUDY, "utf-8")
    Path("wrong.toml").write_text("extends = 'busan'\nend = 2020-01-01\nstart = 'soon'\nbegin = 1", "utf-8")
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    for words in COMMANDS[name]:
        code, out, err = snapback(*words, "--json")
        assert (code, err) == (2 if "wrong.toml" in words else 0, ""), words
        jsonschema.validate(json.loads(out), schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**json.loads(out), "surprise": 1}, schema)


def test_a_list_has_what_its_table_has(snapback):
    rows = json.loads(snapback("list", "acts", "--json")[1])["rows"]
    assert {row["act"] for row in rows} >= {"reactivate", "impose", "extend"}
    assert all(row["what it does"] and row["on measures that are"] for row in rows)
