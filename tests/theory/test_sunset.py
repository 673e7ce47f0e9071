"""A truce with a last day: the formula of the needed belief against playing the periods out."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.domain.errors import TheoryError
from sim.theory.sunset import breaking_window, renewal_threshold

laws = settings(max_examples=200)
ratios = st.floats(0.05, 5)
factors = st.floats(0.3, 0.99)
lengths = st.integers(1, 24)

GAMES = [
    (1.5, [0.606061, 0.341231, 0.119261], 0.297808),
    (0.0278 / 0.0164, [0.635312, 0.369696, 0.132946], 0.325388),  # the United States, nine regions
    (0.0285 / 0.0511, [0.361657, 0.160195, 0.047498], 0.132710),  # China, nine regions
]


def margins(belief: float, ratio: float, discount: float, length: int) -> list[float]:
    """What holding is worth more than breaking with 1 to `length` periods left, played out, P = -1."""
    war = -sum(discount**k for k in range(4000))
    ended = 0.0
    for _ in range(6000):  # renewals, from the last backwards
        ended = belief * discount**length * ended + (1 - belief) * war
    breaking = ratio + discount * war
    return [discount**left * ended - breaking for left in range(1, length + 1)]


@pytest.mark.parametrize(("ratio", "monthly", "quarterly"), GAMES)
def test_the_belief_needed_is_that_of_the_table(ratio: float, monthly: list[float], quarterly: float) -> None:
    assert renewal_threshold(ratio, 0.99, [1, 3, 12]) == pytest.approx(monthly, abs=1e-6)
    assert renewal_threshold(ratio, 0.97, 4) == pytest.approx(quarterly, abs=1e-6)


@pytest.mark.parametrize(("discount", "length"), [(0.99, 1), (0.99, 3), (0.99, 12), (0.97, 4)])
@pytest.mark.parametrize("ratio", [game[0] for game in GAMES])
def test_the_belief_needed_is_the_one_found_by_playing_it_out(
    ratio: float, discount: float, length: int
) -> None:
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (low, middle) if min(margins(middle, ratio, discount, length)) >= 0 else (middle, high)
    assert renewal_threshold(ratio, discount, length) == pytest.approx(high, abs=1e-6)


@pytest.mark.parametrize(
    ("belief", "discount", "length", "periods"),
    [
        (0.02, 0.99, 12, 2),
        (0.05, 0.99, 12, 1),
        (0.119, 0.99, 12, 1),
        (0.12, 0.99, 12, 0),
        (0.1, 0.97, 4, 2),
        (0.2, 0.97, 4, 1),
        (0.29, 0.97, 4, 1),
        (0.30, 0.97, 4, 0),
    ],
)
def test_a_doubter_breaks_the_linear_truce_in_its_last_periods(
    belief: float, discount: float, length: int, periods: int
) -> None:
    assert breaking_window(belief, 1.5, discount, length) == periods
    assert sum(margin < 0 for margin in margins(belief, 1.5, discount, length)) == periods


@laws
@given(ratios, factors, lengths, st.floats(1.0, 1e3))
def test_a_hazard_that_the_dispute_ends_counts_as_impatience(
    ratio: float, discount: float, length: int, horizon: float
) -> None:
    effective = discount * math.exp(-1 / horizon)
    for factor in (effective, discount):  # away from the edge where no belief is enough
        assume(abs(factor - ratio * (1 - factor)) > 1e-6)
    shorter = renewal_threshold(ratio, discount, length, horizon)
    assert shorter == pytest.approx(renewal_threshold(ratio, effective, length), rel=1e-9)
    assert shorter >= renewal_threshold(ratio, discount, length, 2 * horizon)
    forever = renewal_threshold(ratio, discount, length)
    assert renewal_threshold(ratio, discount, length, 1e12) == pytest.approx(forever, rel=1e-6)


@laws
@given(ratios, factors, lengths)
def test_a_longer_truce_needs_less_belief(ratio: float, discount: float, length: int) -> None:
    assume(discount > ratio * (1 - discount) + 1e-6)
    shorter, longer = renewal_threshold(ratio, discount, [length, length + 1])
    assert 0 < longer < shorter <= 1


@laws
@given(ratios, factors, lengths)
def test_the_more_there_is_to_gain_the_more_belief_is_needed(
    ratio: float, discount: float, length: int
) -> None:
    assume(discount > 1.1 * ratio * (1 - discount) + 1e-6)
    assert renewal_threshold(1.1 * ratio, discount, length) > renewal_threshold(ratio, discount, length)


@laws
@given(ratios, factors, lengths, st.floats(0, 1))
def test_the_truce_is_kept_to_its_last_day_exactly_from_the_belief_needed(
    ratio: float, discount: float, length: int, belief: float
) -> None:
    needed = renewal_threshold(ratio, discount, length)
    assume(abs(belief - needed) > 1e-9)
    assume(abs(discount - ratio * (1 - discount)) > 1e-9)
    assert (breaking_window(belief, ratio, discount, length) == 0) == (belief > needed)


def test_without_patience_no_belief_is_enough() -> None:
    assert renewal_threshold(1.5, [0.5, 0.6, 0.7], 12)[0] == math.inf
    assert renewal_threshold(1.5, 0.61, 12) <= 1
    assert breaking_window(1.0, 1.5, 0.5, 12) == 12


def test_both_answer_for_many_games_at_once() -> None:
    assert renewal_threshold(np.ones((3, 1)), 0.99, [1, 12]).shape == (3, 2)
    assert breaking_window([[0.02], [0.05], [0.12]], 1.5, 0.99, [12, 6]).shape == (3, 2)


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        (lambda: renewal_threshold(0, 0.99, 12), "temptation_ratio must be above 0, not 0"),
        (lambda: renewal_threshold(1.5, 1, 12), "discount must be from 0 to below 1, not 1"),
        (lambda: renewal_threshold(1.5, 0.99, 0), "length must be a whole number of at least 1, not 0"),
        (lambda: renewal_threshold(1.5, 0.99, 2.5), "length must be a whole number of at least 1, not 2.5"),
        (lambda: renewal_threshold(math.nan, 0.99, 12), "temptation_ratio must be finite, not nan"),
        (lambda: renewal_threshold([1, 2], [0.9, 0.9, 0.9], 1), r"temptation_ratio \(2,\), discount \(3,\)"),
        (lambda: breaking_window(1.2, 1.5, 0.99, 12), "renewal_belief must be from 0 to 1, not 1.2"),
    ],
)
def test_truces_that_cannot_be_are_refused(ask: object, why: str) -> None:
    with pytest.raises(TheoryError, match=why):
        ask()  # type: ignore[operator]
