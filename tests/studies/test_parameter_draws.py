"""Joint draws of the numbers that nobody has measured: within their ranges, the same for a seed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

import sim
from sim.engines.run_spec import RunSpec
from sim.scenarios.assumptions import numbers_of
from sim.scenarios.numbers import Number
from sim.studies.parameter_draws import draw_parameters, numbers_without_range, uncertain_numbers, values_at

BUSAN = sim.scenario("busan")


def number(value, low=None, high=None, unit="bn USD"):
    return Number(value=value, unit=unit, source="assumption", low=low, high=high)


@given(some.floats(0, 1), some.floats(0, 1), some.floats(0, 1), some.floats(0, 1))
def test_a_draw_lies_in_its_range(luck, a, b, c):
    low, mode, high = sorted((a, b, c))
    value = values_at(np.array([luck]), number(mode, low, high))[0]
    assert low <= value <= high


@given(some.floats(0, 0.5), some.floats(0.5, 1))
def test_more_luck_never_gives_less(less, more):
    few, many = values_at(np.array([less, more]), number(3.0, 1.0, 9.0))
    assert few <= many


def test_the_mean_is_that_of_a_triangle():
    luck = (np.arange(100_000) + 0.5) / 100_000
    assert values_at(luck, number(2.0, 1.0, 9.0)).mean() == pytest.approx((1 + 2 + 9) / 3, abs=1e-3)


def test_a_missing_end_is_the_value_and_days_are_whole():
    luck = np.linspace(0, 1, 101)
    assert values_at(luck, number(2.0, high=9.0)).min() == 2.0
    days = values_at(luck, number(5, 1, 14, unit="days"))
    assert (days == days.round()).all()
    assert days.max() == 14


def test_of_a_log_uniform_number_every_factor_is_as_likely():
    wide = number(30.0, 3.0, 300.0).model_copy(update={"distribution": "log_uniform"})
    assert values_at(np.array([0, 0.25, 0.5, 1]), wide) == pytest.approx([3, 30 / 10**0.5, 30, 300])


@pytest.mark.parametrize("path", ["US.rare_earths.annual_loss"])
def test_the_losses_of_rare_earths_are_drawn_about_their_median(path):
    numbers = {path: dict(numbers_of(BUSAN))[path]}
    assert np.median(draw_parameters(numbers, 2001, 7)) == pytest.approx(numbers[path].value, rel=0.1)


@pytest.mark.parametrize("few", [1, 6, 100])
def test_more_draws_keep_the_first_ones(few):
    numbers = uncertain_numbers(BUSAN, RunSpec("busan").strategies(BUSAN))
    assert (draw_parameters(numbers, few, 7) == draw_parameters(numbers, 130, 7)[:few]).all()


def test_a_number_that_is_left_out_changes_no_other():
    numbers = uncertain_numbers(BUSAN, RunSpec("busan").strategies(BUSAN))
    fewer = {path: n for path, n in numbers.items() if path != "US.discount"}
    at = list(numbers).index("US.discount")
    assert (np.delete(draw_parameters(numbers, 20, 7), at, axis=1) == draw_parameters(fewer, 20, 7)).all()


def test_another_seed_and_another_name_give_other_draws():
    one = {"a": number(2.0, 1.0, 9.0), "b": number(2.0, 1.0, 9.0)}
    assert (draw_parameters(one, 8, 1) != draw_parameters(one, 8, 2)).all()
    assert (draw_parameters(one, 8, 1)[:, 0] != draw_parameters(one, 8, 1)[:, 1]).all()


def test_no_two_numbers_go_together():
    """Of 11,476 pairs of independent numbers in 512 draws none is correlated by more than about 0.2."""
    values = draw_parameters(uncertain_numbers(BUSAN, RunSpec("busan").strategies(BUSAN)), 512, 3)
    tied = np.corrcoef(values.T) - np.eye(values.shape[1])
    assert np.abs(tied).max() < 0.25


def test_numbers_that_are_measured_or_set_are_not_drawn():
    plain = uncertain_numbers(BUSAN, RunSpec("busan").strategies(BUSAN))
    assert "CN.reaction_days" not in plain  # measured, though it has a range
    assert {"US.strategy.precision", "CN.strategy.look_ahead"} <= set(plain)
    source = sim.scenario("busan", ["US.renewal_belief=0.5"])
    left = uncertain_numbers(
        source, RunSpec("busan", strategy=("CN=tit_for_tat",)).strategies(source), ["CN"]
    )
    assert set(plain) - set(left) == {
        "US.renewal_belief",
        "CN.strategy.precision",
        "CN.strategy.look_ahead",
    }
    assert not set(numbers_without_range(BUSAN)) & set(plain)


def test_no_number_needs_no_column():
    assert draw_parameters({}, 3, 1).shape == (3, 0)
