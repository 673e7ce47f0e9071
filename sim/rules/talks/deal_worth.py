"""What the planned acts of both sides are worth to one of them, beside no deal.

Levels follow their dates: without a deal what is announced comes into force on its day, and what is
suspended the day after its last. What the deal changes from a day on is taken to last, as in decisions,
and is discounted from that day. Tariffs of both sides act together, and so do cuts of one mineral.
"""

from typing import NamedTuple

from sim.domain.constants import CRACKDOWN, DAYS_PER_MONTH, NEVER, NO_ACT, SUSPENDED, TARIFF
from sim.domain.state import MeasureState, World
from sim.payoffs.present_value import Discounting, delayed
from sim.rules.indexing import bit, pair_of
from sim.rules.measures import effective_level, level_after
from sim.rules.mineral_supply import sharper
from sim.rules.present_values import discounting_of
from sim.rules.terms.control_term import concessions_value, controls_value
from sim.rules.terms.harm_term import harm_value
from sim.rules.terms.mineral_term import lasting_loss
from sim.rules.terms.rent_term import rent_value
from sim.rules.terms.trade_term import trade_change, trade_value


def deal_worth(world: World, government: int, partner: int, day: int) -> float:
    """What the planned acts of a couple are worth to one of the two, before attention [bn USD].

    Args:
        world: the morning's state; a package is the `planned` acts of its measures.
        government: to whom.
        partner: the other.
        day: today.
    """
    h = discounting_of(world, government)
    return worth_along(world, h, government, partner, day, tied_measures(world))


def worth_along(
    world: World, h: Discounting, government: int, partner: int, day: int, tied: list[int]
) -> float:
    """What the planned acts are worth, if it depends on these measures alone [bn USD]."""
    total = sooner = standing_worth(world, h, government, partner, day, 0, tied)
    days = next_return(world, day, 0, tied)
    while days != NEVER:
        later = standing_worth(world, h, government, partner, day, days, tied)
        total += (later - sooner) * delayed(h.rate, days / DAYS_PER_MONTH)
        sooner = later
        days = next_return(world, day, days, tied)
    return total


def tied_measures(world: World) -> list[int]:
    """The measures on which the worth of planned acts depends, in the scenario's order.

    Those that are planned, tariffs if one is, and what touches a mineral that one touches.
    """
    minerals = 0
    tariffs = False
    for measure in world.measures:
        if measure.planned != NO_ACT:
            minerals |= measure.minerals
            tariffs = tariffs or measure.kind == TARIFF
    tied: list[int] = []
    for number in range(len(world.measures)):
        measure = world.measures[number]
        touched = measure.planned != NO_ACT or measure.minerals & minerals != 0
        if touched or (tariffs and measure.kind == TARIFF):
            tied.append(number)
    return tied


def next_return(world: World, day: int, after: int, tied: list[int]) -> int:
    """In how many days, but in more than `after`, the next of some measures comes into force by itself.

    NEVER if none does.
    """
    soonest = NEVER
    for number in tied:
        days = days_to_return(world.measures[number], day)
        if days > after and (soonest == NEVER or days < soonest):
            soonest = days
    return soonest


def days_to_return(measure: MeasureState, day: int) -> int:
    """Days until a measure comes into force by itself, what is announced or suspended; 0 if it does not."""
    if measure.enters_on != NEVER:
        return max(0, measure.enters_on - day)
    return measure.until + 1 - day if measure.status == SUSPENDED else 0


class Levels(NamedTuple):
    """Levels felt of a measure some days from today [share]."""

    without: float  # a deal
    agreed: float  # with the planned one


def levels_ahead(measure: MeasureState, day: int, days: int) -> Levels:
    """The levels of a measure some days from today."""
    wait = days_to_return(measure, day)
    without = measure.level if 0 < wait <= days else effective_level(measure)
    return Levels(without, without if measure.planned == NO_ACT else level_after(measure, measure.planned))


def standing_worth(
    world: World, h: Discounting, government: int, partner: int, day: int, days: int, tied: list[int]
) -> float:
    """What the deal brings a government if levels stood from today on as they do in some days [bn USD]."""
    total = 0.0
    minerals = 0
    tariffs = False
    for number in tied:
        measure = world.measures[number]
        if measure.planned == NO_ACT:
            continue
        minerals |= measure.minerals
        tariffs = tariffs or measure.kind == TARIFF
        levels = levels_ahead(measure, day, days)
        change = levels.agreed - levels.without
        total += controls_value(world, h, government, number, change)
        total += concessions_value(world, h, government, number, change)
        if measure.issuer == government:
            total += world.governments[government].toughness * measure.home_value * change * h.whole
    for k in range(world.minerals if minerals != 0 else 0):
        if bit(minerals, k) and world.stocks[government * world.minerals + k].supplier == partner:
            total += mineral_relief(world, h, government, partner, k, day, days, tied)
    if tariffs:
        total += tariff_worth(world, h, government, partner, day, days, tied)
    return total


def tariff_worth(
    world: World, h: Discounting, government: int, partner: int, day: int, days: int, tied: list[int]
) -> float:
    """What the couple's average tariffs bring a government, if they stood as in some days [bn USD]."""
    own = own_agreed = world.pairs[pair_of(world, government, partner)].base_tariff
    other = other_agreed = world.pairs[pair_of(world, partner, government)].base_tariff
    for number in tied:
        measure = world.measures[number]
        if measure.kind != TARIFF:
            continue
        levels = levels_ahead(measure, day, days)
        if measure.issuer == government and measure.target == partner:
            own += levels.without * measure.coverage
            own_agreed += levels.agreed * measure.coverage
        elif measure.issuer == partner and measure.target == government:
            other += levels.without * measure.coverage
            other_agreed += levels.agreed * measure.coverage
    if own == own_agreed and other == other_agreed:
        return 0.0
    change = trade_change(world, government, partner, own, other, own_agreed, other_agreed)
    worth = trade_value(world, h, government, change) + harm_value(world, h, government, change, day)
    return worth + rent_value(world, h, government, own_agreed - own)


def mineral_relief(
    world: World,
    h: Discounting,
    buyer: int,
    partner: int,
    mineral: int,
    day: int,
    days: int,
    tied: list[int],
) -> float:
    """What a deal spares a buyer for want of a mineral, if levels stood as in some days [bn USD]."""
    cut = closed = cut_agreed = closed_agreed = 0.0
    for number in tied:
        measure = world.measures[number]
        if measure.issuer == partner and measure.target == buyer and bit(measure.minerals, mineral):
            levels = levels_ahead(measure, day, days)
            if measure.kind == CRACKDOWN:
                closed, closed_agreed = sharper(closed, levels.without), sharper(closed_agreed, levels.agreed)
            else:
                cut, cut_agreed = sharper(cut, levels.without), sharper(cut_agreed, levels.agreed)
    loss = lasting_loss(world, h, buyer, mineral, cut, closed)
    loss -= lasting_loss(world, h, buyer, mineral, cut_agreed, closed_agreed)
    return world.governments[buyer].mineral_weight * loss
