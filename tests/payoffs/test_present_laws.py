"""Laws of discounting, of the welfare table and of audiences."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from sim.payoffs.politics import broken_threat, export_harm, notice, protection_rent, unanswered, unreturned
from sim.payoffs.present import annuity
from sim.payoffs.table import look_up, tabulate

discounts = st.floats(0, 0.999) | st.just(1.0)
months = st.floats(0, 120)
numbers = st.floats(-5, 5)
GRID = 0.02


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


@given(numbers, numbers, numbers, st.integers(0, 25), st.integers(0, 15))
def test_the_table_is_exact_at_its_points(x: float, y: float, xy: float, row: int, column: int) -> None:
    table = tabulate(lambda a, b: x * a + y * b * b + xy * a * b, 0.5, 0.3, GRID)
    own, theirs = row * GRID, column * GRID
    exact = x * own + y * theirs * theirs + xy * own * theirs
    assert look_up(table, own, theirs, GRID) == pytest.approx(exact, abs=1e-6)


@given(numbers, numbers, st.floats(0, 0.5), st.floats(0, 0.3))
def test_the_table_errs_by_a_quarter_of_the_bend_times_the_square_of_the_grid(
    x: float, y: float, own: float, theirs: float
) -> None:
    def welfare(a: float, b: float) -> float:
        return x * math.sin(a) + y * math.cos(b)

    table = tabulate(welfare, 0.5, 0.3, GRID)
    bend = max(abs(x), abs(y))
    error = abs(look_up(table, own, theirs, GRID) - welfare(own, theirs))
    assert error <= bend * GRID**2 / 4 + 1e-12


@given(st.floats(0, 1), st.floats(0, 1))
def test_every_tariff_that_a_table_is_made_for_lies_inside_it(own: float, theirs: float) -> None:
    table = tabulate(lambda a, b: a + 10 * b, own, theirs, GRID)
    assert look_up(table, own, theirs, GRID) == pytest.approx(own + 10 * theirs, abs=1e-6)


def test_beyond_its_edges_the_table_gives_the_edge() -> None:
    table = tabulate(lambda a, b: a + 10 * b, 0.1, 0.1, GRID)
    assert look_up(table, -1, -1, GRID) == 0
    assert look_up(table, 9, 9, GRID) == pytest.approx(11 * 0.12, abs=1e-5)


sizes = st.floats(0, 1e6)


@given(sizes, sizes, st.floats(1e-9, 1e6))
def test_larger_steps_are_noticed_more_but_never_wholly(a: float, b: float, scale: float) -> None:
    small, large = sorted((a, b))
    assert 0 <= notice(small, scale) <= notice(large, scale) <= 1
    assert notice(-small, scale) == notice(small, scale)
    assert notice(scale, scale) == 0.5


@given(st.floats(0, 1e6), st.floats(1e-6, 1e6))
def test_a_step_of_ordinary_size_is_noticed_less_than_wholly(size: float, scale: float) -> None:
    assert notice(size, scale) < 1


@given(st.booleans(), st.booleans(), sizes)
def test_a_threat_is_broken_only_if_it_is_due_and_not_executed(
    due: bool, executed: bool, cost: float
) -> None:
    assert broken_threat(due, executed, cost) == (cost if due and not executed else 0)


@given(st.floats(0, 100), numbers, numbers, st.floats(0, 12))
def test_a_stronger_answer_leaves_less_unanswered(owed: float, a: float, b: float, cost: float) -> None:
    weak, strong = sorted((a, b))
    assert 0 <= unanswered(owed, strong, cost) <= unanswered(owed, weak, cost) <= cost * owed
    assert unanswered(owed, owed, cost) == 0


@given(sizes, st.floats(0, 1), st.floats(0, 1))
def test_relaxing_alone_costs_nothing_if_it_is_returned_or_unseen(
    cost: float, chance: float, seen: float
) -> None:
    assert 0 <= unreturned(cost, chance, seen) <= cost
    assert unreturned(cost, 1, seen) == unreturned(cost, chance, 0) == 0


def test_a_percentage_point_of_tariff_is_worth_its_rent_a_year() -> None:
    assert 12 * protection_rent(0.01, 0.5) == pytest.approx(0.5)
    assert export_harm(2, 0.25) == 0.5
