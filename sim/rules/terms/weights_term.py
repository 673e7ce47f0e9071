"""Weights: what trade and missing minerals weigh at home above, or below, their dollars.

A government may count a dollar of either for more than a dollar, for security or for losers who are
heard (`trade_weight`, `mineral_weight`). The dollars themselves are the economy's and are booked
unweighted; the rest, (weight - 1) times them, is politics. What is expected of both stays one number, in the
government's weights, for that is what it decides by (`sim.rules.terms.trade_term`, `mineral_term`).
"""

from sim.domain.state import World


def weights_flow(world: World, government: int, trade: float, loss: float) -> float:
    """What a government's weights add to its dollars [bn USD/month].

    Args:
        world: as it stands.
        government: whose weights.
        trade: its welfare from trade, unweighted [bn USD/month].
        loss: its loss from missing minerals, unweighted [bn USD/month].
    """
    g = world.governments[government]
    return (g.trade_weight - 1.0) * trade - (g.mineral_weight - 1.0) * loss
