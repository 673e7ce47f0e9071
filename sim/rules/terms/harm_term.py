"""Harm to exporters: exports lost to partners' tariffs hurt at home, most before an election."""

from sim.domain.constants import DAYS_PER_MONTH
from sim.domain.state import World
from sim.payoffs.politics import election_clock
from sim.payoffs.present_value import Discounting
from sim.rules.indexing import pair_of
from sim.rules.terms.trade_term import TradeChange
from sim.rules.trade import exported, sales_at_once, sold_at_once


def harm_flow(world: World, government: int, day: int, recompute: bool) -> float:
    """Political harm of exports lost to tariffs against none, as trade stands [bn USD/month]."""
    g = world.governments[government]
    harm = 0.0
    for partner in range(len(world.governments)):
        if partner != government:
            pair = world.pairs[pair_of(world, government, partner)]
            if recompute:
                pair.cached_sales = sold_at_once(world, government, partner)
                pair.cached_free_sales = sales_at_once(world, government, partner, 0.0)
            exports_lost = pair.cached_free_sales - exported(world, government, partner, pair.cached_sales)
            harm -= g.export_harm * exports_lost
    return g.political_weight * harm * election_factor(world, government, day)


def harm_value(world: World, h: Discounting, government: int, change: TradeChange, day: int) -> float:
    """Harm of lasting new tariffs to a government's exporters, the election clock as today [bn USD]."""
    if change.sales == 0.0 and change.sales_late == 0.0:
        return 0.0
    g = world.governments[government]
    sales = change.sales * h.whole + change.sales_late * h.late
    return g.political_weight * (g.export_harm * sales * election_factor(world, government, day))


def election_factor(world: World, government: int, day: int) -> float:
    """By how much exports lost weigh more on a day, for the election that is near."""
    g = world.governments[government]
    months = (g.election_on - day) / DAYS_PER_MONTH if g.election_on >= day else -1.0
    return election_clock(months, g.election_weight, g.election_months)
