"""Laws of trade that adjusts by and by."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.payoffs.adjustment import adjusted

tariffs = st.floats(0, 3)
inertias = st.floats(0, 1)
months = st.floats(0, 120)


@given(tariffs, tariffs, inertias, months, months)
def test_trade_moves_towards_the_tariff_and_never_beyond(
    before: float, tariff: float, inertia: float, a: float, b: float
) -> None:
    early, late = sorted((a, b))
    way = [abs(adjusted(before, tariff, inertia, m) - tariff) for m in (0.0, early, late)]
    assert way[0] + 1e-12 >= way[1]
    assert way[1] + 1e-12 >= way[2]
    low, high = sorted((before, tariff))
    assert low - 1e-12 <= adjusted(before, tariff, inertia, late) <= high + 1e-12


@given(tariffs, tariffs, inertias, months, months)
def test_two_spells_of_a_tariff_are_one_long_spell(
    before: float, tariff: float, inertia: float, a: float, b: float
) -> None:
    between = adjusted(before, tariff, inertia, a)
    whole = adjusted(before, tariff, inertia, a + b)
    assert adjusted(between, tariff, inertia, b) == pytest.approx(whole, abs=1e-9)


@given(tariffs, tariffs)
def test_at_three_per_cent_a_month_a_year_closes_thirty_per_cent_of_a_gap(
    before: float, tariff: float
) -> None:
    closed = math.log1p(adjusted(before, tariff, 0.97, 12)) - math.log1p(before)
    part = 1 - 0.97**12
    assert part == pytest.approx(0.306, abs=1e-3)
    assert closed == pytest.approx(part * (math.log1p(tariff) - math.log1p(before)), abs=1e-12)


@given(tariffs, tariffs, months)
def test_without_inertia_trade_adjusts_at_once_and_with_nothing_else_never(
    before: float, tariff: float, time: float
) -> None:
    assert adjusted(before, tariff, 1, time) == pytest.approx(before, abs=1e-12)
    assert adjusted(before, tariff, 0, time + 0.01) == pytest.approx(tariff, abs=1e-12)
    assert adjusted(before, tariff, 0, 0) == pytest.approx(before, abs=1e-12)
