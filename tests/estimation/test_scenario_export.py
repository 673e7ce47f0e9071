"""The world of a morning as a scenario: both engines play it alike."""

from pathlib import Path

import numpy as np
import pytest

import sim
from sim.engines.ensemble import ensemble
from sim.engines.mesa_engine import TradeModel
from sim.estimation.prediction import forecast
from sim.record.months import month_range
from sim.reports.estimation.scenario_export import scenario_text
from sim.scenarios.load import scenario


@pytest.fixture(params=["2019-01", "2025-01", "2025-12"])
def path(request, fitted, year, tmp_path):
    file = tmp_path / "morning.toml"
    month = month_range(request.param)[0]
    file.write_text(scenario_text(fitted, year, month), "utf-8")
    return file


def test_the_scenario_stands_as_the_record_does(path, year):
    loaded = scenario(path)
    at = [12 * loaded.start.year + loaded.start.month - 1 == month for month in year.rounds.months].index(
        True
    )
    levels = year.rounds.levels[at]
    np.testing.assert_allclose([m.number("level") for m in loaded.measures], levels[:, 1])
    until = [m.until.toordinal() if m.until else -1 for m in loaded.measures]
    assert until == levels[:, 2].astype(int).tolist()


def test_both_engines_play_it_alike(path):
    many = ensemble(path, runs=2, seed=4, record=True)
    for run, life in enumerate(many.records):
        one = TradeModel(path, rng=4, run=run).run().record
        assert [tuple(move) for move in life.moves] == [tuple(move) for move in one.moves]
        np.testing.assert_allclose(life.costs, one.costs, atol=1e-6)


def test_the_file_can_be_sent_to_somebody_else_and_names_the_record_it_rests_on(path, fitted):
    text = path.read_text("utf-8")
    assert 'extends = "bases/record_morning"' in text
    assert str(Path(sim.__file__).parent) not in text and "2018-2025" not in text
    assert f"({fitted.record.file}), up to the eve of" in text


def test_the_truce_stands_in_the_world_of_october_2026(few):
    month = month_range("2026-10")[0]
    text = scenario_text(few, forecast(few, month), month)
    for name in ("us_suspended", "cn_suspended"):
        assert f'id = "{name}"\nstatus = "suspended"\nuntil = 2027-01-10' in text
