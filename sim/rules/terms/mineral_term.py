"""Minerals: nothing is lost while stocks last, then a shutdown; keeping stocks costs."""

from sim.domain.constants import CRACKDOWN
from sim.domain.state import World
from sim.payoffs.embargo import course, embargo_loss
from sim.payoffs.minerals import shutdown_loss
from sim.payoffs.present_value import Discounting
from sim.rules.indexing import bit
from sim.rules.mineral_supply import mineral_shortfall, missing, sharper


def minerals_flow(world: World, government: int, loss: float) -> float:
    """Loss from missing minerals in dollars, and the cost of keeping stocks [bn USD/month].

    The government's weight on the loss is booked apart by `security_flow`.
    """
    total = 0.0 - loss
    for k in range(world.minerals):
        stock = world.stocks[government * world.minerals + k]
        total -= stock.holding_cost * max(0.0, stock.stock - stock.working_stock)
    return total


def security_flow(world: World, government: int, loss: float) -> float:
    """What a government's weight of missing minerals adds to their dollars, for security [bn USD/month]."""
    return -(world.governments[government].mineral_weight - 1.0) * loss


def mineral_value(
    world: World, h: Discounting, number: int, mineral: int, before: float, after: float
) -> float:
    """Worth to its target of what a change of a measure does to the supply of one mineral [bn USD]."""
    measure = world.measures[number]
    buyer = measure.target
    stock = world.stocks[buyer * world.minerals + mineral]
    if not bit(measure.minerals, mineral) or measure.issuer != stock.supplier:
        return 0.0
    others = mineral_shortfall(world, buyer, mineral, number)
    old_cut, new_cut, old_closed, new_closed = others.cut, others.cut, others.closed, others.closed
    if measure.kind == CRACKDOWN:
        old_closed, new_closed = sharper(others.closed, before), sharper(others.closed, after)
    else:
        old_cut, new_cut = sharper(others.cut, before), sharper(others.cut, after)
    if old_cut == new_cut and old_closed == new_closed:
        return 0.0
    loss = lasting_loss(world, h, buyer, mineral, new_cut, new_closed)
    loss -= lasting_loss(world, h, buyer, mineral, old_cut, old_closed)
    return -world.governments[buyer].mineral_weight * loss


def mineral_losses(world: World, buyer: int) -> float:
    """Loss of a buyer from all minerals as the world stands [bn USD/month]."""
    total = 0.0
    for k in range(world.minerals):
        total += mineral_loss(world, buyer, k)
    return total


def mineral_loss(world: World, buyer: int, mineral: int) -> float:
    """Loss of a buyer from one mineral as the world stands [bn USD/month]."""
    stock = world.stocks[buyer * world.minerals + mineral]
    if stock.stock > 0.0 or stock.cut_months <= 0.0:
        return 0.0
    supply = mineral_shortfall(world, buyer, mineral, -1)
    short = missing(stock, supply.cut, supply.closed, stock.cut_months)
    return shutdown_loss(stock.annual_loss, short, stock.share)


def lasting_loss(world: World, h: Discounting, buyer: int, mineral: int, cut: float, closed: float) -> float:
    """Loss from a lasting cut of a mineral: none until today's stock is out [bn USD]."""
    stock = world.stocks[buyer * world.minerals + mineral]
    if cut <= 0.0 or stock.supplier < 0 or h.whole <= 0.0:
        return 0.0
    path = course(
        stock.share * cut,
        stock.diversion_limit * (1.0 - closed),
        stock.diversion_months,
        stock.substitution_limit,
        stock.substitution_months,
        stock.cut_months,
    )
    return embargo_loss(path, stock.annual_loss, stock.share, stock.stock, h.rate)
