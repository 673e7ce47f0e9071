"""Laws of tariffs in the linear game, against its closed forms (Bagwell and Staiger 1990)."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from sim.payoffs.trade_linear import exporter_welfare, importer_welfare, remaining_trade

flows = st.floats(0.01, 1000)
elasticities = st.floats(0.05, 50)
passes = st.floats(0, 1)
parts = st.floats(0, 1)  # of the prohibitive tariff
HALF = 0.5


@given(flows, elasticities, parts)
def test_below_the_prohibitive_tariff_welfare_has_its_closed_form(m: float, e: float, part: float) -> None:
    t = part / e
    assert importer_welfare(t, m, e, HALF) == pytest.approx(m * (t / 2 - 3 * e * t**2 / 4), abs=1e-12 * m / e)
    assert exporter_welfare(t, m, e, HALF) == pytest.approx(-m * (t / 2 - e * t**2 / 4), abs=1e-12 * m / e)


@given(flows, elasticities, parts, passes)
def test_the_world_loses_a_triangle_whoever_bears_the_tariff(
    m: float, e: float, part: float, p: float
) -> None:
    t = part / e
    world = importer_welfare(t, m, e, p) + exporter_welfare(t, m, e, p)
    assert world == pytest.approx(-m * e * t**2 / 2, abs=1e-12 * m / e)


@given(flows, elasticities, st.floats(0, 10), passes)
def test_the_world_never_gains_from_a_tariff(m: float, e: float, part: float, p: float) -> None:
    world = importer_welfare(part / e, m, e, p) + exporter_welfare(part / e, m, e, p)
    assert world <= 1e-12 * m / e


@given(flows, elasticities, st.floats(1, 100), passes)
def test_beyond_the_prohibitive_tariff_nothing_changes(m: float, e: float, times: float, p: float) -> None:
    assume(e * (times / e) >= 1)
    for welfare in (importer_welfare, exporter_welfare):
        assert welfare(times / e, m, e, p) == pytest.approx(welfare(1 / e, m, e, p), abs=1e-12 * m / e)
    assert remaining_trade(times / e, e) == 0


@given(flows, elasticities)
def test_the_best_tariff_is_a_third_of_the_prohibitive_one(m: float, e: float) -> None:
    found = minimize_scalar(lambda t: -importer_welfare(t, m, e, HALF), bounds=(0, 1 / e), method="bounded")
    assert found.x == pytest.approx(1 / (3 * e), rel=1e-3)
    assert -found.fun == pytest.approx(m / (12 * e), rel=1e-6)


@given(flows, elasticities, st.floats(1e-6, 10))
def test_a_small_country_that_bears_the_whole_tariff_only_loses(m: float, e: float, part: float) -> None:
    assert importer_welfare(part / e, m, e, 1) < 0
    assert exporter_welfare(part / e, m, e, 1) == 0


@given(flows, elasticities, parts, parts, passes)
def test_the_exporter_loses_more_under_a_higher_tariff(
    m: float, e: float, a: float, b: float, p: float
) -> None:
    low, high = sorted((a / e, b / e))
    assert exporter_welfare(high, m, e, p) <= exporter_welfare(low, m, e, p) + 1e-12 * m / e
    assert remaining_trade(high, e) <= remaining_trade(low, e) + 1e-12


@given(flows, elasticities, passes)
def test_no_tariff_changes_nothing(m: float, e: float, p: float) -> None:
    assert importer_welfare(0, m, e, p) == exporter_welfare(0, m, e, p) == 0
    assert remaining_trade(0, e) == 1


@given(flows, elasticities)
def test_two_equal_countries_at_their_best_tariffs_are_in_a_prisoners_dilemma(m: float, e: float) -> None:
    unit = m / (36 * e)  # D^2 / (72 b) in the paper's letters
    best = 1 / (3 * e)
    mine, theirs = importer_welfare(best, m, e, HALF), exporter_welfare(best, m, e, HALF)
    temptation, sucker, punishment = mine / unit, theirs / unit, (mine + theirs) / unit
    assert temptation == pytest.approx(3)
    assert sucker == pytest.approx(-5)
    assert punishment == pytest.approx(-2)
    assert temptation > 0 > punishment > sucker
