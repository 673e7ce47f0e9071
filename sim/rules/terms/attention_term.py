"""Attention for acts: a price that is expected of an act before it, and booked in its evening."""

from sim.domain.constants import EXTEND, IMPOSE, LIFT
from sim.domain.state import World


def price(world: World, number: int, act: int) -> float:
    """What carrying out an act costs its issuer once [bn USD].

    Every act takes attention (`routine_cost`) but an extension, which is routine; a new measure
    costs more than one that only has to be reactivated, and lifting gives a cheap threat away.
    """
    g = world.governments[world.measures[number].issuer]
    if act == EXTEND:
        return g.reactivation_cost
    if act == IMPOSE:
        return g.routine_cost + g.new_measure_cost
    if act == LIFT:
        return g.routine_cost + g.new_measure_cost - g.reactivation_cost
    return g.routine_cost + g.reactivation_cost
