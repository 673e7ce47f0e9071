"""Truces hold in the simulator exactly where theory says that they can be held."""

import pytest

from sim.theory.repeated import critical_discount, linear_game
from sim.theory.sunset import renewal_threshold
from sim.validation.theory.simulations import (
    game_truce_holds,
    located,
    measure_truce_holds,
    truce_reaches_sunset,
)

LAGS = [1, 2, 3, 4, 6]
LENGTHS = [1, 3, 12]
HORIZONS = [24.0, 12.0]  # periods, on average
SURE = 0.95  # of renewal, whatever the other believes
GAME = linear_game()
RATIO = (GAME.temptation - GAME.reward) / (GAME.reward - GAME.punishment)


@pytest.mark.parametrize("lag", LAGS)
@pytest.mark.parametrize("truce_holds", [game_truce_holds, measure_truce_holds])
def test_a_best_reply_to_grim_keeps_the_truce_from_the_critical_discount_on(truce_holds, lag):
    expected = float(critical_discount(*GAME, lag=lag))
    assert located(lambda d: truce_holds(d, lag), 0.01, 0.999, 0.005) == pytest.approx(expected, abs=0.01)
    assert truce_holds(expected + 0.01, lag)
    assert not truce_holds(expected - 0.01, lag)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("doubtful", [0, 1])
def test_two_governments_hold_a_truce_to_its_sunset_if_the_less_confident_believes_enough(length, doubtful):
    def holds(belief):
        beliefs = (belief, SURE) if doubtful == 0 else (SURE, belief)
        return truce_reaches_sunset(beliefs, 0.99, length)

    expected = float(renewal_threshold(RATIO, 0.99, length))
    assert located(holds, 0.001, 0.999, 0.01) == pytest.approx(expected, abs=0.02)
    assert holds(expected + 0.02)
    assert not holds(expected - 0.02)


@pytest.mark.parametrize("horizon", HORIZONS)
@pytest.mark.parametrize("length", LENGTHS)
def test_who_may_stop_counting_any_day_needs_more_belief_by_the_same_formula(length, horizon):
    def holds(belief):
        return truce_reaches_sunset((belief, SURE), 0.99, length, horizon)

    expected = float(renewal_threshold(RATIO, 0.99, length, horizon))
    assert expected > renewal_threshold(RATIO, 0.99, length) + 0.02
    assert located(holds, 0.001, 0.999, 0.01) == pytest.approx(expected, abs=0.02)
    assert holds(expected + 0.02)
    assert not holds(expected - 0.02)


def test_one_doubtful_government_is_enough_and_two_confident_ones_hold():
    threshold = float(renewal_threshold(RATIO, 0.99, 3))
    for first in (threshold - 0.05, threshold + 0.05):
        for second in (threshold - 0.05, threshold + 0.05):
            assert truce_reaches_sunset((first, second), 0.99, 3) == (min(first, second) > threshold)
