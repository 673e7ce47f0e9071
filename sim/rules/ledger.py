"""What a run has cost so far, term by term, and the tariffs of an evening."""

from collections.abc import Sequence
from math import nan

from sim.domain.constants import DAYS_PER_MONTH
from sim.domain.state import PairState, World
from sim.domain.terms import Flow
from sim.payoffs.adjustment import adjusted_by, pull_of, remaining_gap
from sim.payoffs.interpolation import look_up
from sim.rules.indexing import pair_of, welfare_place
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


def bystander_costs(
    world: World, pairs: Sequence[PairState], opening: Sequence[float], evenings: Sequence[Sequence[float]]
) -> list[float]:
    """Cost to every bystander of the trade of others, against the first morning's world going on [bn USD].

    Args:
        world: with the tables of bystanders after those of governments.
        pairs: of the first morning.
        opening: tariffs of the first morning, as `tariffs` has them.
        evenings: tariffs of every evening.
    """
    n = len(world.governments)
    costs = [0.0 for _ in range(n, 2 * len(world.welfare) // max(1, n * (n - 1)))]
    gap = remaining_gap(world.inertia, 1.0 / DAYS_PER_MONTH)
    adjusted = [pair.adjusted for pair in pairs]
    first = [_welfare(world, n + k, opening, adjusted) for k in range(len(costs))]
    for rates in evenings:
        for place in range(len(adjusted)):
            adjusted[place] = adjusted_by(adjusted[place], gap, pull_of(rates[place], gap))
        for k in range(len(costs)):
            costs[k] += (first[k] - _welfare(world, n + k, rates, adjusted)) / DAYS_PER_MONTH
    return costs


def _welfare(world: World, row: int, rates: Sequence[float], adjusted: Sequence[float]) -> float:
    """Welfare under tariffs, and under those to which trade has adjusted so far [bn USD/month]."""
    total = 0.0
    for i in range(len(world.governments)):
        for j in range(i + 1, len(world.governments)):
            table, one, other = welfare_place(world, row, i, j), pair_of(world, i, j), pair_of(world, j, i)
            total += look_up(world.welfare[table], rates[one], rates[other], world.grid)
            total += look_up(world.welfare_late[table], adjusted[one], adjusted[other], world.grid)
    return total
