"""`snapback lesson` as its users meet it."""

import json

import pandas as pd
import pytest


def test_lessons_are_listed(snapback):
    code, out, err = snapback("lesson")
    assert (code, err) == (0, "")
    assert "The threat that snaps back" in out and "snapback lesson N" in out
    code, out, _ = snapback("lesson", "--json")
    assert [row["number"] for row in json.loads(out)["lessons"]] == list("123456")


def test_a_lesson_is_shown_and_its_answers_only_if_asked_for(snapback):
    _, plain, _ = snapback("lesson", "2")
    _, told, _ = snapback("lesson", "2", "--answers")
    assert "Discuss" in plain and "A common error" not in plain
    assert "A common error" in told
    assert json.loads(snapback("lesson", "2", "--json")[1])["answers"] == ""
    assert "A common error" in json.loads(snapback("lesson", "2", "--answers", "--json")[1])["answers"]


def test_a_worksheet_is_one_file_that_asks_for_nothing(snapback, tmp_path):
    code, out, _ = snapback("lesson", "2", "--out", "sheet.html")
    text = (tmp_path / "sheet.html").read_text("utf-8")
    assert code == 0 and "Written to sheet.html, to be printed" in out
    assert "src=" not in text and "A common error" not in text and "____" not in text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("7",), "lesson: expected a number from 1 to 6, got 7"),
        (("--answers",), "lesson: expected a number before --answers and --out, such as 2"),
        (("--out", "sheet.html"), "lesson: expected a number before --answers and --out, such as 2"),
        (("2", "--out", "nowhere/sheet.html"), "nowhere"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(snapback, tmp_path, words, sentence):
    code, out, err = snapback("lesson", *words)
    assert (code, out) == (2, "")
    assert sentence in err and err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_the_gain_of_a_class_is_printed_with_its_interval_and_its_limits(snapback, tmp_path):
    rows = [
        (f"seat {k}", when, f"lesson 1{form}", right, 0.75)
        for k in range(6)
        for when, form, right in (("before", "a", k == 0), ("after", "b", k < 4))
    ]
    table = pd.DataFrame(rows, columns=["seat", "when", "question", "right", "confidence"])
    table.to_parquet(tmp_path / "answers.parquet")
    code, out, _ = snapback("lesson", "--gain", ".")
    assert code == 0
    assert "0.6 " in out and "a gain may have other causes" in out
    first = json.loads(snapback("lesson", "--gain", ".", "--json")[1])["gains"][0]
    assert (first["students"], first["gain"]) == (6, pytest.approx(0.6))


def test_a_folder_without_answers_is_named(snapback):
    code, out, err = snapback("lesson", "--gain", ".")
    assert (code, out) == (2, "")
    assert "expected the folder of a class, with answers.parquet" in err
