"""What a day pays: the terms of `sim.rules.terms` as the world stands."""

from sim.domain.state import World
from sim.domain.terms import Flow
from sim.rules.indexing import pair_of
from sim.rules.measures import effective_level
from sim.rules.terms.control_term import concessions_flow, controls_flow
from sim.rules.terms.harm_term import election_factor, harm_flow
from sim.rules.terms.mineral_term import mineral_loss, mineral_losses, minerals_flow, security_flow
from sim.rules.terms.rent_term import rent_flow
from sim.rules.terms.trade_term import trade_flow
from sim.rules.trade import exports, sales_at_once, sales_late, tariff, welfare_at_once, welfare_late


def flow(world: World, government: int, day: int, recompute: bool = True) -> Flow:
    """A government's payoffs as the world stands on a day, by `sim.domain.terms.TERMS` [bn USD/month].

    Args:
        world: as it stands.
        government: whose payoffs.
        day: today.
        recompute: whether to work everything out; if not, what measures alone decide is as it last was.
    """
    trade = trade_flow(world, government, recompute)
    loss = mineral_losses(world, government)
    return (
        trade,
        minerals_flow(world, government, loss),
        controls_flow(world, government, recompute),
        concessions_flow(world, government, recompute),
        harm_flow(world, government, day, recompute),
        rent_flow(world, government, recompute),
        security_flow(world, government, loss),
        0.0,  # audiences and acts are charged by the decision (`sim.rules.decision_costs`)
        0.0,
    )


def pressure(world: World, government: int, partner: int, day: int) -> float:
    """What a government's measures cost a partner as they stand [bn USD/month].

    Tariffs above the base, controls and missing minerals, in the partner's own weights.
    """
    target = world.governments[partner]
    pair = world.pairs[pair_of(world, government, partner)]
    back = world.pairs[pair_of(world, partner, government)]
    own = tariff(world, government, partner)
    base = pair.base_tariff
    other = tariff(world, partner, government)
    welfare = welfare_at_once(world, partner, partner, government, other, base)
    welfare -= welfare_at_once(world, partner, partner, government, other, own)
    welfare += welfare_late(world, partner, partner, government, back.adjusted, min(base, pair.adjusted))
    welfare -= welfare_late(world, partner, partner, government, back.adjusted, pair.adjusted)
    exports_lost = sales_at_once(world, partner, government, base) - exports(world, partner, government)
    exports_lost += sales_late(world, partner, government, min(base, pair.adjusted))
    harm = target.export_harm * exports_lost * election_factor(world, partner, day)
    loss = target.trade_factor * welfare + target.political_weight * harm
    for measure in world.measures:
        if measure.issuer == government and measure.target == partner:
            loss += measure.harm * effective_level(measure)
    for k in range(world.minerals):
        if world.stocks[partner * world.minerals + k].supplier == government:
            loss += target.mineral_weight * mineral_loss(world, partner, k)
    return loss
