"""Baselines: the log losses that a model must beat, and what each predictor may and may not know."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.constants import ESCALATE, HOLD, RELAX
from sim.domain.errors import EvidenceError
from sim.record.baselines import (
    BASELINES,
    Baseline,
    Situation,
    cases,
    logit,
    predictions,
    response_table,
    within,
)
from sim.record.coding import CodedMonth
from sim.record.months import month_number, month_range
from sim.statistics.scores import log_losses

TRAINING, TEST = month_range("2018-01:2024-12"), month_range("2025-01:2025-12")
START = month_number("2018-01")
laws = settings(max_examples=30)
pairs = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=3, max_size=40)
situations = [Situation(s, a, b, c) for s in (0, 1) for a in range(3) for b in range(3) for c in range(3)]


def made(moves: list[tuple[int, int]]) -> list[CodedMonth]:
    return [CodedMonth(START + k, pair, (0, 0), (1, 1), "full") for k, pair in enumerate(moves)]


@pytest.mark.parametrize(
    ("name", "nats"),
    [
        ("uniform", 1.0986),
        ("base_rates", 1.4331),
        ("own_last", 1.3724),
        ("partner_last", 1.3534),
        ("both_last", 1.2900),
        ("same_month", 1.1170),
        ("hold", 3.5404),
        ("logit", 1.4255),
    ],
)
def test_log_losses_of_2025_after_training_on_2018_to_2024(
    months: list[CodedMonth], name: str, nats: float
) -> None:
    """Both sides' twelve months count alike; January 2025 is told of December 2024.

    Tables count by side, every count starting at one: base rates over all 84 months, the others
    over the 83 that have a month before. The same-month table answers for both sides.
    """
    tested = cases(months, TEST)
    chances = predictions(BASELINES[name](within(months, TRAINING)), tested)
    losses = log_losses(chances, [case.move for case in tested])
    assert len(losses) == 24
    assert losses.mean() == pytest.approx(nats, abs=5e-5)


@pytest.mark.parametrize("baseline", BASELINES.values(), ids=BASELINES)
@laws
@given(moves=pairs)
def test_chances_are_positive_and_add_to_one(baseline: Baseline, moves: list[tuple[int, int]]) -> None:
    predictor = baseline(made(moves))
    for situation in situations:
        chances = predictor(situation)
        assert chances.shape == (3,)
        assert (chances > 0).all()
        assert chances.sum() == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("name", [name for name in BASELINES if name != "same_month"])
@laws
@given(moves=pairs)
def test_only_the_same_month_table_is_told_the_partner_s_move(
    name: str, moves: list[tuple[int, int]]
) -> None:
    predictor = BASELINES[name](made(moves))
    for situation in situations:
        told = [predictor(situation._replace(partner_now=move)) for move in (ESCALATE, HOLD, RELAX)]
        assert told[0].tolist() == told[1].tolist() == told[2].tolist()


def test_a_predictor_does_not_change_with_what_comes_after_its_training(months: list[CodedMonth]) -> None:
    training = within(months, TRAINING)
    for baseline in BASELINES.values():
        predictor, again = baseline(training), baseline(training)
        before = [predictor(situation).tolist() for situation in situations]
        predictions(predictor, cases(months, TEST))
        assert [again(situation).tolist() for situation in situations] == before


def test_what_was_never_seen_has_equal_chances() -> None:
    holding = made([(HOLD, HOLD)] * 5)
    unseen = Situation(0, ESCALATE, ESCALATE, ESCALATE)
    for name in ("own_last", "partner_last", "both_last", "same_month"):
        assert BASELINES[name](holding)(unseen).tolist() == [1 / 3, 1 / 3, 1 / 3]


def test_tables_count_by_side_and_start_at_one() -> None:
    training = made([(ESCALATE, HOLD), (HOLD, ESCALATE), (ESCALATE, ESCALATE)])
    beijing = Situation(1, HOLD, ESCALATE, HOLD)
    assert BASELINES["base_rates"](training)(beijing).tolist() == [3 / 6, 2 / 6, 1 / 6]
    assert BASELINES["partner_last"](training)(beijing).tolist() == [2 / 4, 1 / 4, 1 / 4]
    assert BASELINES["own_last"](training)(beijing).tolist() == [2 / 4, 1 / 4, 1 / 4]
    assert BASELINES["hold"](training)(beijing).tolist() == [1 / 6, 4 / 6, 1 / 6]
    bolder = response_table(training, lambda known: known.own_last, prior=0.5)
    assert bolder(beijing).tolist() == [1.5 / 2.5, 0.5 / 2.5, 0.5 / 2.5]


def test_the_logit_is_that_of_a_well_known_library(months: list[CodedMonth]) -> None:
    """scikit-learn 1.9.1, LogisticRegression(C=1, tol=1e-10), on the same dummies, side by side."""
    predictor = logit(within(months, TRAINING))
    expected = [
        [0.443129, 0.455440, 0.101431],
        [0.402221, 0.539157, 0.058622],
        [0.229801, 0.623961, 0.146238],
        [0.144302, 0.743009, 0.112690],
        [0.279818, 0.680826, 0.039356],
        [0.087582, 0.417599, 0.494819],
    ]
    got = [predictor(Situation(side, last, last, HOLD)) for side in (0, 1) for last in (0, 1, 2)]
    assert np.array(got) == pytest.approx(np.array(expected), abs=2e-6)


@laws
@given(moves=pairs, penalty=st.floats(0.01, 100))
def test_the_logit_s_mean_chances_are_the_shares_seen(moves: list[tuple[int, int]], penalty: float) -> None:
    """The intercepts are free, so at the maximum the chances add to the counts of a seen move."""
    training = made(moves)
    predictor = logit(training, penalty)
    for side in (0, 1):
        seen = [case for case in cases(training) if case.situation.side == side]
        counts = np.bincount([case.move for case in seen], minlength=3)
        assert predictions(predictor, seen).sum(0) == pytest.approx(counts, abs=1e-3)


def test_a_heavier_penalty_brings_the_logit_to_the_base_rates(months: list[CodedMonth]) -> None:
    predictor = logit(within(months, TRAINING), penalty=1e6)
    washington = [predictor(s) for s in situations if s.side == 0]
    assert np.ptp(washington, axis=0) == pytest.approx(0, abs=1e-3)


def test_cases_are_both_sides_month_by_month(months: list[CodedMonth]) -> None:
    first, second = cases(months, month_range("2025-05"))
    assert first == (month_number("2025-05"), (0, ESCALATE, ESCALATE, RELAX), RELAX)
    assert second == (month_number("2025-05"), (1, ESCALATE, ESCALATE, RELAX), RELAX)
    assert len(cases(months)) == 2 * 105


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        (lambda months: logit(months[:1]), "two training months that follow each other"),
        (lambda months: logit(months, penalty=0), "a penalty above 0, got 0"),
    ],
)
def test_months_that_are_not_there_are_not_guessed(months: list[CodedMonth], ask: object, why: str) -> None:
    with pytest.raises(EvidenceError, match=f"expected {why}"):
        ask(months)  # type: ignore[operator]
