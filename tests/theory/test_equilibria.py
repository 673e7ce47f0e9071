"""Nash equilibria: known games, exact arithmetic and another library as oracles, ties marked."""

from fractions import Fraction
from itertools import combinations

import equilibria as solver
import numpy as np
import pytest
from equilibria import equilibria
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.errors import ConvergenceError, TheoryError

laws = settings(max_examples=60)


@st.composite
def games(draw: st.DrawFn, highest: int = 30) -> tuple[np.ndarray, np.ndarray]:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    payoff = st.integers(-highest, highest)
    numbers = draw(st.lists(payoff, min_size=2 * rows * columns, max_size=2 * rows * columns))
    row, column = np.reshape(numbers, (2, rows, columns)).astype(float)
    return row, column


def mix(payoffs: np.ndarray) -> list[Fraction] | None:
    """The exact mixture of the columns under which all rows pay the same, None if there is not one."""
    size = len(payoffs)
    lines = [[Fraction(int(x)) for x in row] + [Fraction(-1), Fraction(0)] for row in payoffs]
    lines.append([Fraction(1)] * size + [Fraction(0), Fraction(1)])
    for k in range(size + 1):
        pivot = next((i for i in range(k, size + 1) if lines[i][k]), None)
        if pivot is None:
            return None
        lines[k], lines[pivot] = lines[pivot], lines[k]
        lines[k] = [x / lines[k][k] for x in lines[k]]
        for i in range(size + 1):
            if i != k:
                lines[i] = [x - lines[i][k] * y for x, y in zip(lines[i], lines[k], strict=True)]
    chances = [line[-1] for line in lines[:size]]
    return chances if min(chances) > 0 else None


def exact(row: np.ndarray, column: np.ndarray) -> list[np.ndarray]:
    """Equilibria with supports of equal size by exact support enumeration."""
    found = []
    for size in range(1, min(row.shape) + 1):
        for mine in combinations(range(row.shape[0]), size):
            for theirs in combinations(range(row.shape[1]), size):
                q, p = mix(row[np.ix_(mine, theirs)]), mix(column[np.ix_(mine, theirs)].T)
                if p is None or q is None:
                    continue
                values = [
                    sum(int(row[i, j]) * x for j, x in zip(theirs, q, strict=True)) for i in range(len(row))
                ]
                others = [
                    sum(int(column[i, j]) * x for i, x in zip(mine, p, strict=True))
                    for j in range(row.shape[1])
                ]
                if max(values) == values[mine[0]] and max(others) == others[theirs[0]]:
                    profile = np.zeros(sum(row.shape))
                    profile[list(mine)] = [float(x) for x in p]
                    profile[[len(row) + j for j in theirs]] = [float(x) for x in q]
                    found.append(profile)
    return found


def as_rows(found) -> np.ndarray:
    return np.array([np.concatenate([profile.row, profile.column]) for profile in found.profiles])


def test_defection_is_the_only_equilibrium_of_both_dilemmas() -> None:
    for game in ([[0, -5], [3, -2]], [[3, 0], [5, 1]]):
        found = equilibria(game, np.transpose(game))
        assert as_rows(found).tolist() == [[0, 1, 0, 1]]
        assert not found.degenerate


def test_chicken_has_two_pure_equilibria_and_a_mixed_one() -> None:
    found = equilibria([[0, 7], [2, 6]], [[0, 2], [7, 6]])
    assert as_rows(found) == pytest.approx(
        np.array([[1, 0, 0, 1], [0, 1, 1, 0], [1 / 3, 2 / 3, 1 / 3, 2 / 3]]), abs=1e-12
    )
    assert not found.degenerate


def test_rock_paper_scissors_is_played_evenly_and_coordination_has_seven_equilibria() -> None:
    game = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    assert as_rows(equilibria(game, -game)) == pytest.approx(np.full((1, 6), 1 / 3), abs=1e-12)
    assert len(equilibria(np.eye(3), np.eye(3)).profiles) == 7


def test_a_game_with_ties_is_marked_and_keeps_the_equilibria_that_support_enumeration_misses() -> None:
    found = equilibria([[-3, 3], [-3, 5]], [[2, 7], [4, 2]])  # the rows tie against the first column
    assert found.degenerate
    assert as_rows(found) == pytest.approx(np.array([[0, 1, 1, 0], [2 / 7, 5 / 7, 1, 0]]), abs=1e-12)
    assert all(profile.tied for profile in found.profiles)
    nothing_matters = equilibria(np.ones((2, 3)), np.zeros((2, 3)))
    assert len(nothing_matters.profiles) == 6 and nothing_matters.degenerate


def test_one_action_on_a_side_leaves_best_replies() -> None:
    assert as_rows(equilibria([[1, 2, 3]], [[5, 1, 5]])).tolist() == [[1, 1, 0, 0], [1, 0, 0, 1]]
    assert as_rows(equilibria([[4], [7]], [[0], [0]])).tolist() == [[0, 1, 1]]
    assert as_rows(equilibria([[4]], [[0]])).tolist() == [[1, 1]]


def test_an_equilibrium_hidden_from_floating_support_enumeration_is_found() -> None:
    row = [
        [-0.65382861, -0.12961363, 0.78397547],
        [1.49343115, -1.25906553, 1.51392377],
        [1.34587542, 0.7813114, 0.26445563],
    ]
    column = [
        [-0.31392281, 1.45802068, 1.96025832],
        [1.80163487, 1.31510376, 0.35738041],
        [-1.20831863, -0.00445413, 0.65647494],
    ]
    assert as_rows(equilibria(row, column))[:, 1] == pytest.approx([1, 0.71217915, 0.40832056], abs=1e-7)


@laws
@given(games(highest=3) | games())
def test_everything_exact_arithmetic_finds_is_found_and_nothing_is_false(game) -> None:
    row, column = game
    found = equilibria(row, column)
    mine, sure = as_rows(found), exact(row, column)
    for profile in sure:
        assert np.abs(mine - profile).max(1).min() < 1e-9
    for p, q, _ in found.profiles:
        assert (row @ q).max() - p @ row @ q < 1e-7 and (p @ column).max() - p @ column @ q < 1e-7
    if not found.degenerate:
        assert len(mine) == len(sure)
        assert len(mine) % 2 == 1  # Wilson (1971): the number of equilibria of almost every game is odd


@laws
@given(games(highest=3), st.floats(1e-6, 1e6), st.floats(-10, 10))
def test_units_and_the_origin_of_payoffs_do_not_matter(game, unit: float, origin: float) -> None:
    row, column = game
    moved = equilibria(row * unit + origin * unit, column)
    if len(np.unique(row * unit + origin * unit)) == len(np.unique(row)):
        assert as_rows(moved) == pytest.approx(as_rows(equilibria(row, column)), abs=1e-9)


def test_the_corners_of_all_components_are_those_of_gambit() -> None:
    gambit = pytest.importorskip("pygambit")
    rng = np.random.default_rng(8)
    for _ in range(60):
        row, column = rng.integers(0, 4, (2, *rng.integers(1, 5, 2)))
        game = gambit.Game.from_arrays(row, column)
        theirs = {
            tuple(round(float(profile[action]), 9) for player in game.players for action in player.strategies)
            for profile in gambit.nash.enummixed_solve(game, rational=True).equilibria
        }
        assert {tuple(profile.round(9) + 0.0) for profile in as_rows(equilibria(row, column))} == theirs


def test_a_missing_equilibrium_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "_complete_pairs", lambda row, column: iter(()))
    with pytest.raises(ConvergenceError, match="Found 2 equilibria where their number must be odd"):
        equilibria([[0, 7], [2, 6]], [[0, 2], [7, 6]])
    with pytest.raises(ConvergenceError, match="Found 0 equilibria"):
        equilibria([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (lambda: equilibria([[1, 2]], [[1], [2]]), "tables of one shape"),
        (lambda: equilibria([1, 2], [1, 2]), "tables of one shape"),
        (lambda: equilibria([[]], [[]]), "tables of one shape"),
        (lambda: equilibria([[1, float("nan")]], [[1, 2]]), r"payoffs_row\[0, 1\] must be finite"),
        (lambda: equilibria([[1, 2]], [["a", 2]]), "payoffs_column must be numbers"),
        (lambda: equilibria([[1e308, -1e308]], [[1, 2]]), "payoffs_row spans more than"),
    ],
)
def test_what_is_no_game_is_refused_in_a_sentence(question, sentence: str) -> None:
    with pytest.raises(TheoryError, match=sentence):
        question()
