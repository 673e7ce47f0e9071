"""The world of 2023 in nine regions, shipped as data; see `sim/payoffs/regions_2023.csv`.

Derived from CEPII BACI (goods trade, Etalab Open Licence) and the World Bank's World
Development Indicators (GDP, CC BY 4.0). What it leaves out: services count as spending at
home, there is one sector, tariffs are counted from zero, and the rest of the world acts as one.
"""

from sim.payoffs.trade_data import BALANCED_AT, before_balancing
from sim.theory.world import ArmingtonWorld


def nine_regions(elasticity: float = BALANCED_AT) -> ArmingtonWorld:
    """The world of 2023: USA, CHN, EU27, JPN, KOR, IND, CANMEX, ASEAN and ROW.

    Trade is balanced at the elasticity asked for (`sim.payoffs.trade_data`).

    Args:
        elasticity: of trade, e = sigma - 1 (4: Simonovska and Waugh 2014, Journal of
            International Economics 92(1)).

    >>> world = nine_regions()
    >>> tariffs = world.nash(["USA", "CHN"])
    >>> world.names[world.welfare(tariffs).argmin()]
    'CHN'
    """
    names, shares, gdp = before_balancing()
    return ArmingtonWorld(shares, gdp, elasticity, names)
