"""`snapback run --runs N` as its users meet it."""

import json
from pathlib import Path

import pandas as pd
import pytest

SHORT = ("--until", "2026-03-20", "--force", "US:escalate@2026-03-02")


def test_many_runs_print_their_spread_and_write_a_folder(snapback):
    code, out, err = snapback("run", "busan", "--runs", 30, *SHORT)
    assert (code, err) == (0, "")  # no bar, for nobody watches
    assert "the spread of 30 runs" in out
    assert "Washington escalates" in out
    (folder,) = Path("results/runs").iterdir()
    assert folder.name.startswith("busan-30-runs-")
    assert {path.name for path in folder.iterdir()} == {
        "spread.md",
        "spread.png",
        "run.html",
        "events.csv",
        "tariffs.csv",
        "costs.csv",
        "manifest.json",
    }
    assert len(out.splitlines()) <= 72


def test_the_same_command_writes_the_same_bytes(snapback):
    for out in ("one", "two"):
        assert snapback("run", "busan", "--runs", 5, *SHORT, "--out", out)[0] == 0
    for path in Path("one").iterdir():
        assert path.read_bytes() == (Path("two") / path.name).read_bytes(), path.name


def test_both_engines_write_the_same_tables(snapback):
    for engine in ("mesa", "ensemble"):
        words = ("run", "busan", "--runs", 4, *SHORT, "--engine", engine, "--out", engine)
        assert snapback(*words)[0] == 0
    for name in ("events.csv", "tariffs.csv"):
        assert Path("mesa", name).read_bytes() == Path("ensemble", name).read_bytes(), name
    one, other = (pd.read_csv(Path(engine, "costs.csv")) for engine in ("mesa", "ensemble"))
    pd.testing.assert_frame_equal(one, other, atol=2e-6)


def test_all_options_reach_the_runs_and_json_is_one_object(snapback):
    words = ("--strategy", "CN=hold", "--set", "US.discount=0.9", "--seed", 5, "--json", "--out", "here")
    code, out, err = snapback("run", "busan", "--runs", 3, *SHORT, *words)
    result = json.loads(out)
    assert (code, err) == (0, "")
    assert (result["runs"], result["seed"], result["until"]) == (3, 5, "2026-03-20")
    assert result["strategies"]["CN"] == "hold"
    assert result["events"]["escalation:US"]["chance"] == 1.0
    assert result["events"]["escalation:CN"]["chance"] == 0.0
    manifest = json.loads(Path("here/manifest.json").read_text("utf-8"))
    assert manifest["numbers"]["US.discount"]["value"] == 0.9
    assert manifest["force"] == ["US:escalate@2026-03-02"]


def test_one_run_is_told_as_a_story_as_ever(snapback):
    code, out, _ = snapback("run", "busan", *SHORT, "--runs", 1, "--engine", "mesa", "--out", "one")
    assert code == 0
    assert "2 March 2026. Washington reactivates" in out
    assert Path("one/story.md").exists()


def test_a_bar_is_shown_to_who_watches(snapback, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    code, out, err = snapback("run", "ipd", "--runs", 3, "--json", "--out", "here")
    assert code == 0
    assert "runs" in err
    json.loads(out)  # and does not get into the output


WRONG = {
    "no run": (("--runs", "0"), "--runs"),
    "no number": (("--runs", "abc"), "--runs"),
    "more than anybody needs": (("--runs", "1000001"), "expected 1 to 1,000,000, got 1,000,001"),
    "an engine there is not": (("--runs", "2", "--engine", "numba"), "is not one of 'mesa', 'ensemble'"),
    "an engine there is not, for one run": (("--engine", "numba"), "is not one of 'mesa', 'ensemble'"),
    "the ensemble for one run": (("--engine", "ensemble"), "expected --runs 2 or more, got 1"),
    "a last day outside": (("--runs", "2", "--until", "2031-01-01"), "until: expected a day from"),
    "a force that is none": (("--runs", "2", "--force", "US:retreat@2026-03-02"), "no move 'retreat'"),
    "a strategy there is not": (("--runs", "2", "--strategy", "CN=tit"), "no strategy 'tit'"),
    "an unknown number": (("--runs", "2", "--set", "US.nothing=1"), "no number 'nothing'"),
    "a folder with other files": (("--runs", "2", "--out", "full"), "expected a new folder"),
}


@pytest.mark.parametrize("what", WRONG)
def test_bad_input_gets_one_sentence_exit_code_2_and_writes_nothing(snapback, what):
    Path("full").mkdir()
    Path("full/precious.txt").write_text("mine")
    words, expected = WRONG[what]
    code, out, err = snapback("run", "busan", *words)
    assert (code, out) == (2, "")
    assert err.startswith("snapback: ")
    assert err.count("\n") == 1
    assert expected in err
    assert [str(path) for path in Path().rglob("*")] == ["full", "full/precious.txt"]


def test_a_folder_of_many_runs_has_no_move_to_explain(snapback):
    snapback("run", "ipd", "--runs", 2, "--out", "many")
    code, _, err = snapback("explain", "many", "2026-03-02")
    assert code == 2
    assert err.startswith("snapback: ")


def test_the_help_shows_many_runs(snapback):
    code, out, _ = snapback("run", "--help")
    assert code == 0
    assert "--runs 10000" in out
    assert "--engine" in out
