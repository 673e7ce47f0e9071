"""`snapback explain`, and what commands print with --json against their schemas."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from calling import called

import sim

SCHEMAS = Path(sim.__file__).parent / "reports" / "schemas"
PROVOKED = ("run", "busan", "--seed", "8", "--until", "2026-03-20", "--out", "spring")
PROVOKED += ("--force", "US:reactivate=us_reciprocal_24@2026-03-02")
TALKS = ("run", "busan_eve", "--seed", "2", "--until", "2025-11-10", "--out", "talks")
COMMANDS = {  # what a schema is of: commands that print such JSON
    "run": [
        PROVOKED,
        TALKS,
        ("run", "ipd", "--until", "2000-01-20"),
        ("run", "triangle", "--until", "2026-01-10"),
    ],
    "explain": [
        ("explain", "spring"),
        ("explain", "spring", "2026-03-04"),
        ("explain", "spring", "10", "--why-not", "cn_graphite_checks"),
        ("explain", "spring", "12", "--why-not", "cn_ga_ge_sb_ban"),
        ("explain", "spring", "1", "--why-not", "cn_ga_ge_licences"),
        ("explain", "spring", "9"),
        ("explain", "game", "3"),
        ("explain", "talks", "2025-10-30"),
        ("explain", "talks", "2025-10-31"),
    ],
}


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """A folder of a run, one of a game, and one of a run with talks, once for all tests."""
    place = tmp_path_factory.mktemp("played")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        for words in (TALKS, PROVOKED, ("run", "ipd", "--until", "2000-01-20", "--out", "game")):
            assert called(*words) == 0
    return place


@pytest.fixture
def spring(snapback, played, tmp_path):
    """The command in a copy of the three folders."""
    shutil.copytree(played, tmp_path, dirs_exist_ok=True)
    return snapback


def test_every_schema_is_one_and_says_what_it_is_of():
    assert {path.stem for path in SCHEMAS.glob("*.json")} >= set(COMMANDS)
    for path in SCHEMAS.glob("*.json"):
        schema = json.loads(path.read_text("utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["title"].startswith("snapback "), path.name


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_prints_with_json_is_as_its_schema_says(spring, name):
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    for words in COMMANDS[name]:
        code, out, err = spring(*words, "--json")
        assert (code, err) == (0, ""), words
        jsonschema.validate(json.loads(out), schema)


def test_a_schema_finds_what_is_missing_or_not_in_it(spring):
    schema = json.loads((SCHEMAS / "explain.json").read_text("utf-8"))
    found = json.loads(spring("explain", "spring", "10", "--json")[1])
    for change in ({"move": "wait"}, {"surprise": 1}):
        wrong = {"decisions": [{**found["decisions"][0], **change}]}
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


def test_decisions_are_listed_to_choose_from(spring):
    code, out, _ = spring("explain", "spring")
    assert code == 0
    assert "10" in out and "2026-03-04" in out and "Beijing about Washington" in out
    assert "snapback explain spring NUMBER" in out
    assert spring("explain", "spring", "10")[1] == spring("explain", "spring", "2026-03-04")[1]


def test_a_picture_of_the_terms_is_written_and_the_same_bytes_each_time(spring):
    for name in ("one.png", "two.png"):
        code, out, _ = spring("explain", "spring", "10", "--picture", name)
        assert code == 0 and f"Written to {name}" in out
    assert Path("one.png").read_bytes() == Path("two.png").read_bytes()


WRONG = {
    "a measure there is not": (("10", "--why-not", "cn_gallium"), "there is no measure 'cn_gallium'"),
    "a measure of the other side": (("10", "--why-not", "us_port_fees"), "is a measure of Washington on"),
    "a measure on the other side.s day": (
        ("9", "--why-not", "cn_port_fees"),
        "cn_port_fees is a measure of Beijing",
    ),
    "a picture in no folder": (("10", "--picture", "none/why.png"), "none"),
    "a picture of no kind": (
        ("10", "--picture", "why.xyz"),
        "why.xyz: expected a name that ends in .png",
    ),
    "a picture without an ending": (("10", "--picture", "why"), "why: expected a name that ends in .png"),
}


@pytest.mark.parametrize("what", WRONG)
def test_bad_questions_get_one_sentence_and_write_nothing(spring, what):
    words, expected = WRONG[what]
    code, out, err = spring("explain", "spring", *words)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1 and expected in err


def test_a_strategy_and_a_scenario_of_the_user_s_are_explained_too(snapback):
    snapback("new", "strategy", "my_idea", "--dir", ".")
    words = ("--strategy", "CN=my_idea.py", "--until", "2026-01-31", "--out", "mine")
    assert snapback("run", "busan", *words)[0] == 0
    code, out, err = snapback("explain", "mine", "1")
    assert (code, err) == (0, "")
    assert "my_idea:patience=0.5" in out
