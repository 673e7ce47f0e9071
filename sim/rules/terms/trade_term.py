"""Trade: welfare from all tariffs, part of it at once and the rest as trade adjusts."""

from sim.domain.constants import TARIFF
from sim.domain.state import World
from sim.domain.terms import TRADE
from sim.payoffs.adjustment import Months
from sim.rules.indexing import pair_of
from sim.rules.trade import tariff, welfare_at_once, welfare_late


def trade_flow(world: World, government: int, recompute: bool) -> float:
    """Welfare from trade in dollars: the government's weight is booked apart [bn USD/month]."""
    cached = world.cached_flows[government]
    if recompute:
        cached[TRADE] = trade_at_once(world, government)
    return cached[TRADE] + trade_late(world, government)


def trade_value(
    world: World, government: int, number: int, change: float, months: Months, own: float, other: float
) -> float:
    """Worth of a tariff's change to its issuer or its target, as trade adjusts to it [bn USD].

    `own` and `other` are the tariffs of the government and of its partner in the measure before the change.
    """
    measure = world.measures[number]
    if measure.kind != TARIFF:
        return 0.0
    points = change * measure.coverage
    issues = measure.issuer == government
    partner = measure.target if issues else measure.issuer
    new_own = own + points if issues else own
    new_other = other if issues else other + points
    at_once = welfare_at_once(world, government, government, partner, new_own, new_other)
    at_once -= welfare_at_once(world, government, government, partner, own, other)
    later = welfare_late(world, government, government, partner, new_own, new_other)
    later -= welfare_late(world, government, government, partner, own, other)
    return world.governments[government].trade_weight * (at_once * months.whole + later * months.late)


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
