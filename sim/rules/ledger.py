"""What a run has cost so far, term by term, and the tariffs of an evening."""

from typing import NamedTuple

from sim.domain.constants import DAYS_PER_MONTH
from sim.domain.state import World
from sim.rules.daily_payoffs import Flow
from sim.rules.indexing import pair_of
from sim.rules.trade import tariff


class Cost(NamedTuple):
    """Cost to a government against the first morning's world going on unchanged [bn USD]."""

    trade: float
    rent: float
    harm: float
    minerals: float
    controls: float
    concessions: float
    audience: float
    acts: float
    game: float  # [payoff] what a matrix game paid less than both sides' holding throughout


def cost_of(world: World, government: int, opening: Flow, days: int) -> Cost:
    """Cost of the first days to a government.

    Args:
        world: as it stands.
        government: whose cost.
        opening: its payoffs on the first morning [bn USD/month].
        days: how many have been played.
    """
    g = world.governments[government]
    months = days / DAYS_PER_MONTH
    return Cost(
        trade=opening.trade * months - g.trade,
        rent=opening.rent * months - g.rent,
        harm=opening.harm * months - g.harm,
        minerals=opening.minerals * months - g.minerals,
        controls=opening.controls * months - g.controls,
        concessions=opening.concessions * months - g.concessions,
        audience=-g.audience,
        acts=-g.acts,
        game=missed(world, government, days),
    )


def missed(world: World, government: int, days: int) -> float:
    """What a matrix game paid less than both sides' holding in every round; 0 without one [payoff]."""
    if len(world.game) == 0:
        return 0.0
    total = 0.0
    for partner in range(len(world.governments)):
        if partner != government:
            play = world.plays[pair_of(world, government, partner)]
            total += world.game[0].hold_hold * days - play.earned
    return total


def tariffs(world: World) -> list[float]:
    """Average tariffs [share]: what importer i puts on exporter j is at i * n + j, 0 for itself."""
    n = len(world.governments)
    return [tariff(world, i, j) if i != j else 0.0 for i in range(n) for j in range(n)]
