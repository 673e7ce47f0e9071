"""Trade: welfare from all tariffs, part of it at once and the rest as trade adjusts."""

from sim.domain.state import World
from sim.domain.terms import TRADE
from sim.payoffs.present_value import Discounting
from sim.rules.indexing import pair_of
from sim.rules.trade import tariff, welfare_at_once, welfare_late


def trade_flow(world: World, government: int, recompute: bool) -> float:
    """Welfare from trade in dollars: the government's weight is booked apart [bn USD/month]."""
    cached = world.cached_flows[government]
    if recompute:
        cached[TRADE] = trade_at_once(world, government)
    return cached[TRADE] + trade_late(world, government)


def trade_value(
    world: World,
    h: Discounting,
    government: int,
    partner: int,
    own: float,
    other: float,
    new_own: float,
    new_other: float,
) -> float:
    """Worth to a government of new tariffs between it and a partner, as trade adjusts to them [bn USD].

    `own` is its average tariff on the partner's goods before, `other` the partner's on its own [share].
    """
    at_once = welfare_at_once(world, government, government, partner, new_own, new_other)
    at_once -= welfare_at_once(world, government, government, partner, own, other)
    later = welfare_late(world, government, government, partner, new_own, new_other)
    later -= welfare_late(world, government, government, partner, own, other)
    return world.governments[government].trade_weight * (at_once * h.whole + later * h.late)


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
