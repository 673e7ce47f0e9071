"""What the end of a truce at its sunsets is worth, by the belief in each renewal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import first_day, measure_of, morning, names

from sim.domain.constants import DAYS_PER_MONTH, HOLD, IN_FORCE, LIFTED, NO_ACT, SUSPENDED
from sim.domain.state import World
from sim.rules.act_values import ActValue, ExpectedAnswer
from sim.rules.move_values import CommonStakes, value_of_move
from sim.rules.renewal_values import (
    RenewalStakes,
    own_lapse,
    return_worth,
    sunset_stake,
    sunset_worth,
    sunsets_of,
)

US = names("busan").governments.index("US")
CN = names("busan").governments.index("CN")
DUTY = measure_of("busan", "us_reciprocal_24")
RARE_EARTHS = measure_of("busan", "cn_oct9_controls")
DAY = first_day("busan")
beliefs = st.floats(0, 1)
horizons = st.floats(1, 120)


def looking_ahead(horizon: float) -> World:
    """The morning with a Washington that counts so many months."""
    world = morning("busan")
    world.governments[US].horizon_months = horizon
    return world


def expected(found: RenewalStakes, belief: float) -> float:
    return (1 - belief) * found.first + belief * found.rest


@given(beliefs, horizons)
def test_the_loss_at_sunsets_is_the_sum_over_all_of_them(belief: float, horizon: float) -> None:
    """After k renewals, with chance p^k, it comes back at the next with 1 - p."""
    world = looking_ahead(horizon)
    series = sum(belief**k * (1 - belief) * -return_worth(world, US, RARE_EARTHS, DAY, k) for k in range(12))
    found = sunsets_of(world, US, RARE_EARTHS, belief, DAY)
    assert expected(found, belief) == pytest.approx(series, abs=1e-6)


@given(beliefs, horizons)
def test_who_is_sure_of_renewal_loses_nothing_and_who_is_sure_of_none_all_at_the_first(
    belief: float, horizon: float
) -> None:
    world = looking_ahead(horizon)
    assert expected(sunset_stake(world, US, CN, 1.0, DAY), 1) == 0
    at_first = sunset_stake(world, US, CN, 0.0, DAY)
    assert expected(at_first, 0) == at_first.first == sunset_stake(world, US, CN, belief, DAY).first


@given(beliefs, beliefs)
def test_who_believes_less_in_renewal_has_more_at_stake(a: float, b: float) -> None:
    world = looking_ahead(60.0)
    wary, trusting = sorted((a, b))
    losses = [expected(sunsets_of(world, US, RARE_EARTHS, p, DAY), p) for p in (wary, trusting)]
    assert losses[0] >= losses[1] - 1e-9
    assert losses[1] >= 0


@given(horizons)
def test_a_later_sunset_is_worth_less_and_none_beyond_the_horizon_anything(horizon: float) -> None:
    world = looking_ahead(horizon)
    losses = [-return_worth(world, US, RARE_EARTHS, DAY, k) for k in range(12)]
    assert losses == sorted(losses, reverse=True)
    measure = world.measures[RARE_EARTHS]
    first = (measure.until + 1 - DAY) / DAYS_PER_MONTH
    assert (losses[0] == 0) == (first >= horizon)


@given(beliefs)
def test_what_cannot_be_renewed_ends_at_its_date(belief: float) -> None:
    world = looking_ahead(60.0)
    world.measures[RARE_EARTHS].suspension_days = 0
    assert sunsets_of(world, US, RARE_EARTHS, belief, DAY).rest == 0


@pytest.mark.parametrize("status", [IN_FORCE, LIFTED])
def test_only_a_suspension_has_a_sunset(status: int) -> None:
    world = looking_ahead(60.0)
    world.measures[RARE_EARTHS].status = status
    assert sunsets_of(world, US, RARE_EARTHS, 0.0, DAY) == (0, 0)


@given(st.floats(-2, 2), beliefs)
def test_the_return_of_ones_own_counts_if_it_pays(rent: float, belief: float) -> None:
    world = looking_ahead(60.0)
    world.governments[US].protection_rent = rent
    gain = return_worth(world, US, DUTY, DAY, 0)
    assert sunset_worth(world, US, DUTY, DAY, 0) == -max(0.0, gain)
    found = sunsets_of(world, US, DUTY, belief, DAY)
    assert found.first == -max(0.0, gain)
    assert found.rest <= 0


def test_a_duty_with_a_high_rent_pays_and_with_none_does_not() -> None:
    world = looking_ahead(60.0)
    for rent, pays in ((2.0, True), (-2.0, False)):
        world.governments[US].protection_rent = rent
        assert (sunset_worth(world, US, DUTY, DAY, 0) < 0) == pays


def test_where_the_partner_threatens_nothing_nothing_is_at_stake() -> None:
    world = looking_ahead(60.0)
    for measure in world.measures:
        if measure.issuer == CN and measure.status == SUSPENDED:
            measure.status = LIFTED
    assert sunset_stake(world, US, CN, 0.0, DAY) == (0, 0)


def test_what_of_ones_own_ends_soon_is_left_to_the_decision_of_today() -> None:
    world = looking_ahead(60.0)
    world.governments[US].protection_rent = 2.0
    day = world.measures[DUTY].until
    before = sunset_stake(world, US, CN, 0.0, day).first
    world.measures[DUTY].status = LIFTED
    assert sunset_stake(world, US, CN, 0.0, day).first == before
    world.measures[DUTY].status = SUSPENDED
    assert own_lapse(world, US, CN, day, -1).gain > own_lapse(world, US, CN, day, DUTY).gain


@given(beliefs)
def test_a_partner_that_always_holds_leaves_of_tomorrow_the_sunsets_alone(belief: float) -> None:
    world = looking_ahead(60.0)
    for counts in world.answers:
        counts[:] = [0.0, 1.0, 0.0] * 3
    at_stake = sunset_stake(world, US, CN, belief, DAY)
    s = CommonStakes(ExpectedAnswer(0.0, 0.0), 0.0, at_stake, True, belief, False, False)
    nothing = ActValue(NO_ACT, -1, 0.0, 0.0, 0.0)
    found = value_of_move(world, US, CN, HOLD, nothing, s, own_lapse(world, US, CN, DAY, -1), DAY)
    assert found.later == pytest.approx(-expected(at_stake, belief), abs=1e-9)
