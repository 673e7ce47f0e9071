"""`snapback sweep` and `sim.sweep`: a study in a line."""

import json
import tomllib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import sim
from sim.studies.sweep import sweep_study

SWEEP = ("sweep", "busan", "--until", "2025-11-30", "--runs", "4", "--workers", "1", "--vary")
COST = ("--outcome", "cost:government=US")


def test_a_line_writes_a_study_and_plays_it_with_its_page_and_pictures(snapback):
    code, out, err = snapback(*SWEEP, "CN.renewal_belief=0:1:3", *COST)
    assert (code, err) == (0, "")
    assert "12 of 12 runs are there, 0 failed" in out
    (folder,) = Path("results/studies").iterdir()
    assert {"study.toml", "answers.csv", "report.html"} <= {path.name for path in folder.iterdir()}
    assert (folder / "figures/cost_us_curve.png").stat().st_size > 1000
    (lever,) = tomllib.loads((folder / "study.toml").read_text("utf-8"))["levers"].values()
    assert (lever["number"], lever["low"], lever["high"], lever["count"]) == ("CN.renewal_belief", 0, 1, 3)


def test_the_study_that_it_writes_is_one_that_snapback_study_goes_on_with(snapback):
    snapback(*SWEEP, "CN.renewal_belief=0.1,0.9", *COST, "--out", "mine")
    before = Path("mine/answers.csv").read_bytes()
    Path("mine.toml").write_bytes(Path("mine/study.toml").read_bytes())
    code, out, _ = snapback("study", "mine.toml", "--out", "mine")
    assert code == 0
    assert "8 of 8 runs are there" in out
    assert Path("mine/answers.csv").read_bytes() == before


def test_two_numbers_are_a_map_and_json_has_a_row_for_each_box(snapback):
    two = ("US.*.stock=3,6", "--vary", "CN.renewal_belief=0.1,0.9")
    code, out, err = snapback(*SWEEP, *two, *COST, "--out", "mine", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert (found["complete"], found["runs"], len(found["answers"])) == (True, 16, 4)
    assert {row["us_stock"] for row in found["answers"]} == {3, 6}
    assert Path("mine/figures/cost_us_map.png").exists()


def test_python_gives_the_answers_of_the_command(snapback):
    snapback(*SWEEP, "CN.renewal_belief=0.1,0.9", *COST, "--out", "mine")
    vary = {"CN.renewal_belief": [0.1, 0.9]}
    answers = sim.sweep("busan", vary, "cost:government=US", runs=4, until="2025-11-30")
    text = answers.to_csv(index=False, float_format="%.6g")
    assert [line.split(",")[:5] for line in text.splitlines()[1:]] == [
        line.split(",")[:5] for line in Path("mine/answers.csv").read_text("utf-8").splitlines()[1:]
    ]


def test_strategies_dates_and_words_are_options():
    vary = {"CN.strategy": "hold,memory_one:cc=1,cd=0,grim"}
    vary["cn_port_fees.until"] = "2026-06-01,2026-09-01"
    (strategy, until) = sweep_study("busan", vary, ["peak_tariff"], runs=2).spec.cells.factors
    assert [o.label for o in strategy.options] == ["hold", "memory_one:cc=1,cd=0", "grim"]
    assert [o.set for o in until.options] == [[f"cn_port_fees.until=2026-0{k}-01"] for k in (6, 9)]
    vary = {"cn_port_fees.until": [date(2026, 6, 1), pd.Timestamp("2026-09-01")]}
    (again,) = sweep_study("busan", vary, ["peak_tariff"], runs=2).spec.cells.factors
    assert [o.set for o in again.options] == [o.set for o in until.options]


@pytest.mark.parametrize(
    ("vary", "says"),
    [
        ("CN.renewal_belief", "expected NUMBER=LOW:HIGH:COUNT or NUMBER=A,B,C"),
        ("CN.renewal_belief=", "expected NUMBER=LOW:HIGH:COUNT or NUMBER=A,B,C"),
        ("CN.renewal_belief=0:1", "expected NUMBER=LOW:HIGH:COUNT or NUMBER=A,B,C"),
        ("x=1,2", "sweep: vary 'x': there is no number 'x'"),
        ("CN.renewal_belief=0.1,,0.2", "expected NUMBER=LOW:HIGH:COUNT or NUMBER=A,B,C"),
        ("CN.renewal_belif=0:1:3", "there is no number 'CN.renewal_belif'; did you mean CN.renewal_belief?"),
        ("CN.renewal_belief=0:1:1", "vary 'CN.renewal_belief': count: expected at least 2, got 1"),
        ("CN.renewal_belief=0:3:4", "expected 0 to 1 probability"),
        ("CN.strategy=hold,grimm", "did you mean grim?"),
        ("*.stok=1,2", "did you mean stock?"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_written(snapback, vary, says):
    code, out, err = snapback(*SWEEP, vary, *COST)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert says in err
    assert not list(Path().iterdir())
