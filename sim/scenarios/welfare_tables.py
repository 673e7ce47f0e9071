"""Tables of welfare and sales over the tariffs that a scenario can reach, made before a run.

For two governments the tables hold the equilibrium at their grid points, to 1e-5 bn USD/month (the
polynomial of `sim.payoffs.welfare_grid`). Between them they are off by at most c grid^2 / 4, c the largest
second derivative: 0.009 bn USD/month at the short and 0.016 at the long elasticity of the shipped
scenarios, 0.004 and 0.008 as measured at random tariffs.

For more governments welfare is the sum over couples of what moving the couple's own two tariffs
changes, all others standing as on the first morning: exact as long as one couple moves, and to
first order when several do. In `triangle` the sum is off by at most 0.16 bn USD/month, and by 0.03
on average, at the corners of what its six tariffs can reach; by less inside. That is up to 4 % of
what a government's welfare varies by there. Third countries gain or lose in the same solve, and have
tables after those of governments.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, Self

import numpy as np

from sim.payoffs.hat_algebra import Array
from sim.payoffs.trade_data import border_value, economy, regions, welfare
from sim.payoffs.trade_linear import exporter_welfare, importer_welfare, remaining_trade
from sim.payoffs.welfare_grid import between, nodes, points
from sim.scenarios.schema import Scenario, TradeEntry

REGIONS = {"EU27": "European Union", "JPN": "Japan", "KOR": "South Korea", "IND": "India"}  # as people say
REGIONS |= {"CANMEX": "Canada and Mexico", "ROW": "rest of the world"}
GRID = 0.02  # [share] between the tariffs at which welfare is tabulated


class Tables(NamedTuple):
    """What tariffs are worth, for n governments, c = n (n - 1) / 2 couples of them, and b bystanders.

    `late` tables hold what is added once trade has adjusted: the long run less the short.
    """

    welfare: list[Array]  # [bn USD/month] (n + b) * c: of a government, over the two tariffs of a couple
    welfare_late: list[Array]
    sales: list[Array]  # [bn USD/month] n * n: exports of i to j, over j's tariff
    sales_late: list[Array]

    @classmethod
    def zeros(cls, n: int) -> Self:
        """Tables in which no tariff is worth anything."""
        welfare, sales = [np.zeros((2, 2))] * (n * len(couples(n))), [np.zeros(2)] * (n * n)
        return cls([*welfare], [*welfare], [*sales], [*sales])


class TariffRange(NamedTuple):
    """The tariffs of a scenario, importers in rows and exporters in columns [share]."""

    first: tuple[tuple[float, ...], ...]  # on the first morning
    highest: tuple[tuple[float, ...], ...]


def couples(n: int) -> list[tuple[int, int]]:
    """The couples of n governments, in the order of the tables."""
    return [(i, j) for i in range(n) for j in range(i + 1, n)]


def bystanders_of(s: Scenario) -> list[str]:
    """The regions for which no government speaks, in the order of their tables; none if trade is linear."""
    if s.game is not None or s.economy.model == "linear":
        return []
    return [name for name in regions() if name not in {g.region for g in s.governments.values()}]


def reach_of(s: Scenario) -> TariffRange:
    """The tariffs of the first morning, and the largest that the measures can add up to."""
    codes = list(s.governments)
    first = np.zeros((len(codes), len(codes)))
    for t in s.trade:
        first[codes.index(t.importer), codes.index(t.exporter)] = t.number("base_tariff")
    highest = first.copy()
    for m in s.measures:
        if m.kind == "tariff":
            place = codes.index(m.issuer), codes.index(m.target)
            highest[place] += max(m.number("level"), m.number("ceiling")) * m.number("coverage")
            if m.status == "in_force":
                first[place] += m.number("level") * m.number("coverage")
    return TariffRange(tuple(map(tuple, first.tolist())), tuple(map(tuple, highest.tolist())))


def tables_of(s: Scenario) -> Tables:
    """The tables of a scenario, by its model of the economy; zeros for a game, which has no trade."""
    codes = list(s.governments)
    n = len(codes)
    if s.game is not None:
        return Tables.zeros(n)
    trade = {(codes.index(t.importer), codes.index(t.exporter)): t for t in s.trade}
    reach = reach_of(s)
    if s.economy.model == "linear":
        return _linear(n, trade, reach)
    short, long = (s.economy.numbers[f"elasticity_{key}"].value for key in ("short", "long"))
    places = tuple(regions().index(str(g.region)) for g in s.governments.values())
    welfare_short, increments = _armington(places, short, long, reach)
    tables = Tables.zeros(n)._replace(welfare=welfare_short, welfare_late=increments)
    for (importer, exporter), t in trade.items():
        tariffs = points(reach.highest[importer][exporter], GRID)
        first, last = (
            border_value(t.number("imports") / 12.0, t.number("imports_tariff"), e, tariffs)
            for e in (short, long)
        )
        tables.sales[exporter * n + importer] = first
        tables.sales_late[exporter * n + importer] = last - first
    return tables


def table_lists(s: Scenario) -> dict[str, Any]:
    """The tables of a scenario as lists, by name. Nothing changes them: worlds may share them."""
    return {name: _of_one_size(tables) for name, tables in tables_of(s)._asdict().items()}


def _of_one_size(tables: Sequence[Array]) -> Any:
    """Tables filled up with their edge values to the size of the largest, so that arrays can hold them."""
    size = np.max([table.shape for table in tables], axis=0)
    return [np.pad(t, [(0, n) for n in size - t.shape], mode="edge").tolist() for t in tables]


@cache
def _armington(
    places: tuple[int, ...], short: float, long: float, reach: TariffRange
) -> tuple[list[Array], list[Array]]:
    """Welfare at the short elasticity, and what the long one adds, by government or bystander and couple."""
    everybody = [*places, *(k for k in range(len(regions())) if k not in places)]
    short_run, increments = [], []  # a table of all governments for each couple
    morning = table_of(reach.first, places)
    pairs = couples(len(places))
    for i, j in pairs:
        own, other = points(reach.highest[i][j], GRID), points(reach.highest[j][i], GRID)
        tariffs = np.broadcast_to(morning, (*([len(nodes(1.0))] * 2), *morning.shape)).copy()
        tariffs[..., places[j], places[i]] = nodes(own[-1])[:, None]
        tariffs[..., places[i], places[j]] = nodes(other[-1])[None, :]
        levels = []
        for elasticity in (short, long):
            world = economy(elasticity)
            shared = welfare(world, morning) * (len(pairs) - 1) / len(pairs)
            levels.append(np.moveaxis(welfare(world, tariffs) - shared, -1, 0)[everybody])
        first, last = (between(level, own, other) for level in levels)
        short_run.append(first)
        increments.append(last - first)
    rows = range(len(everybody))
    return [t[k] for k in rows for t in short_run], [t[k] for k in rows for t in increments]


def table_of(rates: tuple[tuple[float, ...], ...], places: tuple[int, ...]) -> Array:
    """Tariffs between governments [importer][exporter] as a table of all regions, exporters in rows."""
    table = np.zeros((len(regions()), len(regions())))
    for i, row in enumerate(rates):
        for j, rate in enumerate(row):
            if i != j:
                table[places[j], places[i]] = rate
    return table


def _linear(n: int, trade: dict[tuple[int, int], TradeEntry], reach: TariffRange) -> Tables:
    """The linear game of each couple by itself: nobody else gains or loses, and trade adjusts at once."""
    tables = Tables.zeros(n)
    for c, (i, j) in enumerate(couples(n)):
        for me, you in ((i, j), (j, i)):
            buys, sells = trade[me, you], trade[you, me]
            own = _linear_points(reach.highest[me][you], buys)
            other = _linear_points(reach.highest[you][me], sells)
            welfares = np.array([[linear_welfare(buys, sells, a, b) for b in other] for a in own])
            tables.welfare[me * len(couples(n)) + c] = welfares if me < you else welfares.T
            remaining = [remaining_trade(b, sells.number("semi_elasticity")) for b in other]
            tables.sales[me * n + you] = free_imports(sells) * np.array(remaining)
    return tables


def _linear_points(highest: float, buys: TradeEntry) -> list[float]:
    prohibitive = 1.0 / buys.number("semi_elasticity")  # nothing changes beyond
    tariffs: list[float] = points(min(highest, prohibitive), GRID).tolist()
    return tariffs


def free_imports(t: TradeEntry) -> float:
    """Imports without tariffs in the linear game [bn USD/month]."""
    share = remaining_trade(t.number("imports_tariff"), t.number("semi_elasticity"))
    return t.number("imports") / 12.0 / share if share > 0.0 else 0.0


def linear_welfare(buys: TradeEntry, sells: TradeEntry, own: float, other: float) -> float:
    """Welfare of a government from a couple's two tariffs in the linear game [bn USD/month]."""
    e, p = buys.number("semi_elasticity"), buys.number("pass_through")
    bought = importer_welfare(own, free_imports(buys), e, p)
    e, p = sells.number("semi_elasticity"), sells.number("pass_through")
    return bought + exporter_welfare(other, free_imports(sells), e, p)
