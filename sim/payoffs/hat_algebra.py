"""Equilibrium of an Armington world after tariffs, in changes from its base (exact hat algebra).

Dekle, Eaton and Kortum (2007, AER 97(2)) with tariffs and their revenue, as in Lashkaripour
(2021, JIE): with l[j, i] the share of i's spending on j at no tariffs, w^ the changes of wages,
t[j, i] the tariff that i puts on j and e the trade elasticity,

    D_i = sum_j l_ji (w^_j (1 + t_ji))^-e         l'_ji = l_ji (w^_j (1 + t_ji))^-e / D_i
    Y'_i = w^_i Y_i / sum_j l'_ji / (1 + t_ji)    w^_i Y_i = sum_n l'_in Y'_n / (1 + t_in)
    W^_i = (Y'_i / Y_i) D_i^(1/e)

Substituting Y' leaves wages alone: country n pays i the part m_in of its wage income, where
m_ji is proportional to l_ji (1 + t_ji)^-(e + 1) w^_j^-e and sums to one over exporters j.
Balance of exports and imports is solved by Newton's method in the logs of wages. The residual
is log(exports / imports), which stays exact when tariffs choke trade off. Every country's
residual rises in the others' wages and falls in its own (gross substitutes), with rows that add
to zero, so the matrix of each step is regular in a connected world.

Everywhere rows are exporters and columns importers, and leading dimensions are more worlds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.domain.errors import ConvergenceError

Array = NDArray[np.float64]

TOLERANCE = 1e-12  # largest |log(exports / imports)| of a country
ITERATIONS = 200


@dataclass(frozen=True, eq=False)
class TradeEquilibrium:
    """What the equations above give; n countries, any leading dimensions."""

    log_wages: Array  # log changes of wages, the last country's is zero, shape (..., n).
    paid: Array  # parts m of the importer's wage income paid to exporters before duty, shape (..., n, n).
    spent: Array  # parts l' of the importer's expenditure, duty included, shape (..., n, n).
    log_welfare: Array  # log changes of real expenditure, shape (..., n).
    log_price: Array  # log changes of the price of consumption, shape (..., n).


def equilibrium(shares: Array, income: Array, elasticity: float, tariffs: Array) -> TradeEquilibrium:
    """The world of `shares` [share] and wage `income` under `tariffs` [share], shape (..., n, n)."""
    gross = 1.0 + tariffs
    with np.errstate(all="ignore"):  # what overflows does not converge, and is told so
        attraction = shares * gross ** (-elasticity - 1.0)
    log_wages = balanced_log_wages(attraction, income, elasticity)
    dear = attraction * gross * np.exp(-elasticity * log_wages)[..., :, None]
    price_term = dear.sum(-2)
    paid = dear / gross
    paid_sum = paid.sum(-2)
    log_price = -np.log(price_term) / elasticity
    return TradeEquilibrium(
        log_wages=log_wages,
        paid=paid / paid_sum[..., None, :],
        spent=dear / price_term[..., None, :],
        log_welfare=log_wages + np.log(price_term) - np.log(paid_sum) - log_price,
        log_price=log_price,
    )


def balanced_economy(shares: Array, income: Array, elasticity: float) -> tuple[Array, Array]:
    """Shares and incomes of the world of the same elasticity whose trade is balanced.

    shares[j, i] is the part of i's spending that goes to j [share], shape (n, n), `income` before balancing
    [any money], shape (n,); the world's sum is kept.
    """
    wages = np.exp(balanced_log_wages(shares, income, elasticity))
    balanced = shares * wages[:, None] ** -elasticity
    paid = income * wages
    return balanced / balanced.sum(0), paid * income.sum() / paid.sum()


def balanced_log_wages(attraction: Array, income: Array, elasticity: float) -> Array:
    """Log wages at which each country's exports equal its imports, the last one's zero.

    `attraction` is the weight of each exporter for each importer at equal wages, shape (..., n, n), `income`
    wage income at wages of one [any money], shape (n,). Raises ConvergenceError if exports and imports still
    differ by more than 1e-12 of themselves.
    """
    log_wages = np.zeros(attraction.shape[:-1])
    for iteration in range(ITERATIONS):
        with np.errstate(all="ignore"):
            paid = attraction * np.exp(-elasticity * log_wages)[..., :, None]
            paid /= paid.sum(-2)[..., None, :]
            gap, slopes = trade_gap(paid, income * np.exp(log_wages), elasticity)
        off = np.abs(gap).max(-1)
        if not off.size or off.max() <= TOLERANCE:
            return log_wages - log_wages[..., -1:]
        if not np.isfinite(off).all():
            break
        try:
            step = np.linalg.solve(slopes[..., :-1, :-1], -gap[..., :-1, None])[..., 0]
        except np.linalg.LinAlgError:
            break
        step = np.concatenate([step, np.zeros_like(step[..., :1])], axis=-1)
        step -= (step.max(-1, keepdims=True) + step.min(-1, keepdims=True)) / 2.0
        longest = 1.0 / (1.0 + iteration / 20.0)
        shrink = longest / np.maximum(np.abs(step).max(-1), longest)
        log_wages += np.where(off > TOLERANCE, shrink, 0.0)[..., None] * step
    raise ConvergenceError(
        f"Wages did not converge: after {iteration + 1} iterations exports and imports of a country "
        f"still differ by a log ratio of {off.max():.3g}, above {TOLERANCE:g}."
    )


def trade_gap(paid: Array, wages: Array, elasticity: float) -> tuple[Array, Array]:
    """Log(exports / imports) of every country, and its slopes in the log wages.

    From the parts m paid, shape (..., n, n), and wage incomes [any money], shape (..., n): gaps of shape
    (..., n), slopes of shape (..., n, n) with a row a gap and a column a wage.
    """
    flows = paid * wages[..., None, :]
    diagonal = np.arange(wages.shape[-1])
    own = flows[..., diagonal, diagonal]
    abroad = flows.copy()
    abroad[..., diagonal, diagonal] = 0.0
    exports, imports = abroad.sum(-1), abroad.sum(-2)
    turned = np.swapaxes(paid, -1, -2)
    slopes = (elasticity * (abroad @ turned) + abroad) / exports[..., None]
    slopes += elasticity * (own / imports)[..., None] * turned
    slopes[..., diagonal, diagonal] = 0.0
    slopes[..., diagonal, diagonal] = -slopes.sum(-1)
    return np.log(exports) - np.log(imports), slopes


def welfare_slope(
    shares: Array, income: Array, elasticity: float, tariffs: Array, country: int, partners: Sequence[int]
) -> float:
    """Slope of `country`'s log welfare in one tariff that it puts on all `partners`.

    By the implicit function theorem on the equations of this page; needs one solve. Shares, shape (n, n), and
    income [any money], shape (n,), are those at no tariffs; the slope is taken at `tariffs` [share], shape
    (n, n).
    """
    at = equilibrium(shares, income, elasticity, tariffs)
    paid, spent = at.paid[:, country], at.spent[:, country]
    weights = np.zeros(income.size)
    weights[list(partners)] = (1.0 + elasticity) / (1.0 + tariffs[list(partners), country])
    direct = weights @ (paid - spent)
    wages = income * np.exp(at.log_wages)
    _, slopes = trade_gap(at.paid, wages, elasticity)
    shift = paid * wages[country] * (weights @ paid - weights)  # of what `country` pays each
    shift[country] = 0.0
    abroad = at.paid * wages
    np.fill_diagonal(abroad, 0.0)
    relative_shift = shift / abroad.sum(1)
    relative_shift[country] = -shift.sum() / abroad[:, country].sum()
    by_wages = elasticity * paid - (1.0 + elasticity) * spent
    by_wages[country] = 0.0
    by_wages[country] = -by_wages.sum()  # all wages together change nothing
    answer = np.linalg.solve(slopes[:-1, :-1], -relative_shift[:-1])
    return float(direct + by_wages[:-1] @ answer)
