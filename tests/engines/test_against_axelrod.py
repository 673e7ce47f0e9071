"""Move by move the same as Axelrod's library, whose record `experiments/record_axelrod_moves.py` writes."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

import sim

RECORD = json.loads((Path(__file__).parent / "axelrod_moves.json").read_text("utf-8"))
ROUNDS = RECORD["rounds"]
LETTER = {sim.ESCALATE: "D", sim.HOLD: "C"}
WORD = {"D": "escalate", "C": "hold"}


def named(matches):
    return [pytest.param(m["players"], m["moves"], id=" x ".join(m["players"])) for m in matches]


def moves_of(model):
    return ["".join(LETTER[d.move] for d in model.decisions if d.government == place) for place in (0, 1)]


@pytest.mark.parametrize(("players", "moves"), named(RECORD["matches"]))
def test_two_strategies_play_as_in_the_library(players, moves):
    strategies = dict(zip(("ROW", "COL"), players, strict=True))
    model = sim.TradeModel("ipd", rng=1, strategy=strategies, set=["game.error=0", f"game.rounds={ROUNDS}"])
    assert moves_of(model.run()) == moves


@pytest.mark.parametrize(("players", "moves"), named(RECORD["scripted"]))
def test_a_strategy_answers_a_script_as_in_the_library(players, moves):
    """The opponent's moves are forced, round by round."""
    start = date(2000, 1, 1)
    script = [f"COL:{WORD[c]}@{start + timedelta(days=k)}" for k, c in enumerate(moves[1])]
    overrides = ["game.error=0", f"game.rounds={ROUNDS}"]
    model = sim.TradeModel("ipd", rng=1, strategy={"ROW": players[0]}, force=script, set=overrides)
    assert moves_of(model.run()) == moves


def test_the_record_says_where_it_comes_from():
    assert RECORD["library"].startswith("axelrod ")
    assert "MIT" in RECORD["licence"]
    assert ROUNDS == 200
