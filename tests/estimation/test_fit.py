"""The fit: the shipped one is what the command gives, and parameters put in are found again."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from sim import __version__
from sim.domain.errors import EvidenceError
from sim.estimation.dataset import load_dataset
from sim.estimation.fit import JUDGED, SHIPPED, FitResult, draws, fit, identification, read_fit
from sim.estimation.likelihood import Model, log_likelihood, penalty
from sim.estimation.replay import rounds_of
from sim.record.months import month_range
from sim.reports.estimation.estimation_text import fit_text

CHECKS = runpy.run_path(str(Path(__file__).parents[2] / "experiments" / "history_checks.py"))
recovery, simulated = CHECKS["recovery"], CHECKS["simulated"]


@pytest.fixture(scope="module")
def rounds(fitted):
    return rounds_of(fitted.record, fitted.steps, fitted.coded, fitted.train)


def test_the_shipped_fits_rest_on_the_shipped_record_world_and_choices(fitted):
    for path, data in ((JUDGED, fitted), (SHIPPED, load_dataset())):
        stored = read_fit(fitted.model, path)
        assert stored.stamp == data.stamp, f"make {path.name} anew with `snapback fit --out`"
        assert data.fitted.point.tolist() == stored.fitted.point.tolist()


def test_all_that_is_recorded_is_training_and_a_test_is_trained_on_the_months_before_it(fitted):
    assert load_dataset().train == month_range("2018-01:2026-09")
    assert load_dataset(test="2025-01:2025-12").train == fitted.train == month_range("2018-01:2024-12")


def test_the_shipped_fit_is_the_top_of_likelihood_times_prior(fitted, rounds):
    model, point = fitted.model, fitted.fitted.point
    best = penalty(model, point, rounds)
    errors = np.sqrt(np.diag(fitted.fitted.covariance))
    for at in range(len(point)):
        for side in (-0.5, 0.5):
            moved = point.copy()
            moved[at] += side * errors[at]
            assert penalty(model, moved, rounds) > best, model.parameters[at].label
    assert np.isclose(log_likelihood(model, point, rounds), fitted.fitted.log_likelihood, atol=1e-3)


def test_all_starts_of_the_shipped_fit_ended_at_the_same_top(fitted):
    assert len(fitted.fitted.penalties) == fitted.config.starts
    assert np.ptp(fitted.fitted.penalties) < 0.01


def test_a_fit_read_back_is_the_fit_that_was_written(fitted, tmp_path):
    path = tmp_path / "fit.toml"
    path.write_text(fit_text(fitted, __version__), "utf-8")
    again = read_fit(fitted.model, path)
    np.testing.assert_allclose(again.fitted.covariance, fitted.fitted.covariance, atol=1e-6)
    assert again.stamp == fitted.stamp
    ours, shipped = (file.read_text("utf-8").splitlines() for file in (path, JUDGED))
    rounded = ("error", "low", "high")  # of a covariance that is itself rounded
    assert [x for x in ours if not x.startswith(rounded)] == [x for x in shipped if not x.startswith(rounded)]


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (("US.precision", "US.precise"), "they differ at US.precise"),
        (("covariance = [", "covariance = [1,"), "made by `snapback fit`"),
        (('stamp = "', 'seal = "'), "made by `snapback fit`"),
    ],
)
def test_a_spoilt_fit_is_refused_with_what_is_wrong(fitted, tmp_path, spoilt, said):
    path = tmp_path / "fit.toml"
    path.write_text(SHIPPED.read_text("utf-8").replace(*spoilt, 1), "utf-8")
    with pytest.raises(EvidenceError, match=said):
        read_fit(fitted.model, path)


def test_a_fit_to_other_months_is_not_taken_for_these():
    with pytest.raises(EvidenceError, match="it was fitted to other months, rows or choices"):
        load_dataset(train="2018-01:2023-12", stored=SHIPPED)


def test_twins_and_silent_parameters_are_named(fitted):
    two = Model(fitted.model.parameters[:2], fitted.model.regimes)
    found = identification(two, FitResult(np.zeros(2), np.array([[1.0, 0.99], [0.99, 1.0]]), 0.0, (0.0,)))
    assert found.not_separately_identified == (("US.precision", "CN.precision", 0.99),)
    assert found.weakly_identified == ("US.precision", "CN.precision")


def test_more_draws_begin_with_the_same_ones_and_have_the_fits_covariance(fitted):
    few, many = draws(fitted.fitted, 10, 1), draws(fitted.fitted, 20_000, 1)
    np.testing.assert_allclose(few, many[:10])
    np.testing.assert_allclose(np.cov(many.T), fitted.fitted.covariance, atol=0.05)


def test_a_simulated_history_is_drawn_from_the_chances_of_the_model(fitted, rounds):
    short = rounds._replace(
        months=rounds.months[:24],
        days=rounds.days[:25],
        moves=rounds.moves[:24],
        levels=rounds.levels[:25],
        renewed=rounds.renewed[:24],
    )
    point = fitted.fitted.point
    one = simulated(fitted.model, point, short, 5)
    assert (one.moves == simulated(fitted.model, point, short, 5).moves).all()
    assert (one.moves >= 0).all()
    holds = [(simulated(fitted.model, point, short, k).moves == 1).mean() for k in range(4)]
    assert 0.2 < np.mean(holds) < 0.9


@pytest.mark.slow
def test_the_command_gives_the_shipped_fit_from_another_start(fitted, rounds):
    again = fit(fitted.model, rounds, 1, 0)
    np.testing.assert_allclose(again.point, fitted.fitted.point, atol=0.05)


@pytest.mark.slow
def test_parameters_put_in_are_found_again(fitted):
    months = month_range("2018-01:2024-12")
    rounds = rounds_of(fitted.record, fitted.steps, fitted.coded, months)
    found = recovery(fitted.model, rounds, 2, 7)
    assert found.covered > 0.85  # of 44
    labels = [p.label for p in fitted.model.parameters]
    gap = np.abs(found.truth - found.fitted).mean(0)
    assert gap[labels.index("US.precision")] < 1.5
