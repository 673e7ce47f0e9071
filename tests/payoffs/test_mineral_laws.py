"""Laws of embargoes: stocks, detours, substitution and the buffer worth keeping."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.payoffs.minerals import adapted, embargo_age, shortfall, shutdown_loss, stock_growth, wanted_buffer

shares = st.floats(0, 1)
months = st.floats(0, 120)
waits = st.floats(0.01, 120)
losses = st.floats(0, 1000)
costs = st.floats(0.001, 100)
licences = st.floats(0, 2)


@given(shares, shares, shares, shares)
def test_the_shortfall_is_between_nothing_and_the_whole_share(
    share: float, cut: float, diversion: float, substitution: float
) -> None:
    assert 0 <= shortfall(share, cut, diversion, substitution) <= share


@given(shares, months, months, waits)
def test_adaptation_rises_to_its_limit_and_never_beyond(
    limit: float, a: float, b: float, wait: float
) -> None:
    early, late = sorted((a, b))
    assert 0 <= adapted(limit, early, wait) <= adapted(limit, late, wait) <= limit
    assert adapted(limit, 1e9, wait) == pytest.approx(limit)
    assert adapted(limit, 0, wait) == 0


@given(losses, st.floats(0.01, 1), shares)
def test_a_shutdown_costs_in_proportion_to_what_is_missing(loss: float, share: float, part: float) -> None:
    assert shutdown_loss(loss, part * share, share) == pytest.approx(part * loss / 12)
    assert shutdown_loss(loss, 0, share) == 0
    assert shutdown_loss(loss, 0.5, 0) == 0


@given(losses, costs, waits, months)
def test_who_is_sure_of_renewal_keeps_no_buffer(loss: float, cost: float, wait: float, most: float) -> None:
    assert wanted_buffer(1, loss, cost, wait, most) == 0


@given(shares, shares, losses, costs, waits, months)
def test_who_believes_less_in_renewal_keeps_more(
    a: float, b: float, loss: float, cost: float, wait: float, most: float
) -> None:
    low, high = sorted((a, b))
    trusting = wanted_buffer(high, loss, cost, wait, most)
    wary = wanted_buffer(low, loss, cost, wait, most)
    assert 0 <= trusting <= wary <= most


def test_the_buffer_is_that_of_the_newsvendor() -> None:
    assert wanted_buffer(0.5, 10, 1, 6, 1000) == pytest.approx(6 * math.log(5))
    assert wanted_buffer(0.5, 10, 1, 6, 1000) == pytest.approx(9.6566, abs=1e-4)
    assert wanted_buffer(0.5, 10, 1, 6, 4) == 4


@given(st.floats(0, 0.99), st.floats(1, 1000), costs, waits)
def test_the_last_month_of_the_buffer_is_worth_its_cost(
    belief: float, loss: float, cost: float, wait: float
) -> None:
    buffer = wanted_buffer(belief, loss, cost, wait, math.inf)
    needed = (1 - belief) * math.exp(-buffer / wait)
    if buffer > 0:
        assert needed * loss == pytest.approx(cost)
    else:
        assert needed * loss <= cost * (1 + 1e-9)


@given(st.floats(1e-6, 1000))
def test_a_buffer_that_costs_nothing_is_filled_if_it_helps(loss: float) -> None:
    assert wanted_buffer(0.5, loss, 0, 6, 24) == 24
    assert wanted_buffer(0.5, 0, 0, 6, 24) == 0


@given(months, months, waits, licences)
def test_a_stock_without_an_embargo_goes_towards_what_is_wanted(
    stock: float, wanted: float, refill: float, licence: float
) -> None:
    after = stock + 0.01 * stock_growth(stock, wanted, 0, refill, licence)
    assert min(stock, wanted) - 1e-9 <= after <= max(stock, wanted) + 1e-9


@given(months, months, waits, licences)
def test_a_stock_grows_by_no_more_than_the_supplier_licenses(
    stock: float, wanted: float, refill: float, licence: float
) -> None:
    free = stock_growth(stock, wanted, 0, refill, math.inf)
    assert stock_growth(stock, wanted, 0, refill, licence) == min(free, licence)
    assert free == pytest.approx((wanted - stock) / refill)


@given(months, months, waits, st.floats(1e-6, 1), licences)
def test_nothing_is_stored_while_use_itself_goes_short(
    stock: float, wanted: float, refill: float, missing: float, licence: float
) -> None:
    assert stock_growth(stock, wanted, missing, refill, licence) == -missing


@given(months, months, st.floats(0.01, 1))
def test_an_embargo_is_forgotten_at_the_pace_at_which_it_was_learnt(
    age: float, time: float, cut: float
) -> None:
    older = embargo_age(age, cut, time)
    assert older == pytest.approx(age + time)
    assert embargo_age(older, 0, time) == pytest.approx(age, abs=1e-9)
    assert embargo_age(age, 0, age + time) == 0
