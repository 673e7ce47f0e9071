"""How far a mean moves, and what luck alone could do."""

import math

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from sim.statistics.intervals import p_value, paired_difference, significant

NAN = math.nan


def test_a_shift_is_the_mean_of_paired_differences_with_students_interval():
    shift = paired_difference([2.0, 4.0, 6.0, 8.0], [1.0, 2.0, 3.0, 4.0])
    half = 3.182446 * math.sqrt(5 / 3) / 2
    assert shift.interval == pytest.approx((2.5, 2.5 - half, 2.5 + half), rel=1e-6)
    assert (shift.pairs, shift.happened) == (4, 4)


def test_only_pairs_in_which_it_happened_twice_are_compared_and_all_are_counted():
    shift = paired_difference([1.0, NAN, 5.0, 7.0], [1.0, 2.0, NAN, 4.0])
    assert shift.interval.mean == 1.5
    assert (shift.pairs, shift.happened) == (2, 3)


def test_without_a_pair_there_is_no_shift_and_it_proves_nothing():
    shift = paired_difference([NAN, 1.0], [1.0, NAN])
    assert math.isnan(shift.interval.mean)
    assert (shift.pairs, shift.happened, shift.p_value) == (0, 1, 1.0)


def test_the_chance_is_students_two_sided_one():
    values = [1.2, -0.3, 0.8, 0.4, 1.9, -0.6, 0.7, 1.1]
    assert p_value(values) == pytest.approx(ttest_1samp(values, 0).pvalue, rel=1e-12)


def test_nothing_moved_or_a_single_pair_proves_nothing():
    assert p_value([0.0] * 20) == 1
    assert p_value([5.0]) == 1


def test_a_few_runs_that_all_move_alike_prove_no_more_than_their_signs():
    assert p_value([1.0] * 4) == 2**-3
    assert p_value([0.0] * 16 + [1.0] * 4) == 2**-3


def test_of_pure_luck_hardly_anything_is_taken_for_real():
    dice = np.random.default_rng(1)
    false = sum(any(significant(dice.uniform(size=100))) for _ in range(400))
    assert false / 400 == pytest.approx(0.05, abs=0.03)


def test_beyond_luck_is_benjamini_and_hochbergs_procedure():
    # the worked example of their paper, section 3.2
    chances = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    chances += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert significant(chances) == [True] * 4 + [False] * 11
    assert significant(chances[::-1]) == [False] * 11 + [True] * 4
    assert significant([]) == []
