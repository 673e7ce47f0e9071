"""A run's folder is there whole or not at all."""

import subprocess
import sys
from pathlib import Path

import pytest

import sim
from sim.reports.run import run_folder as folders


@pytest.fixture
def model():
    return sim.TradeModel("busan", rng=1, until="2025-12-31").run()


def test_an_interrupted_run_leaves_nothing(model, tmp_path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.reports.run.timeline.draw_timeline", interrupt)
    with pytest.raises(KeyboardInterrupt):
        folders.write_run(model, tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_run_leaves_the_old_one_as_it_was(model, tmp_path, monkeypatch):
    folders.write_run(model, tmp_path / "run")
    before = {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()}

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", fail)
    with pytest.raises(sim.ResultsError, match="No space left"):
        folders.write_run(model, tmp_path / "run")
    assert {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_run_is_replaced_and_anything_else_is_not(model, tmp_path):
    folders.write_run(model, tmp_path / "run")
    folders.write_run(model, tmp_path / "run")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("ten years")
    with pytest.raises(sim.ResultsError, match="other files"):
        folders.write_run(model, tmp_path / "mine")


def test_a_run_folder_with_a_file_of_the_users_is_left_alone(model, tmp_path):
    folders.write_run(model, tmp_path / "run")
    (tmp_path / "run" / "notes.md").write_text("mine")
    with pytest.raises(sim.ResultsError, match=r"other files: notes\.md"):
        folders.write_run(model, tmp_path / "run")
    assert (tmp_path / "run" / "notes.md").read_text() == "mine"


def test_the_current_folder_is_not_replaced(model, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(sim.ResultsError, match="expected another folder than the current one"):
        folders.write_run(model, Path())


def test_what_a_killed_run_left_aside_is_swept(model, tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = tmp_path / f".run.{gone.pid}.part"
    left.mkdir()
    folders.write_run(model, tmp_path / "run")
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_package_is_one_row_of_moves_and_its_extension_is_counted():
    package = "CN:extend=cn_port_fees+lift=cn_soy_boycott@2026-11-01"
    model = sim.TradeModel("busan", rng=1, force=package, strategy=["US=hold", "CN=hold"]).run()
    (move,) = model.moves[model.moves.act != "none"].itertuples()
    assert (move.act, move.measure) == ("extend+lift", "cn_port_fees+cn_soy_boycott")
    assert folders.summary_of(model, Path())["extensions"] == 1
    changed = model.measures[(model.measures.date == move.date) & (model.measures.cause == "move")]
    assert dict(zip(changed.measure, changed.status, strict=True)) == {
        "cn_port_fees": "suspended",
        "cn_soy_boycott": "lifted",
    }


def test_the_fingerprint_changes_with_anything_that_could_change_the_run():
    variants = [
        {},
        {"rng": 2},
        {"run": 1},
        {"until": "2025-12-30"},
        {"force": "US:hold@2025-12-01"},
        {"strategy": "CN=grim"},
        {"set": "US.discount=0.98"},
    ]
    names = {
        folders.folder_of(sim.TradeModel("busan", **{"rng": 1, "until": "2025-12-31", **v}), None).name
        for v in variants
    }
    assert len(names) == len(variants)
