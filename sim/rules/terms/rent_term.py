"""Protection at home: own tariffs please those whom they protect."""

from sim.domain.state import World
from sim.domain.terms import RENT
from sim.payoffs.politics import protection_rent
from sim.payoffs.present_value import Discounting
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


def rent_value(world: World, h: Discounting, government: int, points: float) -> float:
    """Political worth of a rise of an own average tariff [share], for good [bn USD]."""
    g = world.governments[government]
    return g.political_weight * protection_rent(points, g.protection_rent) * h.whole
