"""A world of n countries: what tariffs do to everybody, best tariffs, Nash tariffs.

**Tariff tables have the exporter in the row and the importer in the column:** tariffs[j, i]
is the tariff that i puts on j, as shares[j, i] is the share of i's spending on j.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import index
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from sim.domain.errors import TheoryError
from sim.payoffs.hat_algebra import balanced_economy, equilibrium
from sim.theory.admissible import Array, check, economy, number, tariff_tables
from sim.theory.best_tariffs import best_tariff, formula_tariff, nash_tariffs

Country = int | str


@dataclass(frozen=True, eq=False)
class Changes:
    """What tariffs do to a world, against no tariffs."""

    welfare: Array  # real expenditure, revenue included [per cent], shape (..., countries).
    real_wages: Array  # wages over the price of consumption [per cent], shape (..., countries).
    wages: Array  # with the world's wage bill held constant [per cent], shape (..., countries).
    flows: Array  # trade before duty, exporters in rows [bn USD/year], shape (..., countries, countries).
    revenue: Array  # of tariffs [bn USD/year], shape (..., countries).
    shares: Array  # of spending, duty included [share], shape (..., countries, countries).


@dataclass(frozen=True, eq=False, init=False)
class ArmingtonWorld:
    """A world without tariffs, given by who spends what on whom.

    Trade is balanced first: numbers that leave a country a surplus are moved to the balanced
    world of the same elasticity, as is usual (Ossa 2014, AER 104(12)); `shares` and `income`
    then hold that world and `imbalance` says how far the numbers given were from it.

    >>> world = ArmingtonWorld([[0.9, 0.1], [0.1, 0.9]], [100, 100], elasticity=4)
    >>> world.welfare([[0, 0.1], [0, 0]]).round(3).tolist()  # the second taxes the first
    [-0.476, 0.385]
    """

    shares: Array  # shares[j, i] is the part of i's spending that goes to j [share], columns add to one
    income: Array  # what each country earns and spends [bn USD/year], shape (countries,)
    elasticity: float  # of trade, epsilon = sigma - 1, above 0
    names: tuple[str, ...]  # of the countries; a country may then be named instead of numbered from 0
    imbalance: float = field(init=False)  # largest |exports - imports| of the numbers given [share of income]

    def __init__(
        self, shares: ArrayLike, income: ArrayLike, elasticity: float, names: Sequence[str] = ()
    ) -> None:
        spent, earned = economy(shares, income)
        e = number("elasticity", elasticity)
        if names and (len(names) != earned.size or len(set(names)) != earned.size):
            raise TheoryError(f"names must be different and as many as countries, {earned.size}.")
        balanced, paid = balanced_economy(spent, earned, e)
        values = {
            "shares": balanced,
            "income": paid,
            "elasticity": e,
            "names": tuple(names),
            "imbalance": float(np.abs(spent @ earned / earned - 1.0).max()),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)
        self.shares.setflags(write=False)
        self.income.setflags(write=False)

    def welfare(self, tariffs: ArrayLike) -> Array:
        """Changes of real expenditure against no tariffs [per cent], shape (..., countries).

        tariffs[..., j, i] is what i puts on j [share]; leading dimensions are more tables, solved together.
        """
        return self.changes(tariffs).welfare

    def changes(self, tariffs: ArrayLike) -> Changes:
        """Welfare, wages, trade and revenue under `tariffs`, so also what third countries gain."""
        table = tariff_tables(tariffs, self.income.size)
        after = equilibrium(self.shares, self.income, self.elasticity, table)
        wages = np.exp(after.log_wages)
        wages *= self.income.sum() / (wages @ self.income)[..., None]
        flows = after.paid * (wages * self.income)[..., None, :]
        return Changes(
            welfare=100.0 * np.expm1(after.log_welfare),
            real_wages=100.0 * np.expm1(after.log_wages - after.log_price),
            wages=100.0 * (wages - 1.0),
            flows=flows,
            revenue=(table * flows).sum(-2),
            shares=after.spent,
        )

    def optimal_tariff(
        self, country: Country, tariffs: ArrayLike | None = None, partners: Iterable[Country] | None = None
    ) -> float:
        """The one tariff on all `partners` that is best for `country`, to about 1e-12 [share].

        `tariffs` of everybody [share], shape (countries, countries), are none unless given, and what
        `country` puts on the partners in it is replaced; `partners` are all others unless given.
        """
        i = self.number(country)
        everybody = range(self.income.size) if partners is None else map(self.number, partners)
        others = [k for k in everybody if partners is not None or k != i]
        if not others or i in others:
            raise TheoryError(f"partners of {country!r} must be other countries, one or more.")
        return best_tariff(self.shares, self.income, self.elasticity, self._table(tariffs), i, others)

    def nash(self, countries: Iterable[Country]) -> Array:
        """Nash tariffs among `countries`, all else zero [share], shape (countries, countries).

        Each of them puts one tariff on all the others listed, the best reply to theirs.
        """
        players = list(dict.fromkeys(map(self.number, countries)))
        if len(players) < 2:
            raise TheoryError("Nash tariffs need two different countries or more.")
        return nash_tariffs(self.shares, self.income, self.elasticity, players)

    def formula_tariff(self, country: Country, tariffs: ArrayLike) -> float:
        """Best tariff of `country` by Lashkaripour (2021, JIE, eq. 13) at `tariffs` [share].

        Evaluated in the equilibrium under `tariffs`, own tariff included; two countries' best
        tariff is its fixed point. The other countries' tariffs must be the same on all.
        """
        i, table = self.number(country), self._table(tariffs)
        own = np.eye(self.income.size, dtype=bool)
        others = np.where(own, -np.inf, table).max(0)
        same = own | (table == others) | (np.arange(others.size) == i)
        check("tariffs", table, same, "the same on all partners of its importer")
        after = self.changes(table)
        return formula_tariff(after.shares, after.flows, self.elasticity, others, i)

    def _table(self, tariffs: ArrayLike | None) -> Array:
        """One table of tariffs, zero unless given."""
        n = self.income.size
        table = tariff_tables(np.zeros((n, n)) if tariffs is None else tariffs, n)
        if table.ndim != 2:
            raise TheoryError(f"tariffs must be one table of shape ({n}, {n}) here, not {table.shape}.")
        return table

    def number(self, country: Country) -> int:
        """The number from 0 of a country given by number or name."""
        if country in self.names:
            return self.names.index(str(country))
        if not isinstance(country, SupportsIndex) or not 0 <= index(country) < self.income.size:
            names = ", ".join(self.names) or f"numbers 0 to {self.income.size - 1}"
            raise TheoryError(f"There is no country {country!r}; there are {names}.")
        return index(country)
