"""Bootstrap intervals by block, and differences of scores."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.errors import EvidenceError
from sim.statistics.intervals import Interval
from sim.statistics.scores import bootstrap_differences, bootstrap_interval

laws = settings(max_examples=60)
values = st.lists(st.floats(-100, 100), min_size=1, max_size=40)


@laws
@given(values, st.integers(0, 1000))
def test_the_same_seed_gives_the_same_interval(given_values: list[float], seed: int) -> None:
    months = [k // 2 for k in range(len(given_values))]
    once, again = (bootstrap_interval(given_values, months, seed=seed, draws=200) for _ in range(2))
    assert once == again
    assert min(given_values) - 1e-9 <= once.low <= once.high <= max(given_values) + 1e-9
    assert once.mean == pytest.approx(np.mean(given_values))


def test_another_seed_gives_another_interval_of_the_same_mean() -> None:
    scores = np.linspace(0, 1, 24)
    one, other = (bootstrap_interval(scores, range(24), seed=seed, draws=500) for seed in (1, 2))
    assert one.mean == other.mean
    assert one.low != other.low


def test_sides_of_a_month_stay_together() -> None:
    """Two sides that differ in opposite ways cancel within a month, so the mean is sure."""
    together = bootstrap_interval([1, -1] * 12, [k // 2 for k in range(24)], seed=1)
    apart = bootstrap_interval([1, -1] * 12, range(24), seed=1)
    assert (together.low, together.high) == (0, 0)
    assert apart.low < -0.2 < 0.2 < apart.high


def test_doubling_every_case_within_its_month_tells_nothing_new() -> None:
    scores = np.random.default_rng(0).normal(size=30)
    single = bootstrap_interval(scores, range(30), seed=3)
    double = bootstrap_interval(np.repeat(scores, 2), np.repeat(np.arange(30), 2), seed=3)
    assert double == pytest.approx(single)


def test_the_interval_is_that_of_the_normal_when_there_are_many_months() -> None:
    """400 standard normals: the mean's 95 % interval is 1.96 x their spread / 20 either side."""
    scores = np.random.default_rng(7).normal(size=400)
    found = bootstrap_interval(scores, range(400), seed=1)
    half = 1.96 * scores.std() / 20
    assert (found.low, found.high) == pytest.approx((found.mean - half, found.mean + half), abs=0.005)


def test_differences_are_taken_case_by_case() -> None:
    """A model that is better by the same amount everywhere is better for sure, however scores vary."""
    months = [k // 2 for k in range(24)]
    luck = np.random.default_rng(0).normal(size=24)
    found = bootstrap_differences({"a": luck, "b": luck + 0.25, "c": -luck}, months, seed=1)
    assert list(found) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert found["a", "b"] == pytest.approx(Interval(-0.25, -0.25, -0.25))
    assert found["a", "c"].low < found["a", "c"].mean < found["a", "c"].high


def test_scores_without_an_interval_are_refused() -> None:
    with pytest.raises(EvidenceError, match="expected finite values"):
        bootstrap_interval([1, np.inf], [1, 2], seed=1)


def test_a_ratio_is_of_sums_and_draws_both_together() -> None:
    ratio = bootstrap_interval([1, 2, 3], range(3), [2, 4, 6], seed=1)
    assert ratio == Interval(0.5, 0.5, 0.5)
    assert np.isnan(bootstrap_interval([1, 2], range(2), [0, 0], seed=1).mean)
