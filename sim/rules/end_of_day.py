"""How a day closes: markets fall, stocks are drawn and filled, trade adjusts, payoffs are booked."""

import math
from collections.abc import Sequence

from sim.domain.constants import DAYS_PER_MONTH
from sim.domain.state import PendingDecision, World
from sim.payoffs.adjustment import adjusted_by, pull_of, remaining_gap
from sim.rules.daily_payoffs import flow
from sim.rules.indexing import pair_of
from sim.rules.mineral_supply import update_stocks
from sim.rules.trade import tariff


def account(
    world: World, decisions: Sequence[PendingDecision], count: int, day: int, recompute: bool = True
) -> None:
    """Close the day: markets, stocks, trade and the payoffs of everybody.

    Args:
        world: after the acts of the evening.
        decisions: the day's decisions.
        count: how many.
        day: today.
        recompute: False on a day on which no measure, number or belief has changed: what these decide alone
            is then as it was when it was last worked out.
    """
    update_markets(world, decisions, count)
    update_stocks(world, recompute)
    adjust_trade(world, recompute)
    book_day(world, day, recompute)


def update_markets(world: World, decisions: Sequence[PendingDecision], count: int) -> None:
    """Let markets fall over the tariffs announced this evening, and forget older falls."""
    for government in range(len(world.governments)):
        g = world.governments[government]
        if g.market_loss > 0.0:
            g.market_loss *= math.exp(-1.0 / g.market_days)
        for k in range(count):
            d = decisions[k]
            if d.government == government or d.partner == government:
                g.market_loss += g.market_fall * d.points


def adjust_trade(world: World, recompute: bool = True) -> None:
    """Let trade adjust to today's tariffs by a day's part of the gap; `recompute` as in `account`."""
    for importer in range(len(world.governments)):
        for exporter in range(len(world.governments)):
            if importer != exporter:
                pair = world.pairs[pair_of(world, importer, exporter)]
                if recompute:
                    pair.cached_gap = remaining_gap(world.inertia, 1.0 / DAYS_PER_MONTH)
                    pair.cached_pull = pull_of(tariff(world, importer, exporter), pair.cached_gap)
                pair.adjusted = adjusted_by(pair.adjusted, pair.cached_gap, pair.cached_pull)


def book_day(world: World, day: int, recompute: bool = True) -> None:
    """Add a day's payoffs to every government's account; `recompute` as in `account`."""
    for government in range(len(world.governments)):
        payoffs = flow(world, government, day, recompute)
        booked = world.accounts[government]
        for k in range(len(payoffs)):
            booked[k] += payoffs[k] / DAYS_PER_MONTH
