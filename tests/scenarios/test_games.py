"""A matrix game is a scenario: what its file may leave out, and what is said of a wrong one."""

import copy
import tempfile
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_toml import HOW, PATHS, mutated, paths, quoted, toml, values

import sim
from sim.scenarios.assumptions import numbers_of
from sim.scenarios.load import HERE

WRONG = tomllib.loads((Path(__file__).parent / "wrong_games.toml").read_text("utf-8"))
IPD = (HERE / "ipd.toml").read_text("utf-8")


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_with_a_game_is_said_in_one_sentence(
    wrong: str, written: Callable[..., Path], sentence: Callable[..., str]
) -> None:
    line, becomes = WRONG[wrong]["line"], WRONG[wrong]["becomes"]
    assert line in IPD
    assert sentence(written(IPD.replace(line, becomes, 1))) == f"small.toml: {WRONG[wrong]['says']}"


@pytest.mark.parametrize(
    ("game", "says"),
    [
        ("{}", "game.payoffs: expected a table of hold and escalate, got nothing"),
        (
            "{ payoffs = [[3, 0], [5, 1]] }",
            "game.payoffs: expected a table of hold and escalate, got a list of",
        ),
        (
            "{ payoffs = { hold = 1, escalate = 2 } }",
            "game.payoffs.hold: expected a table of hold and escalate",
        ),
    ],
)
def test_what_is_no_game_is_told_what_one_is(
    game: str, says: str, written: Callable[..., Path], sentence: Callable[..., str]
) -> None:
    head = 'title = "x"\nabout = "x"\nend = 2000-01-09\nstart = 2000-01-01\ntrade = []\n'
    text = f"{head}game = {game}\n{IPD[IPD.index('[governments.ROW]') :]}"
    assert sentence(written(text)).startswith(f"small.toml: {says}")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("game.error=2", "ipd.toml: game.numbers.error.value: expected 0 to 1 probability"),
        ("game.errors=0.1", "set 'game.errors=0.1': there is no number 'errors'; did you mean error?"),
        ("game.hold.relax=1", "set 'game.hold.relax=1': there is no number 'relax'"),
        ("game.hold.hold=x", "set 'game.hold.hold=x': expected a number, got 'x'"),
        ("game.rounds=many", "ipd.toml: game.rounds: expected a whole number, got 'many'"),
    ],
)
def test_a_wrong_change_to_a_game_is_refused(change: str, says: str, sentence: Callable[..., str]) -> None:
    assert sentence("ipd", change).startswith(says)


def test_a_scenario_of_measures_has_no_game_to_change(sentence: Callable[..., str]) -> None:
    told = "set 'game.error=0': busan.toml has nothing with numbers called 'game'"
    assert sentence("busan", "game.error=0").startswith(told)


def test_rounds_are_days_from_the_first_of_2000_unless_the_file_says_more() -> None:
    s = sim.scenario("ipd", ["game.rounds=31"])
    assert (s.start, s.end) == (date(2000, 1, 1), date(2000, 1, 31))


def test_changes_set_the_numbers_and_payoffs_of_a_game() -> None:
    s = sim.scenario("ipd", ["game.error=0.25", "game.escalate.hold=4", "ROW.forgetting=0.9"])
    assert s.game is not None
    assert s.game.numbers["error"].value == 0.25
    assert s.game.payoffs["escalate"]["hold"].value == 4
    assert s.governments["ROW"].numbers["forgetting"].value == 0.9


def test_only_numbers_that_play_a_part_are_listed() -> None:
    listed = dict(numbers_of(sim.scenario("ipd")))
    assert listed["game.hold.escalate"].value == 0
    assert "ROW.forgetting" in listed
    assert "ROW.threat_cost" not in listed


GAME = tomllib.loads(IPD)
changed = st.lists(
    st.tuples(st.sampled_from(paths(GAME)), st.sampled_from(HOW), values, st.sampled_from(PATHS)),
    min_size=1,
    max_size=2,
)


@settings(max_examples=150)
@given(changed)
def test_a_changed_game_is_refused_in_one_sentence_or_can_be_played(
    changes: list[tuple[tuple[Any, ...], str, Any, tuple[Any, ...]]],
) -> None:
    document = copy.deepcopy(GAME)
    for path, how, value, other in changes:
        mutated(document, path, how, value, other)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fuzz.toml"
        file.write_text("\n".join(f"{quoted(k)} = {toml(v)}" for k, v in document.items()), "utf-8")
        try:
            s = sim.scenario(file)
            sim.TradeModel(s, rng=1, until=s.start).run()
        except sim.SnapbackError as error:
            assert len(str(error).splitlines()) == 1
            assert len(str(error)) <= 400
