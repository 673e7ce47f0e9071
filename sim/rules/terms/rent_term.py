"""Protection at home: own tariffs please those whom they protect."""

from sim.domain.constants import TARIFF
from sim.domain.state import World
from sim.domain.terms import RENT
from sim.payoffs.adjustment import Months
from sim.payoffs.politics import protection_rent
from sim.rules.trade import tariff


def rent_flow(world: World, government: int, recompute: bool) -> float:
    """Political worth of all own tariffs [bn USD/month]."""
    g = world.governments[government]
    cached = world.cached_flows[government]
    if recompute:
        rent = 0.0
        for partner in range(len(world.governments)):
            if partner != government:
                rent += protection_rent(tariff(world, government, partner), g.protection_rent)
        cached[RENT] = g.political_weight * rent
    return cached[RENT]


def rent_value(world: World, government: int, number: int, change: float, months: Months) -> float:
    """Political worth of a change of an own tariff [bn USD]."""
    measure = world.measures[number]
    if measure.kind != TARIFF or measure.issuer != government:
        return 0.0
    g = world.governments[government]
    rent = protection_rent(change * measure.coverage, g.protection_rent)
    return g.political_weight * rent * months.whole
