"""Intervals of chances and means."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from sim.statistics.intervals import student_interval, wilson

COUNTS = st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTS)
def test_a_chance_lies_in_its_interval_and_the_interval_within_0_and_1(case):
    happened, runs = case
    low, high = wilson(happened, runs)
    assert 0.0 <= low <= happened / runs <= high <= 1.0
    assert low < high


@given(COUNTS)
def test_it_is_scipy_s(case):
    happened, runs = case
    known = binomtest(happened, runs).proportion_ci(method="wilson")
    assert wilson(happened, runs) == pytest.approx((known.low, known.high), abs=1e-12)


@given(COUNTS)
def test_what_does_not_happen_has_the_mirrored_interval(case):
    happened, runs = case
    low, high = wilson(happened, runs)
    other_low, other_high = wilson(runs - happened, runs)
    assert (low, high) == pytest.approx((1 - other_high, 1 - other_low))


def test_what_happened_in_no_run_may_still_have_a_chance():
    low, high = wilson(0, 100)
    assert low == 0.0
    assert high == pytest.approx(0.037, abs=0.0005)


def test_many_chances_at_once_have_the_shape_that_was_given():
    low, high = wilson(np.array([[0, 1], [2, 3]]), 3)
    assert low.shape == high.shape == (2, 2)


def test_a_single_run_has_a_mean_and_no_interval():
    mean, low, high = student_interval([2.0])
    assert mean == 2.0
    assert math.isnan(low)
    assert math.isnan(high)
