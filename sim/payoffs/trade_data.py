"""Welfare from tariffs in the world of 2023: N-country Armington, nine regions (level B).

The equations are in `sim.payoffs.hat_algebra`; the data, with its sources, is
`regions_2023.csv`. Tariff tables have the exporter in the row and the importer in the column.

The elasticity depends on the horizon. At once trade answers a tariff with a short elasticity,
and over years with a long one (Boehm, Levchenko and Pandalai-Nayar 2023, AER 113(4)). The tariff
that trade has adjusted to, z, closes a part of the gap to the tariff t every month, and

    W(t, z) = W_short(t) + [W_long(z) - W_short(z)]
    M(t, z) = M_short(t) + [M_long(z) - M_short(z)],   M_e(t) = M_0 ((1 + t) / (1 + t_0))^-e

which are the long-run values once z = t. W is the exact equilibrium at each elasticity. M is the
value at the border, for which the evidence on horizons is measured; the equilibrium at the same
elasticity moves it by one power of 1 + t more, and by a little less through wages.
"""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from sim.payoffs.hat_algebra import Array, balanced_economy, equilibrium

BALANCED_AT = 4.0  # trade elasticity at which the table's deficits were removed


class Economy(NamedTuple):
    """A world without tariffs whose trade is balanced."""

    names: tuple[str, ...]
    shares: Array  # [share] shares[j, i]: part of i's spending that goes to j, shape (n, n)
    income: Array  # [bn USD/year] shape (n,)
    elasticity: float


def regions() -> tuple[str, ...]:
    """The names of the nine regions."""
    return before_balancing()[0]


@cache
def before_balancing() -> tuple[tuple[str, ...], Array, Array]:
    """Names, shares and GDP of the nine regions, deficits and all.

    The table holds shares after balancing trade, which moved wages by w = income / GDP. That is
    undone here: the shares before are proportional to shares[j, i] w_j^4.
    """
    text = files("sim.payoffs").joinpath("regions_2023.csv").read_text("utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    names = tuple(row["exporter"] for row in rows)
    balanced = np.array([[float(row[importer]) for importer in names] for row in rows])
    gdp = np.array([float(row["gdp"]) for row in rows])
    wages = np.array([float(row["income"]) for row in rows]) / gdp
    shares = balanced * wages[:, None] ** BALANCED_AT
    return names, shares / shares.sum(0), gdp


@cache
def economy(elasticity: float) -> Economy:
    """The nine regions with trade balanced at an elasticity, before any tariff."""
    names, shares, gdp = before_balancing()
    return Economy(names, *balanced_economy(shares, gdp, elasticity), elasticity)


def welfare(world: Economy, tariffs: Array) -> Array:
    """Change of real expenditure against no tariffs [bn USD/month], shape (..., n).

    tariffs[..., j, i] is what i puts on j [share].
    """
    after = equilibrium(world.shares, world.income, world.elasticity, tariffs)
    return np.expm1(after.log_welfare) * world.income / 12.0


def border_value(imports: float, at: float, elasticity: float, tariff: Array) -> Array:
    """Imports before duty under tariffs [bn USD/month].

    `imports` [bn USD/month] were observed under the tariff `at`, to which they had adjusted; `elasticity` is
    of the value at the border. Tariffs are shares, any shape.
    """
    return imports * ((1.0 + tariff) / (1.0 + at)) ** -elasticity
