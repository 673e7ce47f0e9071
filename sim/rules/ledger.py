"""What a run has cost so far, term by term, and the tariffs of an evening."""

from math import nan

from sim.domain.constants import DAYS_PER_MONTH
from sim.domain.state import World
from sim.domain.terms import Flow
from sim.rules.indexing import pair_of
from sim.rules.trade import tariff


def cost_of(world: World, government: int, opening: Flow, days: int) -> list[float]:
    """Cost of the first days against the first morning's world going on unchanged [bn USD].

    Args:
        world: as it stands.
        government: whose cost.
        opening: its payoffs on the first morning [bn USD/month].
        days: how many have been played.

    Returns:
        The cost of every term, in the order of `sim.domain.terms.COSTS`.
    """
    months = days / DAYS_PER_MONTH
    account = world.accounts[government]
    costs = [opening[k] * months - account[k] for k in range(len(opening))]
    costs.append(shortfall(world, government, days))
    return costs


def shortfall(world: World, government: int, days: int) -> float:
    """What a matrix game paid less than both sides' holding in every round; 0 without one [payoff]."""
    if len(world.game) == 0:
        return 0.0
    total = 0.0
    for partner in range(len(world.governments)):
        if partner != government:
            play = world.plays[pair_of(world, government, partner)]
            total += world.game[0].hold_hold * days - play.earned
    return total


def reward(world: World) -> float:
    """What both holding pays in a round of a matrix game [payoff]; nan without one."""
    return world.game[0].hold_hold if len(world.game) > 0 else nan


def tariffs(world: World) -> list[float]:
    """Average tariffs [share]: what importer i puts on exporter j is at i * n + j, 0 for itself."""
    n = len(world.governments)
    return [tariff(world, i, j) if i != j else 0.0 for i in range(n) for j in range(n)]
