"""`snapback assumptions` as its users meet it."""

import json
from pathlib import Path

import few_ranges
import pytest

import sim
from sim.outcomes import names
from sim.scenarios.assumptions import assumptions_of


@pytest.mark.parametrize("name", sim.scenario_names())
def test_every_assumption_of_a_scenario_is_listed_without_a_run(snapback, name):
    code, out, err = snapback("assumptions", name)
    assert (code, err) == (0, "")
    assumed = assumptions_of(sim.scenario(name))
    assert all(path in out for path in assumed)
    silent = sum(n.low is None and n.high is None for n in assumed.values())
    assert out.count("no range given") == silent + 1
    assert f"{len(assumed)} of " in out
    assert list(Path().iterdir()) == []


def test_a_number_that_the_user_sets_is_not_listed(snapback):
    assert "US.renewal_belief" not in snapback("assumptions", "busan", "--set", "US.renewal_belief=0.5")[1]


def test_with_an_outcome_they_move_and_the_folder_is_written(snapback, tmp_path):
    few = few_ranges.written(tmp_path, "renewal_belief", "new_measure_cost")
    words = ("assumptions", Path(few).name, "--outcome", "cost:government=US", "--runs", "2", "--seed", "3")
    code, out, err = snapback(*words, "--until", "2026-06-30", "--workers", "1", "--out", "found")
    assert (code, err) == (0, "")
    assert "Intervals are Student's" in out
    assert "2 runs with seed 3" in out
    assert "no range given" in out
    assert sorted(p.name for p in Path("found").iterdir()) == [
        "assumptions.csv",
        "manifest.json",
        "tornado.png",
    ]
    manifest = json.loads(Path("found/manifest.json").read_text("utf-8"))
    assert manifest["until"] == "2026-06-30"
    assert "2 runs with seed 3" in snapback(*words, "--until", "2026-06-30", "--workers", "1")[1]
    assert len(list(Path("results/runs").glob("assumptions-few-cost-*"))) == 1


WRONG = {
    "an outcome there is not": (("--outcome", "cots"), "did you mean cost"),
    "a government there is not": (("--outcome", "cost:government=UK"), "no government 'UK'"),
    "a measure there is not": (("--outcome", "in_force:measure=cn_ban"), "no measure 'cn_ban'"),
    "a day outside the run": (
        ("--outcome", "in_force:on=2026-05-01", "--until", "2026-04-01"),
        "a day of the run",
    ),
    "an outcome file there is not": (("--outcome", "./mine.py"), "no outcome file './mine.py'"),
    "a single run": (("--outcome", "cost", "--runs", "1"), "--runs"),
    "a folder without an outcome": (("--out", "here"), "expected --outcome NAME too"),
    "a force without an outcome": (("--force", "US:escalate@2026-03-02"), "expected --outcome NAME too"),
    "a force that is none": (("--outcome", "cost", "--force", "US:retreat@2026-03-02"), "no move 'retreat'"),
    "an unknown number": (("--set", "US.renewal_beleif=0.5"), "did you mean renewal_belief"),
    "a folder with other files": (("--outcome", "cost", "--out", "full"), "expected a new folder"),
    "an outcome that never happens": (
        ("--outcome", "truce_reached", "--runs", "2", "--until", "2025-11-12"),
        "it did not happen in any of 2 runs",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_bad_input_gets_one_sentence_exit_code_2_and_writes_nothing(snapback, what):
    Path("full").mkdir()
    Path("full/precious.txt").write_text("mine")
    words, expected = WRONG[what]
    code, out, err = snapback("assumptions", "busan", *words)
    assert (code, out) == (2, "")
    assert err.startswith("snapback: ")
    assert err.count("\n") == 1
    assert expected in err
    assert [str(path) for path in Path().rglob("*")] == ["full", "full/precious.txt"]


def test_a_failing_outcome_of_the_user_s_own_is_one_sentence(snapback):
    text = "from sim.outcomes import RunRecord, outcome\n\n\n"
    text += (
        '@outcome(unit="days", example="broken")\ndef broken(r: RunRecord) -> float:\n    return r.nothing\n'
    )
    Path("broken.py").write_text(text)
    code, _, err = snapback(
        "assumptions", "busan", "--outcome", "broken.py", "--runs", "2", "--until", "2025-11-12"
    )
    assert code == 2
    assert err.startswith("snapback: outcome broken: its function failed with AttributeError")
    assert err.count("\n") == 1


def test_outcomes_are_listed_and_the_help_says_how_long_it_takes(snapback):
    code, out, _ = snapback("list", "outcomes")
    assert code == 0
    assert all(name in out for name in names())
    assert "about a minute" in " ".join(snapback("assumptions", "--help")[1].split())
