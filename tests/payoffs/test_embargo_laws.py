"""The course of an embargo: what is missing, when a stock is out, what is lost (economics 1.2)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from sim.payoffs.embargo import Course, course, embargo_loss, missed_by, missing_at, months_covered
from sim.payoffs.minerals import adapted, shortfall

shares = st.floats(0, 1)
waits = st.floats(0.5, 36)
ages = st.floats(0, 24)
courses = st.builds(course, st.floats(0.05, 1), st.floats(0, 0.95), waits, st.floats(0, 0.9), waits, ages)


@given(st.floats(0.05, 1), shares, waits, shares, waits, ages, st.floats(0, 24))
def test_the_sum_of_exponentials_is_the_shortfall_at_every_age(cut, f, a, q, b, age, later):
    c = course(cut, f, a, q, b, age)
    by_rule = shortfall(1.0, cut, adapted(f, age + later, a), adapted(q, age + later, b))
    assert missing_at(c, later) == pytest.approx(by_rule, abs=1e-12)


@given(courses, st.floats(0.1, 24))
def test_what_has_been_missing_is_the_integral(c: Course, months: float) -> None:
    assert missed_by(c, months) == pytest.approx(quad(lambda t: missing_at(c, t), 0, months)[0], rel=1e-9)


@given(courses, st.floats(0, 24), st.floats(1, 24))
def test_a_stock_is_out_when_as_much_has_been_missing(c: Course, stock: float, horizon: float) -> None:
    empty = months_covered(c, stock, horizon)
    assert 0 <= empty <= horizon
    if empty < horizon:
        assert missed_by(c, empty) == pytest.approx(stock, abs=1e-6)
    else:
        assert missed_by(c, horizon) <= stock + 1e-6


@given(courses, st.floats(0, 6), st.floats(0.9, 1), st.floats(0, 6), st.floats(6, 24))
def test_the_loss_is_what_is_missing_after_the_stock_discounted(c, stock, discount, begin, horizon):
    empty = months_covered(c, stock, horizon - begin)
    flow = quad(lambda t: missing_at(c, t) * discount ** (t + begin), empty, horizon - begin)[0]
    found = embargo_loss(c, 12.0, 0.5, stock, discount, begin, horizon)
    assert found == pytest.approx(flow / 0.5, rel=1e-8, abs=1e-10)


@given(courses, st.floats(0, 24), st.floats(0, 24))
def test_a_larger_stock_never_costs_more(c: Course, a: float, b: float) -> None:
    small, large = sorted((a, b))
    assert embargo_loss(c, 1, 1, large, 0.99, 0, 12) <= embargo_loss(c, 1, 1, small, 0.99, 0, 12) + 1e-12


def test_an_embargo_beyond_the_horizon_costs_nothing() -> None:
    c = course(1, 0, 3, 0, 12, 0)
    assert embargo_loss(c, 10, 1, 0, 0.99, 12, 12) == 0
    assert embargo_loss(c, 12, 1, 0, 1, 0, 12) == pytest.approx(12)
    assert months_covered(c, 3, math.inf) == pytest.approx(3)
