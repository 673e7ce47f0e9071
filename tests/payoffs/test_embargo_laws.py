"""The course of an embargo: what is missing, when a stock is out, what is lost (economics 1.2)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from sim.payoffs.embargo import Course, course, embargo_loss, months_covered, stage_after
from sim.payoffs.minerals import adapted, shortfall

shares = st.floats(0, 1)
waits = st.floats(0.5, 36)
ages = st.floats(0, 24)
courses = st.builds(course, st.floats(0.05, 1), st.floats(0, 0.95), waits, st.floats(0, 0.9), waits, ages)


@given(st.floats(0.05, 1), shares, waits, shares, waits, ages, st.floats(0, 24))
def test_the_sum_of_exponentials_is_the_shortfall_at_every_age(cut, f, a, q, b, age, later):
    c = course(cut, f, a, q, b, age)
    by_rule = shortfall(1.0, cut, adapted(f, age + later, a), adapted(q, age + later, b))
    assert stage_after(c, later).missing == pytest.approx(by_rule, abs=1e-12)


@given(courses, st.floats(0.1, 24))
def test_what_has_been_missing_is_the_integral(c: Course, months: float) -> None:
    assert stage_after(c, months).used == pytest.approx(
        quad(lambda t: stage_after(c, t).missing, 0, months)[0], rel=1e-9
    )


@given(courses, st.floats(0, 24))
def test_a_stock_is_out_when_as_much_has_been_missing(c: Course, stock: float) -> None:
    empty = months_covered(c, stock)
    assert empty >= 0
    if empty < math.inf:
        assert stage_after(c, empty).used == pytest.approx(stock, abs=1e-6)
    else:
        assert stage_after(c, 1e5).used <= stock + 1e-6


@given(st.floats(0.05, 1), waits, ages, st.floats(0, 24))
def test_where_detours_replace_all_in_the_end_a_large_stock_lasts_for_ever(cut, a, age, stock):
    c = course(cut, 1.0, a, 0.0, 12.0, age)
    ever = cut * a * math.exp(-age / a)
    assert (months_covered(c, stock) == math.inf) == (stock >= ever)
    assert embargo_loss(c, 12.0, 0.5, ever + 1.0, 0.1) == 0


@given(courses, st.floats(0, 6), st.floats(0.01, 1))
def test_the_loss_is_what_is_missing_after_the_stock_discounted(c: Course, stock: float, rate: float) -> None:
    empty = months_covered(c, stock)
    end = empty + 40 / rate
    flow = quad(
        lambda t: stage_after(c, t).missing * math.exp(-rate * t), empty, end, limit=400, epsrel=1e-11
    )[0]
    assert embargo_loss(c, 12.0, 0.5, stock, rate) == pytest.approx(flow / 0.5, rel=1e-6, abs=1e-9)


@given(courses, st.floats(0, 24), st.floats(0, 24))
def test_a_larger_stock_never_costs_more(c: Course, a: float, b: float) -> None:
    small, large = sorted((a, b))
    assert embargo_loss(c, 1, 1, large, 0.1) <= embargo_loss(c, 1, 1, small, 0.1) + 1e-12


@given(courses, st.floats(0, 24), st.floats(0.01, 1), st.floats(0.01, 1))
def test_who_counts_less_of_the_future_loses_less(c: Course, stock: float, a: float, b: float) -> None:
    patient, hasty = sorted((a, b))
    assert embargo_loss(c, 1, 1, stock, hasty) <= embargo_loss(c, 1, 1, stock, patient) + 1e-12


def test_an_embargo_without_stocks_or_detours_costs_its_flow_times_the_months_that_count() -> None:
    c = course(1, 0, 3, 0, 12, 0)
    assert embargo_loss(c, 12, 1, 0, 0.1) == pytest.approx(10)
    assert months_covered(c, 3) == pytest.approx(3)
    assert embargo_loss(c, 12, 1, 3, 0.1) == pytest.approx(10 * math.exp(-0.3))


def test_who_needs_nothing_of_the_supplier_loses_nothing() -> None:
    assert embargo_loss(course(0, 0, 3, 0, 12, 0), 12, 0, 0, 0.1) == 0
