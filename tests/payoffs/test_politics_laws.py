"""Laws of audiences, elections and markets."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.payoffs.politics import (
    broken_threat,
    election_clock,
    market_bonus,
    notice,
    protection_rent,
    unanswered,
    unreturned,
)

numbers = st.floats(-5, 5)
sizes = st.floats(0, 1e6)
months = st.floats(0, 120)
pushes = st.floats(0.001, 10)


@given(sizes, sizes, st.floats(1e-9, 1e6))
def test_larger_steps_are_noticed_more_but_never_wholly(a: float, b: float, scale: float) -> None:
    small, large = sorted((a, b))
    assert 0 <= notice(small, scale) <= notice(large, scale) <= 1
    assert notice(-small, scale) == notice(small, scale)
    assert notice(scale, scale) == 0.5


@given(st.floats(0, 1e6), st.floats(1e-6, 1e6))
def test_a_step_of_ordinary_size_is_noticed_less_than_wholly(size: float, scale: float) -> None:
    assert notice(size, scale) < 1


@given(pushes, st.floats(0, 10), sizes)
def test_a_threat_executed_as_deserved_costs_nothing(deserved: float, more: float, cost: float) -> None:
    assert broken_threat(deserved, deserved, cost) == 0
    assert broken_threat(deserved + more, deserved, cost) == 0


@given(st.floats(0, 10), st.floats(-10, 0), sizes)
def test_a_threat_of_which_nothing_is_executed_costs_all(
    deserved: float, executed: float, cost: float
) -> None:
    assert broken_threat(0, deserved, cost) == cost
    assert broken_threat(executed, deserved, cost) == cost


@given(pushes, st.floats(0, 1), st.floats(0, 1), sizes)
def test_a_threat_executed_in_part_costs_in_proportion(
    deserved: float, a: float, b: float, cost: float
) -> None:
    less, more = sorted((a, b))
    costs = [broken_threat(part * deserved, deserved, cost) for part in (less, more)]
    assert costs == pytest.approx([cost * (1 - less), cost * (1 - more)], abs=1e-9 * cost + 1e-12)
    assert costs[1] <= costs[0]


@given(pushes, pushes, st.floats(0, 10), sizes)
def test_a_smaller_provocation_is_executed_with_less(
    a: float, b: float, executed: float, cost: float
) -> None:
    small, large = sorted((a, b))
    assert broken_threat(executed, small, cost) <= broken_threat(executed, large, cost)


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


@given(months, months, st.floats(0, 3), st.floats(0.1, 24))
def test_harm_weighs_more_the_nearer_the_election(a: float, b: float, weight: float, fading: float) -> None:
    near, far = sorted((a, b))
    assert 1 <= election_clock(far, weight, fading) <= election_clock(near, weight, fading) <= 1 + weight
    assert election_clock(0, weight, fading) == 1 + weight
    assert election_clock(-1, weight, fading) == 1
    assert election_clock(near, 0, fading) == 1


def test_the_election_clock_fades_by_its_time_constant() -> None:
    assert election_clock(4, 0.5, 4) == pytest.approx(1 + 0.5 / math.e)


@given(st.floats(0, 50), st.floats(0, 20), sizes)
def test_relaxing_earns_its_relief_while_markets_are_beyond_the_threshold(
    loss: float, threshold: float, relief: float
) -> None:
    assert market_bonus(loss, threshold, relief) == (relief if loss > threshold else 0)
    assert market_bonus(threshold, threshold, relief) == 0
