"""Scores of chances: by hand, by law, and chances that are none."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.statistics.scores import brier_scores, calibration, log_losses

laws = settings(max_examples=200)
simplex = st.tuples(st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0.01, 1)).map(
    lambda parts: np.array(parts) / sum(parts)
)
SURE, FAIR = [[0.0, 1.0, 0.0]], [[1 / 3, 1 / 3, 1 / 3]]


def test_log_losses_by_hand() -> None:
    assert log_losses(FAIR, [2]) == pytest.approx([math.log(3)])
    assert log_losses([[0.5, 0.25, 0.25], [0.5, 0.25, 0.25]], [0, 1]) == pytest.approx(np.log([2, 4]))


def test_brier_scores_by_hand() -> None:
    assert brier_scores(FAIR, [2]) == pytest.approx([2 / 3])
    assert brier_scores([[0.5, 0.3, 0.2]], [0]) == pytest.approx([0.38])


def test_certainty_is_perfect_or_ruinous() -> None:
    assert (log_losses(SURE, [1])[0], brier_scores(SURE, [1])[0]) == (0, 0)
    assert (log_losses(SURE, [0])[0], brier_scores(SURE, [0])[0]) == (math.inf, 2)


@laws
@given(simplex, simplex)
def test_saying_what_one_believes_is_best(belief: np.ndarray, other: np.ndarray) -> None:
    for score in (log_losses, brier_scores):
        honest, bent = (
            sum(belief[move] * score([said], [move])[0] for move in range(3)) for said in (belief, other)
        )
        assert honest <= bent + 1e-12


@laws
@given(st.lists(st.tuples(simplex, st.integers(0, 2)), min_size=1, max_size=30), st.integers(1, 12))
def test_bins_hold_every_chance_once(said: list[tuple[np.ndarray, int]], bins: int) -> None:
    found = calibration([chances for chances, _ in said], [move for _, move in said], bins)
    assert sum(bin.number for bin in found) == 3 * len(said)
    assert sum(bin.number * bin.mean for bin in found) == pytest.approx(len(said))
    assert sum(bin.number * bin.happened for bin in found) == pytest.approx(len(said))
    assert all(bin.low - 1e-12 <= bin.mean <= bin.high + 1e-12 for bin in found)


def test_calibration_by_hand() -> None:
    found = calibration([[0.1, 0.9, 0.0], [0.3, 0.5, 0.2]], [1, 0], bins=2)
    assert found[0] == pytest.approx((0, 0.5, 4, 0.15, 0.25))
    assert found[1] == pytest.approx((0.5, 1, 2, 0.7, 0.5))


def test_a_chance_on_a_bound_belongs_to_the_bin_above_and_certainty_to_the_last() -> None:
    (low, high) = calibration([[0.0, 0.6, 0.4], [0.0, 1.0, 0.0]], [1, 1], bins=5)[::3]
    assert (low.number, high.low, high.number) == (3, 0.8, 1)
