"""What a day pays: the flow of every payoff term as the world stands.

Most of it is decided by measures alone, and stays as it is until one of them changes.
"""

from typing import NamedTuple

from sim.domain.constants import BOYCOTT
from sim.domain.state import World
from sim.payoffs.politics import export_harm, protection_rent
from sim.rules.indexing import pair_of
from sim.rules.measures import effective_level
from sim.rules.mineral_supply import mineral_loss
from sim.rules.trade import (
    election_factor,
    exported,
    exports,
    sales_at_once,
    sales_late,
    sold_at_once,
    tariff,
    trade_at_once,
    trade_late,
    welfare_at_once,
    welfare_late,
)


class Flow(NamedTuple):
    """A government's payoffs as the world stands [bn USD/month], costs negative."""

    trade: float
    rent: float
    harm: float
    minerals: float
    controls: float
    concessions: float


class Lasting(NamedTuple):
    """Payoffs that stay as they are until a measure or a number changes [bn USD/month]."""

    trade: float  # welfare at once, without its weight
    rent: float
    controls: float
    concessions: float


def lasting(world: World, government: int) -> Lasting:
    """What measures alone decide of a government's payoffs [bn USD/month]."""
    g = world.governments[government]
    rent = 0.0
    for partner in range(len(world.governments)):
        if partner != government:
            rent += protection_rent(tariff(world, government, partner), g.protection_rent)
    controls = 0.0
    concessions = 0.0
    for measure in world.measures:
        if measure.issuer == government:
            controls -= measure.cost * effective_level(measure)
        if measure.target == government:
            if measure.kind == BOYCOTT:
                concessions -= measure.harm * effective_level(measure)
            else:
                controls -= measure.harm * effective_level(measure)
    trade = trade_at_once(world, government)
    return Lasting(trade, g.political_weight * rent, controls, concessions)


def cache_flows(world: World) -> None:
    """Work out what measures alone decide, and keep it for the days on which none of them changes."""
    for government in range(len(world.governments)):
        g = world.governments[government]
        flows = lasting(world, government)
        g.cached_trade = flows.trade
        g.cached_rent = flows.rent
        g.cached_controls = flows.controls
        g.cached_concessions = flows.concessions
        for partner in range(len(world.governments)):
            if partner != government:
                pair = world.pairs[pair_of(world, government, partner)]
                pair.cached_sales = sold_at_once(world, government, partner)


def cached_flows(world: World, government: int) -> Lasting:
    """What was kept of a government's payoffs [bn USD/month]."""
    g = world.governments[government]
    return Lasting(g.cached_trade, g.cached_rent, g.cached_controls, g.cached_concessions)


def flow(world: World, government: int, day: int, recompute: bool = True) -> Flow:
    """All payoff terms of a government as the world stands on a day [bn USD/month].

    Args:
        world: as it stands.
        government: whose payoffs.
        day: today.
        recompute: whether to work everything out; if not, what measures alone decide is as it was kept.
    """
    g = world.governments[government]
    flows = lasting(world, government) if recompute else cached_flows(world, government)
    harm = 0.0
    for partner in range(len(world.governments)):
        if partner != government:
            at_once = world.pairs[pair_of(world, government, partner)].cached_sales
            if recompute:
                at_once = sold_at_once(world, government, partner)
            exports_lost = sales_at_once(world, government, partner, 0.0)
            exports_lost -= exported(world, government, partner, at_once)
            harm -= export_harm(exports_lost, g.export_harm)
    mineral_sum = 0.0
    for k in range(world.minerals):
        stock = world.stocks[government * world.minerals + k]
        mineral_sum -= g.mineral_weight * mineral_loss(world, government, k)
        mineral_sum -= stock.holding_cost * max(0.0, stock.stock - stock.working_stock)
    return Flow(
        trade=g.trade_weight * (flows.trade + trade_late(world, government)),
        rent=flows.rent,
        harm=g.political_weight * harm * election_factor(world, government, day),
        minerals=mineral_sum,
        controls=flows.controls,
        concessions=flows.concessions,
    )


def total(f: Flow) -> float:
    """The sum of a flow's terms [bn USD/month]."""
    return f.trade + f.rent + f.harm + f.minerals + f.controls + f.concessions


def pressure(world: World, government: int, partner: int, day: int) -> float:
    """What a government's measures cost a partner as they stand [bn USD/month].

    Tariffs above the base, controls and missing minerals, in the partner's own weights.
    """
    target = world.governments[partner]
    pair = world.pairs[pair_of(world, government, partner)]
    back = world.pairs[pair_of(world, partner, government)]
    own = tariff(world, government, partner)
    base = pair.base_tariff
    theirs = tariff(world, partner, government)
    welfare = welfare_at_once(world, partner, partner, government, theirs, base)
    welfare -= welfare_at_once(world, partner, partner, government, theirs, own)
    welfare += welfare_late(world, partner, partner, government, back.adjusted, min(base, pair.adjusted))
    welfare -= welfare_late(world, partner, partner, government, back.adjusted, pair.adjusted)
    exports_lost = sales_at_once(world, partner, government, base) - exports(world, partner, government)
    exports_lost += sales_late(world, partner, government, min(base, pair.adjusted))
    harm = export_harm(exports_lost, target.export_harm) * election_factor(world, partner, day)
    loss = target.trade_weight * welfare + target.political_weight * harm
    for measure in world.measures:
        if measure.issuer == government and measure.target == partner:
            loss += measure.harm * effective_level(measure)
    for k in range(world.minerals):
        if world.stocks[partner * world.minerals + k].supplier == government:
            loss += target.mineral_weight * mineral_loss(world, partner, k)
    return loss
