"""What a lasting change of a measure is worth: the terms of `sim.rules.terms`, each by itself.

A change is given by its measure, the level felt before and after, and the tariffs of the pair without it.
It begins today; one that begins later is worth `sim.payoffs.present_value.delayed` of it, whatever it is.
"""

from typing import NamedTuple

from sim.domain.constants import TARIFF
from sim.domain.state import World
from sim.payoffs.present_value import Discounting, discounting
from sim.rules.terms.control_term import concessions_value, controls_value
from sim.rules.terms.harm_term import harm_value
from sim.rules.terms.mineral_term import mineral_value
from sim.rules.terms.rent_term import rent_value
from sim.rules.terms.trade_term import TradeChange, trade_change, trade_value
from sim.rules.trade import tariff


class PairTariffs(NamedTuple):
    """The average tariffs between a government and a partner [share]."""

    own: float  # on the partner's goods
    other: float  # the partner's, on its own


class Effects(NamedTuple):
    """What a change is worth to one of the two it concerns, term by term [bn USD]."""

    trade: float
    rent: float
    harm: float
    minerals: float
    controls: float
    concessions: float


def discounting_of(world: World, government: int) -> Discounting:
    """How a government discounts."""
    g = world.governments[government]
    return discounting(g.discount, g.horizon_months, world.inertia)


def tariffs_of(world: World, government: int, partner: int) -> PairTariffs:
    """The tariffs between a government and a partner as they stand."""
    return PairTariffs(tariff(world, government, partner), tariff(world, partner, government))


def effects(
    world: World,
    h: Discounting,
    government: int,
    number: int,
    before: float,
    after: float,
    rates: PairTariffs,
    day: int,
) -> Effects:
    """What a change of a measure is worth to its issuer or its target, from today on.

    Args:
        world: as it stands.
        h: how it is discounted.
        government: the measure's issuer or its target.
        number: of the measure.
        before: level felt without the change [share].
        after: level felt with it [share].
        rates: the government's tariffs and the other's without the change.
        day: today.
    """
    measure = world.measures[number]
    change = after - before
    issues = measure.issuer == government
    trade = rent = harm = minerals = 0.0
    if measure.kind == TARIFF:
        points = change * measure.coverage
        partner = measure.issuer + measure.target - government
        change_of_trade = tariff_change(world, government, partner, number, rates, points)
        trade = trade_value(world, h, government, change_of_trade)
        harm = harm_value(world, h, government, change_of_trade, day)
        if issues:
            rent = rent_value(world, h, government, points)
    if measure.minerals != 0 and not issues:
        for k in range(world.minerals):
            minerals += mineral_value(world, h, number, k, before, after)
    controls = controls_value(world, h, government, number, change)
    concessions = concessions_value(world, h, government, number, change)
    return Effects(trade, rent, harm, minerals, controls, concessions)


def tariff_change(
    world: World, government: int, partner: int, number: int, rates: PairTariffs, points: float
) -> TradeChange:
    """What a measure that adds to a tariff [share] changes for its issuer or its target.

    It is kept with the measure until the tariffs or the points are others (`World.keeps` 0: never).
    """
    issues = world.measures[number].issuer == government
    entry = world.tariff_effects[4 * number + (2 if issues else 0) + (1 if points < 0.0 else 0)]
    same = entry.own == rates.own and entry.other == rates.other and entry.points == points
    if not same or world.keeps == 0:
        own = rates.own + points if issues else rates.own
        other = rates.other if issues else rates.other + points
        change = trade_change(world, government, partner, rates.own, rates.other, own, other)
        entry.own, entry.other, entry.points = rates.own, rates.other, points
        entry.welfare, entry.welfare_late = change.welfare, change.welfare_late
        entry.sales, entry.sales_late = change.sales, change.sales_late
    return TradeChange(entry.welfare, entry.welfare_late, entry.sales, entry.sales_late)


def worth(e: Effects) -> float:
    """The sum of all terms [bn USD]."""
    return e.trade + e.rent + e.harm + e.minerals + e.controls + e.concessions


def lasting_pressure(
    world: World, evaluator: int, number: int, before: float, after: float, day: int
) -> float:
    """Pressure on a measure's target from a change that lasts, as an evaluator discounts [bn USD/month]."""
    measure = world.measures[number]
    h = discounting_of(world, evaluator)
    rates = tariffs_of(world, measure.target, measure.issuer)
    return mean_flow(h, worth(effects(world, h, measure.target, number, before, after, rates, day)))


def mean_flow(h: Discounting, gain: float) -> float:
    """The loss of a month that is worth as much as a lasting gain costs [bn USD/month]."""
    return (0.0 - gain) / h.whole if h.whole > 0.0 else 0.0
