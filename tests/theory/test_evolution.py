"""The Moran process: the printed numbers, and laws that any chance of fixation must obey."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.errors import TheoryError
from sim.theory.evolution import fixation, fixation_of_fitness

laws = settings(max_examples=100)
payoffs = st.lists(st.floats(0.1, 10), min_size=4, max_size=4).map(lambda four: np.reshape(four, (2, 2)))
sizes = st.integers(2, 80)
PRINTED = 5e-7


def repeated_linear_game(rounds: int) -> list[list[float]]:
    """Tit-for-tat and always-defect in the linear game shifted by five (5, 8, 0, 3), a round on average."""
    return [[5, 3 * (rounds - 1) / rounds], [3 + 5 / rounds, 3]]


def absorbed(game: np.ndarray, size: int, weight: float) -> np.ndarray:
    """Chances of fixation from 1 to N - 1 mutants, by solving the chain's linear equations."""
    (a, b), (c, d) = game
    chain = np.zeros((size + 1, size + 1))
    chain[0, 0] = chain[size, size] = 1
    for i in range(1, size):
        f = 1 - weight + weight * (a * (i - 1) + b * (size - i)) / (size - 1)
        g = 1 - weight + weight * (c * i + d * (size - i - 1)) / (size - 1)
        total = i * f + (size - i) * g
        chain[i, i + 1] = i * f / total * (size - i) / size
        chain[i, i - 1] = (size - i) * g / total * i / size
        chain[i, i] = 1 - chain[i, i + 1] - chain[i, i - 1]
    inner = slice(1, size)
    return np.linalg.solve(np.eye(size - 1) - chain[inner, inner], chain[inner, size])


def test_a_tenth_more_fitness_among_ten() -> None:
    assert fixation_of_fitness(1.1, 10) == pytest.approx(0.147950, abs=PRINTED)
    assert fixation([[1.1, 1.1], [1, 1]], 10) == pytest.approx(0.147950, abs=PRINTED)


@pytest.mark.parametrize(("rounds", "expected"), [(5, 0.015412), (10, 0.028015), (20, 0.035685)])
def test_tit_for_tat_among_defectors(rounds: int, expected: float) -> None:
    assert fixation(repeated_linear_game(rounds), 50, 0.1) == pytest.approx(expected, abs=PRINTED)


def test_five_rounds_are_too_few_for_tit_for_tat_and_ten_are_enough() -> None:
    assert fixation(repeated_linear_game(5), 50, 0.1) < 1 / 50 < fixation(repeated_linear_game(10), 50, 0.1)


@given(sizes)
def test_a_neutral_mutant_takes_over_with_one_chance_in_n(size: int) -> None:
    assert fixation_of_fitness(1, size) == pytest.approx(1 / size, rel=1e-12)
    assert fixation([[9, 1], [4, 2]], size, 0) == pytest.approx(1 / size, rel=1e-12)
    assert fixation([[2, 2], [2, 2]], size) == pytest.approx(1 / size, rel=1e-12)


@laws
@given(payoffs, st.integers(2, 12), st.floats(0, 1))
def test_the_formula_solves_the_chain(game, size: int, weight: float) -> None:
    chances = absorbed(game, size, weight)
    for mutants in (1, size // 2, size - 1):
        assert fixation(game, size, weight, mutants=mutants) == pytest.approx(chances[mutants - 1], rel=1e-7)


@laws
@given(payoffs, sizes, st.floats(0, 1), st.integers(1, 80))
def test_either_the_mutants_or_the_residents_take_over(game, size: int, weight: float, mutants: int) -> None:
    mutants = min(mutants, size - 1)
    theirs = fixation(game, size, weight, mutants=mutants)
    ours = fixation(game[::-1, ::-1], size, weight, mutants=size - mutants)
    assert theirs + ours == pytest.approx(1, abs=1e-9)
    assert fixation(game, size, weight, mutants=size) == pytest.approx(1, abs=1e-12)


@laws
@given(st.floats(0.01, 20), sizes)
def test_constant_fitness_is_a_game_without_interaction(ratio: float, size: int) -> None:
    assert fixation([[ratio, ratio], [1, 1]], size) == pytest.approx(
        float(fixation_of_fitness(ratio, size)), rel=1e-9
    )


@laws
@given(payoffs)
def test_the_one_third_law_is_weak_selection_in_a_large_population(game) -> None:
    size, weight = 1000, 1e-7
    lead = game[0, 0] + 2 * game[0, 1] - game[1, 0] - 2 * game[1, 1]
    if abs(lead) > 0.2:
        assert (fixation(game, size, weight) > 1 / size) == (lead > 0)


def test_unlikely_fixations_are_small_and_likely_ones_do_not_overflow() -> None:
    assert fixation_of_fitness([1e-3, 1e3], 10_000) == pytest.approx([0, 1 - 1e-3], abs=1e-12)
    assert fixation_of_fitness(1 + 1e-12, 100) == pytest.approx(0.01, rel=1e-9)
    assert fixation([[1, 1], [1000, 1000]], 2000) == pytest.approx(0, abs=1e-12)


def test_many_games_and_intensities_are_answered_at_once() -> None:
    games = np.array([repeated_linear_game(rounds) for rounds in (5, 10, 20)])
    assert fixation(games, 50, [[0.0], [0.1]]) == pytest.approx(
        np.array([[0.02] * 3, [0.015412, 0.028015, 0.035685]]), abs=PRINTED
    )
    assert fixation_of_fitness([1.1, 1], [[10], [20]]).shape == (2, 2)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (lambda: fixation([[1, 2, 3], [4, 5, 6]], 10), "payoffs must end in two rows and two columns"),
        (lambda: fixation([[1, 2], [3, float("inf")]], 10), r"payoffs\[1, 1\] must be finite"),
        (lambda: fixation([[1, 2], [3, 4]], 1), "population must be a whole number of at least 2"),
        (lambda: fixation([[1, 2], [3, 4]], 2.5), "population must be a whole number"),
        (lambda: fixation([[1, 2], [3, 4]], [10, 20]), "population.* one number"),
        (lambda: fixation([[1, 2], [3, 4]], 10, 1.5), "selection must be from 0 to 1, not 1.5"),
        (lambda: fixation([[1, 2], [3, 4]], 10, mutants=11), "mutants must be at most the population, 10"),
        (lambda: fixation([[0, -5], [3, -2]], 10), "fitness of mutants.* must be above 0"),
        (lambda: fixation(np.ones((2, 2, 2)), 10, [0, 0.1, 0.2]), "do not fit"),
        (lambda: fixation_of_fitness(0, 10), "ratio must be above 0"),
        (lambda: fixation([1, 2], 10), "payoffs must end in two rows"),
    ],
)
def test_what_is_no_question_is_refused_in_a_sentence(question, sentence: str) -> None:
    with pytest.raises(TheoryError, match=sentence):
        question()
