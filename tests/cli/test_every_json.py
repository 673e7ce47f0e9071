"""Every --json has a schema, and every schema is asked of what a test prints."""

import inspect
import json
import shlex
from importlib import import_module

import jsonschema
import pytest
from json_schemas import SCHEMAS, check_json, schemas_of

from sim.cli.app import COMMANDS


def options(name):
    """The parameters of a command's function."""
    return inspect.signature(getattr(import_module(f"sim.cli.{name}_command"), f"{name}_command")).parameters


WITH_JSON = [name for names in COMMANDS.values() for name in names if "json" in options(name)]
QUICK = (  # those that no other test prints, or not in this form
    "run ipd --json",
    "run busan --until 2025-12-01 --json",
    "run busan --until 2025-12-01 --runs 3 --json",
    "run ipd --runs 3 --json",
)


@pytest.mark.parametrize("name", WITH_JSON)
def test_every_command_with_json_has_a_schema(name):
    assert schemas_of(name)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_and_says_of_which_command_it_is(name):
    schema = SCHEMAS[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["description"]
    commands = {words.split()[1] for words in schema["title"].split(", ")}
    assert commands <= set(WITH_JSON), schema["title"]


@pytest.mark.parametrize("words", QUICK)
def test_what_is_printed_is_as_the_schema_says(snapback, words, compiled_once):
    code, out, _ = snapback(*shlex.split(words))
    assert code == 0
    check_json(words.split()[0], out)


def test_a_form_that_no_schema_has_is_found(snapback):
    _, out, _ = snapback("run", "ipd", "--json")
    document = json.loads(out)
    document["summary"]["seed"] = "one"
    with pytest.raises(AssertionError, match="seed"):
        check_json("run", json.dumps(document))
    with pytest.raises(AssertionError, match="NaN is no JSON"):
        check_json("run", '{"a": NaN}')
