"""The joint test keeps its level where the record is a run, and rejects a record that is none."""

import numpy as np

from sim.validation.moments.moment_comparison import joint_test, outside_counts


def histories(seed, count=101, quantities=20):
    """Histories whose quantities go together, some of them missing, as of truces in runs without one."""
    rng = np.random.default_rng(seed)
    values = rng.standard_normal((count, quantities)) + 2.0 * rng.standard_normal((count, 1))
    values[rng.random((count, quantities)) < 0.1] = np.nan
    return values


def p_of(table):
    """The chance of a table whose first history is the record."""
    return joint_test(["made up"], [outside_counts(table[0], table[1:])]).p


def test_a_record_that_is_a_run_is_rejected_as_often_as_the_level_says():
    chances = np.array([p_of(histories(seed)) for seed in range(60)])
    assert 0.0 < np.mean(chances <= 0.05) + 1e-9 < 0.15
    assert 0.3 < np.mean(chances <= 0.5) < 0.75


def test_a_record_that_is_no_run_is_rejected():
    table = histories(1)
    table[0] = 9.0
    counts = outside_counts(table[0], table[1:])
    test = joint_test(["made up"], [counts])
    assert (test.outside, test.judged) == (20, 20)
    assert test.mean < 4.0
    assert test.p <= 1 / 50
    assert test.rejects


def test_scenarios_are_added_up_run_by_run_and_what_the_record_lacks_counts_nothing():
    table = histories(2)
    table[0, :5] = np.nan
    counts = outside_counts(table[0], table[1:])
    assert counts[0, 1] == np.count_nonzero(~np.isnan(table[0])) <= 15
    assert counts[1:, 1].max() <= counts[0, 1]
    test = joint_test(["one", "other"], [counts, counts])
    assert test.judged == 2 * counts[0, 1]
    assert test.p == joint_test(["one"], [counts]).p


def test_quantities_that_are_the_same_in_every_run_are_outside_in_none():
    table = np.ones((30, 4))
    assert (outside_counts(table[0], table[1:])[:, 0] == 0).all()
    table[0] = 2.0
    test = joint_test(["made up"], [outside_counts(table[0], table[1:])])
    assert (test.outside, test.mean, test.p) == (4, 0.0, 1 / 30)
