"""Means and intervals do not depend on how runs are cut, and are the textbook's."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from scipy.stats import binomtest

from sim.statistics.accumulators import add, empty_sums, mean_intervals

values = st.lists(st.floats(-1e6, 1e6) | st.just(float("nan")), min_size=1, max_size=40)


@given(values, st.integers(0, 40))
def test_cutting_runs_into_two_changes_no_count_and_no_mean(found: list[float], at: int) -> None:
    array, groups = np.array(found), np.zeros(len(found), dtype=int)
    whole = add(empty_sums(1), groups, array)
    cut = add(add(empty_sums(1), groups[:at], array[:at]), groups[at:], array[at:])
    assert whole.runs == cut.runs
    assert whole.total == pytest.approx(cut.total, rel=1e-9, abs=1e-6)


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=40))
def test_a_mean_has_students_interval(found: list[float]) -> None:
    assume(len(set(found)) > 1)
    array = np.array(found)
    mean, low, high = mean_intervals(
        add(empty_sums(1), np.zeros(len(array), dtype=int), array), probability=False
    )
    half = stats.t.ppf(0.975, len(array) - 1) * array.std(ddof=1) / np.sqrt(len(array))
    assert mean[0] == pytest.approx(array.mean(), abs=1e-9)
    assert (low[0], high[0]) == pytest.approx((array.mean() - half, array.mean() + half), abs=1e-4)


@given(st.integers(1, 400), st.data())
def test_a_chance_has_wilsons_interval(runs: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, runs))
    sums = add(empty_sums(1), np.zeros(runs, dtype=int), np.repeat([1.0, 0.0], [hits, runs - hits]))
    _, low, high = mean_intervals(sums, probability=True)
    known = binomtest(hits, runs).proportion_ci(method="wilson")
    assert (low[0], high[0]) == pytest.approx((known.low, known.high), abs=1e-12)


def test_runs_that_are_all_alike_have_no_interval_for_luck_may_hold_others() -> None:
    mean, low, high = mean_intervals(
        add(empty_sums(1), np.zeros(9, dtype=int), np.full(9, 0.1)), probability=False
    )
    assert mean[0] == 0.1
    assert np.isnan([low[0], high[0]]).all()


def test_shares_that_were_all_or_nothing_so_far_are_known() -> None:
    groups = np.array([0, 0, 1])
    assert add(empty_sums(3), groups, np.array([0.0, 1.0, 0.0])).either
    assert not add(empty_sums(3), groups, np.array([0.0, 0.5, 1.0])).either
    assert not add(empty_sums(3), groups, np.array([0.0, 1.0, 2.0])).either


def test_no_run_in_which_it_happened_leaves_no_dust_in_wilsons_interval() -> None:
    for runs in range(1, 60):
        _, low, high = mean_intervals(
            add(empty_sums(1), np.zeros(runs, dtype=int), np.zeros(runs)), probability=True
        )
        assert low[0] == 0.0 < high[0] <= 1.0


def test_what_never_happened_has_no_mean_and_one_run_no_interval() -> None:
    sums = add(empty_sums(2), np.array([0, 1]), np.array([np.nan, 3.0]))
    mean, low, _ = mean_intervals(sums, probability=False)
    assert np.isnan(mean[0])
    assert mean[1] == 3.0
    assert np.isnan(low).all()
