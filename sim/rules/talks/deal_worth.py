"""What the planned acts of both sides are worth to one of them, beside no deal.

Levels follow their dates: without a deal what is announced comes into force on its day, and what is
suspended the day after its last. What the deal changes from a day on is taken to last, as in decisions,
and is discounted from that day. Tariffs of both sides act together, and so do cuts of one mineral.
"""

from sim.domain.constants import CRACKDOWN, DAYS_PER_MONTH, NEVER, NO_ACT, SUSPENDED, TARIFF
from sim.domain.state import MeasureState, World
from sim.payoffs.present_value import Discounting, delayed
from sim.rules.indexing import bit, pair_of
from sim.rules.measures import effective_level, level_after
from sim.rules.mineral_supply import sharper
from sim.rules.present_values import PairTariffs, discounting_of
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
    sooner = standing_worth(world, h, government, partner, day, 0)
    total = sooner
    days = next_return(world, day, 0)
    while days > 0:
        later = standing_worth(world, h, government, partner, day, days)
        total += (later - sooner) * delayed(h.rate, days / DAYS_PER_MONTH)
        sooner = later
        days = next_return(world, day, days)
    return total


def next_return(world: World, day: int, after: int) -> int:
    """Days until a measure next comes into force by itself on which a planned act may depend, 0 if none.

    Those that are planned do, tariffs if one is, and what touches a mineral that one touches. `after` is how
    many days to pass over.
    """
    minerals = 0
    tariffs = False
    for measure in world.measures:
        if measure.planned != NO_ACT:
            minerals |= measure.minerals
            tariffs = tariffs or measure.kind == TARIFF
    soonest = 0
    for measure in world.measures:
        tied = measure.planned != NO_ACT or measure.minerals & minerals != 0
        if tied or (tariffs and measure.kind == TARIFF):
            days = days_to_return(measure, day)
            if days > after and (soonest == 0 or days < soonest):
                soonest = days
    return soonest


def days_to_return(measure: MeasureState, day: int) -> int:
    """Days until a measure comes into force by itself, what is announced or suspended; 0 if it does not."""
    if measure.enters_on != NEVER:
        return max(0, measure.enters_on - day)
    return measure.until + 1 - day if measure.status == SUSPENDED else 0


def level_ahead(measure: MeasureState, day: int, days: int, deal: bool) -> float:
    """The level felt of a measure some days from today, with the planned deal or without [share]."""
    if deal and measure.planned != NO_ACT:
        return level_after(measure, measure.planned)
    wait = days_to_return(measure, day)
    return measure.level if 0 < wait <= days else effective_level(measure)


def standing_worth(world: World, h: Discounting, government: int, partner: int, day: int, days: int) -> float:
    """What the deal brings a government if levels stood from today on as they do in some days [bn USD]."""
    total = 0.0
    minerals = 0
    for number in range(len(world.measures)):
        measure = world.measures[number]
        if measure.planned == NO_ACT:
            continue
        minerals |= measure.minerals
        change = level_ahead(measure, day, days, True) - level_ahead(measure, day, days, False)
        total += controls_value(world, h, government, number, change)
        total += concessions_value(world, h, government, number, change)
        if measure.issuer == government:
            total += world.governments[government].toughness * measure.home_value * change * h.whole
    for k in range(world.minerals if minerals != 0 else 0):
        if world.stocks[government * world.minerals + k].supplier == partner:
            total += mineral_loss_ahead(world, h, government, partner, k, day, days, False)
            total -= mineral_loss_ahead(world, h, government, partner, k, day, days, True)
    before = tariffs_ahead(world, government, partner, day, days, False)
    after = tariffs_ahead(world, government, partner, day, days, True)
    if before.own != after.own or before.other != after.other:
        change_of_trade = trade_change(
            world, government, partner, before.own, before.other, after.own, after.other
        )
        total += trade_value(world, h, government, change_of_trade)
        total += harm_value(world, h, government, change_of_trade, day)
        total += rent_value(world, h, government, after.own - before.own)
    return total


def tariffs_ahead(
    world: World, government: int, partner: int, day: int, days: int, deal: bool
) -> PairTariffs:
    """The average tariffs of a couple some days from today [share]."""
    own = world.pairs[pair_of(world, government, partner)].base_tariff
    other = world.pairs[pair_of(world, partner, government)].base_tariff
    for measure in world.measures:
        points = level_ahead(measure, day, days, deal) * measure.coverage if measure.kind == TARIFF else 0.0
        if measure.issuer == government and measure.target == partner:
            own += points
        elif measure.issuer == partner and measure.target == government:
            other += points
    return PairTariffs(own, other)


def mineral_loss_ahead(
    world: World, h: Discounting, buyer: int, partner: int, mineral: int, day: int, days: int, deal: bool
) -> float:
    """What a buyer loses for want of a mineral if its partner's measures stood as in some days [bn USD]."""
    cut = closed = 0.0
    for measure in world.measures:
        if measure.issuer == partner and measure.target == buyer and bit(measure.minerals, mineral):
            level = level_ahead(measure, day, days, deal)
            if measure.kind == CRACKDOWN:
                closed = sharper(closed, level)
            else:
                cut = sharper(cut, level)
    return world.governments[buyer].mineral_weight * lasting_loss(world, h, buyer, mineral, cut, closed)
