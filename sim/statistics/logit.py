"""Multinomial logistic regression with an L2 penalty: the maximum of a concave likelihood."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from sim.domain.constants import MOVES
from sim.domain.errors import EvidenceError

Array = NDArray[np.float64]

FLAT = 1e-6  # steepest slope of the penalised log losses at which they count as lowest


def logit_weights(inputs: Array, moves: NDArray[np.integer], penalty: float) -> Array:
    """Weights that make log losses plus penalty least, intercepts first, shape (1 + columns, 3).

    The sum over cases of -ln(chance of the move) plus penalty/2 times the sum of squared weights,
    the intercepts free (Hastie, Tibshirani and Friedman 2009, eq. 4.20 and 18.11).

    Args:
        inputs: what is known of each case, shape (cases, columns).
        moves: what was done, shape (cases,).
        penalty: above 0.
    """
    if not penalty > 0:
        raise EvidenceError(f"expected a penalty above 0, got {penalty:g}")
    cases = np.arange(len(moves))
    known = np.column_stack([np.ones(len(moves)), inputs])
    held = np.ones((known.shape[1], len(MOVES))) * penalty
    held[0] = 0.0
    done = np.zeros((len(moves), len(MOVES)))
    done[cases, moves] = 1.0

    def loss_and_slope(flat: Array) -> tuple[float, Array]:
        weights = flat.reshape(held.shape)
        logs = log_softmax(known @ weights, axis=1)
        loss = -logs[cases, moves].sum() + (held * weights**2).sum() / 2
        slope = known.T @ (np.exp(logs) - done) + held * weights
        return float(loss), slope.ravel()

    def curvature(flat: Array) -> Array:
        said = softmax(known @ flat.reshape(held.shape), axis=1)
        spread = said[:, :, None] * np.eye(len(MOVES)) - said[:, :, None] * said[:, None, :]
        bent = np.einsum("na,nb,nij->aibj", known, known, spread).reshape(held.size, held.size)
        return np.asarray(bent + np.diag(held.ravel()))

    found = minimize(
        loss_and_slope,
        np.zeros(held.size),
        jac=True,
        hess=curvature,
        method="trust-exact",
        options={"gtol": FLAT / 10},
    )
    steepest = float(np.abs(found.jac).max())
    if steepest > FLAT:
        raise EvidenceError(f"the logit did not converge: slope {steepest:.1e}, expected at most {FLAT:g}")
    return np.asarray(found.x.reshape(held.shape))


def logit_chances(weights: Array, inputs: Array) -> Array:
    """Chances of the three moves, shape (cases, 3)."""
    return np.asarray(softmax(weights[0] + inputs @ weights[1:], axis=1))
