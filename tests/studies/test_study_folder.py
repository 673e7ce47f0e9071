"""A folder of results that cannot be written, is in use or is not a study's own: a sentence, nothing lost."""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.compute
import pyarrow.parquet
import pytest
from studying import content, finished, stored, truce

from sim.domain.errors import SnapbackError
from sim.storage import provenance
from sim.studies import store
from sim.studies.store import results, runs_of
from sim.studies.study_file import study
from sim.studies.study_runner import run_study


@pytest.fixture
def asked(tmp_path):
    return truce(tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """What the folder of the study holds when it was played without a stop."""
    folder = tmp_path_factory.mktemp("whole")
    return finished(truce(folder), folder / "whole")


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A folder in which half of the runs are, to be copied."""
    folder = tmp_path_factory.mktemp("begun")
    assert not run_study(study(truce(folder)), folder / "half", limit=80).complete
    return folder / "half"


@pytest.fixture
def half(begun, tmp_path):
    """A folder in which half of the runs are, to be spoilt."""
    return shutil.copytree(begun, tmp_path / "half")


def refused(asked, folder, *sentences):
    before = stored(folder) if folder.is_dir() else {}
    with pytest.raises(SnapbackError) as error:
        run_study(study(asked), folder)
    said = str(error.value)
    assert all(sentence in said for sentence in sentences), said
    assert before.items() <= (stored(folder) if folder.is_dir() else {}).items()


def test_a_second_process_is_refused(asked, half):
    with store.locked_folder(half, study(asked)):
        refused(asked, half, "another process is writing this study", "--out")
    finished(asked, half)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_what_the_disk_refuses_is_a_sentence_and_all_that_is_stored_stays(
    asked, half, tmp_path, monkeypatch, code, whole
):
    def full(part, descriptor=None):
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        refused(asked, half, "cannot be written", os.strerror(code), "the same command goes on from there")
    assert len(runs_of(half)) == 80
    assert not list(half.rglob("*.part"))
    assert finished(asked, half) == whole


def test_what_did_not_happen_is_null_and_not_counted(tmp_path):
    path = tmp_path / "s.toml"
    path.write_text(
        'title = "x"\nquestion = "q?"\nscenario = "ipd"\nengine = "mesa"\nruns = 20\n'
        'set = ["game.rounds=10"]\n'
        'outcomes.first = "days_to_first_escalation"\ndesign.kind = "grid"\n'
        'levers.err = { number = "game.error", values = [0.02, 0.1] }\n',
        "utf-8",
    )
    runs = study(path).run(tmp_path / "out")
    happened = runs["first"].notna().sum()
    assert 0 < happened < 40
    stored = pyarrow.parquet.read_table(tmp_path / "out" / "runs")["first"]
    assert stored.null_count == 40 - happened
    assert pyarrow.compute.count(stored).as_py() == happened  # as `count(first)` of any engine
    assert pyarrow.compute.mean(stored).as_py() == pytest.approx(runs["first"].mean())
    assert pyarrow.compute.max(stored).as_py() == runs["first"].max()
    late = pyarrow.compute.sum(pyarrow.compute.greater(stored, 3.0)).as_py()
    assert late == (runs["first"] > 3).sum()


MOUNTED = """
set -e
mkdir tiny
mount -t tmpfs -o size=80k tmpfs tiny || exit 77
play() { "$PYTHON" -m sim study truce.toml --out tiny/here 2>>said >/dev/null || echo $? >>codes; }
play
ls tiny/here/runs | wc -l >there
mount -o remount,ro tiny
play
mount -o remount,rw,size=10m tiny
play
cp -r tiny/here here
"""


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("unshare"), reason="mounts a small disk where nobody else sees it")
def test_a_disk_that_runs_full_or_can_only_be_read_loses_nothing(asked, tmp_path, whole):
    done = subprocess.run(
        ["unshare", "--mount", "--propagation", "private", "sh", "-c", MOUNTED],
        cwd=tmp_path,
        env={**os.environ, "PYTHON": sys.executable},
    )
    if not (tmp_path / "said").exists():
        pytest.skip("nothing may be mounted here")
    assert done.returncode == 0
    full, read_only = (tmp_path / "said").read_text("utf-8").splitlines()
    assert "No space left on device; what is stored stays, and the same command goes on from there" in full
    assert "cannot be written: Read-only file system" in read_only
    assert (tmp_path / "codes").read_text("utf-8").split() == ["2", "2"]
    assert 0 < int((tmp_path / "there").read_text("utf-8")) < 16
    assert content(tmp_path / "here") == whole


def test_a_folder_that_disappears_is_told_of(asked, tmp_path):
    def told(there, total):
        if there == 40:
            shutil.rmtree(tmp_path / "gone")

    with pytest.raises(SnapbackError, match=r"cannot be written: No such file or directory"):
        run_study(study(asked), tmp_path / "gone", progress=told)


CHANGED = {
    "study": "the study says something else now",
    "scenario": "the scenario has changed",
    "strategies": "a strategy has changed",
    "outcomes": "an outcome has changed",
    "files": "a Python file that it names has changed",
    "code": "it was played by other code",
}


@pytest.mark.parametrize("key", CHANGED)
def test_results_of_anything_else_are_not_mixed_with(asked, half, key):
    manifest = json.loads((half / "manifest.json").read_text("utf-8"))
    manifest["sha256"][key] = "0"
    (half / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    refused(asked, half, CHANGED[key], "give another --out, or remove the folder to begin anew")


def test_other_versions_are_named(asked, half):
    manifest = json.loads((half / "manifest.json").read_text("utf-8"))
    manifest["versions"]["numba"] = "0.1"
    (half / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    refused(asked, half, "played with other versions: numba 0.1, here ")


def test_a_study_whose_title_alone_has_changed_goes_on(asked, half):
    asked.write_text(asked.read_text("utf-8").replace("A truce", "Another title"), "utf-8")
    there = finished(asked, half)
    assert b"Another title" in there["study.toml"]
    assert b"Another title" in there["manifest.json"]


def test_a_study_may_be_moved(asked, half, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    moved = asked.rename(tmp_path / "elsewhere" / asked.name)
    finished(moved, half)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"sha256": 1}', "\x00"])
def test_a_manifest_that_is_none_is_told_of(asked, half, text):
    (half / "manifest.json").write_text(text, "utf-8")
    refused(asked, half, "expected the manifest of a study", "put it back, or give another --out")


def test_a_manifest_that_is_gone_is_told_of(asked, half):
    (half / "manifest.json").unlink()
    refused(asked, half, "manifest.json: expected it beside the runs, got none")


def broken_bytes(path):
    content = bytearray(path.read_bytes())
    content[40] ^= 0xFF
    path.write_bytes(content)


BROKEN = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-20]),
    "emptied": lambda path: path.write_bytes(b""),
    "overwritten": lambda path: path.write_text("nothing"),
    "with other bytes": broken_bytes,
}


@pytest.mark.parametrize("name", ["runs/000000000-000001.parquet", "cells.parquet"])
@pytest.mark.parametrize("kind", BROKEN)
def test_a_file_that_is_broken_is_named_and_made_again_once_it_is_removed(
    asked, half, tmp_path, name, kind, whole
):
    BROKEN[kind](half / name)
    if (name, kind) != ("cells.parquet", "with other bytes"):  # it has no checksums, and is made anew by all
        refused(asked, half, str(half / name), "remove this file, and the same command makes it again")
    (half / name).unlink()
    assert finished(asked, half) == whole


def test_a_folder_of_something_else_is_left_alone(asked, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", "utf-8")
    refused(asked, tmp_path / "mine", "got one with other files: thesis.txt")
    refused(asked, tmp_path / "mine" / "thesis.txt", "expected a folder, got a file")
    refused(asked, tmp_path / "mine" / "thesis.txt" / "inside", "cannot be written: Not a directory")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_what_holds_no_study_has_no_results(tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(SnapbackError, match="expected a folder that snapback study has written"):
            results(folder)


def test_one_limit_after_the_other_ends_with_the_same_bytes(asked, tmp_path, whole):
    steps = 0
    while not run_study(study(asked), tmp_path / "limited", limit=25).complete:
        steps += 1
    assert steps == 5  # 30 runs at a time, in whole chunks of ten
    assert finished(asked, tmp_path / "limited") == whole


def test_paths_of_this_machine_are_not_stored(tmp_path):
    shutil.copy(Path(__file__).parents[1] / "scenarios" / "small.toml", tmp_path / "small.toml")
    asked = truce(tmp_path, runs=2, more='scenario = ["spiral_2025", "small.toml"]\n')
    text = asked.read_text("utf-8").replace("until = 2025-11-30", "").replace("back = ", "# ")
    asked.write_text(text.replace("values = [0.1, 1.0]", "values = [0.1]"), "utf-8")
    for text in finished(asked, tmp_path / "out").values():
        assert str(tmp_path).encode() not in text


def test_a_report_told_otherwise_is_no_other_code_but_a_rule_is(tmp_path, monkeypatch):
    for room in ("reports", "rules"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "a.py").write_text("1", "utf-8")
    monkeypatch.setattr(provenance, "PACKAGE", tmp_path)
    digest = provenance.code_digest.__wrapped__
    before, all_before = digest(provenance.READERS), digest()
    (tmp_path / "reports" / "a.py").write_text("2", "utf-8")
    assert digest(provenance.READERS) == before
    assert digest() != all_before
    (tmp_path / "rules" / "a.py").write_text("2", "utf-8")
    assert digest(provenance.READERS) != before
