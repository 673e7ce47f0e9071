"""A line of a valid scenario is changed: a sentence says in which file and key, and what was expected."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import sim

WRONG = tomllib.loads((Path(__file__).parent / "wrong.toml").read_text(encoding="utf-8"))


def test_the_small_scenario_is_valid(small: str, written: Callable[..., Path]) -> None:
    loaded = sim.scenario(written(small))
    assert loaded.name == "small"
    assert [m.id for m in loaded.measures] == ["us_duty", "us_reserve", "cn_ban"]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_said_in_one_sentence(
    wrong: str, small: str, written: Callable[..., Path], sentence: Callable[..., str]
) -> None:
    line, becomes = WRONG[wrong]["line"], WRONG[wrong]["becomes"]
    assert line in small, "the small scenario has changed"
    assert sentence(written(small.replace(line, becomes, 1))) == f"small.toml: {WRONG[wrong]['says']}"


@pytest.mark.parametrize("key", ["name", "digest"])
def test_a_key_that_the_file_itself_gives_is_refused(
    key: str, small: str, written: Callable[..., Path], sentence: Callable[..., str]
) -> None:
    text = f'{key} = "mine"\n{small}'
    assert sentence(written(text)) == f"small.toml: {key}: expected nothing, for it is given by the file"


@pytest.mark.parametrize("value", ["\\n", "x" * 1500, "x" * 5000, "\\u2028 \\u0007", "\\\" ' \\\\"])
@pytest.mark.parametrize("line", ['unit = "probability"', 'removes = "Emergency"', '"hold"', 'id = "cn_ban"'])
def test_long_and_unprintable_text_is_cut_and_quoted(
    line: str, value: str, small: str, written: Callable[..., Path], sentence: Callable[..., str]
) -> None:
    key = line.partition('"')[0]
    assert sentence(written(small.replace(line, f'{key}"{value}"', 1))).startswith("small.toml: ")


@pytest.mark.parametrize("key", ['"a\\nb"', '""', "x" * 1000, '"\\u2028"'])
def test_long_and_unprintable_keys_are_cut_and_quoted(
    key: str, small: str, written: Callable[..., Path], sentence: Callable[..., str]
) -> None:
    assert "there is no such key" in sentence(written(f"{key} = 1\n{small}"))
