"""Trade: welfare from all tariffs, part of it at once and the rest as trade adjusts."""

from typing import NamedTuple

from sim.domain.state import World
from sim.domain.terms import TRADE
from sim.payoffs.present_value import Discounting
from sim.rules.indexing import pair_of
from sim.rules.trade import sales_at_once, sales_late, tariff, welfare_at_once, welfare_late


def trade_flow(world: World, government: int, recompute: bool) -> float:
    """Welfare from trade in dollars [bn USD/month]."""
    cached = world.cached_flows[government]
    if recompute:
        cached[TRADE] = trade_at_once(world, government)
    return world.governments[government].trade_factor * (cached[TRADE] + trade_late(world, government))


class TradeChange(NamedTuple):
    """What new tariffs of a pair change for one of the two [bn USD/month]."""

    welfare: float  # at once
    welfare_late: float  # added once trade has adjusted
    sales: float  # exports to the other, at once
    sales_late: float  # likewise


def trade_change(
    world: World, government: int, partner: int, own: float, other: float, new_own: float, new_other: float
) -> TradeChange:
    """What new tariffs between a government and a partner change for it.

    `own` is its average tariff on the partner's goods before, `other` the partner's on its own [share].
    """
    welfare = welfare_at_once(world, government, government, partner, new_own, new_other)
    welfare -= welfare_at_once(world, government, government, partner, own, other)
    late = welfare_late(world, government, government, partner, new_own, new_other)
    late -= welfare_late(world, government, government, partner, own, other)
    sales = later = 0.0
    if new_other != other:
        sales = sales_at_once(world, government, partner, new_other)
        sales -= sales_at_once(world, government, partner, other)
        later = sales_late(world, government, partner, new_other)
        later -= sales_late(world, government, partner, other)
    return TradeChange(welfare, late, sales, later)


def trade_value(world: World, h: Discounting, government: int, change: TradeChange) -> float:
    """Worth to a government of lasting new tariffs, as trade adjusts to them [bn USD]."""
    factor = world.governments[government].trade_factor
    return factor * (change.welfare * h.whole + change.welfare_late * h.late)


def trade_at_once(world: World, government: int) -> float:
    """Welfare of a government from all couples' tariffs, at once [bn USD/month]."""
    n = len(world.governments)
    welfare = 0.0
    for i in range(n):
        for j in range(i + 1, n):
            welfare += welfare_at_once(world, government, i, j, tariff(world, i, j), tariff(world, j, i))
    return welfare


def trade_late(world: World, government: int) -> float:
    """What is added to it as trade has adjusted so far [bn USD/month]."""
    n = len(world.governments)
    welfare = 0.0
    for i in range(n):
        for j in range(i + 1, n):
            one, other = world.pairs[pair_of(world, i, j)], world.pairs[pair_of(world, j, i)]
            welfare += welfare_late(world, government, i, j, one.adjusted, other.adjusted)
    return welfare
