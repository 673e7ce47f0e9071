"""Bargaining and threats: the printed numbers, and the incentives they come from."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.errors import TheoryError
from sim.theory.bargaining import (
    audience_bluff,
    breakdown,
    deadline,
    logit_acceptance,
    one_sided_offer,
    outside_option,
    rubinstein,
    second_best,
    variable_threats,
)

laws = settings(max_examples=150)
factors = st.floats(0.01, 0.99)
PRINTED = 5e-7


@laws
@given(factors, factors)
def test_each_proposer_offers_what_the_other_would_wait_for(d1: float, d2: float) -> None:
    first, second = rubinstein(d1, d2), rubinstein(d2, d1)
    assert 1 - first == pytest.approx(d2 * second, abs=1e-12)
    assert 0 < first < 1


@laws
@given(factors, factors, factors)
def test_patience_pays(d1: float, d2: float, patient: float) -> None:
    low, high = sorted((d1, patient))
    assert rubinstein(high, d2) >= rubinstein(low, d2)
    assert rubinstein(d2, high) <= rubinstein(d2, low)


def test_two_equally_patient_sides_share_equally_as_rounds_get_short() -> None:
    assert rubinstein(1 - 1e-9, 1 - 1e-9) == pytest.approx(0.5, abs=1e-9)
    assert rubinstein([0.9, 0.95], 0.9) == pytest.approx([0.526316, 0.689655], abs=PRINTED)


@laws
@given(st.floats(0.01, 0.99), st.floats(0.01, 1), st.floats(0, 50))
def test_both_sides_are_indifferent_and_beliefs_follow_bayes(posterior, part, audience) -> None:
    cost = 1 / posterior - 1
    strong = part * posterior  # at most 1 / (1 + cost), so that bluffs are at most all
    found = audience_bluff(strong, cost, audience)
    assert found.concede - (1 - found.concede) * audience == pytest.approx(0, abs=1e-9)  # of a bluff
    assert found.posterior * cost == pytest.approx(1 - found.posterior, abs=1e-9)  # of resisting
    assert strong / found.threat == pytest.approx(found.posterior, abs=1e-9)
    assert found.fight == pytest.approx(found.posterior * (1 - found.concede), abs=1e-12)
    assert all(0 <= chance <= 1 for chance in found)


@laws
@given(st.floats(0, 50), st.floats(0.001, 50))
def test_a_dearer_audience_makes_the_target_back_down_and_changes_no_bluff(audience, more) -> None:
    cheap, dear = (audience_bluff(0.2, 1, a) for a in (audience, audience + more))
    assert dear.concede > cheap.concede and dear.fight < cheap.fight
    assert (dear.bluff, dear.threat, dear.posterior) == (cheap.bluff, cheap.threat, cheap.posterior)


def test_many_games_are_answered_at_once() -> None:
    found = audience_bluff([0.2, 0.3], [1, 0.5], [[0.5], [1]])
    assert all(np.shape(chances) == (2, 2) for chances in found)
    assert found.fight[1, 1] == pytest.approx(0.333333, abs=PRINTED)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (lambda: rubinstein(1, 0.9), "discount_1 must be above 0 and below 1, not 1"),
        (lambda: rubinstein(0.9, 0), "discount_2 must be above 0 and below 1, not 0"),
        (lambda: rubinstein(0.9, float("nan")), "discount_2 must be finite"),
        (lambda: rubinstein([0.9, 0.8], [0.9, 0.8, 0.7]), "do not fit"),
        (lambda: audience_bluff(0.6, 1, 0.5), "bluff rate .* must be at most 1 .*, not 1.5"),
        (lambda: audience_bluff(0, 1, 0.5), "strong must be above 0 and below 1"),
        (lambda: audience_bluff(0.2, 0, 0.5), "cost must be above 0"),
        (lambda: audience_bluff(0.2, 1, -1), "audience must be at least 0, not -1"),
    ],
)
def test_what_is_no_question_is_refused_in_a_sentence(question, sentence: str) -> None:
    with pytest.raises(TheoryError, match=sentence):
        question()


@laws
@given(st.floats(0.01, 1), st.floats(0, 0.4), st.floats(0, 0.4), factors, factors)
def test_under_a_risk_each_offers_what_refusing_is_worth_to_the_other(
    risk: float, b1: float, b2: float, d1: float, d2: float
) -> None:
    first, second = breakdown(risk, b1, b2, d1, d2), breakdown(risk, b2, b1, d2, d1)
    assert 1 - first == pytest.approx(risk * b2 + (1 - risk) * d2 * second, abs=1e-12)
    assert 1 - second == pytest.approx(risk * b1 + (1 - risk) * d1 * first, abs=1e-12)


def test_as_the_risk_fades_the_split_is_that_of_nash_with_what_breakdown_leaves() -> None:
    assert breakdown(1e-6, 0.3, 0.1) == pytest.approx(variable_threats(1.0, 0.3, 0.1), abs=1e-5)


@laws
@given(factors, st.floats(0, 1))
def test_an_option_elsewhere_matters_only_if_it_is_better(discount: float, option: float) -> None:
    without = rubinstein(discount, discount)
    assert outside_option(discount, discount, option) == pytest.approx(min(without, 1 - option))


def test_a_far_deadline_is_none() -> None:
    assert deadline(0.9, [400, 401]) == pytest.approx([rubinstein(0.9, 0.9)] * 2)
    with pytest.raises(TheoryError):
        deadline(0.9, 2.5)


@laws
@given(st.floats(0, 0.5), st.floats(0, 0.5), st.floats(0.1, 1))
def test_no_other_offer_is_better(refusal: float, low: float, spread: float) -> None:
    high = low + spread
    best, _ = one_sided_offer(1, refusal, low, high)

    def worth(offer: float) -> float:
        return float((1 - offer) * (offer - low) / spread + refusal * (high - offer) / spread)

    assert worth(float(best)) >= max(worth(y) for y in np.linspace(low, high, 101)) - 1e-12


def test_who_gains_nothing_accepts_every_second_time() -> None:
    assert logit_acceptance([0.5, 2], 0) == pytest.approx([0.5, 0.5])
    assert logit_acceptance(3, 2) + logit_acceptance(3, -2) == pytest.approx(1)


def test_the_second_best_is_what_no_money_from_outside_allows() -> None:
    t, trade, gain, part = second_best()
    x = np.linspace(t, 1, 200_001)
    density = 1 - x
    assert np.trapezoid((2 * x - 1) * density, x) == pytest.approx(0, abs=1e-9)
    assert np.trapezoid(density, x) == pytest.approx(trade, abs=1e-9)
    assert np.trapezoid(x * density, x) == pytest.approx(gain, abs=1e-9)
    assert part < 1
