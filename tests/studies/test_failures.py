"""Runs that fail are written down with their error, and the others are as if there were none."""

import pandas as pd
import pytest
from studying import begun, content, ended, finished, truce

from sim.domain.errors import SnapbackError
from sim.studies import user_files
from sim.studies.store import runs_of
from sim.studies.study_file import study
from sim.studies.study_runner import run_study

STRATEGY = """
from sim.domain.view import View
from sim.domain.constants import ESCALATE, HOLD, Move
from sim.strategies.strategy_register import strategy


@strategy(source="a test")
def faint_hearted(view: View, courage: float = COURAGE) -> Move:
    \"\"\"Hold, and fail with little luck.\"\"\"
    if view.luck < courage:
        return 17
    return HOLD
"""
OUTCOME = """
from sim.outcomes import RunRecord, outcome


@outcome(unit="bn USD", example="choosy")
def choosy(run: RunRecord) -> float:
    \"\"\"The first cost, if that is high enough.\"\"\"
    cost = sum(run.costs[0])
    if cost < 1:
        raise ValueError(f"too low\\nin {object()}")
    return cost
"""


OLD = {"strategy": '"random_move"', "outcome": '"snapback_within:government=CN,days=7"'}


def lines(path, **changes):
    text = path.read_text("utf-8")
    for old, new in changes.items():
        assert OLD[old] in text
        text = text.replace(OLD[old], new)
    path.write_text(text, "utf-8")
    return path


@pytest.fixture(autouse=True)
def _no_files_of_other_tests():
    user_files._forget()


def with_strategy(folder, courage):
    (folder / "faint.py").write_text(STRATEGY.replace("COURAGE", str(courage)), "utf-8")
    return lines(truce(folder), strategy='"faint.py"')


def with_outcome(folder):
    (folder / "choosy.py").write_text(OUTCOME, "utf-8")
    return lines(truce(folder), outcome='"./choosy.py"')


def test_a_strategy_that_fails_in_some_runs_is_told_of_with_cell_run_and_error(tmp_path):
    asked = with_strategy(tmp_path, 0.05)
    finished(asked, tmp_path / "some")
    runs = runs_of(tmp_path / "some")
    failed = runs[runs["error"].notna()]
    assert 0 < len(failed) < 80
    assert set(failed["character"]) == {"faint.py"}
    assert failed[["cost", "back"]].isna().all(axis=None)
    assert runs[runs["error"].isna()]["cost"].notna().all()
    for row in failed.itertuples():
        assert (
            f"strategy faint_hearted: expected ESCALATE, HOLD or RELAX, got 17 in run {row.run}" in row.error
        )
    answers = pd.read_csv(tmp_path / "some" / "answers.csv")
    assert answers[answers["outcome"] == "cost"]["failed"].sum() == len(failed)


def test_the_others_are_what_they_are_without_failures(tmp_path):
    finished(truce(tmp_path), tmp_path / "none")
    finished(with_outcome(tmp_path), tmp_path / "some")
    none, some = runs_of(tmp_path / "none"), runs_of(tmp_path / "some")
    failed = some["error"].notna()
    assert 0 < failed.sum() < len(some)
    said = "outcome choosy: its function failed with ValueError: too low in <object object at 0x...>"
    assert list(some["error"][failed]) == [f"{said}, in run {run}" for run in some["run"][failed]]
    assert some["cost"][~failed].equals(none["cost"][~failed])
    assert (none["cost"][failed] < 1).all()
    assert some["cost"][failed].isna().all()


@pytest.mark.slow
def test_failures_have_the_same_bytes_whoever_plays(tmp_path):
    asked = with_outcome(tmp_path)
    assert ended(begun(asked, "--out", tmp_path / "two", "--workers", "2"))[0] == 0
    assert content(tmp_path / "two") == finished(asked, tmp_path / "one")


def test_where_all_fail_it_says_why(tmp_path):
    asked = with_strategy(tmp_path, 2)
    asked.write_text(asked.read_text("utf-8").replace('"payoff_logit", ', ""), "utf-8")
    with pytest.raises(SnapbackError, match=r"all runs failed; the first, run 0 of cell 0: strategy faint"):
        run_study(study(asked), tmp_path / "all")
    with pytest.raises(SnapbackError, match="all runs failed"):  # and knows it without playing
        run_study(study(asked), tmp_path / "all")


def test_on_the_mesa_engine_they_are_told_of_too(tmp_path):
    asked = with_strategy(tmp_path, 0.2)
    asked.write_text('engine = "mesa"\n' + asked.read_text("utf-8").replace("runs = 40", "runs = 4"), "utf-8")
    finished(asked, tmp_path / "mesa")
    errors = runs_of(tmp_path / "mesa")["error"].dropna()
    assert 0 < len(errors) < 16
    assert errors.str.contains("strategy faint_hearted: expected ESCALATE, HOLD or RELAX, got 17").all()


def test_a_strategy_that_does_not_compile_is_told_of_once(tmp_path):
    asked = with_strategy(tmp_path, 0.1)
    path = tmp_path / "faint.py"
    text = path.read_text("utf-8").replace("return 17", "return len(open(__file__).read())")
    path.write_text(text, "utf-8")
    with pytest.raises(SnapbackError, match="Numba cannot compile line"):
        run_study(study(asked), tmp_path / "none")


def test_a_strategy_that_does_not_compile_is_refused_before_anything_is_written(tmp_path):
    (tmp_path / "faint.py").write_text(
        STRATEGY.replace("if view.luck < courage:", 'if f"{view.my_in_force:x}" == "a":').replace(
            "COURAGE", "0"
        ),
        "utf-8",
    )
    path = lines(truce(tmp_path), strategy='"faint.py"')
    with pytest.raises(SnapbackError, match=r"Numba cannot compile line \d+ of faint.py"):
        run_study(study(path), tmp_path / "out")
    assert not (tmp_path / "out").exists()
