"""Harm to exporters: exports lost to partners' tariffs hurt at home, most before an election."""

from sim.domain.constants import DAYS_PER_MONTH, TARIFF
from sim.domain.state import World
from sim.payoffs.adjustment import Months
from sim.payoffs.politics import election_clock
from sim.rules.indexing import pair_of
from sim.rules.trade import exported, sales_at_once, sales_late, sold_at_once


def harm_flow(world: World, government: int, day: int, recompute: bool) -> float:
    """Political harm of exports lost to tariffs against none, as trade stands [bn USD/month]."""
    g = world.governments[government]
    harm = 0.0
    for partner in range(len(world.governments)):
        if partner != government:
            pair = world.pairs[pair_of(world, government, partner)]
            if recompute:
                pair.cached_sales = sold_at_once(world, government, partner)
            exports_lost = sales_at_once(world, government, partner, 0.0)
            exports_lost -= exported(world, government, partner, pair.cached_sales)
            harm -= g.export_harm * exports_lost
    return g.political_weight * harm * election_factor(world, government, day)


def harm_value(
    world: World, government: int, number: int, change: float, months: Months, old: float, day: int
) -> float:
    """Political harm of a change of a partner's tariff from `old`, the election clock as today [bn USD]."""
    measure = world.measures[number]
    if measure.kind != TARIFF or measure.target != government:
        return 0.0
    g = world.governments[government]
    partner = measure.issuer
    new = old + change * measure.coverage
    at_once = sales_at_once(world, government, partner, old) - sales_at_once(world, government, partner, new)
    later = sales_late(world, government, partner, old) - sales_late(world, government, partner, new)
    exports_lost = at_once * months.whole + later * months.late
    factor = election_factor(world, government, day)
    return -g.political_weight * (g.export_harm * exports_lost * factor)


def election_factor(world: World, government: int, day: int) -> float:
    """By how much exports lost weigh more on a day, for the election that is near."""
    g = world.governments[government]
    months = (g.election_on - day) / DAYS_PER_MONTH if g.election_on >= day else -1.0
    return election_clock(months, g.election_weight, g.election_months)
