"""How a day closes: markets fall, stocks are drawn and filled, trade adjusts, payoffs are booked."""

import math
from collections.abc import Sequence

from sim.domain.constants import DAYS_PER_MONTH, ESCALATE
from sim.domain.state import PendingDecision, World
from sim.payoffs.adjustment import drawn, gap_left, pull_of
from sim.payoffs.minerals import next_stock
from sim.rules.daily_payoffs import flow, keep
from sim.rules.indexing import pair_of
from sim.rules.measures import points_announced
from sim.rules.mineral_supply import detours_closed, missing, supply_cut, wanted_stock
from sim.rules.trade import tariff


def account(world: World, made: Sequence[PendingDecision], count: int, day: int, anew: bool = True) -> None:
    """Close the day: markets, stocks, trade and the payoffs of everybody.

    Args:
        world: after the acts of the evening.
        made: the day's decisions.
        count: how many.
        day: today.
        anew: False on a day on which no measure, number or belief has changed: what these decide alone
            is then as it was when it was last worked out.
    """
    feel_markets(world, made, count)
    keep_stocks(world, anew)
    adjust_trade(world, anew)
    book_day(world, day, anew)


def feel_markets(world: World, made: Sequence[PendingDecision], count: int) -> None:
    """Let markets fall over the tariffs announced this evening, and forget older falls."""
    for government in range(len(world.governments)):
        g = world.governments[government]
        if g.market_loss > 0.0:
            g.market_loss *= math.exp(-1.0 / g.market_days)
        for k in range(count):
            m = made[k]
            if m.move == ESCALATE and (m.government == government or m.partner == government):
                g.market_loss += g.market_fall * points_announced(world.measures[m.measure], m.act)


def keep_stocks(world: World, anew: bool = True) -> None:
    """Draw and refill every stock of minerals for a day; `anew` as in `account`."""
    step = 1.0 / DAYS_PER_MONTH
    for government in range(len(world.governments)):
        for k in range(world.minerals):
            stock = world.stocks[government * world.minerals + k]
            if stock.supplier < 0:
                continue
            if anew:
                stock.kept_cut = supply_cut(world, government, k)
                stock.kept_closed = detours_closed(world, government, k)
                stock.kept_wanted = wanted_stock(world, government, k)
            stock.cut_months = stock.cut_months + step if stock.kept_cut > 0.0 else 0.0
            short = 0.0
            if stock.kept_cut > 0.0:
                short = missing(stock, stock.kept_cut, stock.kept_closed, stock.cut_months)
            stock.stock = next_stock(stock.stock, stock.kept_wanted, short, stock.refill_months, step)


def adjust_trade(world: World, anew: bool = True) -> None:
    """Let trade adjust to today's tariffs by a day's part of the gap; `anew` as in `account`."""
    left = gap_left(world.inertia, 1.0 / DAYS_PER_MONTH)
    for importer in range(len(world.governments)):
        for exporter in range(len(world.governments)):
            if importer != exporter:
                pair = world.pairs[pair_of(world, importer, exporter)]
                if anew:
                    pair.kept_pull = pull_of(tariff(world, importer, exporter), left)
                pair.adjusted = drawn(pair.adjusted, left, pair.kept_pull)


def book_day(world: World, day: int, anew: bool = True) -> None:
    """Add a day's payoffs to every government's account; `anew` as in `account`."""
    if anew:
        keep(world)
    for government in range(len(world.governments)):
        g = world.governments[government]
        f = flow(world, government, day, False)
        g.trade += f.trade / DAYS_PER_MONTH
        g.rent += f.rent / DAYS_PER_MONTH
        g.harm += f.harm / DAYS_PER_MONTH
        g.minerals += f.minerals / DAYS_PER_MONTH
        g.controls += f.controls / DAYS_PER_MONTH
        g.concessions += f.concessions / DAYS_PER_MONTH
