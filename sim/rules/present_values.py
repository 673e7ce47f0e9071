"""What a change of a measure is worth over the horizon, to its issuer and to its target.

All values are present values [bn USD] over the evaluating government's horizon at its
discount factor; it takes the partner's stakes as known. A change of a measure is given by
its number, the level felt before and after, and the month in which it begins.
"""

from sim.domain.constants import CRACKDOWN, TARIFF
from sim.domain.state import World
from sim.payoffs.adjustment import months_of
from sim.payoffs.embargo import course
from sim.payoffs.embargo import embargo_loss as loss_of
from sim.payoffs.politics import export_harm, protection_rent
from sim.payoffs.present_value import annuity
from sim.rules.indexing import bit
from sim.rules.mineral_supply import sharper, without
from sim.rules.trade import (
    election_factor,
    sales_at_once,
    sales_late,
    tariff,
    welfare_at_once,
    welfare_late,
)


def issuer_gain(world: World, number: int, before: float, after: float, begin: float) -> float:
    """Worth to its issuer of a change of a measure: welfare, rent and lost business [bn USD]."""
    measure = world.measures[number]
    g = world.governments[measure.issuer]
    if measure.kind != TARIFF:
        return -measure.cost * (after - before) * annuity(g.discount, begin, g.horizon_months)
    months = months_of(g.discount, world.inertia, begin, g.horizon_months)
    me, you = measure.issuer, measure.target
    own = tariff(world, me, you)
    theirs = tariff(world, you, me)
    change = (after - before) * measure.coverage
    at_once = welfare_at_once(world, me, me, you, own + change, theirs)
    at_once -= welfare_at_once(world, me, me, you, own, theirs)
    later = welfare_late(world, me, me, you, own + change, theirs)
    later -= welfare_late(world, me, me, you, own, theirs)
    rent = protection_rent(change, g.protection_rent)
    welfare = at_once * months.whole + later * months.late
    return g.trade_weight * welfare + g.political_weight * rent * months.whole


def target_loss(
    world: World,
    number: int,
    before: float,
    after: float,
    begin: float,
    day: int,
    discount: float,
    horizon: float,
) -> float:
    """Loss to its target from a change of a measure, discounted as the evaluator does [bn USD].

    Trade adjusts to a tariff by and by. Exports lost weigh as the election clock has it today.
    """
    measure = world.measures[number]
    if measure.kind == TARIFF:
        return tariff_loss(world, number, (after - before) * measure.coverage, begin, day, discount, horizon)
    loss = measure.harm * (after - before) * annuity(discount, begin, horizon)
    if measure.minerals != 0:
        for k in range(world.minerals):
            if bit(measure.minerals, k):
                loss += supply_loss(world, number, k, before, after, begin, discount, horizon)
    return loss


def tariff_loss(
    world: World, number: int, change: float, begin: float, day: int, discount: float, horizon: float
) -> float:
    """Loss to its target if a tariff's average rises by a change [share]: welfare and exports [bn USD]."""
    me, you = world.measures[number].target, world.measures[number].issuer
    t = world.governments[me]
    months = months_of(discount, world.inertia, begin, horizon)
    old = tariff(world, you, me)
    new = old + change
    own = tariff(world, me, you)
    welfare = welfare_at_once(world, me, me, you, own, old) - welfare_at_once(world, me, me, you, own, new)
    welfare *= months.whole
    later = welfare_late(world, me, me, you, own, old) - welfare_late(world, me, me, you, own, new)
    welfare += later * months.late
    exports_lost = (sales_at_once(world, me, you, old) - sales_at_once(world, me, you, new)) * months.whole
    exports_lost += (sales_late(world, me, you, old) - sales_late(world, me, you, new)) * months.late
    harm = export_harm(exports_lost, t.export_harm) * election_factor(world, me, day)
    return t.trade_weight * welfare + t.political_weight * harm


def supply_loss(
    world: World,
    number: int,
    mineral: int,
    before: float,
    after: float,
    begin: float,
    discount: float,
    horizon: float,
) -> float:
    """Loss to its target from what a change of a measure does to the supply of one mineral [bn USD]."""
    measure = world.measures[number]
    buyer = measure.target
    if measure.issuer != world.stocks[buyer * world.minerals + mineral].supplier:
        return 0.0
    others = without(world, buyer, mineral, number)
    cut, closed = others.cut, others.closed
    if measure.kind == CRACKDOWN:
        old_closed, new_closed = sharper(closed, before), sharper(closed, after)
        if old_closed == new_closed:
            return 0.0
        loss = embargo_loss(world, buyer, mineral, cut, new_closed, begin, discount, horizon)
        loss -= embargo_loss(world, buyer, mineral, cut, old_closed, begin, discount, horizon)
    else:
        old_cut, new_cut = sharper(cut, before), sharper(cut, after)
        if old_cut == new_cut:
            return 0.0
        loss = embargo_loss(world, buyer, mineral, new_cut, closed, begin, discount, horizon)
        loss -= embargo_loss(world, buyer, mineral, old_cut, closed, begin, discount, horizon)
    return world.governments[buyer].mineral_weight * loss


def embargo_loss(
    world: World,
    buyer: int,
    mineral: int,
    cut: float,
    closed: float,
    begin: float,
    discount: float,
    horizon: float,
) -> float:
    """Loss from a lasting cut of a mineral: none until today's stock is out [bn USD]."""
    stock = world.stocks[buyer * world.minerals + mineral]
    if cut <= 0.0 or stock.supplier < 0:
        return 0.0
    path = course(
        stock.share * cut,
        stock.diversion_limit * (1.0 - closed),
        stock.diversion_months,
        stock.substitution_limit,
        stock.substitution_months,
        stock.cut_months,
    )
    return loss_of(path, stock.annual_loss, stock.share, stock.stock, discount, begin, horizon)


def mean_pressure(
    world: World, evaluator: int, number: int, before: float, after: float, begin: float, day: int
) -> float:
    """Pressure on a measure's target from a change, averaged over the evaluator's horizon [bn USD/month]."""
    g = world.governments[evaluator]
    months = annuity(g.discount, 0.0, g.horizon_months)
    if months <= 0.0:
        return 0.0
    loss = target_loss(world, number, before, after, begin, day, g.discount, g.horizon_months)
    return loss / months
