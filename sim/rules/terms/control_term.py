"""Controls and purchases: what measures cost beyond tariffs and minerals.

Every measure costs its issuer, and harms its target: as a control or fee, or as a concession
lost where purchases are withheld.
"""

from sim.domain.constants import BOYCOTT
from sim.domain.state import World
from sim.domain.terms import CONCESSIONS, CONTROLS
from sim.payoffs.present_value import Discounting
from sim.rules.measures import effective_level


def controls_flow(world: World, government: int, recompute: bool) -> float:
    """Cost of own measures and harm of others' controls and fees [bn USD/month]."""
    cached = world.cached_flows[government]
    if recompute:
        cached[CONTROLS] = 0.0
        for measure in world.measures:
            if measure.issuer == government:
                cached[CONTROLS] -= measure.cost * effective_level(measure)
            if measure.target == government and measure.kind != BOYCOTT:
                cached[CONTROLS] -= measure.harm * effective_level(measure)
    return cached[CONTROLS]


def controls_value(world: World, h: Discounting, government: int, number: int, change: float) -> float:
    """Cost to its issuer, or harm to its target, of a change of a measure [bn USD]."""
    measure = world.measures[number]
    if measure.issuer == government:
        return -measure.cost * change * h.whole
    return 0.0 if measure.kind == BOYCOTT else -measure.harm * change * h.whole


def concessions_flow(world: World, government: int, recompute: bool) -> float:
    """Purchases that others withhold [bn USD/month]."""
    cached = world.cached_flows[government]
    if recompute:
        cached[CONCESSIONS] = 0.0
        for measure in world.measures:
            if measure.target == government and measure.kind == BOYCOTT:
                cached[CONCESSIONS] -= measure.harm * effective_level(measure)
    return cached[CONCESSIONS]


def concessions_value(world: World, h: Discounting, government: int, number: int, change: float) -> float:
    """Purchases lost by a change of a measure that withholds them [bn USD]."""
    measure = world.measures[number]
    if measure.kind != BOYCOTT or measure.target != government:
        return 0.0
    return -measure.harm * change * h.whole
