"""Whether lessons teach: simulated students whose gain is known prove that the sums are right, no more."""

import re

import numpy as np
import pandas as pd
import pytest

from sim.domain.errors import ResultsError
from sim.lessons.assessment import ALL, gains, questions
from sim.lessons.lesson import lessons

ABOUTS = list(dict.fromkeys(question["about"] for question in questions()))


def simulated(students, before=0.4, after=0.7, sure=(0.8, 0.8), seed=1):
    """Answers of students who know each thing with a chance before, and with another after.

    Half of them begin with each form. `sure` is what they say before and after.
    """
    random = np.random.default_rng(seed)
    rows = []
    for seat in range(students):
        for when, share, confidence in zip(("before", "after"), (before, after), sure, strict=True):
            form = "ab"[(seat + (when == "after")) % 2]
            for about in ABOUTS:
                right = random.random() < share
                rows.append((f"seat {seat}", when, f"{about}{form}", right, confidence))
    return pd.DataFrame(rows, columns=["seat", "when", "question", "right", "confidence"])


def first(answers):
    """The row of all questions."""
    return gains(answers).iloc[0]


def test_two_parallel_forms_ask_the_same_eight_things():
    for form in (0, 1):
        own = [question for question in questions() if question["form"] == form]
        assert [question["about"] for question in own] == ABOUTS
        assert len(own) == 8
    assert ABOUTS[:6] == [f"lesson {one.number}" for one in lessons()]
    assert len({question["id"] for question in questions()}) == 16


@pytest.mark.parametrize("question", questions(), ids=lambda question: question["id"])
def test_a_question_has_four_choices_and_its_right_one_is_not_told_by_its_place(question):
    assert len(set(question["choices"])) == 4 and 0 <= question["right"] < 4
    (twin,) = [q for q in questions() if q["about"] == question["about"] and q["form"] != question["form"]]
    assert question["text"] != twin["text"]
    assert {q["right"] for q in questions() if q["form"] == question["form"]} == {0, 1, 2, 3}


def test_a_gain_that_is_known_is_found():
    everything = first(simulated(600))
    assert everything.about == ALL and everything.students == 600
    assert everything.gain == pytest.approx((0.7 - 0.4) / (1 - 0.4), abs=0.03)
    assert everything.gain_low < 0.5 < everything.gain_high


def test_the_interval_of_a_class_of_thirty_holds_the_truth_nineteen_times_of_twenty():
    classes = [first(simulated(30, seed=seed)) for seed in range(20)]
    assert sum(one.gain_low <= 0.5 <= one.gain_high for one in classes) >= 17
    nothing = [first(simulated(30, after=0.4, seed=seed)) for seed in range(20)]
    assert sum(one.gain_low <= 0 <= one.gain_high for one in nothing) >= 17


def test_each_lesson_has_its_own_gain():
    answers = simulated(200, before=0.3, after=0.3)
    learned = answers["question"].str.startswith("lesson 2") & (answers["when"] == "after")
    answers.loc[learned, "right"] = True
    table = gains(answers).set_index("about")
    assert set(table.index) == {ALL, *ABOUTS}
    assert table.loc["lesson 2", ["gain", "gain_low", "gain_high"]].tolist() == [1.0, 1.0, 1.0]
    assert all(abs(table.gain[about]) < 0.2 for about in ABOUTS if about != "lesson 2")


def test_who_learns_how_sure_to_be_has_a_lower_brier_score():
    changed = first(simulated(300, after=0.4, sure=(0.9, 0.4)))
    assert changed.brier_before == pytest.approx(0.4 * 0.1**2 + 0.6 * 0.9**2, abs=0.02)
    assert changed.brier_after == pytest.approx(0.4 * 0.6, abs=0.02)
    assert changed.brier_high < 0


def test_where_all_was_known_before_there_is_no_gain_to_be_told():
    assert np.isnan(first(simulated(5, before=1.1, after=1.1)).gain)


def test_who_came_only_once_is_left_out():
    answers = simulated(20)
    assert first(answers[(answers["seat"] != "seat 3") | (answers["when"] == "before")]).students == 19


@pytest.mark.parametrize("when", ["before", "after"])
def test_without_both_times_there_is_no_claim(when):
    answers = simulated(20)
    with pytest.raises(ResultsError, match="nothing can be said of learning yet"):
        gains(answers[answers["when"] == when])


def test_a_missing_column_is_named():
    with pytest.raises(ResultsError, match=re.escape("confidence missing")):
        gains(simulated(2).drop(columns="confidence"))


def test_what_a_lesson_lets_predict_has_no_right_answer_and_does_not_count():
    answers = simulated(20)
    guess = pd.DataFrame([("seat 1", "before", "lesson", None, None)], columns=answers.columns)
    both = pd.concat([answers.astype(object), guess])
    assert first(both.astype({"confidence": float})).equals(first(answers))
