"""Quantal response: closed forms, a fold, symmetry, limits, and gambit as an oracle."""

import numpy as np
import pytest
from equilibria import equilibria
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from sim.domain.errors import ConvergenceError, TheoryError
from sim.theory import qre
from sim.theory.qre import branch, logit

laws = settings(max_examples=50)
LINEAR = np.array([[0, -5], [3, -2]])
AXELROD = np.array([[3, 0], [5, 1]])
precisions = st.floats(0, 20)


@st.composite
def games(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    numbers = draw(st.lists(st.floats(-5, 5), min_size=2 * rows * columns, max_size=2 * rows * columns))
    row, column = np.reshape(numbers, (2, rows, columns))
    return row, column


def answer(values: np.ndarray, precision: float) -> np.ndarray:
    weights = np.exp(precision * (values - values.max()))
    return weights / weights.sum()


def game_with_a_fold() -> tuple[np.ndarray, np.ndarray]:
    """A game whose principal branch turns back at precision 1.93, and on again at 1.82."""
    return np.array([[8, 1, 0], [1, 3, -1], [0, -1, 0]]), np.array([[0, 0, 1], [1, 3, -1], [0, 1, 5]])


@pytest.mark.parametrize("precision", [0, 0.1, 0.5, 1, 2, 5, 20])
def test_the_linear_game_has_a_closed_form(precision: float) -> None:
    row, column = logit(LINEAR, LINEAR.T, precision)
    expected = 1 / (1 + np.exp(3 * precision))
    assert row == pytest.approx([expected, 1 - expected], abs=1e-12)
    assert column == pytest.approx(row, abs=1e-12)


def test_the_linear_game_at_precision_one() -> None:
    assert logit(LINEAR, LINEAR.T, 1)[0][0] == pytest.approx(0.047426, abs=5e-7)


def test_axelrods_dilemma_at_precision_one() -> None:
    assert logit(AXELROD, AXELROD.T, 1)[0][0] == pytest.approx(0.226751, abs=5e-7)


@laws
@given(st.floats(0, 30))
def test_axelrods_dilemma_solves_its_own_equation(precision: float) -> None:
    root = brentq(lambda p: p - 1 / (1 + np.exp(precision * (1 + p))), 0, 1, xtol=1e-15)
    assert logit(AXELROD, AXELROD.T, precision)[0][0] == pytest.approx(root, abs=1e-12)


@laws
@given(games())
def test_without_precision_play_is_uniform(game) -> None:
    row, column = logit(*game, 0)
    assert row == pytest.approx(np.full(len(row), 1 / len(row)), abs=1e-15)
    assert column == pytest.approx(np.full(len(column), 1 / len(column)), abs=1e-15)


@laws
@given(games(), precisions)
def test_both_sides_answer_each_other_by_logit(game, precision: float) -> None:
    row, column = logit(*game, precision)
    assert row == pytest.approx(answer(game[0] @ column, precision), abs=1e-11)
    assert column == pytest.approx(answer(row @ game[1], precision), abs=1e-11)
    assert row.sum() == pytest.approx(1, abs=1e-12) and column.sum() == pytest.approx(1, abs=1e-12)


@laws
@given(games(), precisions, st.floats(0.01, 100), st.floats(-100, 100))
def test_only_precision_times_payoff_differences_matters(game, precision, unit, origin) -> None:
    row, column = logit(*game, precision)
    other = logit(game[0] * unit + origin, game[1] * unit, precision / unit)
    assert other[0] == pytest.approx(row, abs=1e-6) and other[1] == pytest.approx(column, abs=1e-6)


@laws
@given(games(), precisions)
def test_players_may_change_places(game, precision: float) -> None:
    row, column = logit(*game, precision)
    there = logit(game[1].T, game[0].T, precision)
    assert there[0] == pytest.approx(column, abs=1e-6) and there[1] == pytest.approx(row, abs=1e-6)


@laws
@given(games(), st.integers(0, 3), st.integers(0, 3))
def test_dominance_is_obeyed_at_high_precision(game, best: int, reply: int) -> None:
    dominant, column = game[0].copy(), game[1].copy()
    best, reply = best % len(dominant), reply % column.shape[1]
    dominant[best] = dominant.max() + 1  # the row player has one action that is always best
    column[best, reply] = column[best].max() + 1
    mine, theirs = logit(dominant, column, 200)
    (only,) = equilibria(dominant, column).profiles
    assert mine == pytest.approx(only.row, abs=1e-9) and theirs == pytest.approx(only.column, abs=1e-9)


def test_mixed_equilibria_are_reached_too() -> None:
    pennies = np.array([[3.0, 0], [0, 1]])
    row, column = logit(pennies, 1 - pennies / 3, 1e6)
    (only,) = equilibria(pennies, 1 - pennies / 3).profiles
    assert row == pytest.approx(only.row, abs=1e-5) and column == pytest.approx(only.column, abs=1e-5)


def test_coordination_leads_to_the_prize_that_is_safer() -> None:
    row, column = logit([[9, 0], [8, 7]], [[9, 8], [0, 7]], 100)
    assert row[1] == pytest.approx(1, abs=1e-9) and column[1] == pytest.approx(1, abs=1e-9)


def test_a_symmetric_game_keeps_its_symmetry_past_the_fork() -> None:
    for precision in (1, 2, 3, 50, 1e6):
        row, column = logit(np.eye(2), np.eye(2), precision)
        assert row == pytest.approx([0.5, 0.5], abs=1e-12) and column == pytest.approx(row, abs=1e-12)
        row, column = logit([[0, 7], [2, 6]], [[0, 2], [7, 6]], precision)
        assert column == pytest.approx(row, abs=1e-9)


def test_the_branch_is_continuous_where_it_folds_and_the_first_passage_is_the_answer() -> None:
    row, column = game_with_a_fold()
    path = branch(row, column, 10)
    back = np.flatnonzero(np.diff(path.precision) < 0)
    assert back.size > 0
    peak = path.precision[back[0]]
    low = path.precision[back[0] :].min()
    assert (low, peak) == pytest.approx((1.82385, 1.92997), abs=1e-4)
    assert np.abs(np.diff(path.row[:, 0])).max() < 0.2 and path.precision[-1] == pytest.approx(10, abs=1e-12)
    inside = (peak + low) / 2
    first = np.argmax(path.precision >= inside)
    near = path.row[first - 1 : first + 1, 0]
    assert near.min() - 1e-9 <= logit(row, column, inside)[0][0] <= near.max() + 1e-9
    before, after = (logit(row, column, peak * factor)[0][0] for factor in (0.9999, 1.0001))
    assert abs(after - before) > 0.1  # past the fold the first passage lies on the other arm


def test_the_branch_starts_uniform_and_ends_at_the_answer() -> None:
    path = branch(AXELROD, AXELROD.T, 1)
    assert path.precision[0] == 0 and path.row[0].tolist() == [0.5, 0.5]
    assert path.precision[-1] == pytest.approx(1, abs=1e-15)
    assert path.row[-1] == pytest.approx(logit(AXELROD, AXELROD.T, 1)[0], abs=1e-12)
    assert len(branch(AXELROD, AXELROD.T, 0).precision) == 1


def test_gambit_finds_the_same() -> None:
    gambit = pytest.importorskip("pygambit")
    rng = np.random.default_rng(7)
    for _ in range(12):
        row, column = rng.normal(size=(2, *rng.integers(2, 5, 2))) * 2
        game = gambit.Game.from_arrays(row, column)
        for precision in (0.3, 2.0, 10.0):
            (point,) = gambit.qre.logit_solve_lambda(game, [precision], first_step=0.005, max_accel=1.02)
            theirs = [float(point.profile[action]) for player in game.players for action in player.strategies]
            assert np.concatenate(logit(row, column, precision)) == pytest.approx(theirs, abs=1e-6)


def test_a_branch_that_is_lost_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qre, "STEPS", 5)
    with pytest.raises(ConvergenceError, match=r"principal branch was lost at precision .* on the way to 50"):
        logit(AXELROD, AXELROD.T, 50)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (lambda: logit(AXELROD, AXELROD.T, -1), "precision must be one number of at least 0, not -1"),
        (lambda: logit(AXELROD, AXELROD.T, float("nan")), "precision must be finite"),
        (lambda: logit(AXELROD, AXELROD.T, [1, 2]), "precision.* one number"),
        (lambda: logit(AXELROD, np.ones((2, 3)), 1), "tables of one shape"),
        (lambda: logit([[1, float("inf")]], [[1, 2]], 1), r"payoffs_row\[0, 1\] must be finite"),
    ],
)
def test_what_is_no_question_is_refused_in_a_sentence(question, sentence: str) -> None:
    with pytest.raises(TheoryError, match=sentence):
        question()
