"""The world of 2023 in nine regions, shipped as data; see the head of `regions_2023.csv`.

Derived from CEPII BACI (goods trade, Etalab Open Licence) and the World Bank's World
Development Indicators (GDP, CC BY 4.0). What it leaves out: services count as spending at
home, there is one sector, tariffs are counted from zero, and the rest of the world acts as one.
"""

import csv
from importlib.resources import files

import numpy as np

from sim.theory.world import World

BALANCED_AT = 4.0  # trade elasticity at which the table's deficits were removed


def nine_regions(elasticity: float = BALANCED_AT) -> World:
    """The world of 2023: USA, CHN, EU27, JPN, KOR, IND, CANMEX, ASEAN and ROW.

    The table holds shares after balancing trade, which moved wages by w = income / GDP. That is
    undone first, the shares before being proportional to shares[j, i] w_j^4, and trade is then
    balanced at the elasticity asked for.

    Args:
        elasticity: of trade, e = sigma - 1 (4: Simonovska and Waugh 2014, Journal of
            International Economics 92(1)).

    >>> world = nine_regions()
    >>> tariffs = world.nash(["USA", "CHN"])
    >>> world.names[world.welfare(tariffs).argmin()]
    'CHN'
    """
    text = files("sim.theory").joinpath("regions_2023.csv").read_text("utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    names = tuple(row["exporter"] for row in rows)
    balanced = np.array([[float(row[importer]) for importer in names] for row in rows])
    gdp = np.array([float(row["gdp"]) for row in rows])
    wages = np.array([float(row["income"]) for row in rows]) / gdp
    shares = balanced * wages[:, None] ** BALANCED_AT
    return World(shares / shares.sum(0), gdp, elasticity, names)
