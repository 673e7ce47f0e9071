"""How tables are made before a run: exact at some tariffs, a polynomial between them."""

import numpy as np
from numpy.polynomial import chebyshev

from sim.payoffs.hat_algebra import Array

NODES = 16  # in each of two tariffs at which an equilibrium is solved


def points(highest: float, grid: float) -> Array:
    """The grid points from 0 to the first beyond a highest tariff [share]."""
    tariffs: Array = np.asarray(np.arange(int(highest / grid) + 2) * grid, dtype=np.float64)
    return tariffs


def nodes(highest: float) -> Array:
    """The tariffs at which a function is solved exactly: Chebyshev's, from 0 to `highest` [share]."""
    return (chebyshev.chebpts2(NODES) + 1.0) * highest / 2.0


def between(values: Array, own: Array, other: Array) -> Array:
    """Values on a grid from the values at the nodes, by the polynomial through them.

    For functions as smooth as welfare in tariffs the error falls geometrically with the number of nodes
    (Trefethen 2013, Approximation Theory and Approximation Practice, theorem 8.2). `values` at the nodes of
    the two tariffs have the shape (..., NODES, NODES), the result (..., len(own), len(other)); the last grid
    point of a tariff is the highest node [share].
    """
    basis = np.linalg.inv(chebyshev.chebvander(chebyshev.chebpts2(NODES), NODES - 1))
    first, second = (chebyshev.chebvander(2.0 * x / x[-1] - 1.0, NODES - 1) @ basis for x in (own, other))
    values_on_grid: Array = first @ values @ second.T
    return values_on_grid
