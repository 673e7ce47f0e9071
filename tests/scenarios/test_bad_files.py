"""Files that cannot be read, and files that rest on files that are not there."""

from collections.abc import Callable
from pathlib import Path

import pytest

import sim

Write = Callable[..., Path]
Sentence = Callable[..., str]

FILES = {
    "an empty file": (b"", "expected a scenario in TOML, got an empty file"),
    "a file of blanks": (b" \n\n", "expected a scenario in TOML, got an empty file"),
    "ten megabytes": (b"#" * 10_000_000, "expected at most 2000000 bytes, got 10000000"),
    "not TOML": (b"title: Small", "expected TOML: "),
    "a key given twice": (b"start = 1\nstart = 2", "expected TOML: Cannot overwrite a value"),
    "not UTF-8": ("# Élysée".encode("latin-1"), "expected UTF-8 text, got byte 2 that is not"),
    "UTF-16": ("title = 1".encode("utf-16"), "expected UTF-8 text, got byte 0 that is not"),
    "brackets without end": (b"x = " + b"[" * 100_000, "expected TOML: nested too deeply"),
    "lists in lists": (b"x = " + b"[" * 30 + b"]" * 30, "expected at most 20 tables in each other, got more"),
    "keys in keys": (b"a." * 500 + b"a = 1", "expected at most 20 tables in each other, got more"),
    "a day that is none": (b"start = 2026-02-30", "expected TOML: "),
    "a number of 5000 digits": (b"x = 1" + b"0" * 5000, "expected TOML: "),
    "a number of 5000 hexadecimal digits": (b"x = 0x1" + b"0" * 5000, "expected whole numbers of 64 bits"),
    "a number of 65 bits": (b"x = 18446744073709551616", "expected whole numbers of 64 bits"),
    "a list for a table": (b"governments = []", "title: expected a value, got nothing"),
    "without but not extends": (b'without = ["x"]', "without: expected extends beside it, got nothing"),
    "extends a number": (b"extends = 3", "extends: expected the name or path of a scenario, got 3"),
    "extends a list": (b"extends = ['x']", "extends: expected the name or path of a scenario, got ['x']"),
    "without a text": (b"extends = 'busan'\nwithout = 'x'", "without: expected a list of ids, got 'x'"),
    "without an unknown measure": (
        b"extends = 'busan'\nwithout = ['cn_port_fee']",
        "without: there is no measure, deal or event 'cn_port_fee' to leave out; did you mean cn_port_fees?",
    ),
    "measures that are not tables": (b"measures = [1, 'a']", "title: expected a value, got nothing"),
}  # fmt: skip


@pytest.mark.parametrize("file", FILES)
def test_an_unreadable_file_is_named_with_what_is_wrong(
    file: str, written: Write, sentence: Sentence
) -> None:
    content, words = FILES[file]
    assert sentence(written(content)).startswith(f"small.toml: {words}")


def test_a_directory_is_no_scenario(tmp_path: Path, sentence: Sentence) -> None:
    assert sentence(tmp_path) == f"{tmp_path.name!r}: expected a scenario file, got a directory"


def test_a_directory_cannot_be_extended(written: Write, sentence: Sentence) -> None:
    told = sentence(written('extends = "."'))
    assert told.startswith("small.toml: extends: ")
    assert told.endswith(": expected a scenario file, got a directory")


def test_a_misspelt_name_is_told_the_near_one(sentence: Sentence) -> None:
    told = "there is no scenario 'buzan': expected a path or a shipped name; did you mean busan?"
    assert sentence("buzan") == told


@pytest.mark.parametrize("name", ["", "\0", "x" * 5000, "no/such/file.toml", "a\nb", "\ud800"])
def test_a_name_that_no_file_can_have_is_no_scenario(name: str, sentence: Sentence) -> None:
    assert sentence(name)


def test_a_scenario_that_extends_itself_is_a_circle(written: Write, sentence: Sentence) -> None:
    path = written('extends = "small.toml"')
    told = "small.toml: extends: expected no circle, got small.toml extends small.toml"
    assert sentence(path) == told


def test_two_scenarios_that_extend_each_other_are_a_circle(written: Write, sentence: Sentence) -> None:
    path = written('extends = "other.toml"')
    written('extends = "small.toml"', "other.toml")
    told = "small.toml: extends: expected no circle, got small.toml extends other.toml extends small.toml"
    assert sentence(path) == told


def test_a_scenario_that_extends_nothing_is_told_what_there_is(written: Write, sentence: Sentence) -> None:
    told = sentence(written('extends = "busann"'))
    assert told.startswith("small.toml: extends: there is no scenario 'busann'")
    assert told.endswith("did you mean busan?")


def test_a_measure_left_out_is_gone_and_an_event_too(small: str, written: Write) -> None:
    written(small, "base.toml")
    heir = sim.scenario(written('extends = "base.toml"\nwithout = ["cn_ban", "visit"]'))
    assert [m.id for m in heir.measures] == ["us_duty", "us_reserve"]
    assert [e.id for e in heir.events] == ["ruling", "midterm"]


def test_a_measure_left_out_is_no_clause_of_a_deal_and_a_deal_may_be_left_out(
    small: str, written: Write
) -> None:
    written(small, "base.toml")
    heir = sim.scenario(written('extends = "base.toml"\nwithout = ["cn_ban"]'))
    assert [(d.id, d.members) for d in heir.deals] == [("truce", ["us_duty"])]
    heir = sim.scenario(written('extends = "base.toml"\nwithout = ["truce"]'))
    assert (heir.deals, len(heir.measures)) == ([], 3)


def test_a_deal_whose_measures_are_all_left_out_is_one_of_nothing(
    small: str, written: Write, sentence: Sentence
) -> None:
    written(small, "base.toml")
    told = sentence(written('extends = "base.toml"\nwithout = ["cn_ban", "us_duty"]'))
    assert told == "small.toml: deals[truce].members: expected at least 1 items, got 0"


@pytest.mark.parametrize("below", ["measures = [1, 2]", "measures = [{ id = [1] }]", "events = 3"])
def test_leaving_out_of_what_is_no_list_of_tables_is_refused(
    below: str, written: Write, sentence: Sentence
) -> None:
    written(below, "base.toml")
    told = sentence(written('extends = "base.toml"\nwithout = ["cn_ban"]'))
    assert told.startswith("small.toml: without: there is no measure, deal or event 'cn_ban'")


@pytest.mark.parametrize("name", ["../us", "/etc/passwd", "x" * 5000, "US", "", "a\\u0000b"])
def test_a_government_file_is_named_by_a_plain_key(
    name: str, small: str, written: Write, sentence: Sentence
) -> None:
    told = sentence(written(small.replace('file = "us"', f'file = "{name}"')))
    assert told.startswith("small.toml: governments.US.file: there is no government file ")


def test_a_government_file_beside_the_scenario_goes_before_the_shipped_one(
    small: str, written: Write, sentence: Sentence
) -> None:
    path = written(small)
    written("name = ", "governments/us.toml")
    assert sentence(path).startswith("us.toml: expected TOML: ")
