"""Memory-one strategies with errors: the Markov chain, its closed forms, and what both must obey."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.errors import TheoryError
from sim.theory.memory_one import (
    ALWAYS_DEFECT,
    AXELROD,
    GRIM,
    TIT_FOR_TAT,
    WIN_STAY_LOSE_SHIFT,
    cooperation,
    generous,
    long_run,
    scores,
)

laws = settings(max_examples=100)
chance = st.floats(0, 1)
strategies = st.lists(chance, min_size=4, max_size=4)
some_error = st.floats(1e-9, 1)
ERRORS = np.array([0.001, 0.01, 0.05, 0.1])
PRINTED = 5e-7  # half of the last of six digits
ALWAYS_COOPERATE = (1.0, 1.0, 1.0, 1.0)


def reactive(own: tuple, other: tuple) -> tuple:
    """Cooperation of two that look at the other's last action only (Nowak and Sigmund 1990)."""
    (p1, q1), (p2, q2) = own, other
    r1, r2 = p1 - q1, p2 - q2
    return (q1 + r1 * q2) / (1.0 - r1 * r2), (q2 + r2 * q1) / (1.0 - r1 * r2)


def generous_tit_for_tat(generosity, error):
    """Cooperation of two generous tit-for-tats with errors (Molander 1985, JCR 29(4))."""
    after_defection = (1.0 - error) * generosity + error * (1.0 - generosity)
    return after_defection / (error + after_defection)


def win_stay_lose_shift(error):
    """Cooperation of two win-stay-lose-shifts with errors (Nowak and Sigmund 1993, Nature 364)."""
    split = 2.0 * error * (1.0 - error)
    return (1.0 - split) * (1.0 - error) ** 2 + split * error**2 + split / 2.0


def grim(error):
    """Cooperation of two grims of memory one with errors: two errors make peace again."""
    return 1.5 * error - error**2


def stationary(p: list[float], q: list[float]) -> np.ndarray:
    """The stationary distribution of a chain of positive chances, by linear algebra."""
    chain = np.array(
        [
            [a * b, a * (1 - b), (1 - a) * b, (1 - a) * (1 - b)]
            for a, b in zip(p, (q[0], q[2], q[1], q[3]), strict=True)
        ]
    )
    system = np.vstack([(chain.T - np.eye(4)), np.ones(4)])
    return np.linalg.lstsq(system, [0, 0, 0, 0, 1], rcond=None)[0]


def test_tit_for_tat_cooperates_half_of_the_time_however_rare_the_errors() -> None:
    for error in (1e-15, 1e-9, 0.001, 0.01, 0.05, 0.1, 0.5, 1):
        assert generous_tit_for_tat(0.0, error) == pytest.approx(0.5, abs=1e-15)
        assert cooperation(TIT_FOR_TAT, TIT_FOR_TAT, error) == pytest.approx((0.5, 0.5), abs=1e-12)


@pytest.mark.parametrize(("error", "expected"), [(0.01, 0.971154), (0.05, 0.875000)])
def test_generosity_of_a_third_brings_cooperation_back(error: float, expected: float) -> None:
    assert generous_tit_for_tat(1 / 3, error) == pytest.approx(expected, abs=PRINTED)
    assert cooperation(generous(1 / 3), generous(1 / 3), error)[0] == pytest.approx(expected, abs=PRINTED)


@pytest.mark.parametrize(("error", "expected"), [(0.001, 0.997006), (0.01, 0.970596), (0.05, 0.864500)])
def test_win_stay_lose_shift_mends_its_errors(error: float, expected: float) -> None:
    assert win_stay_lose_shift(error) == pytest.approx(expected, abs=PRINTED)
    rates = cooperation(WIN_STAY_LOSE_SHIFT, WIN_STAY_LOSE_SHIFT, error)
    assert rates == pytest.approx((expected, expected), abs=PRINTED)


@pytest.mark.parametrize(("error", "expected"), [(0.001, 0.001499), (0.01, 0.014900)])
def test_grim_hardly_ever_cooperates_after_errors(error: float, expected: float) -> None:
    assert grim(error) == pytest.approx(expected, abs=PRINTED)
    assert cooperation(GRIM, GRIM, error) == pytest.approx((expected, expected), abs=PRINTED)


def test_tit_for_tat_against_generous_tit_for_tat() -> None:
    expected = (0.944959, 0.954040)
    assert cooperation(TIT_FOR_TAT, generous(1 / 3), 0.01) == pytest.approx(expected, abs=PRINTED)
    after_d = 0.99 / 3 + 0.01 * 2 / 3
    assert reactive((0.99, 0.01), (0.99, after_d)) == pytest.approx(expected, abs=PRINTED)


def test_win_stay_lose_shift_cooperates_half_of_the_time_with_a_defector() -> None:
    assert cooperation(WIN_STAY_LOSE_SHIFT, ALWAYS_DEFECT)[0] == pytest.approx(0.5, abs=1e-12)
    for error in ERRORS:
        assert cooperation(WIN_STAY_LOSE_SHIFT, ALWAYS_DEFECT, error)[0] == pytest.approx(0.5, abs=1e-12)


def test_closed_forms_and_chain_agree_on_whole_arrays_of_errors() -> None:
    errors = np.array([1e-12, 1e-6, *ERRORS, 0.3, 0.5, 0.9, 1.0])
    for strategy, form in (
        (TIT_FOR_TAT, generous_tit_for_tat(0.0, errors)),
        (WIN_STAY_LOSE_SHIFT, win_stay_lose_shift(errors)),
        (GRIM, grim(errors)),
        (generous(0.1), generous_tit_for_tat(0.1, errors)),
    ):
        assert cooperation(strategy, strategy, errors)[0] == pytest.approx(form, rel=1e-9)
        assert form.shape == errors.shape


@laws
@given(strategies, strategies, chance)
def test_rates_are_shares_and_follow_the_players_when_they_change_places(p, q, error) -> None:
    mine, theirs = cooperation(p, q, error)
    assert 0 <= mine <= 1 and 0 <= theirs <= 1
    assert cooperation(q, p, error) == pytest.approx((theirs, mine), abs=1e-9)
    assert long_run(p, q, error).sum() == pytest.approx(1, abs=1e-12)


@laws
@given(strategies, strategies, st.floats(0.01, 0.99))
def test_with_errors_the_long_run_is_the_stationary_distribution(p, q, error) -> None:
    noisy = [[(1 - error) * c + error * (1 - c) for c in strategy] for strategy in (p, q)]
    assert long_run(p, q, error) == pytest.approx(stationary(*noisy), abs=1e-11)


@laws
@given(chance, chance, chance, chance, some_error)
def test_reactive_strategies_meet_their_closed_form(p1, q1, p2, q2, error) -> None:
    noisy = [(1 - error) * c + error * (1 - c) for c in (p1, q1, p2, q2)]
    if abs((noisy[0] - noisy[1]) * (noisy[2] - noisy[3])) < 1 - 1e-4:
        form = reactive(tuple(noisy[:2]), tuple(noisy[2:]))
        assert cooperation((p1, q1, p1, q1), (p2, q2, p2, q2), error) == pytest.approx(form, abs=1e-9)


@laws
@given(st.floats(0.01, 1), some_error)
def test_generous_players_are_reactive_players(generosity, error) -> None:
    pair = 1 - error, (1 - error) * generosity + error * (1 - generosity)
    assert reactive(pair, pair)[0] == pytest.approx(generous_tit_for_tat(generosity, error), abs=1e-9)


@laws
@given(strategies, strategies, chance)
def test_scores_weigh_the_outcomes_and_stay_between_the_payoffs(p, q, error) -> None:
    mine, theirs = scores(p, q, AXELROD, error)
    both, lost, won, neither = long_run(p, q, error)
    assert (mine, theirs) == pytest.approx(
        (3 * both + 5 * won + neither, 3 * both + 5 * lost + neither), abs=1e-12
    )
    assert scores(p, q, (1, 0, 1, 0), error) == pytest.approx(cooperation(p, q, error)[::-1], abs=1e-12)


def test_without_errors_the_first_round_decides() -> None:
    assert cooperation(TIT_FOR_TAT, TIT_FOR_TAT) == (1, 1)
    assert cooperation(TIT_FOR_TAT, TIT_FOR_TAT, first=(0, 0)) == (0, 0)
    assert cooperation(TIT_FOR_TAT, TIT_FOR_TAT, first=(1, 0)) == (0.5, 0.5)
    assert cooperation(TIT_FOR_TAT, TIT_FOR_TAT, first=(0.5, 1)) == (0.75, 0.75)
    assert cooperation(GRIM, ALWAYS_COOPERATE) == (1, 1)
    assert cooperation(GRIM, ALWAYS_COOPERATE, first=(0, 1)) == pytest.approx((0, 1), abs=1e-12)
    assert scores(ALWAYS_DEFECT, ALWAYS_COOPERATE) == pytest.approx((5, 0), abs=1e-12)


def test_pairs_and_errors_are_broadcast() -> None:
    p, q = np.linspace(0, 1, 24).reshape(3, 2, 4), np.linspace(1, 0.2, 8).reshape(2, 4)
    mine, theirs = cooperation(p, q, [0.0, 0.1], first=([1, 0], 1))
    assert mine.shape == theirs.shape == (3, 2)
    assert (mine[2, 1], theirs[2, 1]) == pytest.approx(cooperation(p[2, 1], q[1], 0.1), abs=1e-12)
    assert scores(p, q, error=0.1)[0].shape == (3, 2)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (lambda: cooperation((1, 0, 1), GRIM), "p must end in four chances"),
        (lambda: cooperation(0.5, GRIM), "p must end in four chances"),
        (lambda: cooperation(GRIM, (1, 0, 1.5, 0)), r"q\[2\] must be from 0 to 1, not 1.5"),
        (lambda: cooperation(GRIM, (1, 0, float("nan"), 0)), r"q\[2\] must be finite"),
        (lambda: cooperation(GRIM, GRIM, -0.1), "error must be from 0 to 1, not -0.1"),
        (lambda: cooperation(GRIM, GRIM, first=(2, 1)), "first must be from 0 to 1, not 2"),
        (lambda: cooperation(np.ones((2, 4)), np.ones((3, 4))), "do not fit"),
        (lambda: cooperation(np.ones((2, 4)), GRIM, [0, 0, 0.1]), "do not fit"),
        (lambda: cooperation(np.ones((2, 4)), GRIM, first=([1, 1, 1], 1)), "do not fit"),
        (lambda: scores(GRIM, GRIM, (3, 0, 5)), "payoffs must be four"),
        (lambda: generous(1.2), "generosity must be from 0 to 1"),
    ],
)
def test_what_is_no_question_is_refused_in_a_sentence(question, sentence: str) -> None:
    with pytest.raises(TheoryError, match=sentence):
        question()
