"""What is told and drawn of a matrix game."""

import csv
import json

import pytest
from PIL import Image

import sim
from sim.reports.run.decision_facts import decisions_of
from sim.reports.run.explanation import decision_text
from sim.reports.run.run_folder import read_run, summary_of, write_run
from sim.reports.run.scenario_summary import scenario_summary
from sim.reports.run.story import run_story

FORCED = "ROW:escalate@2000-01-03"


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """A game with a slip and a forced move, and its folder."""
    strategies = {"ROW": "tit_for_tat", "COL": "hold"}
    model = sim.TradeModel("ipd", rng=1, strategy=strategies, force=FORCED, set="game.error=0.05").run()
    folder = tmp_path_factory.mktemp("game") / "run"
    write_run(model, folder)
    return model, folder


def test_the_story_says_who_turned_what_slipped_and_what_it_came_to(played):
    model, _ = played
    text = run_story(model)
    assert "**Round 3.** Row escalates, because this run was told to." in text
    assert "by a slip: it meant to hold" in text
    assert "| escalate | 5 | 1 |" in text
    assert "| Column | 9" in text
    assert "bn USD" not in text


def test_a_game_in_which_nobody_turns_says_so():
    text = run_story(sim.TradeModel("ipd", rng=1, set="game.error=0").run())
    assert "Nobody ever turned: all held." in text
    assert "| Row | 100.0% | 3.000 | 600 |" in text


def test_the_summary_gives_cooperation_and_payoffs(played):
    model, folder = played
    result = json.loads(json.dumps(summary_of(model, folder)))
    assert result["rounds"] == 200
    assert result["unit"] == "points"
    assert result["cooperation"]["COL"] == result["moves"]["COL"]["hold"] / 200
    assert result["payoff_per_round"]["ROW"] == result["earned"]["ROW"] / 200


def test_the_table_has_a_row_a_round_with_moves_and_payoffs(played):
    _, folder = played
    rows = list(csv.DictReader((folder / "state.csv").read_text("utf-8").splitlines()))
    assert len(rows) == 200
    assert rows[2]["move_ROW_on_COL"] == "escalate"
    assert (rows[2]["payoff_ROW"], rows[2]["payoff_COL"]) == ("5", "0")


def test_a_round_is_explained(played):
    _, folder = played
    text = "".join(map(decision_text, decisions_of(read_run(folder), "2000-01-03")))
    assert "Round 3, 2000-01-03: Row about Column" in text
    assert "It was told to escalate" in text or "None counted: it was told to escalate." in text
    assert "`hold`: Hold, whatever happens" in text


def test_the_picture_is_the_same_every_time(played, tmp_path):
    model, folder = played
    write_run(model, tmp_path / "again")
    assert (tmp_path / "again" / "timeline.png").read_bytes() == (folder / "timeline.png").read_bytes()
    with Image.open(folder / "timeline.png") as picture:
        assert picture.size[0] > 1000


@pytest.mark.parametrize("until", ["2000-01-01", "2000-01-02"])
def test_a_game_of_a_round_or_two_is_drawn(until, tmp_path):
    write_run(sim.TradeModel("linear_game", rng=1, until=until).run(), tmp_path / "run")


def test_a_game_is_said_back_in_plain_words():
    text = scenario_summary(sim.scenario("ipd"))
    assert "It is a game of 200 rounds" in text
    assert "| hold | 3 | 0 |" in text
