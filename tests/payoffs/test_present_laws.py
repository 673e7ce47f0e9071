"""Laws of discounting: what is to come is worth today, for who may stop counting on any day."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.integrate import quad

from sim.payoffs.present_value import HEEDLESS, delayed, discounting

discounts = st.floats(0.5, 0.999) | st.just(1.0)
horizons = st.floats(0.5, 240)
inertias = st.floats(0, 1)
months = st.floats(0, 240)


@given(discounts, horizons)
def test_a_lasting_dollar_a_month_is_worth_the_inverse_of_impatience_and_hazard(d: float, h: float) -> None:
    found = discounting(d, h, 0.97)
    assert found.rate == pytest.approx(-math.log(d) + 1 / h, rel=1e-12)
    assert found.whole == pytest.approx(1 / (-math.log(d) + 1 / h), rel=1e-12)


@given(discounts, horizons)
def test_it_is_the_sum_over_all_the_months_that_the_dispute_may_last(d: float, h: float) -> None:
    """The dispute lasts for more than t months with e^(-t/H), whose mean is H."""
    sum_over_lengths = quad(lambda t: d**t * math.exp(-t / h), 0, math.inf, epsrel=1e-10)[0]
    assert discounting(d, h, 1.0).whole == pytest.approx(sum_over_lengths, rel=1e-7)


@given(horizons)
def test_who_does_not_discount_counts_as_many_months_as_the_dispute_lasts_on_average(h: float) -> None:
    assert discounting(1.0, h, 0.5).whole == pytest.approx(h)


@given(st.floats(0.5, 0.99), inertias)
def test_who_sees_no_end_counts_by_patience_alone(d: float, inertia: float) -> None:
    assert discounting(d, 1e9, inertia).whole == pytest.approx(1 / -math.log(d), rel=1e-6)


@given(discounts, horizons, inertias)
def test_late_months_are_the_integral_of_what_has_adjusted(d: float, h: float, inertia: float) -> None:
    found = discounting(d, h, inertia)
    exact = quad(lambda t: math.exp(-found.rate * t) * (1 - inertia**t), 0, math.inf, limit=400)[0]
    assert found.late == pytest.approx(exact, rel=1e-6, abs=1e-7)


@given(discounts, horizons)
def test_trade_that_never_adjusts_has_no_late_months_and_trade_at_once_has_all(d: float, h: float) -> None:
    assert discounting(d, h, 1.0).late == pytest.approx(0, abs=1e-9)
    at_once = discounting(d, h, 0.0)
    assert at_once.late == at_once.whole


@given(discounts, horizons, inertias, inertias)
def test_late_months_are_some_of_all_and_fewer_the_slower_trade_is(
    d: float, h: float, p: float, q: float
) -> None:
    quick, slow = (discounting(d, h, inertia) for inertia in sorted((p, q)))
    assert -1e-9 <= slow.late <= quick.late + 1e-9
    assert quick.late <= quick.whole + 1e-9


@given(discounts, discounts, horizons, horizons)
def test_more_patience_and_a_longer_horizon_are_worth_more(a: float, b: float, x: float, y: float) -> None:
    (hasty, patient), (near, far) = sorted((a, b)), sorted((x, y))
    assert discounting(hasty, near, 0.9).whole <= discounting(patient, near, 0.9).whole + 1e-12
    assert discounting(hasty, near, 0.9).whole <= discounting(hasty, far, 0.9).whole + 1e-12


@pytest.mark.parametrize(("discount", "horizon"), [(0.0, 12.0), (0.99, 0.0), (0.0, 0.0)])
def test_for_who_sees_no_future_nothing_to_come_counts(discount: float, horizon: float) -> None:
    assert discounting(discount, horizon, 0.97) == (HEEDLESS, 0.0, 0.0)
    assert delayed(HEEDLESS, 1 / 30.4375) == 0.0


@given(discounts, horizons, months, months)
def test_waiting_twice_is_waiting_for_both_times(d: float, h: float, a: float, b: float) -> None:
    rate = discounting(d, h, 0.9).rate
    assert delayed(rate, a) * delayed(rate, b) == pytest.approx(delayed(rate, a + b), rel=1e-9)


@given(discounts, horizons, months)
def test_what_begins_later_is_the_tail_of_what_begins_today(d: float, h: float, begin: float) -> None:
    found = discounting(d, h, 0.9)
    assume(found.rate * begin < 30)
    before = quad(lambda t: math.exp(-found.rate * t), 0, begin)[0]
    assert before + delayed(found.rate, begin) * found.whole == pytest.approx(found.whole, rel=1e-7)


@given(st.floats(0, 10), st.floats(-100, 0))
def test_what_should_have_begun_already_begins_today(rate: float, months_ago: float) -> None:
    assert delayed(rate, months_ago) == 1.0


@given(st.floats(0.001, 10), months, months)
def test_there_is_no_cliff(rate: float, a: float, b: float) -> None:
    """Between two days worth falls by at most the rate times what lies between them."""
    sooner, later = sorted((a, b))
    assert delayed(rate, sooner) >= delayed(rate, later)
    assert delayed(rate, sooner) - delayed(rate, later) <= rate * (later - sooner) + 1e-12


@given(discounts, st.sampled_from([0.0, 5e-324, 1e-310, 1e-300]) | st.floats(0, 1e-5), inertias)
def test_who_looks_next_to_no_time_ahead_counts_what_is_there_today(d: float, h: float, p: float) -> None:
    found = discounting(d, h, p)
    assert 0 <= found.late <= found.whole <= 1e-5
    assert delayed(found.rate, 0.0) == 1.0
    assert delayed(found.rate, 1.0) == 0.0
