"""Minerals: what an embargo cuts, what goes round it, and how stocks are drawn and refilled."""

from typing import NamedTuple

from sim.domain.constants import CRACKDOWN, DAYS_PER_MONTH, SUSPENDED
from sim.domain.state import StockState, World
from sim.payoffs.minerals import (
    adapted,
    embargo_age,
    price_multiplier,
    shortfall,
    stock_growth,
    wanted_buffer,
)
from sim.rules.beliefs import renewal_belief
from sim.rules.indexing import bit
from sim.rules.measures import level_after


class MineralShortfall(NamedTuple):
    """What a supplier withholds of a mineral."""

    cut: float  # [share] of the buyer's supply
    closed: float  # [share] of the detours around the cut


def mineral_shortfall(world: World, buyer: int, mineral: int, number: int) -> MineralShortfall:
    """What measures but one cut of a buyer's supply of a mineral, and close of its detours.

    Cuts do not add up, nor do crackdowns on detours: the sharpest holds. Only the mineral's supplier
    can cut it. Measure -1 is none: they are all counted, each as the package that is weighed leaves it.
    """
    supplier = world.stocks[buyer * world.minerals + mineral].supplier
    cut = 0.0
    closed = 0.0
    for k in range(len(world.measures)):
        measure = world.measures[k]
        if (
            measure.minerals != 0
            and measure.target == buyer
            and measure.issuer == supplier
            and k != number
            and bit(measure.minerals, mineral)
        ):
            level = level_after(measure, measure.planned)
            if measure.kind == CRACKDOWN:
                closed = sharper(closed, level)
            else:
                cut = sharper(cut, level)
    return MineralShortfall(cut, closed)


def sharper(share: float, level: float) -> float:
    """The sharper of a share withheld and a measure's level, at most everything [share]."""
    return min(1.0, max(share, level))


def withheld(stock: StockState, cut: float, closed: float, months: float) -> float:
    """Share of use that no longer comes in after some months of a cut, detours counted [share]."""
    detours = adapted(stock.diversion_limit, months, stock.diversion_months) * (1.0 - closed)
    return shortfall(stock.share, cut, detours, 0.0)


def missing(stock: StockState, cut: float, closed: float, months: float) -> float:
    """Share of use that a cut of some months' age leaves missing [share]."""
    substitution = adapted(stock.substitution_limit, months, stock.substitution_months)
    return withheld(stock, cut, closed, months) * (1.0 - substitution)


def mineral_price(world: World, buyer: int, mineral: int) -> float:
    """Price of a mineral for a buyer against no embargo and no restocking [ratio]."""
    stock = world.stocks[buyer * world.minerals + mineral]
    supply = mineral_shortfall(world, buyer, mineral, -1)
    short = withheld(stock, supply.cut, supply.closed, stock.cut_months)
    unmet = missing(stock, supply.cut, supply.closed, stock.cut_months)
    growth = growth_of(world, stock, wanted_stock(world, buyer, mineral), unmet)
    return price_multiplier(short, max(0.0, growth), stock.price_elasticity)


def growth_of(world: World, stock: StockState, wanted: float, unmet: float) -> float:
    """Growth of a stock under what its supplier licenses above use [months of use a month]."""
    licence = world.governments[stock.supplier].refill_licence
    return stock_growth(stock.stock, wanted, unmet, stock.refill_months, licence)


def wanted_stock(world: World, buyer: int, mineral: int) -> float:
    """Months of use a government wants to hold: everyday business, while threatened a buffer up to capacity.

    What it is used to hold for everyday business it keeps, even if that is more than the capacity.
    """
    g = world.governments[buyer]
    stock = world.stocks[buyer * world.minerals + mineral]
    threatened = False
    for measure in world.measures:
        if (
            measure.status == SUSPENDED
            and measure.kind != CRACKDOWN
            and measure.target == buyer
            and measure.issuer == stock.supplier
            and bit(measure.minerals, mineral)
        ):
            threatened = True
    if not threatened:
        return stock.working_stock
    loss = stock.annual_loss / 12.0 * g.mineral_weight
    belief = renewal_belief(world, buyer, stock.supplier)
    room = max(0.0, stock.capacity - stock.working_stock)
    return stock.working_stock + wanted_buffer(
        belief, loss, stock.holding_cost, stock.disruption_months, room
    )


def update_stocks(world: World, recompute: bool = True) -> None:
    """Draw and refill every stock of minerals for a day; `recompute` as in `sim.rules.end_of_day`."""
    step = 1.0 / DAYS_PER_MONTH
    for government in range(len(world.governments)):
        for k in range(world.minerals):
            stock = world.stocks[government * world.minerals + k]
            if stock.supplier < 0:
                continue
            if recompute:
                supply = mineral_shortfall(world, government, k, -1)
                stock.cached_cut, stock.cached_closed = supply.cut, supply.closed
                stock.cached_wanted = wanted_stock(world, government, k)
            stock.cut_months = embargo_age(stock.cut_months, stock.cached_cut, step)
            short = 0.0
            if stock.cached_cut > 0.0:
                short = missing(stock, stock.cached_cut, stock.cached_closed, stock.cut_months)
            growth = growth_of(world, stock, stock.cached_wanted, short)
            stock.stock = max(0.0, stock.stock + growth * step)
