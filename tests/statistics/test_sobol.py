"""Sobol' indices are those known, whatever luck does in the cells that they are estimated from."""

import numpy as np
import pytest

from sim.statistics.accumulators import RunChunk
from sim.statistics.sobol import half_means, indices
from sim.studies.design import saltelli

FIRST, TOTAL = [0.3139, 0.4424, 0.0, 0.0], [0.5576, 0.4424, 0.2437, 0.0]  # the fourth factor does nothing
TRUTH = np.array([FIRST, TOTAL])


def ishigami(points, seed):
    """Ishigami's function with a factor that does nothing, at the cells of a design."""
    x = -np.pi + 2 * np.pi * saltelli(4, points, seed)
    return x, np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def found(values, shared=True):
    """Indices of runs given as a table, shape (runs, cells)."""
    runs, cells = values.shape
    chunk = RunChunk(
        np.tile(np.arange(cells), runs), np.repeat(np.arange(runs), cells), {"y": values.ravel()}
    )
    halves = half_means([chunk], "y", np.zeros(cells, dtype=bool), runs)
    return indices(halves, 4, shared)


def both(explained):
    """First-order and total indices, and the ends of their intervals."""
    columns = explained.columns
    return [np.stack([columns[f"{key}{end}"] for key in ("first", "total")]) for end in ("", "_low", "_high")]


def test_of_one_run_a_cell_they_are_the_plain_ones():
    _, y = ishigami(4096, seed=3)
    estimate, low, high = both(found(y[None]))
    assert estimate == pytest.approx(TRUTH, abs=0.02)
    assert ((low <= estimate) & (estimate <= high)).all()
    points = y.reshape(6, -1)
    total = np.mean((points[0] - points[2:]) ** 2, axis=1) / 2 / np.var(points[:2])
    assert estimate[1] == pytest.approx(total)


def test_noise_of_every_run_is_in_no_index():
    _, y = ishigami(1024, seed=3)
    noise = 2.0 * y.std() * np.random.default_rng(1).standard_normal((20, len(y)))
    explained = found(y + noise)
    estimate, low, high = both(explained)
    assert estimate == pytest.approx(TRUTH, abs=0.06)
    assert ((low <= TRUTH) & (high >= TRUTH)).all()
    assert explained.luck == pytest.approx(0.2 / 1.2, abs=0.02)
    means = (y + noise).mean(axis=0).reshape(6, -1)
    naive = np.mean((means[0] - means[5]) ** 2) / 2 / np.var(means[:2])
    assert naive > 0.12  # of the factor that does nothing: what the plain estimator takes luck for
    assert high[1, 3] < naive
    assert abs(estimate[1, 3]) < 0.03


def test_where_luck_alone_makes_cells_differ_nothing_is_told():
    noise = np.random.default_rng(2).standard_normal((20, 6 * 128))
    assert found(noise) is None
    assert found(np.ones((20, 6 * 128))) is None


def test_intervals_hold_luck_that_all_points_share():
    inside, plain = [], []
    for seed in range(20):
        x, y = ishigami(128, seed)
        rng = np.random.default_rng(seed)
        shared = (
            1.5
            * y.std()
            * (
                rng.standard_normal((20, 1)) * np.sin(x[:, 0])
                + rng.standard_normal((20, 1)) * np.cos(x[:, 3])
            )
        )
        for shares, kind in ((inside, True), (plain, False)):
            _, low, high = both(found(y + shared, kind))
            shares.append((low <= TRUTH) & (high >= TRUTH))
    assert np.mean(inside) > 0.88
    assert np.mean(inside, axis=0)[1, 3] > 0.85
    assert np.mean(plain, axis=0)[1, 3] < 0.3  # a bootstrap of points alone


def test_runs_without_a_value_leave_the_others_and_an_empty_half_gives_none():
    _, y = ishigami(64, seed=1)
    values = np.tile(y, (6, 1))
    values[1, 7] = np.nan
    estimate, *_ = both(found(values))
    assert estimate == pytest.approx(both(found(y[None]))[0])
    values[[3, 5], 7] = np.nan
    assert found(values) is None


def test_a_cell_that_is_played_once_has_its_value_in_both_halves():
    once = np.array([True, False])
    chunk = RunChunk(np.array([0, 1, 1]), np.array([0, 0, 1]), {"y": np.array([3.0, 1.0, 2.0])})
    even, odd = half_means([chunk], "y", once, 2)
    assert even.tolist() == [[3.0, 1.0]]
    assert odd.tolist() == [[3.0, 2.0]]
