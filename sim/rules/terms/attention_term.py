"""Attention: what deciding to act takes once, and each act by itself; expected before, booked after."""

from sim.domain.constants import LIFT
from sim.domain.state import World


def price(world: World, number: int, act: int) -> float:
    """What an act takes by itself [bn USD]: little, but lifting gives a cheap threat away."""
    g = world.governments[world.measures[number].issuer]
    if act == LIFT:
        return g.new_measure_cost - g.reactivation_cost
    return g.reactivation_cost


def attention(world: World, government: int, acts: float, routine: bool, prepares: bool) -> float:
    """What a package takes [bn USD]: deciding and preparing once, however many acts, and each act a little.

    Args:
        world: as it stands.
        government: whose attention.
        acts: what its acts take by themselves [bn USD].
        routine: whether any act is more than an extension.
        prepares: whether any is a new measure.
    """
    g = world.governments[government]
    return acts + (g.routine_cost if routine else 0.0) + (g.new_measure_cost if prepares else 0.0)
