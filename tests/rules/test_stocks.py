"""Minerals in a world: nothing is lost while stocks last, and who fears a ban keeps more."""

import copy
import functools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.domain.constants import IN_FORCE, SUSPENDED
from sim.domain.state import World
from sim.payoffs.present_value import discounting
from sim.rules.mineral_supply import mineral_shortfall, sharper, update_stocks, wanted_stock
from sim.rules.present_values import lasting_pressure
from sim.rules.terms.mineral_term import lasting_loss, mineral_loss
from sim.scenarios.initial_state import names_of, world_of

BUSAN = sim.scenario("busan")
NAMES = names_of(BUSAN)
US = NAMES.governments.index("US")
GALLIUM = NAMES.minerals.index("gallium")
BAN = NAMES.measures.index("cn_ga_ge_sb_ban")
OCTOBER = NAMES.measures.index("cn_oct9_controls")


@functools.cache
def first_morning() -> World:
    return world_of(BUSAN)


def world_with_ban(status: int = IN_FORCE, stock: float = 2.0) -> World:
    """The first morning with the gallium ban as asked for, and a stock of gallium [months of use]."""
    world = copy.deepcopy(first_morning())
    world.measures[BAN].status = status
    world.stocks[US * world.minerals + GALLIUM].stock = stock
    return world


@given(st.floats(0.001, 60))
def test_nothing_is_lost_while_stocks_last(stock: float) -> None:
    world = world_with_ban(stock=stock)
    update_stocks(world)
    kept = world.stocks[US * world.minerals + GALLIUM].stock
    assert 0 <= kept <= stock
    assert (mineral_loss(world, US, GALLIUM) == 0) == (kept > 0)


def test_without_stocks_a_ban_costs_and_less_so_as_detours_open() -> None:
    world = world_with_ban(stock=0.0)
    losses = []
    for _ in range(200):
        update_stocks(world)
        losses.append(mineral_loss(world, US, GALLIUM))
    assert losses == sorted(losses, reverse=True)
    assert losses[0] > losses[-1] > 0


def test_a_suspended_ban_cuts_nothing() -> None:
    world = world_with_ban(SUSPENDED, stock=0.0)
    assert mineral_shortfall(world, US, GALLIUM, -1).cut == 0
    assert mineral_loss(world, US, GALLIUM) == 0


def test_cuts_do_not_add_up() -> None:
    world = world_with_ban()
    assert mineral_shortfall(world, US, GALLIUM, -1).cut == 1
    assert sharper(mineral_shortfall(world, US, GALLIUM, BAN).cut, 0.3) == 0.3


YEAR = discounting(0.99, 12.0, 0.97)


@given(st.floats(0, 1), st.floats(0, 30), st.floats(0, 30), st.floats(1, 24))
def test_an_embargo_costs_less_the_larger_the_stock(cut: float, a: float, b: float, horizon: float) -> None:
    small, large = sorted((a, b))
    ahead = discounting(0.99, horizon, 0.97)
    losses = [lasting_loss(world_with_ban(stock=s), ahead, US, GALLIUM, cut, 0.0) for s in (large, small)]
    assert 0 <= losses[0] <= losses[1]


def test_an_embargo_that_a_stock_outlasts_by_far_costs_next_to_nothing() -> None:
    lost = [lasting_loss(world_with_ban(stock=s), YEAR, US, GALLIUM, 1.0, 0.0) for s in (0.0, 100.0)]
    assert lost[1] < 1e-3 * lost[0]


@given(st.floats(0, 1), st.floats(0, 1))
def test_who_believes_less_in_renewal_wants_a_larger_stock(a: float, b: float) -> None:
    world = world_with_ban(SUSPENDED)
    wanted = []
    for belief in sorted((a, b)):
        world.governments[US].renewal_belief = belief
        wanted.append(wanted_stock(world, US, GALLIUM))
    assert wanted[0] >= wanted[1] >= world.stocks[US * world.minerals + GALLIUM].working_stock


@pytest.mark.parametrize("status", [IN_FORCE, SUSPENDED])
def test_who_is_sure_of_renewal_or_under_the_ban_already_keeps_its_everyday_stock(status: int) -> None:
    world = world_with_ban(status)
    world.governments[US].renewal_belief = 1.0
    everyday = world.stocks[US * world.minerals + GALLIUM].working_stock
    assert wanted_stock(world, US, GALLIUM) == everyday


@given(st.floats(0, 24), st.floats(0, 24))
def test_a_cut_costs_less_the_further_detours_are_open(a: float, b: float) -> None:
    world = world_with_ban(SUSPENDED, stock=0.0)
    stock = world.stocks[US * world.minerals + GALLIUM]
    losses = []
    for stock.cut_months in sorted((a, b)):
        losses.append(lasting_loss(world, YEAR, US, GALLIUM, 1.0, 0.0))
    assert losses[0] >= losses[1] > 0


def push(world: World, number: int, day: int) -> float:
    """Pressure on its target of a suspended measure that its issuer puts back [bn USD/month]."""
    measure = world.measures[number]
    return lasting_pressure(world, measure.issuer, number, 0.0, measure.level, day)


def test_the_controls_of_october_push_by_more_than_their_harm_on_every_day_of_the_truce() -> None:
    """Beijing licenses stocks so slowly that rare earths stay a threat while nobody is provoked."""
    model = sim.TradeModel("busan", rng=1, strategy=("US=hold", "CN=hold"))
    for day in (date(2026, 3, 3), date(2026, 8, 17), date(2026, 11, 10)):
        while model.day < day.toordinal():
            model.step()
        controls = model.world.measures[OCTOBER]
        assert push(model.world, OCTOBER, model.day) >= 2 * controls.harm * controls.level


def test_a_supplier_that_licenses_freely_loses_leverage_where_stores_are_large() -> None:
    free = ("CN.refill_licence=1", "US.rare_earths.capacity=7.5")
    pushes = []
    for numbers in ((), free):
        model = sim.TradeModel("busan", rng=1, strategy=("US=hold", "CN=hold"), set=numbers)
        while model.day < date(2026, 8, 17).toordinal():
            model.step()
        controls = model.world.measures[OCTOBER]
        pushes.append(push(model.world, OCTOBER, model.day) - controls.harm * controls.level)
    rationed, large = pushes
    assert 0 < large < rationed / 4
