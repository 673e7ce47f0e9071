"""Armington worlds: from shares of spending, or from technology and labour; their tariff games.

One sector, balanced trade, tariff revenue rebated; equations in `sim.payoffs.hat_algebra`.
**Tariff tables have the exporter in the row and the importer in the column:** tariffs[j, i]
is the tariff that i puts on j, as shares[j, i] is the share of i's spending on j.
"""

import numpy as np
from numpy.typing import ArrayLike

from sim.domain.errors import TheoryError
from sim.payoffs.hat_algebra import balanced_log_wages
from sim.payoffs.trade_data import BALANCED_AT, before_balancing
from sim.theory.admissible import check, number, positive
from sim.theory.repeated import Dilemma
from sim.theory.world import ArmingtonWorld, Country


def from_technology(
    productivity: ArrayLike, labour: ArrayLike, iceberg: ArrayLike, elasticity: float
) -> ArmingtonWorld:
    """The world that trades freely under given technology (Armington 1969; Anderson 1979).

    Country j's good costs w_j d_ji / A_j in i, so shares are proportional to (w_j d_ji / A_j)^-e and wages
    balance trade. Real income is A_i L_i shares[i, i]^(-1/e) (Arkolakis, Costinot and Rodriguez-Clare 2012,
    AER 102(1)). World labour income is its number of workers. `productivity` A is units of the own good that
    a worker makes, `labour` L workers, shape (countries,) each; `iceberg` d[j, i] units sent from j for one
    to arrive in i, at least 1, ones on the diagonal, shape (countries, countries); the
    trade elasticity is e = sigma - 1.
    """
    output, workers, costs = (
        positive(name, values)
        for name, values in (("productivity", productivity), ("labour", labour), ("iceberg", iceberg))
    )
    n = workers.size
    if n < 2 or output.shape != (n,) or workers.shape != (n,) or costs.shape != (n, n):
        raise TheoryError(
            "productivity, labour and iceberg must be two rows and a square table for the same countries, "
            f"two or more, not of shapes {output.shape}, {workers.shape} and {costs.shape}."
        )
    check("iceberg", costs, costs >= 1.0, "at least 1")
    check("iceberg", costs, (costs == 1.0) | ~np.eye(n, dtype=bool), "1 at home")
    e = number("elasticity", elasticity)
    attraction = (costs / output[:, None]) ** -e
    wages = np.exp(balanced_log_wages(attraction, workers, e))
    spent = attraction * wages[:, None] ** -e
    income = wages * workers * workers.sum() / (wages @ workers)
    return ArmingtonWorld(spent / spent.sum(0), income, e)


def two_countries(elasticity: float, size_ratio: float = 1.0, iceberg: float = 1.0) -> ArmingtonWorld:
    """Two countries of one technology; the second has `size_ratio` workers for each of the first's.

    `elasticity` is of trade, e = sigma - 1; `iceberg` the trade cost d in both directions, at least 1.
    """
    ratio, cost = number("size_ratio", size_ratio), number("iceberg", iceberg)
    return from_technology([1.0, 1.0], [1.0, ratio], [[1.0, cost], [cost, 1.0]], elasticity)


def stage_game(world: ArmingtonWorld, first: Country, second: Country) -> tuple[Dilemma, Dilemma]:
    """What each of two countries gets if each puts nothing or its Nash tariff on the other.

    That is welfare when alone in taxing (temptation), at no tariffs (reward, 0), when both tax (punishment),
    and when alone in being taxed (sucker) [per cent of real expenditure].
    """
    both = world.nash([first, second])
    pair = (world.number(first), world.number(second))
    games = []
    for i, j in (pair, pair[::-1]):
        alone, taxed = both.copy(), both.copy()
        alone[i, j] = taxed[j, i] = 0.0
        welfare = world.welfare(np.array([alone, both, taxed]))[:, i]
        games.append(Dilemma(float(welfare[0]), 0.0, float(welfare[1]), float(welfare[2])))
    return games[0], games[1]


def nine_regions(elasticity: float = BALANCED_AT) -> ArmingtonWorld:
    """The world of 2023: USA, CHN, EU27, JPN, KOR, IND, CANMEX, ASEAN and ROW.

    Trade is balanced at the elasticity asked for (`sim.payoffs.trade_data`). Derived from CEPII BACI (goods
    trade, Etalab Open Licence) and the World Bank's World Development Indicators (GDP, CC BY 4.0). Services
    count as spending at home, there is one sector, and the rest of the world acts as one. An elasticity of 4
    is that of Simonovska and Waugh (2014, Journal of International Economics 92(1)).

    >>> world = nine_regions()
    >>> tariffs = world.nash(["USA", "CHN"])
    >>> world.names[world.welfare(tariffs).argmin()]
    'CHN'
    """
    names, shares, gdp = before_balancing()
    return ArmingtonWorld(shares, gdp, elasticity, names)
