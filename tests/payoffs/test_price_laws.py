"""Prices under an embargo, restocking, and what a buffer saves (economics 1.2)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from sim.payoffs.minerals import price_multiplier, shortfall, wanted_buffer

shares = st.floats(0, 1)
parts = st.floats(0, 0.99)
refills = st.floats(0, 2)
elasticities = st.floats(0.05, 20)


@given(elasticities)
def test_with_nothing_missing_and_no_restocking_the_price_is_as_ever(e: float) -> None:
    assert price_multiplier(0, 0, e) == 1


@given(parts, parts, refills, refills, elasticities)
def test_the_price_rises_with_what_is_missing_and_with_restocking(
    a: float, b: float, r: float, s: float, e: float
) -> None:
    (little, much), (slow, quick) = sorted((a, b)), sorted((r, s))
    assert 1 <= price_multiplier(little, slow, e) <= price_multiplier(much, slow, e)
    assert price_multiplier(much, slow, e) <= price_multiplier(much, quick, e)


@given(parts, refills, elasticities)
def test_supply_and_demand_of_constant_elasticity_clear_the_market(m: float, r: float, e: float) -> None:
    """Of any split of e: supply from outside (1 - m) p^s is demand (1 + r) p^-d."""
    price = price_multiplier(m, r, e)
    for supply in (0.0, 0.3 * e, e):
        assert (1 - m) * price**supply == pytest.approx((1 + r) * price ** (supply - e), rel=1e-9)


@given(parts, elasticities, elasticities)
def test_an_inflexible_market_is_dearer(m: float, a: float, b: float) -> None:
    stiff, elastic = sorted((a, b))
    assert price_multiplier(m, 0, elastic) <= price_multiplier(m, 0, stiff)


def test_with_half_of_supply_cut_germanium_is_dearer_by_a_quarter() -> None:
    """USGS Open-File Report 2024-1057: +26 % for germanium; gallium "more than" +150 %."""
    assert price_multiplier(shortfall(0.5, 1, 0, 0), 0, 3.0) == pytest.approx(1.26, abs=0.005)
    assert price_multiplier(shortfall(0.5, 1, 0, 0), 0, 0.76) == pytest.approx(2.5, abs=0.02)
    assert price_multiplier(shortfall(0.9, 1, 0, 0), 0, 2.5) == pytest.approx(2.5, abs=0.02)


def test_a_market_that_nothing_reaches_has_a_finite_price() -> None:
    assert price_multiplier(1, 0, 1) == pytest.approx(1000)


def expected_cost(stock: float, belief: float, loss: float, cost: float, length: float) -> float:
    """Cost of a buffer against an embargo of exponential length that comes with 1 - belief [bn USD]."""
    return (1 - belief) * loss * length * math.exp(-stock / length) + cost * stock


def test_who_believes_that_the_truce_renews_itself_pays_twice_what_it_need() -> None:
    """A loss of 10 and a cost of 1 a month, 6 months, an even chance: economics 1.2."""
    trusting, wary = wanted_buffer(0.9, 10, 1, 6, 100), wanted_buffer(0.5, 10, 1, 6, 100)
    assert trusting == 0
    assert wary == pytest.approx(9.66, abs=0.005)
    assert expected_cost(trusting, 0.5, 10, 1, 6) == pytest.approx(30.0, abs=0.005)
    assert expected_cost(wary, 0.5, 10, 1, 6) == pytest.approx(15.66, abs=0.005)


@given(st.floats(0, 0.95), st.floats(0.1, 50), st.floats(0.05, 5), st.floats(1, 24))
def test_no_other_buffer_costs_less(belief: float, loss: float, cost: float, length: float) -> None:
    def cost_of(stock: float) -> float:
        return expected_cost(stock, belief, loss, cost, length)

    found = minimize_scalar(cost_of, bounds=(0, 300), method="bounded")
    assert cost_of(wanted_buffer(belief, loss, cost, length, 300)) <= found.fun + 1e-9
