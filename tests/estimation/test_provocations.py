"""Escalations drawn at random, and their answers."""

import numpy as np
import pytest

from sim.domain.constants import ESCALATE, FORCED, HOLD, REACTION, RELAX, REVIEW, SUNSET
from sim.domain.run_record import DecisionRecord
from sim.engines.run_spec import RunSpec
from sim.estimation.provocations import Provocation, answer_to, provoked_answers

US, CN = 0, 1


def move(day: int, government: int, reason: int, word: int, pressure: float = 0.0) -> DecisionRecord:
    return DecisionRecord(day, government, 1 - government, reason, word, word, 0, -1, pressure)


PROVOCATION = move(10, US, FORCED, ESCALATE, 0.7)


@pytest.mark.parametrize(
    ("moves", "answer"),
    [
        ([move(13, CN, REACTION, ESCALATE)], ESCALATE),
        ([move(13, CN, REACTION, HOLD), move(20, CN, REVIEW, ESCALATE)], HOLD),
        ([move(11, CN, SUNSET, HOLD), move(13, CN, REACTION, RELAX)], RELAX),
        ([move(11, CN, SUNSET, ESCALATE), move(13, CN, REACTION, HOLD)], ESCALATE),
        ([move(10, CN, REVIEW, ESCALATE), move(13, CN, REACTION, HOLD)], HOLD),
        ([move(31, CN, REACTION, ESCALATE)], HOLD),
        ([], HOLD),
    ],
    ids=["in kind", "the first counts", "not while it prepares", "or before", "next day", "20 days", "none"],
)
def test_the_answer_is_the_partner_s_first_move_after_it(moves, answer):
    played = sorted([*moves, PROVOCATION], key=lambda m: m.day)
    assert answer_to(played, 10, US, CN) == [Provocation(CN, 0.7, answer)]


def test_a_force_that_no_act_carries_is_no_escalation():
    assert answer_to([move(10, US, FORCED, HOLD), move(13, CN, REACTION, ESCALATE)], 10, US, CN) == []


def test_both_governments_of_busan_escalate_by_much_and_by_little(compiled_once):
    answers = provoked_answers(RunSpec("busan", runs=40, seed=3))
    assert list(answers) == ["US", "CN"]
    for columns in answers.values():
        assert 25 < len(columns.moves) <= 40
        assert columns.pressure.min() < 0.5 < 2.0 < columns.pressure.max()
        np.testing.assert_allclose(columns.notice, columns.pressure / (columns.pressure + 0.3))
        np.testing.assert_allclose(columns.unnoticed.sum(axis=1), 1.0)
    again = provoked_answers(RunSpec("busan", runs=40, seed=3))
    assert all(np.array_equal(a, b) for a, b in zip(answers["CN"], again["CN"], strict=True))


def test_who_can_escalate_against_two_has_answers_of_both(compiled_once):
    answers = provoked_answers(RunSpec("triangle", runs=15, seed=3))
    assert list(answers) == ["US", "CN", "EU"]
    assert set(answers["CN"].partners) == {0, 2}
