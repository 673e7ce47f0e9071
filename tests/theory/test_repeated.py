"""Patience in repeated tariff games: the table's numbers, and what they must mean."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.errors import TheoryError
from sim.theory.repeated import critical_discount, linear_game, managed_trade, most_cooperative_tariff

laws = settings(max_examples=200)
LINEAR = (3, 0, -2, -5)
AXELROD = (5, 3, 1, 0)
gaps = st.floats(0.05, 20)
factors = st.floats(0.01, 0.99)


@st.composite
def dilemmas(draw: st.DrawFn) -> tuple[float, float, float, float]:
    sucker = draw(st.floats(-50, 50))
    punishment = sucker + draw(gaps)
    reward = punishment + draw(gaps)
    return reward + draw(gaps), reward, punishment, sucker


def test_the_linear_game_pays_3_0_minus_2_and_minus_5() -> None:
    assert linear_game() == pytest.approx(LINEAR, abs=1e-12)
    unit = 7.0**2 / (72 * 0.4)
    assert linear_game(7.0, 0.4) == pytest.approx([unit * payoff for payoff in LINEAR], abs=1e-12)


def test_grim_trigger() -> None:
    assert critical_discount(*LINEAR) == pytest.approx(0.6, abs=1e-12)
    assert critical_discount(*linear_game()) == pytest.approx(0.6, abs=1e-12)
    assert critical_discount(*AXELROD) == pytest.approx(0.5, abs=1e-12)


def test_tit_for_tat() -> None:
    assert critical_discount(*LINEAR, strategy="tit_for_tat") == pytest.approx(0.6, abs=1e-12)
    assert critical_discount(*AXELROD, strategy="tit_for_tat") == pytest.approx(2 / 3, abs=1e-12)


def test_limited_punishment() -> None:
    lengths = [2, 3, 4, 8]
    linear = critical_discount(*LINEAR, strategy="limited", length=lengths)
    assert linear == pytest.approx([0.822876, 0.691414, 0.644471, 0.604299], abs=1e-6)
    axelrod = critical_discount(*AXELROD, strategy="limited", length=lengths)
    assert axelrod == pytest.approx([0.618034, 0.543689, 0.518790, 0.500994], abs=1e-6)


def test_one_period_of_punishment_is_never_enough_in_the_linear_game() -> None:
    assert critical_discount(*LINEAR, strategy="limited", length=1) == math.inf
    assert critical_discount(*AXELROD, strategy="limited", length=1) == math.inf  # only at exactly 1


def test_a_late_answer_needs_more_patience() -> None:
    got = critical_discount(*LINEAR, lag=[1, 2, 3, 4, 6, 12])
    assert got == pytest.approx([0.6, 0.77460, 0.84343, 0.88011, 0.91839, 0.95832], abs=6e-6)
    assert critical_discount(*LINEAR, lag=0.01) < 1e-20  # an answer at once needs none


@laws
@given(dilemmas(), st.integers(1, 12))
def test_at_the_critical_factor_breaking_and_keeping_are_worth_the_same(
    game: tuple[float, float, float, float], lag: int
) -> None:
    t, r, p, _ = game
    d = float(critical_discount(*game, lag=lag))
    breaking = sum(t * d**k for k in range(lag)) + p * d**lag / (1 - d)
    assert breaking * (1 - d) == pytest.approx(r, abs=1e-6)


@laws
@given(dilemmas(), st.integers(1, 12))
def test_limited_punishment_takes_away_exactly_the_gain(
    game: tuple[float, float, float, float], length: int
) -> None:
    t, r, p, _ = game
    d = float(critical_discount(*game, strategy="limited", length=length))
    if d == math.inf:
        assert t - r >= length * (r - p) * (1 - 1e-12)
    else:
        assert sum((r - p) * d**k for k in range(1, length + 1)) == pytest.approx(t - r, rel=1e-9)
        assert d >= critical_discount(*game) - 1e-12  # war for ever deters no less


@laws
@given(dilemmas(), factors)
def test_above_the_factor_neither_war_nor_taking_turns_beats_a_truce_with_tit_for_tat(
    game: tuple[float, float, float, float], d: float
) -> None:
    t, r, p, s = game
    war, turns = t + p * d / (1 - d), (t + s * d) / (1 - d**2)
    margin = r / (1 - d) - max(war, turns)
    limit = critical_discount(*game, strategy="tit_for_tat")
    if abs(d - limit) > 1e-9:
        assert (margin > 0) == (d > limit)


def test_the_most_cooperative_tariff() -> None:
    tariffs = most_cooperative_tariff([0.1, 0.3, 0.4, 0.5, 0.55, 0.6, 0.9])
    assert tariffs == pytest.approx([0.862069, 0.555556, 0.384615, 0.2, 0.102041, 0, 0], abs=1e-6)


@laws
@given(st.floats(0.01, 0.59))
def test_at_the_most_cooperative_tariff_breaking_gains_what_war_costs(d: float) -> None:
    tariff = most_cooperative_tariff(d)
    assert 3 / 8 * (1 - tariff) ** 2 == pytest.approx(d / (1 - d) * (1 - tariff**2) / 4, rel=1e-9)


def test_managed_trade_protects_when_volumes_surge() -> None:
    tariffs = managed_trade([1, 2], [0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 12 / 17 + 1e-9])
    table = [
        [0.111111, 0.444444],
        [0.025641, 0.358974],
        [0, 0.264298],
        [0, 0.210234],
        [0, 0.150472],
        [0, 0.083956],
        [0, 0.009376],
        [0, 0],
    ]
    assert tariffs == pytest.approx(np.array(table), abs=1e-6)
    assert managed_trade([1, 2], 12 / 17 - 1e-6)[1] > 0


@laws
@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=6), factors, st.floats(0.1, 10), st.randoms())
def test_managed_trade_leaves_nobody_a_reason_to_break(
    volumes: list[float], d: float, b: float, luck: object
) -> None:
    weights = np.array([luck.random() + 0.01 for _ in volumes])  # type: ignore[attr-defined]
    weights /= weights.sum()
    nash = np.array(volumes) / (3 * b)
    tariffs = managed_trade(volumes, d, weights=weights, b=b)
    gain = 3 * b / 8 * (nash - tariffs) ** 2
    worth = d / (1 - d) * (weights * b / 4 * (nash**2 - tariffs**2)).sum()
    assert (gain <= worth * (1 + 1e-9)).all()
    assert gain[tariffs > 0] == pytest.approx(worth, rel=1e-9)


@laws
@given(st.floats(0, 0.99), st.floats(0.1, 10))
def test_managed_trade_without_surges_is_the_most_cooperative_tariff(d: float, volume: float) -> None:
    expected = most_cooperative_tariff(d) * volume / 3
    assert managed_trade([volume], d) == pytest.approx([expected], abs=1e-9 * volume)


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        (lambda: critical_discount(0, 3, -2, -5), r"temptation must be above the reward \(T > R > P > S\)"),
        (lambda: critical_discount(3, -2, 0, -5), "reward must be above the punishment"),
        (lambda: critical_discount(3, 0, -5, -2), "punishment must be above the sucker's payoff"),
        (lambda: critical_discount([3, 2], [0, 2], -2, -5), r"temptation\[1\] must be above the reward"),
        (lambda: critical_discount(math.nan, 0, -2, -5), "temptation must be finite, not nan"),
        (lambda: critical_discount([1, 2], [0, 0, 0], -2, -5), r"temptation \(2,\), reward \(3,\)"),
        (
            lambda: critical_discount(*LINEAR, strategy="mercy"),
            '"grim", "tit_for_tat" or "limited", not \'mercy\'',
        ),
        (lambda: critical_discount(*LINEAR, strategy="limited"), "length must be given"),
        (lambda: critical_discount(*LINEAR, length=3), "length must be given .* for no other"),
        (lambda: critical_discount(*LINEAR, strategy="limited", length=1.5), "length must be a whole number"),
        (lambda: critical_discount(*LINEAR, lag=0), "lag must be above 0, not 0"),
        (lambda: critical_discount(*LINEAR, strategy="tit_for_tat", lag=2), "lag may differ from 1"),
        (lambda: most_cooperative_tariff(1), "discount must be from 0 to below 1, not 1"),
        (lambda: most_cooperative_tariff([0.5, -0.1]), r"discount\[1\] must be from 0 to below 1, not -0\.1"),
        (lambda: managed_trade([1, 0], 0.5), r"volumes\[1\] must be above 0, not 0"),
        (lambda: managed_trade([[1, 2]], 0.5), r"a row of one or more, not of shape \(1, 2\)"),
        (lambda: managed_trade([1, 2], 1.5), "discount must be from 0 to below 1"),
        (lambda: managed_trade([1, 2], 0.5, weights=[0.5, 0.6]), "one for each volume and add to one"),
        (lambda: managed_trade([1, 2], 0.5, b=0), "b must be above 0"),
        (lambda: linear_game(-1), "difference must be above 0"),
    ],
)
def test_games_that_cannot_be_are_refused(ask: object, why: str) -> None:
    with pytest.raises(TheoryError, match=why):
        ask()  # type: ignore[operator]
