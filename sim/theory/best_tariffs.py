"""Best and Nash tariffs: searches on the slope of welfare, and the closed forms that check them.

Arguments are as in `sim.payoffs.hat_algebra`; worlds of `sim.theory.armington` ask for the first.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from sim.domain.errors import ConvergenceError
from sim.payoffs.hat_algebra import welfare_slope
from sim.theory.admissible import Array, check, numbers, positive, probabilities, together

ROUNDS = 200
SETTLED = 1e-11  # largest change of a tariff in the last round of best replies [share]
DOUBLINGS = 40


def best_tariff(
    shares: Array, income: Array, elasticity: float, tariffs: Array, country: int, partners: Sequence[int]
) -> float:
    """The one tariff of `country` on all `partners` at which its welfare peaks [share].

    Raises ConvergenceError if the slope of welfare keeps its sign, as where a partner's tariff has ended
    trade and every answer is as good.
    """
    on = list(partners)

    def slope(gross: float) -> float:
        trial = tariffs.copy()
        trial[on, country] = gross - 1.0
        return welfare_slope(shares, income, elasticity, trial, country, on)

    rising = slope(1.0) > 0.0
    near = 1.0
    for doubling in range(DOUBLINGS):
        far = 1.0 + 0.25 * 2.0**doubling if rising else near / 2.0
        if (slope(far) > 0.0) != rising:
            return float(brentq(slope, near, far, xtol=1e-14, rtol=1e-14)) - 1.0
        near = far
    change = "rises" if rising else "falls"
    raise ConvergenceError(
        f"No best tariff: after {DOUBLINGS} steps out, at {near - 1.0:.3g}, welfare still {change}."
    )


def nash_tariffs(shares: Array, income: Array, elasticity: float, players: Sequence[int]) -> Array:
    """Tariffs of `players` on each other that are best replies to each other, shape (n, n) [share].

    Each player puts one tariff on all the others; best replies in turn, from no tariffs. Raises
    ConvergenceError if after 200 rounds a tariff still moves by more than 1e-11.
    """
    tariffs = np.zeros_like(shares)
    for _ in range(ROUNDS):
        before = tariffs.copy()
        for player in players:
            others = [k for k in players if k != player]
            tariffs[others, player] = best_tariff(shares, income, elasticity, tariffs, player, others)
        change = float(np.abs(tariffs - before).max())
        if change <= SETTLED:
            return tariffs
    raise ConvergenceError(
        f"Nash tariffs did not converge: after {ROUNDS} rounds of best replies a tariff still moves "
        f"by {change:.3g}, above {SETTLED:g}."
    )


def formula_tariff(spent: Array, flows: Array, elasticity: float, others: Array, country: int) -> float:
    """Best tariff by the formula of Lashkaripour (2021, JIE, eq. 13) [share].

    t = 1 / sum over partners j of c_j e [1 - (1 - d_j) l_ij], with c_j the part of the country's exports that
    goes to j, l_ij its share in j's spending, d_j = t_j l_jj / (1 + t_j l_jj). Exact for two countries,
    within about 2 % for nine. In equilibrium, `spent` are shares of spending [share], `flows` trade before
    duty [any money], shape (n, n) each; `others` are the countries' tariffs t_j, the same on all [share],
    shape (n,).
    """
    abroad = np.arange(others.size) != country
    exports = flows[country, abroad] / flows[country, abroad].sum()
    taxed_home = (others * np.diagonal(spent))[abroad]
    return float(1.0 / (exports @ (elasticity * (1.0 - spent[country, abroad] / (1.0 + taxed_home)))))


def johnson_tariff(offer_elasticity: ArrayLike) -> Array:
    """Best tariff against an offer curve of constant elasticity, 1 / (eta - 1) [share].

    Johnson (1953, Review of Economic Studies 21(2)): it does not depend on the partner's tariff, so it is the
    Nash tariff too. `offer_elasticity` is eta, the elasticity of the partner's demand for imports, above 1.

    >>> float(johnson_tariff(3))
    0.5
    """
    eta = numbers("offer_elasticity", offer_elasticity)
    check("offer_elasticity", eta, eta > 1.0, "above 1")
    return 1.0 / (eta - 1.0)


def symmetric_nash(elasticity: ArrayLike, freeness: ArrayLike) -> tuple[Array, Array]:
    """Nash tariff of two equal Armington countries, and what it does to the welfare of each.

    x = 1 + t solves x^(e+1) (e (x - 1) - 1) = f, and welfare changes by the factor
    [1 - (x-1)/x f/(x^e + f)]^-1 [(1 + f x^-e)/(1 + f)]^(1/e); derived for this project from the
    two-country case of `formula_tariff`. For f = 0 the tariff is 1 / e.

    `elasticity` is of trade, e = sigma - 1, `freeness` f = d^-e for iceberg cost d, from 0 (closed) to 1 (no
    trade cost). Tariffs [share] and welfare changes [per cent] come in the common shape.

    >>> tariff, welfare = symmetric_nash(2, 1)
    >>> f"{tariff:.8f} {welfare:.6f}"
    '0.61803399 -7.062991'
    """
    e, f = together(
        elasticity=positive("elasticity", elasticity), freeness=probabilities("freeness", freeness)
    )
    x = 1.0 + 1.0 / e
    for _ in range(100):  # the function rises and is concave: Newton climbs to its root from below
        step = (f * x ** -(e + 1.0) + 1.0 - e * (x - 1.0)) / (e + (e + 1.0) * f * x ** -(e + 2.0))
        x = x + step
        if np.all(np.abs(step) <= 4e-15 * x):
            break
    else:
        change = np.abs(step).max()
        raise ConvergenceError(f"The Nash tariff still moves by {change:.3g} after 100 iterations.")
    factor = ((1.0 + f * x**-e) / (1.0 + f)) ** (1.0 / e) / (1.0 - (x - 1.0) / x * f / (x**e + f))
    return (x - 1.0)[()], (100.0 * (factor - 1.0))[()]
