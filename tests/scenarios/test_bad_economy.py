"""A line of the shipped `busan`, or of its governments, is changed: a sentence says what was expected."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.scenarios.load import HERE

WRONG = tomllib.loads((Path(__file__).parent / "wrong_economy.toml").read_text(encoding="utf-8"))
BUSAN = (HERE / "busan.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_with_an_economy_is_said_in_one_sentence(
    wrong: str, written: Callable[..., Path], sentence: Callable[..., str]
) -> None:
    line, becomes = WRONG[wrong]["line"], WRONG[wrong]["becomes"]
    file = WRONG[wrong].get("file")
    text = BUSAN if file is None else (HERE / "governments" / f"{file}.toml").read_text(encoding="utf-8")
    assert line in text, "the shipped file has changed"
    changed = text.replace(line, becomes, 1)
    if file is not None:
        written(changed, f"governments/{file}.toml")
        changed = BUSAN
    assert sentence(written(changed)) == f"small.toml: {WRONG[wrong]['says']}"
