"""Forecasts, scores and free runs: one month ahead, on months that are there, and no others."""

import numpy as np
import pytest

from sim.domain.constants import MOVES
from sim.domain.errors import EvidenceError
from sim.estimation.free_runs import _points_of_runs, free_runs
from sim.estimation.prediction import administration_shift, forecast, scores
from sim.record.months import month_name, month_range
from sim.reports.estimation.estimation_tables import score_json

TEST = month_range("2025-01:2025-12")


@pytest.fixture(scope="module")
def scored(few, year):
    return scores(year, few.coded, few.train, TEST, 1)


def before(few, month):
    """The record and the months before one."""
    first = month_range(month)[0]
    events = tuple(e for e in few.record.events if e.date_announced.isoformat()[:7] < month)
    coded = [m for m in few.coded if m.month < first]
    return few._replace(record=few.record._replace(events=events), coded=coded)


def test_a_forecast_knows_nothing_of_its_month_or_later(few, year):
    first = month_range("2025-05")[0]
    again = forecast(before(few, "2025-05"), first)
    at = year.rounds.months.index(first)
    np.testing.assert_allclose(again.probabilities[at], year.probabilities[at], atol=1e-12)
    np.testing.assert_allclose(again.probabilities[: at + 1], year.probabilities[: at + 1], atol=1e-12)


def test_chances_are_chances(year):
    np.testing.assert_allclose(year.probabilities.sum(2), 1.0)
    np.testing.assert_allclose(year.weights.sum(1), 1.0)


def test_a_new_administration_moves_what_is_a_sides_own(fitted):
    shift = administration_shift(fitted.model, (1, len(fitted.model.parameters)), 1.5, 0)[0]
    still = [p.label for p, by in zip(fitted.model.parameters, shift, strict=True) if by == 0]
    assert still == [p.label for p in fitted.model.parameters if p.side < 0]


def test_all_moves_of_the_test_months_are_scored_and_all_baselines_are_there(scored):
    assert len(scored.cases) == 24
    assert set(scored.scored) == {
        "model",
        "model_told",
        "uniform",
        "hold",
        "base_rates",
        "own_last",
        "partner_last",
        "both_last",
        "same_month",
        "logit",
    }


def test_the_baselines_score_on_2025_what_was_known_of_them(scored):
    found = {name: round(s.log_loss.mean, 2) for name, s in scored.scored.items()}
    wanted = {"uniform": 1.10, "base_rates": 1.43, "own_last": 1.37, "partner_last": 1.35}
    wanted |= {"both_last": 1.29, "same_month": 1.12}
    assert {name: found[name] for name in wanted} == wanted


def test_months_that_are_not_recorded_have_chances_and_no_score(few):
    known = before(few, "2025-03")
    found = forecast(known, month_range("2025-04")[0])
    told = scores(found, known.coded, known.train, month_range("2025-03:2025-04"), 1)
    assert told is None
    text = score_json(told, found, month_range("2025-03:2025-04"), known.coded, None)
    assert text["n"] == 0
    assert text["model"] == text["baselines"]["uniform"] == {"log_loss": None, "brier": None}
    assert [row["month"] for row in text["months"]] == ["2025-03", "2025-03", "2025-04", "2025-04"]
    assert all(row["move"] is None for row in text["months"])


def test_a_part_of_the_test_months_is_scored_if_only_a_part_is_recorded(few):
    known = before(few, "2025-03")
    found = forecast(known, TEST[-1])
    told = scores(found, known.coded, known.train, TEST, 1)
    assert {case.month for case in told.cases} == {TEST[0], TEST[1]}


def test_the_json_has_the_form_that_was_asked_for(scored, year, few):
    told = score_json(scored, year, TEST, few.coded, None)
    assert told["n"] == 24
    assert set(told["model"]) >= {"log_loss", "brier"} and set(told["baselines"]["uniform"]) >= {
        "log_loss",
        "brier",
    }
    assert np.isclose(told["baselines"]["uniform"]["log_loss"], np.log(3), atol=1e-6)
    assert "model - uniform" in told["differences"]


def test_training_months_are_not_scored(few, year):
    with pytest.raises(EvidenceError, match="after the training, which ends with 2024-12, got 2024-12"):
        scores(year, few.coded, few.train, month_range("2024-12:2025-02"), 1)


@pytest.mark.slow
def test_free_runs_begin_with_the_chances_of_the_forecast(few, year):
    """The day engine, from the state on the eve, and the tables say the same of the first month."""
    runs = 2000
    found = free_runs(few, year, TEST[:2], runs)
    at = year.rounds.months.index(TEST[0])
    gap = np.abs(found.probabilities[0] - year.probabilities[at])
    assert gap.max() < 4 * np.sqrt(0.25 / runs) + 0.01


@pytest.mark.slow
def test_free_runs_from_a_later_month_know_what_the_months_before_taught(few, year):
    runs = 2000
    december = TEST[-1]
    found = free_runs(few, year, TEST[-1:], runs)
    at = year.rounds.months.index(december)
    gap = np.abs(found.probabilities[0] - year.probabilities[at])
    assert gap.max() < 4 * np.sqrt(0.25 / runs) + 0.02


def test_free_runs_take_draws_in_order_first_and_later_by_their_weights(year):
    at = year.rounds.months.index(TEST[0])
    drawn, gone = _points_of_runs(year, at, 30)
    assert gone == 0
    np.testing.assert_array_equal(drawn, year.points[0][np.arange(30) % len(year.points[0])])
    drawn, gone = _points_of_runs(year, at + 11, 4000)
    assert gone == 1
    mean = year.weights[11] @ year.points[1]
    np.testing.assert_allclose(drawn.mean(0), mean, atol=0.01)
    np.testing.assert_array_equal(_points_of_runs(year, at + 11, 40)[0], drawn[:40])


def test_free_runs_are_the_same_whoever_plays_how_many(few, year):
    some = free_runs(few, year, TEST, 20)
    more = free_runs(few, year, TEST, 40, threads=1)
    np.testing.assert_array_equal(some.moves, more.moves[:20])
    np.testing.assert_array_equal(some.tariffs, more.tariffs[:20])
    assert more.moves.shape == (40, 12, 2) and more.probabilities.shape == (12, 2, len(MOVES))
    both = (more.moves == 2).all(2)
    assert [int(row.argmax()) if row.any() else -1 for row in both] == more.truces.tolist()
    assert (more.tariffs[:, 0] >= 20.0).all() or month_name(TEST[0]) == ""
