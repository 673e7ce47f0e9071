"""`snapback new`: files to begin with that run as they are."""

import tomllib
from pathlib import Path

import pytest

import sim
from sim.domain.parameters import GOVERNMENT, MEASURE, TRADE
from sim.engines.run_spec import RunSpec
from sim.outcomes import find as outcome
from sim.reports.run.scenario_summary import cautions
from sim.studies.study_file import study

BETWEEN = ("new", "scenario", "--start", "2026-11-26", "--between")


@pytest.mark.parametrize("codes", [("JP", "CN"), ("US", "BR"), ("XX", "YY")], ids="-".join)
def test_a_new_scenario_runs_and_has_nothing_to_look_at_again(snapback, codes):
    code, out, err = snapback(*BETWEEN, *codes)
    name = "_".join(codes).lower()
    assert (code, err) == (0, "")
    assert f"snapback check {name}.toml" in out
    source = sim.scenario(f"{name}.toml")
    assert (tuple(source.governments), str(source.start)) == (codes, "2026-11-26")
    assert list(cautions(RunSpec(f"{name}.toml", runs=20))) == []
    model = sim.TradeModel(f"{name}.toml", rng=1).run()
    assert len(model.decisions) > 20


def test_every_number_of_a_new_scenario_stands_there_with_its_meaning_and_unit(snapback):
    snapback(*BETWEEN, "JP", "KR")
    lines = Path("jp_kr.toml").read_text("utf-8").splitlines()
    for key, p in GOVERNMENT.items():
        (line, *more) = [text for text in lines if text.removeprefix("# ").startswith(f"{key} = ")]
        assert len(more) == 1, key
        assert f'unit = "{p.unit}"' in line, key
        assert f"# {p.meaning}" in line, key
    switched_on = "\n".join(text.removeprefix("# ") if 'source = "..."' in text else text for text in lines)
    numbers = tomllib.loads(switched_on)["governments"]["JP"]["numbers"]
    assert set(numbers) == set(GOVERNMENT)


def test_trade_between_known_regions_is_that_of_the_table_of_regions(snapback):
    snapback(*BETWEEN, "JP", "CN")
    first, second = sim.scenario("jp_cn.toml").trade
    assert 50 < first.number("imports") < 400
    assert 50 < second.number("imports") < 400
    assert "regions_2023.csv" in first.numbers["imports"].source


def test_a_new_measure_is_added_to_its_scenario_and_can_be_imposed(snapback):
    code, out, _ = snapback("new", "measure", "us_wine", "--scenario", "triangle", "--between", "US", "EU")
    assert code == 0
    assert "snapback check us_wine.toml" in out
    model = sim.TradeModel(
        "us_wine.toml", rng=1, force="US:impose=us_wine@2026-01-20", until="2026-02-20"
    ).run()
    forced = model.measures[model.measures["measure"] == "us_wine"]
    assert len(forced)


def test_a_new_study_is_in_order(snapback):
    assert snapback("new", "study", "doubt", "--scenario", "busan")[0] == 0
    assert len(study("doubt.toml").spec.cells) == 3


def test_a_new_outcome_can_be_asked(snapback):
    assert snapback("new", "outcome", "steps", "--dir", ".")[0] == 0
    assert outcome("./steps.py").unit == "moves"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("scenario",), "expected two governments, such as JP CN, got none"),
        (
            ("scenario", "--between", "jp", "CN"),
            "expected two governments such as JP and CN, got ['jp', 'CN']",
        ),
        (("scenario", "--between", "CN", "CN"), "expected two governments such as JP and CN"),
        (("scenario", "--between", "JP", "CN", "--start", "soon"), "expected a date as YYYY-MM-DD"),
        (("outcome", "cost"), "cost is taken already"),
        (("study", "My-Idea"), "expected a name such as"),
        (("study", "mine", "--scenario", "buzan"), "did you mean busan?"),
        (("thing", "mine"), "is not one of"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_written(snapback, words, says):
    code, out, err = snapback("new", *words)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert says in err
    assert not list(Path().iterdir())


def test_numbers_of_templates_are_declared():
    assert {"imports", "base_tariff", "semi_elasticity", "pass_through"} <= set(TRADE)
    assert {"level", "step", "floor", "ceiling", "coverage", "harm", "cost"} <= set(MEASURE)
