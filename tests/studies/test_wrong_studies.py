"""A small study is changed: a sentence says in which file and key, and what was expected."""

import tomllib
from pathlib import Path

import pytest

from sim.domain.errors import SnapbackError
from sim.studies.study_file import study

HERE = Path(__file__).parent
SMALL = (HERE / "small_study.toml").read_text("utf-8")
WRONG = tomllib.loads((HERE / "wrong.toml").read_text("utf-8"))


def said(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(SnapbackError) as error:
        study(path)
    return str(error.value)


def test_the_small_study_can_be_asked(tmp_path):
    (tmp_path / "study.toml").write_text(SMALL, "utf-8")
    assert len(study(tmp_path / "study.toml").spec.cells) == 2


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_said_in_one_sentence(wrong, tmp_path):
    text = SMALL
    for line, becomes in WRONG[wrong]["change"]:
        assert line in text, "the small study has changed"
        text = text.replace(line, becomes, 1)
    assert said(tmp_path / "study.toml", text) == f"study.toml: {WRONG[wrong]['says']}"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "title: expected a value, got nothing"),
        (b"title", "expected TOML: Expected '=' after a key"),
        (b"\xff\xfe", "expected UTF-8 text, got byte 0 that is not"),
        (b"a = " + b"[" * 5000 + b"]" * 5000, "expected TOML"),
        (b"#" * 10_000_001, "expected at most 10000000 bytes, got 10000001"),
    ],
    ids=["empty", "no TOML", "no text", "too deep", "too long"],
)
def test_what_is_no_study_is_told_of(content, sentence, tmp_path):
    assert said(tmp_path / "study.toml", content).startswith(f"study.toml: {sentence}")


def test_a_study_that_is_not_there_is_told_of(tmp_path):
    for path, why in ((tmp_path, "Is a directory"), (tmp_path / "none.toml", "No such file or directory")):
        with pytest.raises(SnapbackError, match=f"there is no study to be read: {why}"):
            study(path)


@pytest.mark.slow
def test_assumptions_of_a_shipped_scenario_can_all_be_moved_together(tmp_path):
    text = SMALL.replace("runs = 10", 'runs = 2\nuncertainties = "assumptions"').replace(
        'kind = "grid"', 'kind = "latin_hypercube"\npoints = 2'
    )
    (tmp_path / "study.toml").write_text(text, "utf-8")
    assert len(study(tmp_path / "study.toml").spec.cells.factors) > 50
