"""Fans count exactly and do not grow with the number of runs."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.statistics.quantile_fan import STEP, QuantileFan, add_run

DAYS = 12
RUNS = st.lists(st.lists(st.integers(0, 40), min_size=DAYS, max_size=DAYS), min_size=1, max_size=30)
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def fan_of(runs):
    fan = QuantileFan(DAYS)
    for values in runs:
        add_run({0: fan}, [[value * STEP] for value in values])
    return fan


@given(RUNS)
def test_its_quantiles_are_those_of_all_values_kept(runs):
    kept = np.array(runs) * STEP
    expected = np.quantile(kept, LEVELS, axis=0, method="inverted_cdf")
    np.testing.assert_allclose(fan_of(runs).quantiles(LEVELS), expected, atol=1e-12)


@given(RUNS)
def test_its_mean_is_that_of_all_values_kept(runs):
    np.testing.assert_allclose(fan_of(runs).means, np.mean(runs, axis=0) * STEP, atol=1e-12)


@given(RUNS)
def test_on_every_day_every_run_is_counted_once(runs):
    fan = fan_of(runs)
    assert (fan.counts >= 0).all()
    assert (fan.counts.sum(axis=0) == len(runs)).all()


@given(RUNS, st.randoms())
def test_the_order_of_runs_does_not_matter(runs, random):
    other = list(runs)
    random.shuffle(other)
    assert (fan_of(runs).counts == fan_of(other).counts).all()


def test_it_is_as_large_after_a_thousand_runs_as_after_ten():
    runs = [[(day + run) % 10 for day in range(DAYS)] for run in range(10)]
    assert fan_of(runs * 100)._steps.nbytes == fan_of(runs)._steps.nbytes


def test_quantiles_of_chances_that_are_no_binary_fractions_are_not_off_by_one():
    runs = [[value] * DAYS for value in range(20)]
    assert fan_of(runs).quantiles([0.05])[0, 0] == 0.0  # 0.05 * 20 is 1.0000000000000002 for a computer
    assert fan_of(runs).quantiles([0.95])[0, 0] == 18 * STEP
