"""How widely runs differ, told apart into luck and uncertainty."""

import numpy as np
import pytest
from synthetic_study import DRAWN, GRID, LATIN, NESTED, SOBOL, STYLE, WASHINGTON, played, text

from sim.studies.draw_variation import QUANTILES, mean_over_points, outcome_draws, run_quantiles
from sim.studies.store import results, runs_of
from sim.studies.study_spec import spec_in


def opened(folder):
    found = results(folder)
    return spec_in(found.folder, found.manifest, found.cells), found


def test_quantiles_are_those_of_all_runs_of_a_row(tmp_path):
    folder = played(tmp_path / "a", text(WASHINGTON, GRID, chunk=30))
    found = run_quantiles(*opened(folder), "cost")
    runs = runs_of(folder)
    for row in range(6):
        expected = np.quantile(runs[runs["cell"] == row]["cost"], QUANTILES)
        assert found[row] == pytest.approx(expected)


def test_a_row_without_runs_has_no_quantiles(tmp_path):
    folder = played(tmp_path / "a", text(WASHINGTON, GRID), chunks=0)
    assert np.isnan(run_quantiles(*opened(folder), "cost")).all()


def nested(tmp_path, value, luck="shared", chunks=None):
    told = text(f'luck = "{luck}"', DRAWN, STYLE, NESTED, runs=50)
    return outcome_draws(*opened(played(tmp_path / "a", told, value=value, chunks=chunks)), "cost")


def test_where_draws_differ_and_luck_does_nothing_all_is_uncertainty(tmp_path):
    found = nested(tmp_path, lambda levers, luck: levers["discount"] + 0.0 * luck)
    assert found.uncertain == pytest.approx(1.0)
    assert found.noise == pytest.approx(0.0)
    assert (found.low < found.median).all()
    assert (found.median < found.high).all()


def test_where_all_draws_share_luck_it_moves_them_together(tmp_path):
    found = nested(tmp_path, lambda levers, luck: 3.0 * luck)
    assert found.lucky == pytest.approx(1.0)
    assert found.low == pytest.approx(found.high)
    sample = np.random.default_rng(1).standard_normal(50)
    assert found.common == pytest.approx(3.0 * np.std(sample, ddof=1) / np.sqrt(50))


def test_luck_that_acts_otherwise_in_other_draws_is_a_part_of_its_own(tmp_path):
    found = nested(tmp_path, lambda levers, luck: (levers["discount"] - 0.95) * luck)
    assert found.joint[0] + found.lucky[0] == pytest.approx(1.0 - found.uncertain[0])
    assert found.joint[0] > 0.5


def test_own_luck_leaves_two_parts_and_none_in_common(tmp_path):
    found = nested(tmp_path, lambda levers, luck: 100.0 * levers["discount"] + luck, luck="own")
    assert found.uncertain + found.lucky == pytest.approx(1.0)
    assert (found.common == 0.0).all()


def test_parts_are_not_told_of_a_row_that_is_not_complete(tmp_path):
    found = nested(tmp_path, lambda levers, luck: levers["discount"] + luck, chunks=2)
    assert np.isnan(found.uncertain).all()
    assert not np.isnan(found.median[0])


def test_the_mean_over_points_has_an_interval_that_holds_the_luck_they_share(tmp_path):
    told = text(DRAWN, LATIN, runs=20)
    shared, own = (
        mean_over_points(*opened(played(tmp_path / luck, f'luck = "{luck}"\n{told}')), "cost")
        for luck in ("shared", "own")
    )
    luck = np.random.default_rng(1).standard_normal(20)
    lucky = 5.0 * luck.std(ddof=1) / np.sqrt(20)
    assert shared[0] == pytest.approx(own[0])  # the made-up luck is the same
    assert (shared[2] - shared[1]) / 2 == pytest.approx(
        np.hypot((own[2] - own[1]) / 2, 2.09 * lucky), rel=0.1
    )


def test_the_mean_over_sobols_points_leaves_out_those_that_are_mixed(tmp_path):
    study, found = opened(played(tmp_path / "a", text(DRAWN, SOBOL, runs=6)))
    runs = runs_of(tmp_path / "a")
    mean, low, high = mean_over_points(study, found, "cost")
    assert mean == pytest.approx(runs[runs["cell"] < 32]["cost"].mean())
    assert low < mean < high
