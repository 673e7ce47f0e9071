"""A crackdown closes detours around a ban: felt while the ban is in force, and no step at all before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import first_day, measure_of, morning, names, row_of, rows, table

from sim.domain.constants import (
    AVAILABLE,
    ESCALATE,
    IMPOSE,
    IN_FORCE,
    LIFTED,
    MOVE_OF_ACT,
    NO_ACT,
    REACTIVATE,
    SUSPENDED,
)
from sim.domain.state import World
from sim.payoffs.minerals import adapted
from sim.rules.mineral_supply import (
    mineral_price,
    mineral_shortfall,
    missing,
    update_stocks,
    wanted_stock,
    withheld,
)
from sim.rules.move_values import values_of_moves
from sim.rules.package_values import MoveValue
from sim.rules.terms.mineral_term import mineral_loss

US = names("busan").governments.index("US")
CN = names("busan").governments.index("CN")
GALLIUM = names("busan").minerals.index("gallium")
BAN = measure_of("busan", "cn_ga_ge_sb_ban")
CRACKDOWN = measure_of("busan", "cn_detour_crackdown")
DAY = first_day("busan")
statuses = st.sampled_from([AVAILABLE, SUSPENDED, LIFTED])
levels = st.floats(0, 1)


def under(ban: int, crackdown: int, level: float = 0.5, stock: float = 0.0, months: float = 6.0) -> World:
    """The morning with the ban and the crackdown standing so, the ban for some months."""
    world = morning("busan")
    world.measures[BAN].status = ban
    world.measures[CRACKDOWN].status = crackdown
    world.measures[CRACKDOWN].level = level
    gallium = stock_of(world)
    gallium.stock = stock
    gallium.cut_months = months if ban == IN_FORCE else 0.0
    return world


def stock_of(world: World):
    return world.stocks[US * world.minerals + GALLIUM]


@given(statuses, levels)
def test_without_a_ban_there_is_no_detour_to_close(ban: int, level: float) -> None:
    with_it, without = under(ban, IN_FORCE, level), under(ban, AVAILABLE, level)
    for world in (with_it, without):
        update_stocks(world)
        assert mineral_shortfall(world, US, GALLIUM, -1).cut == 0
        assert mineral_loss(world, US, GALLIUM) == 0
        assert stock_of(world).cut_months == 0
    assert mineral_price(with_it, US, GALLIUM) == mineral_price(without, US, GALLIUM)
    assert stock_of(with_it).stock == stock_of(without).stock


@given(levels, levels, st.floats(0.1, 60))
def test_the_more_detours_are_closed_the_more_is_lost_and_the_dearer_it_gets(
    a: float, b: float, months: float
) -> None:
    mild, harsh = (under(IN_FORCE, IN_FORCE, level, months=months) for level in sorted((a, b)))
    assert mineral_loss(mild, US, GALLIUM) <= mineral_loss(harsh, US, GALLIUM)
    assert mineral_price(mild, US, GALLIUM) <= mineral_price(harsh, US, GALLIUM)


def test_a_crackdown_on_half_the_detours_leaves_half_of_them() -> None:
    with_it, without = under(IN_FORCE, IN_FORCE), under(IN_FORCE, SUSPENDED)
    assert mineral_shortfall(with_it, US, GALLIUM, -1).closed == 0.5
    assert mineral_shortfall(without, US, GALLIUM, -1).closed == 0
    gallium = stock_of(with_it)
    open_half = 0.5 * adapted(gallium.diversion_limit, 6, gallium.diversion_months)
    assert withheld(gallium, 1, 0.5, 6) == pytest.approx(gallium.share * (1 - open_half))
    assert mineral_loss(with_it, US, GALLIUM) > mineral_loss(without, US, GALLIUM) > 0
    assert mineral_price(with_it, US, GALLIUM) > mineral_price(without, US, GALLIUM) > 1


@given(levels, levels, st.floats(0, 60))
def test_what_is_substituted_is_not_missing_but_still_not_delivered(
    cut: float, closed: float, months: float
) -> None:
    gallium = stock_of(under(IN_FORCE, IN_FORCE))
    assert 0 <= missing(gallium, cut, closed, months) <= withheld(gallium, cut, closed, months)
    assert withheld(gallium, cut, closed, months) <= gallium.share


def test_under_a_crackdown_a_stock_is_out_sooner() -> None:
    with_it = under(IN_FORCE, IN_FORCE, 1.0, stock=2.0, months=0.0)
    without = under(IN_FORCE, AVAILABLE, stock=2.0, months=0.0)
    lasted = []
    for world in (with_it, without):
        days = 0
        while stock_of(world).stock > 0:
            update_stocks(world)
            days += 1
        lasted.append(days)
    assert lasted[0] < lasted[1]


def alone(world: World) -> World:
    """Leave Beijing its crackdown alone to escalate with; the ban stays as it is."""
    for k, measure in enumerate(world.measures):
        if measure.issuer == CN and k not in (BAN, CRACKDOWN):
            measure.status = LIFTED
    return world


def escalation(world: World, draw: float = 0.5) -> MoveValue:
    """How Beijing would escalate."""
    return values_of_moves(world, CN, US, DAY, [], draw).escalate


def step(world: World) -> float:
    """The size of imposing the crackdown [bn USD/month]."""
    _, t = table(world, CN, US, DAY)
    return row_of(world, t, IMPOSE, CRACKDOWN).size


def test_nobody_escalates_by_what_nobody_feels() -> None:
    world = alone(under(LIFTED, AVAILABLE))
    assert step(world) == 0
    assert escalation(world).act == NO_ACT


def test_a_crackdown_around_a_ban_that_is_felt_is_an_escalation() -> None:
    world = alone(under(IN_FORCE, AVAILABLE))
    assert step(world) > 0
    chosen = escalation(world)
    assert (chosen.act, chosen.measure, chosen.acts) == (IMPOSE, CRACKDOWN, 1)


def test_a_crackdown_around_a_ban_that_stocks_outlast_for_ever_is_none() -> None:
    world = alone(under(IN_FORCE, AVAILABLE))
    for k in range(world.minerals):
        world.stocks[US * world.minerals + k].stock = 1e6
    assert escalation(world).act == NO_ACT


@given(st.floats(0, 0.999))
def test_beside_a_ban_of_the_same_day_a_crackdown_is_felt_and_may_join_it(draw: float) -> None:
    world = alone(under(SUSPENDED, AVAILABLE))
    world.governments[CN].act_precision = 0.0
    chosen = escalation(world, draw)
    assert chosen.act == REACTIVATE, "by itself the crackdown would carry nothing"
    _, t = table(world, CN, US, DAY)
    carries = [MOVE_OF_ACT[row.act] == ESCALATE for row in rows(world, t)]
    assert sum(carries) == 2
    assert chosen.acts == (2 if draw < 0.5 else 1)


def test_a_suspended_crackdown_is_nothing_to_stock_up_for() -> None:
    assert wanted_stock(under(LIFTED, SUSPENDED), US, GALLIUM) == stock_of(morning("busan")).working_stock
