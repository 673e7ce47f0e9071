"""`snapback study` as its users meet it."""

import json
import re
from functools import partial
from pathlib import Path

import pytest

import sim

ASKED = """
title = "A truce"
question = "What do beliefs in renewal change?"
until = 2025-11-30
runs = 20
chunk = 10
[levers.belief]
number = "CN.renewal_belief"
values = [0.1, 1.0]
[outcomes]
cost = "cost:government=US"
[design]
kind = "grid"
"""


@pytest.fixture
def truce(snapback):
    """Run `snapback study` beside a study's file; gives what `snapback` gives."""
    Path("truce.toml").write_text(ASKED, "utf-8")
    return partial(snapback, "study")


def test_it_is_played_in_parts_and_says_how_far_it_is(truce):
    code, out, err = truce("truce.toml", "--workers", "1", "--limit", "15")
    assert (code, err) == (0, "")
    assert "20 of 40 runs are there; the same command resumes the study" in out
    code, out, err = truce("truce.toml", "--workers", "1")
    assert (code, err) == (0, "")
    assert "40 of 40 runs are there, 0 failed" in out
    assert Path("results/studies/truce/answers.csv").exists()


def test_checking_plays_a_pilot_says_what_to_expect_and_keeps_nothing(truce):
    code, out, _ = truce("truce.toml", "--check", "--workers", "1")
    assert code == 0
    assert "2 cells \N{MULTIPLICATION SIGN} 20 runs = 40 worlds" in out
    assert "A pilot of 20 runs a cell says what to expect" in out
    assert re.search(r"time: about [\d.e-]+ s by 1 process,", out)
    assert re.search(r"cost, mean of a cell: ± [\d.]+ bn USD", out)
    assert [path.name for path in Path().iterdir()] == ["truce.toml"]


def test_the_width_that_a_pilot_expects_is_about_the_one_that_comes(truce):
    provoked = 'runs = 400\nforce = ["US:escalate@2025-11-17"]'
    Path("truce.toml").write_text(ASKED.replace("runs = 20", provoked).replace("chunk = 10", ""), "utf-8")
    _, out, _ = truce("truce.toml", "--check", "--json")
    expected = json.loads(out)["pilot"]["half"]["cost"][0]
    _, out, _ = truce("truce.toml", "--workers", "1", "--json")
    rows = json.loads(out)["answers"]
    there = [(row["high"] - row["low"]) / 2 for row in rows]
    assert min(there) / 3 < expected < 3 * max(there)


def test_of_many_cells_some_are_piloted_and_that_is_said(truce):
    many = [round(0.01 * k, 2) for k in range(1, 61)]
    Path("truce.toml").write_text(ASKED.replace("[0.1, 1.0]", str(many)), "utf-8")
    _, out, _ = truce("truce.toml", "--check")
    assert "A pilot of 20 runs of 50 of the 60 cells" in out


def test_a_study_names_the_row_that_others_are_compared_with(truce):
    Path("truce.toml").write_text("reference = { belief = 1.0 }\n" + ASKED, "utf-8")
    _, out, _ = truce("truce.toml", "--workers", "1", "--json")
    first, last = json.loads(out)["answers"]
    assert last["difference"] is None
    assert first["difference"] == pytest.approx(first["mean"] - last["mean"])
    for wrong, says in (
        ("belif = 1.0", "did you mean belief?"),
        ("belief = 0.3", "that one row has, got 0 rows"),
    ):
        Path("truce.toml").write_text(f"reference = {{ {wrong} }}\n" + ASKED, "utf-8")
        code, _, err = truce("truce.toml", "--check")
        assert code == 2
        assert says in err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("truce.toml", "--workers", "0"), "Invalid value for '--workers'"),
        (("truce.toml", "--limit", "0"), "Invalid value for '--limit'"),
        (("none.toml",), "there is no study to be read: No such file or directory"),
        ((), "Missing argument 'FILE'"),
    ],
)
def test_what_is_wrong_is_one_sentence(truce, words, sentence):
    code, out, err = truce(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("snapback: ")
    assert sentence in err
    assert [path.name for path in Path().iterdir()] == ["truce.toml"]


def test_from_python_it_gives_its_runs(tmp_path):
    (tmp_path / "truce.toml").write_text(ASKED, "utf-8")
    runs = sim.study(tmp_path / "truce.toml").run()
    assert list(runs.columns) == ["cell", "belief", "run", "cost", "error"]
    assert runs.groupby("belief")["run"].count().tolist() == [20, 20]
