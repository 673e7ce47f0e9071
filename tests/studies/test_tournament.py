"""A tournament as a study: strategies with and without a memory, everybody against everybody."""

from pathlib import Path

import pytest

import sim
from sim.domain.constants import ESCALATE
from sim.studies.store import runs_of
from sim.studies.study_file import study
from sim.studies.study_runner import run_study

PLAYERS = ["tit_for_two_tats", "gradual", "contrite", "tit_for_tat:generosity=0.1"]
TOURNAMENT = f"""
title = "A tournament"
question = "Who holds against whom?"
scenario = "ipd"
runs = 4
seed = 1
chunk = 7
set = ["game.error=ERROR"]

[levers.row]
government = "ROW"
strategies = {PLAYERS}

[levers.column]
government = "COL"
strategies = {PLAYERS}

[outcomes]
escalating = "escalating_decisions:government=ROW"
points = "points:government=ROW"
short = "cost:government=ROW"

[design]
kind = "grid"
"""


@pytest.fixture
def runs(tmp_path: Path):
    """All runs of the tournament at a chance of errors."""

    def played(error: str):
        path = tmp_path / "tournament.toml"
        path.write_text(TOURNAMENT.replace("ERROR", error), "utf-8")
        assert run_study(study(path), tmp_path / "out").complete
        return runs_of(tmp_path / "out")

    return played


def test_every_run_of_a_tournament_is_the_run_that_mesa_plays(runs) -> None:
    table = runs("0.05")
    assert len(table) == 4 * len(PLAYERS) ** 2
    for one in table.iloc[::5].itertuples():
        strategy = {"ROW": one.row, "COL": one.column}
        model = sim.TradeModel("ipd", rng=1, run=one.run, strategy=strategy, set="game.error=0.05").run()
        moves = [d.move for d in model.decisions if d.government == 0]
        assert one.escalating == pytest.approx(moves.count(ESCALATE) / len(moves), abs=1e-12)
        assert one.points == pytest.approx(model.state["earned_ROW"].iloc[-1])
        assert one.short == pytest.approx(3 * 200 - one.points)


def test_what_a_game_pays_has_the_unit_of_its_payoffs(tmp_path: Path) -> None:
    file = tmp_path / "tournament.toml"
    file.write_text(TOURNAMENT.replace("ERROR", "0.05"), "utf-8")
    outcomes = study(file).spec.outcomes
    assert (outcomes["points"].unit, outcomes["short"].unit) == ("points", "points")
    assert "everybody's holding" in outcomes["short"].sentence


def test_a_match_of_strategies_without_luck_is_played_once(runs) -> None:
    counts = runs("0").groupby(["row", "column"]).size()
    with_luck = [any("generosity" in name for name in match) for match in counts.index]
    assert list(counts) == [4 if luck else 1 for luck in with_luck]
