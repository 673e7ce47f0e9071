"""Laws of discounting: what a flow of some months is worth today."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from sim.payoffs.present_value import annuity

discounts = st.floats(0, 0.999) | st.just(1.0)
months = st.floats(0, 120)


@given(discounts, months, months, months)
def test_annuities_add_up(discount: float, a: float, b: float, c: float) -> None:
    a, b, c = sorted((a, b, c))
    whole = annuity(discount, a, c)
    assert annuity(discount, a, b) + annuity(discount, b, c) == pytest.approx(whole, rel=1e-9, abs=1e-9)


@given(st.floats(0.5, 0.999), months, months)
def test_an_annuity_is_the_integral_of_the_discount_factor(discount: float, a: float, b: float) -> None:
    a, b = sorted((a, b))
    assert annuity(discount, a, b) == pytest.approx(quad(lambda m: discount**m, a, b)[0], abs=1e-7)


@given(months, months)
def test_who_does_not_discount_counts_months_and_who_sees_no_future_counts_none(a: float, b: float) -> None:
    assert annuity(1, a, b) == max(0, b - a)
    assert annuity(0, a, b) == 0
    assert annuity(0.999999, a, b) == pytest.approx(max(0, b - a), rel=1e-3, abs=1e-6)


@given(discounts, discounts, months, months, months)
def test_longer_flows_and_more_patience_are_worth_more(
    d: float, patient: float, a: float, b: float, c: float
) -> None:
    a, b, c = sorted((a, b, c))
    d, patient = sorted((d, patient))
    assert annuity(d, a, b) <= annuity(d, a, c) + 1e-9
    assert annuity(d, b, c) <= annuity(d, a, c) + 1e-9
    assert annuity(d, a, c) <= annuity(patient, a, c) + 1e-9
    assert 0 <= annuity(d, a, c) <= c - a + 1e-9
    assert annuity(d, c, a) == (0 if c > a else annuity(d, a, c))
