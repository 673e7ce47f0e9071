"""Attention: what deciding to act takes once, and each act by itself; expected before, booked after."""

from sim.domain.constants import IMPOSE, LIFT
from sim.domain.state import World


def price(world: World, number: int, act: int) -> float:
    """What carrying out an act costs its issuer once, beside the attention of deciding to act [bn USD].

    A new measure costs more than one that only has to be reactivated, and lifting gives a cheap threat away.
    """
    g = world.governments[world.measures[number].issuer]
    if act == IMPOSE:
        return g.new_measure_cost
    if act == LIFT:
        return g.new_measure_cost - g.reactivation_cost
    return g.reactivation_cost
