"""What a run has cost so far, term by term, and the tariffs of an evening."""

from typing import NamedTuple

from sim.domain.state import GovernmentState, World
from sim.domain.words import DAYS_PER_MONTH
from sim.rules.commerce import tariff
from sim.rules.flows import Flow


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


def cost_of(g: GovernmentState, opening: Flow, days: int) -> Cost:
    """Cost of the first days to a government.

    Args:
        g: with its running account.
        opening: its payoffs on the first morning [bn USD/month].
        days: how many have been played.
    """
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
    )


def tariffs(world: World) -> list[float]:
    """Average tariffs [share]: what importer i puts on exporter j is at i * n + j, 0 for itself."""
    n = len(world.governments)
    return [tariff(world, i, j) if i != j else 0.0 for i in range(n) for j in range(n)]
