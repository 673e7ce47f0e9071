"""What pressure does, estimated from answers drawn with a slope that is known."""

import numpy as np
import pytest

from sim.estimation.leverage_fixed_point import believable_slope
from sim.estimation.provocations import ProvokedAnswers
from sim.payoffs.politics import notice
from sim.rules.beliefs import AnswerProbabilities, expected_answers

CASES = 4000
HOLDING = AnswerProbabilities(0.1, 0.8, 0.1)


def drawn(leverage: float, noticed: AnswerProbabilities, low: float, high: float) -> ProvokedAnswers:
    """Answers of two partners, as somebody who believes in this leverage expects them."""
    luck = np.random.default_rng(7)
    pressure = luck.uniform(low, high, CASES)
    weights = np.array([notice(p, 0.3) for p in pressure])
    chances = [
        expected_answers(noticed, HOLDING, p, w, leverage) for p, w in zip(pressure, weights, strict=True)
    ]
    return ProvokedAnswers(
        partners=np.arange(CASES) % 2 + 1,
        pressure=pressure,
        notice=weights,
        unnoticed=np.tile(HOLDING, (CASES, 1)),
        moves=np.array([luck.choice(3, p=p) for p in chances]),
    )


@pytest.mark.parametrize("leverage", [-0.6, -0.3, 0.0, 0.6])
def test_the_slope_of_a_world_that_is_as_believed_is_found(leverage):
    """Pressure relieved as often as added, so that counts are those of no pressure."""
    noticed = AnswerProbabilities(0.3, 0.4, 0.3)
    found = believable_slope(drawn(leverage, noticed, -0.5, 0.5))
    assert abs(found.value - leverage) < 3 * found.error
    assert found.error < 0.15
    assert found.telling


def test_answers_that_escalate_with_pressure_have_a_slope_below_0():
    pressure = np.linspace(0.0, 2.0, 200)
    answers = drawn(0.0, HOLDING, 0.0, 2.0)
    provoked = ProvokedAnswers(*(column[:200] for column in answers))
    provoked = provoked._replace(pressure=pressure, moves=np.where(pressure > 1.0, 0, 1))
    assert believable_slope(provoked).value < 0


def test_the_believable_slope_is_the_likeliest_given_the_counts():
    """No other leverage gives the answers a greater likelihood, with counts of half a case more each."""
    answers = drawn(-0.5, AnswerProbabilities(0.4, 0.5, 0.1), 0.0, 3.0)
    answers = answers._replace(partners=np.zeros(CASES, dtype=int))
    counts = np.bincount(answers.moves, minlength=3) + 0.5
    noticed = AnswerProbabilities(*(counts / counts.sum()))

    def likelihood(leverage: float) -> float:
        chances = [
            expected_answers(noticed, HOLDING, p, w, leverage)[move]
            for p, w, move in zip(answers.pressure, answers.notice, answers.moves, strict=True)
        ]
        return float(np.log(chances).sum())

    best = believable_slope(answers).value
    assert likelihood(best) > max(likelihood(best - 0.02), likelihood(best + 0.02))


def test_pressure_that_is_always_the_same_and_answers_that_never_differ_say_nothing():
    answers = drawn(0.0, HOLDING, 0.0, 1.0)
    same = answers._replace(pressure=np.full(CASES, 0.1), moves=np.ones(CASES, dtype=int))
    assert not believable_slope(same).telling
