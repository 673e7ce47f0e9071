"""Machine code that is kept costs time where it cannot be, never a run, and never an old number."""

import errno
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from calling import called

import sim
from sim.domain.errors import EngineError
from sim.engines.compiler import njit
from sim.engines.compiler.compile_cache import folder
from sim.engines.compiler.njit import compiled
from sim.rules.luck import luck

ARGUMENTS = (1, 2, 3, 4, 5)
RIGHT = luck(*ARGUMENTS)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "snapback"


def hits():
    """Whether a function that is compiled anew is found in the folder, and right."""
    twin = compiled(luck, cache=True)
    assert twin(*ARGUMENTS) == pytest.approx(RIGHT, abs=0)
    return sum(twin.stats.cache_hits.values())


def test_what_is_kept_is_found(cache):
    assert (hits(), hits()) == (0, 1)
    assert len(list(cache.iterdir())) == 1


def cut(path):
    path.write_bytes(path.read_bytes()[:-100])


def flipped(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def emptied(path):
    path.write_bytes(b"")


def a_folder(path):
    path.unlink()
    path.mkdir()


def another_file(path):
    path.write_bytes(b"\x80\x04K\x01." * 20)


@pytest.mark.parametrize("damage", [cut, flipped, emptied, a_folder, another_file, Path.unlink])
def test_a_damaged_file_is_made_again(cache, damage):
    hits()
    (kept,) = cache.iterdir()
    damage(kept)
    assert hits() == 0
    if kept.is_file():
        assert hits() == 1


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.ENAMETOOLONG]
)
def test_a_folder_that_takes_nothing_is_no_matter(cache, monkeypatch, number, caplog):
    caplog.set_level(logging.INFO, "sim")

    def refused(path, content):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", refused)
        full.setattr(njit, "MANY", 0)
        assert (hits(), hits()) == (0, 0)
    assert str(cache) in caplog.text and os.strerror(number) in caplog.text
    assert list(cache.iterdir()) == []


def test_what_is_kept_where_one_may_only_read_is_found(cache, monkeypatch):
    hits()

    def refused(*_, **__):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    for method in ("mkdir", "write_bytes", "replace", "unlink"):
        monkeypatch.setattr(Path, method, refused)
    assert hits() == 1


@pytest.mark.parametrize(
    ("set_to", "expected"),
    [
        ({"NUMBA_CACHE_DIR": "", "XDG_CACHE_HOME": "", "HOME": "/nowhere"}, "/nowhere/.cache/snapback"),
        ({"NUMBA_CACHE_DIR": "", "XDG_CACHE_HOME": "/x", "HOME": "/nowhere"}, "/x/snapback"),
        ({"NUMBA_CACHE_DIR": "/y", "XDG_CACHE_HOME": "/x", "HOME": "/nowhere"}, "/y/snapback"),
        ({"NUMBA_CACHE_DIR": "", "XDG_CACHE_HOME": "x", "HOME": "/nowhere"}, None),
        ({"NUMBA_CACHE_DIR": "", "XDG_CACHE_HOME": "", "HOME": "here"}, None),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other folders")
def test_the_folder_is_where_it_is_set_to_be(set_to, expected, monkeypatch):
    for name, value in set_to.items():
        monkeypatch.setenv(name, value)
    assert folder() == (Path(expected) if expected else None)


def test_who_has_no_home_keeps_nothing_and_plays(monkeypatch):
    def homeless():
        raise RuntimeError("Could not determine home directory.")

    for name in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert folder() is None
    assert (hits(), hits()) == (0, 0)


@pytest.mark.parametrize("place", ["a file", "a file/within", "x" * 300])
def test_a_folder_that_cannot_be_is_no_matter(tmp_path, monkeypatch, place):
    (tmp_path / "a file").write_text("no folder", "utf-8")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / place))
    hits()


def test_one_function_compiled_in_two_ways_is_kept_twice(cache):
    for _ in range(2):
        for option in (True, False):
            compiled(luck, cache=True, boundscheck=option)(*ARGUMENTS)
    assert len(list(cache.iterdir())) == 2


def test_what_takes_a_while_to_compile_is_told_until_it_is_kept(cache, monkeypatch, caplog):
    caplog.set_level(logging.INFO, "sim")
    hits()
    assert not caplog.text
    cache.rename(cache.with_name("other"))
    monkeypatch.setattr(njit, "MANY", 0)
    hits()
    assert "once on this machine: it takes about half a minute" in caplog.text
    caplog.clear()
    hits()
    assert not caplog.text


WEIGHTED = """
import numpy as np
from sim.outcomes import RunRecord, outcome

WEIGHTS = np.array([1.0, 2.0])


@outcome(unit="points", example="weighted")
def weighted(run: RunRecord) -> float:
    '''Decisions, each weighted by its government.'''
    total = 0.0
    for m in run.moves:
        total += WEIGHTS[m.government]
    return total
"""
STUDY = """
title = "Weights"
question = "q?"
scenario = "ipd"
runs = 3
outcomes.weight = "./weighted.py"
design.kind = "grid"
levers.err = { number = "game.error", values = [0.01, 0.05] }
"""
STRATEGY = """
import numpy as np
from sim.domain.view import View
from sim.domain.constants import ESCALATE, HOLD, Move
from sim.strategies.strategy_register import strategy

PATIENCE = np.array([3, 3])


@strategy(source="mine")
def patient(view: View) -> Move:
    '''Patient for some rounds.'''
    return ESCALATE if view.their_escalations > PATIENCE[0] else HOLD
"""


def printed(*words, cwd, **more):
    """What a command prints in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "sim", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(sim.__file__).parents[1]), **more},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.slow
def test_a_study_of_a_changed_outcome_gives_its_numbers(tmp_path):
    (tmp_path / "s.toml").write_text(STUDY, "utf-8")
    answers = []
    for values in ("[1.0, 2.0]", "[100.0, 200.0]"):
        (tmp_path / "weighted.py").write_text(WEIGHTED.replace("[1.0, 2.0]", values), "utf-8")
        printed("study", "s.toml", "--out", f"out{len(answers)}", "--workers", "1", cwd=tmp_path)
        table = (tmp_path / f"out{len(answers)}" / "answers.csv").read_text("utf-8")
        answers.append(re.findall(r",(600|60000),", table))
    assert answers[0][:1] == ["600"] and answers[1][:1] == ["60000"]


@pytest.mark.slow
def test_runs_of_a_changed_strategy_are_runs_of_the_other_engine_too(tmp_path):
    told = []
    for values in ("[3, 3]", "[150, 150]"):
        (tmp_path / "patient.py").write_text(STRATEGY.replace("[3, 3]", values), "utf-8")
        words = ("run", "ipd", "--strategy", "COL=./patient.py", "--strategy", "ROW=always_escalate")
        costs = [
            printed(
                *words,
                "--runs",
                "3",
                "--json",
                "--engine",
                engine,
                "--out",
                f"{values}{engine}",
                cwd=tmp_path,
            )
            for engine in ("ensemble", "mesa")
        ]
        means = [re.findall(r'"mean": (-?[\d.]+)', text) for text in costs]
        assert means[0] == means[1]
        told.append(means[0])
    assert told[0] != told[1]


def test_where_numba_may_not_compile_that_is_said(monkeypatch, capsys):
    from numba.core import config

    monkeypatch.setattr(config, "DISABLE_JIT", 1)
    with pytest.raises(EngineError, match="NUMBA_DISABLE_JIT is set"):
        compiled(luck)
    from sim.engines.run_batch import loop

    loop.cache_clear()
    assert called("run", "ipd", "--runs", "3", "--out", "x") == 2
    assert "unset it, or use the Mesa engine" in capsys.readouterr().err
