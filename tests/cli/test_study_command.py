"""`snapback study` as its users meet it."""

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


def test_checking_plays_nothing(truce):
    code, out, _ = truce("truce.toml", "--check")
    assert code == 0
    assert "2 cells \N{MULTIPLICATION SIGN} 20 runs = 40 worlds" in out
    assert [path.name for path in Path().iterdir()] == ["truce.toml"]


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
