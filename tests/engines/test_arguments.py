"""Numbers, days and texts of the kinds at hand in Python are taken for what they say, or refused."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sim
from sim.engines.run_spec import RunSpec
from sim.scenarios.load import HERE

DAY = date(2025, 11, 20)
DAYS = {
    "a date": DAY,
    "a text": "2025-11-20",
    "a datetime": datetime(2025, 11, 20, 17, 30),
    "a datetime somewhere": datetime(2025, 11, 20, 17, 30, tzinfo=UTC),
    "a Timestamp": pd.Timestamp("2025-11-20 08:00"),
    "a NumPy date": np.datetime64("2025-11-20"),
    "a NumPy time": np.datetime64("2025-11-20T08:00:00.123456789"),
    "a NumPy text": np.str_("2025-11-20"),
}


@pytest.mark.parametrize("kind", DAYS)
def test_a_day_of_any_kind_is_the_last_one(kind):
    model = sim.TradeModel("busan", rng=1, until=DAYS[kind])
    assert model.end == DAY.toordinal()
    assert "--until 2025-11-20" in model.spec.command("run")


@pytest.mark.parametrize(
    "day",
    [pd.NaT, np.datetime64("NaT", "D"), 20251120, 1.5, float("nan"), True, ["2025-11-20"], b"2025", "soon"],
)
def test_what_is_no_day_is_refused(day):
    with pytest.raises(sim.EngineError, match="until: expected a date"):
        sim.TradeModel("busan", until=day)


NUMBERS = {
    "a text": "CN.renewal_belief=0.125",
    "texts": ["CN.renewal_belief=0.125"],
    "a tuple": ("CN.renewal_belief=0.125",),
    "texts of NumPy": np.array(["CN.renewal_belief=0.125"]),
    "a column": pd.Series(["CN.renewal_belief=0.125"]),
    "a generator": (text for text in ["CN.renewal_belief=0.125"]),
    "a table": {"CN.renewal_belief": 0.125},
    "a table of NumPy": {"CN.renewal_belief": np.float32(0.125)},
    "a table of a fraction": {"CN.renewal_belief": Fraction(1, 8)},
    "a row": pd.Series({"CN.renewal_belief": 0.125}).to_dict(),
    "a table of texts": {"CN.renewal_belief": "0.125"},
}


@pytest.mark.parametrize("kind", NUMBERS)
def test_numbers_are_set_however_they_are_written(kind):
    model = sim.TradeModel("busan", set=NUMBERS[kind])
    assert model.source.governments["CN"].numbers["renewal_belief"].value == 0.125


@pytest.mark.parametrize("number", [1, np.int64(1), np.uint8(1), 1.0, np.float64(1.0)])
def test_whole_numbers_are_whole_whatever_their_type(number):
    assert sim.TradeModel("busan", run=number).number == 1
    source = sim.TradeModel("busan", set={"CN.renewal_belief": number}).source
    assert source.governments["CN"].numbers["renewal_belief"].value == 1.0


def test_words_days_and_truths_are_set_too():
    changes = {"cn_ga_ge_sb_ban.until": pd.Timestamp("2026-06-01"), "packages": False}
    source = sim.TradeModel("busan", set=changes).source
    assert {m.id: m for m in source.measures}["cn_ga_ge_sb_ban"].until == date(2026, 6, 1)
    assert not source.packages


@pytest.mark.parametrize(
    "number",
    [float("inf"), -float("inf"), float("nan"), np.nan, np.inf, None, [], [0.1], {}, np.array([0.1]), 1j,
     pd.NA, Decimal("NaN"), b"0.1", object],
    ids=repr,
)  # fmt: skip
def test_what_is_no_number_is_refused_by_its_name(number):
    with pytest.raises(sim.SnapbackError, match=r"CN\.renewal_belief: expected a finite number"):
        sim.TradeModel("busan", set={"CN.renewal_belief": number})


@pytest.mark.parametrize("number", [True, np.True_, 10**30, "", " ", "0.1;", "inf", "nan"])
def test_a_number_that_cannot_be_one_is_refused(number):
    with pytest.raises(sim.SnapbackError, match="renewal_belief"):
        sim.TradeModel("busan", set={"CN.renewal_belief": number})


@pytest.mark.parametrize("run", [-1, 2**32, 1.5, True, np.True_, "1", None, float("nan"), float("inf"), [1]])
def test_what_is_no_number_of_a_run_is_refused(run):
    with pytest.raises(sim.EngineError, match="run: expected a whole number from 0 to 4294967295"):
        sim.TradeModel("ipd", run=run)


@pytest.mark.parametrize("name", ["runs", "threads", "first_run"])
@pytest.mark.parametrize("value", [-1, 1.5, True, "2", None, float("nan"), float("inf"), np.array([1, 2])])
def test_what_an_ensemble_cannot_count_is_refused(name, value):
    with pytest.raises(sim.EngineError, match=f"{name}: expected a whole number from"):
        sim.ensemble("ipd", **{name: value})


def test_no_runs_are_refused():
    with pytest.raises(sim.EngineError, match="runs: expected a whole number from 1"):
        sim.ensemble("ipd", runs=0)


@pytest.mark.parametrize("seed", [-1, 2**63, 1.0, True, np.True_, "1", float("nan"), "luck"])
def test_what_is_no_seed_is_refused(seed):
    with pytest.raises(sim.EngineError, match="rng: expected a seed"):
        sim.TradeModel("ipd", rng=seed)


@pytest.mark.parametrize("scenario", [None, 1, b"busan", ["busan"], object()])
def test_what_is_no_scenario_is_refused(scenario):
    with pytest.raises(sim.EngineError, match="scenario: expected a shipped name, a path or a scenario"):
        sim.TradeModel(scenario)


def test_a_path_is_taken_for_a_scenario_and_for_a_strategy(tmp_path):
    rule = tmp_path / "mine.py"
    rule.write_text(
        "from sim import HOLD, Move, View, strategy\n@strategy(source='a test')\n"
        "def by_path(view: View) -> Move:\n    'Hold.'\n    return HOLD\n",
        "utf-8",
    )
    model = sim.TradeModel(Path(HERE / "ipd.toml"), strategy={"ROW": rule})
    assert model.strategies["ROW"].name == "by_path"


@pytest.mark.parametrize(
    "values", [[], [0.1], [0.1, float("nan")], [0.1, float("inf")], "ab", None, [[0.1, 0.2]]]
)
def test_numbers_that_are_not_one_a_run_are_refused(values):
    with pytest.raises(sim.EngineError, match=r"vary CN\.renewal_belief: expected"):
        sim.ensemble("busan", runs=2, vary={"CN.renewal_belief": values})


def test_nothing_is_nothing():
    assert RunSpec.of("busan", None, None, {}, []) == RunSpec("busan")
