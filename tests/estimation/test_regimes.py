"""Beliefs about moods: chances that learn from the months before, and from no others."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.estimation.likelihood import administration_starts, filter_regimes, transition_matrix

SEEDS = st.integers(0, 2**31)
NO = np.zeros(13, dtype=bool)


def drawn(seed, months=12, moods=2):
    rng = np.random.default_rng(seed)
    tables = rng.dirichlet(np.ones(9), (months, moods)).reshape(months, moods, 3, 3)
    return (
        tables,
        rng.integers(0, 3, (months, 2)),
        transition_matrix(rng.uniform(0.5, 1.0, moods)),
        rng.dirichlet(np.ones(moods)),
    )


@given(SEEDS, st.integers(1, 4))
def test_beliefs_and_chances_add_up_to_one(seed, moods):
    tables, moves, shift, opening = drawn(seed, moods=moods)
    found = filter_regimes(tables, moves, shift, NO, opening, opening)
    np.testing.assert_allclose(found.regimes.sum(1), 1.0)
    np.testing.assert_allclose(found.tables.sum((1, 2)), 1.0)


@given(SEEDS)
def test_the_gain_of_a_month_is_the_log_of_the_chance_of_what_was_done(seed):
    tables, moves, shift, opening = drawn(seed)
    found = filter_regimes(tables, moves, shift, NO, opening, opening)
    np.testing.assert_allclose(
        found.log_probabilities, np.log(found.tables[np.arange(12), moves[:, 0], moves[:, 1]])
    )


@given(SEEDS, st.integers(1, 11))
def test_what_is_done_later_changes_no_belief(seed, at):
    tables, moves, shift, opening = drawn(seed)
    other = moves.copy()
    other[at:] = (other[at:] + 1) % 3
    found, again = (filter_regimes(tables, m, shift, NO, opening, opening) for m in (moves, other))
    np.testing.assert_array_equal(found.regimes[: at + 1], again.regimes[: at + 1])


@given(SEEDS)
def test_all_gains_add_up_to_the_sum_over_all_courses_of_moods(seed):
    tables, moves, shift, opening = drawn(seed, months=4)
    found = filter_regimes(tables, moves, shift, NO[:5], opening, opening)
    total = 0.0
    for course in np.ndindex(2, 2, 2, 2):
        chance = opening[course[0]]
        for month, mood in enumerate(course):
            chance *= tables[month, mood, *moves[month]]
            chance *= shift[mood, course[month + 1]] if month < 3 else 1.0
        total += chance
    assert np.isclose(found.log_probabilities.sum(), np.log(total))


@given(SEEDS)
def test_a_new_administration_is_believed_anew(seed):
    tables, moves, shift, opening = drawn(seed)
    fresh = NO.copy()
    fresh[5] = True
    found = filter_regimes(tables, moves, shift, fresh, np.array([0.3, 0.7]), opening)
    np.testing.assert_array_equal(found.regimes[5], [0.3, 0.7])


@given(SEEDS)
def test_months_that_are_not_known_teach_nothing(seed):
    tables, moves, shift, opening = drawn(seed)
    found = filter_regimes(tables, np.full_like(moves, -1), shift, NO, opening, opening)
    assert not found.log_probabilities.any()


def test_a_move_that_was_called_impossible_ends_in_no_error():
    tables = np.zeros((1, 2, 3, 3))
    tables[:, :, 1, 1] = 1.0
    found = filter_regimes(
        tables,
        np.array([[0, 0]]),
        transition_matrix(np.array([0.9, 0.9])),
        NO[:2],
        np.full(2, 0.5),
        np.full(2, 0.5),
    )
    assert np.isfinite(found.log_probabilities).all() and np.isfinite(found.last).all()


def test_administrations_begin_in_the_february_after_every_fourth_january():
    months = range(12 * 2018, 12 * 2026)
    found = [m for m, new in zip(months, administration_starts(months)[:-1], strict=True) if new]
    assert found == [12 * 2021 + 1, 12 * 2025 + 1]
