"""The interval of a mean over draws that share their luck holds the truth as often as it says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.statistics.accumulators import RunChunk, add, empty_sums
from sim.statistics.crossed_anova import CrossedMean, crossed_means

WORLDS = 2000


def over(values: np.ndarray, shared: bool = True, cuts: int = 1, runs: int | None = None) -> CrossedMean:
    """The mean over draws of some worlds, of values of shape (worlds, draws, runs)."""
    worlds, draws, of = values.shape
    row = np.repeat(np.arange(worlds), draws)
    cell, run = np.repeat(np.arange(worlds * draws), of), np.tile(np.arange(of), worlds * draws)
    flat = values.reshape(-1)
    sums = {"y": add(empty_sums(worlds * draws), cell, flat)}
    parts = np.array_split(np.arange(len(flat)), cuts)
    pieces = (RunChunk(cell[part], run[part], {"y": flat[part]}) for part in parts)
    return crossed_means(sums, row, runs or of, pieces if shared else None)["y"]


def made(draws: int, runs: int, parts: tuple[float, float, float], worlds: int = WORLDS) -> np.ndarray:
    """Worlds around nought: what uncertainties, luck, and luck within a draw add."""
    rng = np.random.default_rng(7)
    normal = rng.standard_normal
    uncertain, lucky, joint = parts
    alike = uncertain * normal((worlds, draws, 1)) + lucky * normal((worlds, 1, runs))
    found: np.ndarray = alike + joint * normal((worlds, draws, runs))
    return found


@pytest.mark.parametrize("parts", [(1, 0, 0), (0, 1, 0.01), (1, 1, 1), (0.3, 1, 1), (1, 0.2, 2), (0, 1, 1)])
@pytest.mark.parametrize(("draws", "runs"), [(20, 30), (50, 8), (8, 8)])
def test_it_holds_the_truth_in_19_of_20_worlds(draws, runs, parts) -> None:
    found = over(made(draws, runs, parts))
    held = np.mean((found.low <= 0.0) & (found.high >= 0.0))
    assert 0.93 < held < 0.985  # standard error 0.005


def test_students_interval_over_draws_alone_would_not() -> None:
    found = over(made(50, 8, (0.3, 1, 1)), shared=False)
    assert np.mean((found.low <= 0.0) & (found.high >= 0.0)) < 0.5


@pytest.mark.parametrize("gone", ["at random", "the last draws"])
def test_it_does_so_too_where_runs_are_missing(gone) -> None:
    values = made(20, 30, (0.5, 1, 1))
    if gone == "at random":
        values[np.random.default_rng(8).random(values.shape) < 0.2] = np.nan
    else:
        values[:, 12, 9:] = values[:, 13:] = np.nan
    found = over(values)
    assert 0.93 < np.mean((found.low <= 0.0) & (found.high >= 0.0)) < 0.98


def test_it_does_so_too_where_runs_are_too_many_to_be_told_apart() -> None:
    found = over(made(20, 300, (0.3, 1, 1), 500), runs=30)
    assert 0.925 < np.mean((found.low <= 0.0) & (found.high >= 0.0)) < 0.975


def test_where_nothing_is_missing_it_is_that_of_the_analysis_of_variance() -> None:
    values = made(6, 9, (1, 1, 1), 40)
    found = over(values)
    lucks = values.mean(axis=1).var(axis=1, ddof=1) / 9
    alone = values - values.mean(2, keepdims=True) - values.mean(1, keepdims=True)
    alone = ((alone + values.mean((1, 2), keepdims=True)) ** 2).sum((1, 2)) / (5 * 8) / 54
    assert found.lucky == pytest.approx(np.maximum(0.0, lucks - alone))
    assert found.mean == pytest.approx(values.mean((1, 2)))


@given(st.integers(1, 12), st.integers(2, 6), st.integers(2, 6))
def test_cutting_runs_into_chunks_changes_nothing(cuts: int, draws: int, runs: int) -> None:
    values = made(draws, runs, (1, 1, 1), 3)
    one, other = over(values), over(values, cuts=cuts)
    assert one.low == pytest.approx(other.low)


def test_it_is_not_told_where_it_cannot_be() -> None:
    assert np.isnan(over(made(1, 9, (1, 1, 1), 1)).low).all()  # one draw
    assert np.isnan(over(made(9, 1, (1, 1, 1), 1)).low).all()  # one luck
    assert not np.isnan(over(made(9, 1, (1, 1, 1), 1), shared=False).low).any()
    assert np.isnan(over(np.ones((1, 4, 5))).low).all()
    assert np.isnan(over(np.full((1, 4, 5), np.nan)).mean).all()
