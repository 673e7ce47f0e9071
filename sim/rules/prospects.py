"""What a measure or an act is worth over the horizon, to its issuer and to its target.

All values are present values [bn USD] over the evaluating government's horizon at its
discount factor; it takes the partner's stakes as known. A change of a measure is given by
its number, the level felt before and after, and the month in which it begins.
"""

from typing import NamedTuple

from sim.domain.state import World
from sim.domain.words import (
    DAYS_PER_MONTH,
    EXTEND,
    IMPOSE,
    LIFT,
    MOVE_OF_ACT,
    NEVER,
    REACTIVATE,
    SUSPENDED,
    TARIFF,
)
from sim.payoffs.minerals import months_covered, shutdown_loss
from sim.payoffs.politics import export_harm, protection_rent
from sim.payoffs.present import annuity
from sim.rules.flows import bit, exports_lost, missing, supply_cut, tariff, trade_welfare
from sim.rules.legal import effective_level, ends_soon, legal, level_after


class Prospect(NamedTuple):
    """An act on a measure and what it promises."""

    act: int
    measure: int
    gain: float  # [bn USD] to the issuer, act's own cost included
    pressure: float  # [bn USD/month] added on the partner, averaged over the horizon
    size: float  # [bn USD/month] by which the partner measures the step


def issuer_gain(world: World, number: int, before: float, after: float, begin: float) -> float:
    """Worth to its issuer of a change of a measure: welfare, rent and lost business [bn USD]."""
    measure = world.measures[number]
    g = world.governments[measure.issuer]
    months = annuity(g.discount, begin, g.horizon_months)
    if measure.kind != TARIFF:
        return -measure.cost * (after - before) * months
    own = tariff(world, measure.issuer, measure.target)
    theirs = tariff(world, measure.target, measure.issuer)
    change = (after - before) * measure.coverage
    welfare = trade_welfare(world, measure.issuer, measure.target, own + change, theirs)
    welfare -= trade_welfare(world, measure.issuer, measure.target, own, theirs)
    rent = protection_rent(change, g.protection_rent)
    return (g.trade_weight * welfare + g.political_weight * rent) * months


def target_loss(
    world: World,
    number: int,
    before: float,
    after: float,
    begin: float,
    discount: float,
    horizon: float,
) -> float:
    """Loss to its target from a change of a measure, discounted as the evaluator does [bn USD]."""
    measure = world.measures[number]
    t = world.governments[measure.target]
    months = annuity(discount, begin, horizon)
    if measure.kind == TARIFF:
        old = tariff(world, measure.issuer, measure.target)
        new = old + (after - before) * measure.coverage
        own = tariff(world, measure.target, measure.issuer)
        welfare = trade_welfare(world, measure.target, measure.issuer, own, old)
        welfare -= trade_welfare(world, measure.target, measure.issuer, own, new)
        lost = exports_lost(world, measure.target, measure.issuer, new)
        lost -= exports_lost(world, measure.target, measure.issuer, old)
        harm = export_harm(lost, t.export_harm)
        return (t.trade_weight * welfare + t.political_weight * harm) * months
    loss = measure.harm * (after - before) * months
    if measure.minerals != 0:
        for k in range(world.minerals):
            if bit(measure.minerals, k):
                new_cut = supply_cut(world, measure.target, k, number, after)
                old_cut = supply_cut(world, measure.target, k, number, before)
                loss += t.mineral_weight * (
                    embargo_loss(world, measure.target, k, new_cut, begin, discount, horizon)
                    - embargo_loss(world, measure.target, k, old_cut, begin, discount, horizon)
                )
    return loss


def embargo_loss(
    world: World,
    buyer: int,
    mineral: int,
    cut: float,
    begin: float,
    discount: float,
    horizon: float,
) -> float:
    """Loss from a lasting cut of a mineral: none until today's stock is out [bn USD]."""
    stock = world.stocks[buyer * world.minerals + mineral]
    full = stock.diversion_months + stock.substitution_months
    short = missing(stock, cut, stock.cut_months + full)
    if short <= 0.0:
        return 0.0
    empty = begin + months_covered(stock.stock, short)
    return shutdown_loss(stock.annual_loss, short, stock.share) * annuity(discount, empty, horizon)


def mean_pressure(
    world: World, evaluator: int, number: int, before: float, after: float, begin: float
) -> float:
    """Pressure on a measure's target from a change, averaged over the evaluator's horizon [bn USD/month]."""
    g = world.governments[evaluator]
    months = annuity(g.discount, 0.0, g.horizon_months)
    if months <= 0.0:
        return 0.0
    loss = target_loss(world, number, before, after, begin, g.discount, g.horizon_months)
    return loss / months


def price(world: World, number: int, act: int) -> float:
    """What carrying out an act costs its issuer once [bn USD].

    Every act takes attention (`routine_cost`) but an extension, which is routine; a new measure
    costs more than one that only has to be reactivated, and lifting gives a cheap threat away.
    """
    g = world.governments[world.measures[number].issuer]
    if act == EXTEND:
        return g.reactivation_cost
    if act == IMPOSE:
        return g.routine_cost + g.new_measure_cost
    if act == LIFT:
        return g.routine_cost + g.new_measure_cost - g.reactivation_cost
    return g.routine_cost + g.reactivation_cost


def prospect(world: World, number: int, act: int) -> Prospect:
    """What an act on one measure promises its issuer."""
    measure = world.measures[number]
    before = effective_level(measure)
    after = level_after(measure, act)
    begin = measure.lead_days / DAYS_PER_MONTH if act == IMPOSE else 0.0
    gain = issuer_gain(world, number, before, after, begin) - price(world, number, act)
    push = mean_pressure(world, measure.issuer, number, before, after, begin)
    size = abs(push)
    if act == LIFT and measure.status == SUSPENDED:
        size = mean_pressure(world, measure.issuer, number, 0.0, measure.level, begin)
    return Prospect(act, number, gain, push, size)


class Lapse(NamedTuple):
    """What letting one's own suspensions run out would bring."""

    ending: int  # how many suspensions end
    first: int  # the measure that ends first, -1 if none
    gain: float  # [bn USD] to the issuer
    pressure: float  # [bn USD/month] on the partner


def lapse(world: World, government: int, partner: int, day: int, spared: int) -> Lapse:
    """What comes back by itself if the suspensions that end within the notice period are left.

    Measure `spared` (-1: none) is counted but does not come back: something else happens to it.
    """
    g = world.governments[government]
    count = 0
    first = -1
    gain = 0.0
    push = 0.0
    for k in range(len(world.measures)):
        measure = world.measures[k]
        if (
            measure.issuer == government
            and measure.target == partner
            and ends_soon(measure, day, g.notice_days)
        ):
            begin = (measure.until + 1 - day) / DAYS_PER_MONTH
            count += 1
            if k != spared:
                gain += issuer_gain(world, k, 0.0, measure.level, begin)
                push += mean_pressure(world, government, k, 0.0, measure.level, begin)
            if first < 0 or measure.until < world.measures[first].until:
                first = k
    return Lapse(count, first, gain, push)


def answer_loss(world: World, government: int, partner: int, move: int, day: int) -> float:
    """Loss that an answer of a kind by the partner would bring after its reaction time [bn USD].

    The mean over the partner's legal acts of that kind that are felt at all, for nobody knows
    which it will take; negative for relaxations, which bring a gain. A suspended measure that is
    reactivated counts for the time until its sunset alone: from then on `sunset_loss` counts it.
    """
    g = world.governments[government]
    p = world.governments[partner]
    total = 0.0
    felt = 0
    for k in range(len(world.measures)):
        measure = world.measures[k]
        if measure.issuer == partner and measure.target == government:
            for act in range(REACTIVATE, LIFT + 1):
                if MOVE_OF_ACT[act] == move and legal(measure, act, day, p.notice_days):
                    before = effective_level(measure)
                    after = level_after(measure, act)
                    begin = p.reaction_days / DAYS_PER_MONTH
                    if act == IMPOSE:
                        begin += measure.lead_days / DAYS_PER_MONTH
                    loss = target_loss(world, k, before, after, begin, g.discount, g.horizon_months)
                    if loss != 0.0:
                        if act == REACTIVATE:
                            loss = max(0.0, loss - returning_loss(world, k, day, 0.0))
                        total += loss
                        felt += 1
    return total / felt if felt > 0 else 0.0


def sunset(world: World, number: int, day: int, renewals: int) -> float:
    """When a suspended measure comes back if it is renewed so many times [months from today]."""
    measure = world.measures[number]
    end = measure.until + 1 + renewals * measure.suspension_days
    return max(0.0, (end - day) / DAYS_PER_MONTH)


def sunsets(world: World, number: int, day: int, horizon: float) -> int:
    """How many sunsets of a suspended measure lie within a horizon [months]; one if it cannot be renewed."""
    length = world.measures[number].suspension_days / DAYS_PER_MONTH
    left = horizon - sunset(world, number, day, 0)
    if left <= 0.0:
        return 0
    return 1 + int(left / length) if length > 0.0 else 1


def returning_loss(world: World, number: int, day: int, renewed: float) -> float:
    """Loss to its target from a suspended measure that comes back when it is not renewed [bn USD].

    The sum over its sunsets k = 0, 1, ... of renewed^k (1 - renewed) times the loss from its coming
    back then.

    Args:
        world: as it stands.
        number: of the measure.
        day: today.
        renewed: chance of each renewal [0 to 1].
    """
    measure = world.measures[number]
    g = world.governments[measure.target]
    loss = 0.0
    chance = 1.0 - renewed
    for k in range(sunsets(world, number, day, g.horizon_months)):
        if chance <= 1e-12:
            break
        begin = sunset(world, number, day, k)
        loss += chance * target_loss(world, number, 0.0, measure.level, begin, g.discount, g.horizon_months)
        chance *= renewed
    return loss


def returning_gain(world: World, number: int, day: int, renewed: float) -> float:
    """Likewise the gain to its issuer [bn USD]; none in the notice period, where `lapse` counts it."""
    measure = world.measures[number]
    g = world.governments[measure.issuer]
    if measure.status != SUSPENDED or measure.until == NEVER or ends_soon(measure, day, g.notice_days):
        return 0.0
    gain = 0.0
    chance = 1.0 - renewed
    for k in range(sunsets(world, number, day, g.horizon_months)):
        if chance <= 1e-12:
            break
        gain += chance * issuer_gain(world, number, 0.0, measure.level, sunset(world, number, day, k))
        chance *= renewed
    return gain


def sunset_loss(world: World, government: int, partner: int, day: int, renewed: float) -> float:
    """Loss from the war that begins when the suspensions of a pair are not renewed [bn USD].

    All that the partner's measures cost once they are back, less what one's own bring, at every
    sunset to come with its chance (economics 2.5).

    Args:
        world: as it stands.
        government: whose loss.
        partner: of the truce.
        day: today.
        renewed: chance of each renewal [0 to 1], 0: all come back at their first sunset.
    """
    loss = 0.0
    for k in range(len(world.measures)):
        measure = world.measures[k]
        if measure.status == SUSPENDED and measure.until != NEVER:
            if measure.issuer == partner and measure.target == government:
                loss += returning_loss(world, k, day, renewed)
            elif measure.issuer == government and measure.target == partner:
                loss -= returning_gain(world, k, day, renewed)
    return loss
