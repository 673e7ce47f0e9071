"""Multinomial logistic regression with an L2 penalty: the maximum of a concave likelihood."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from sim.domain.constants import MOVES
from sim.domain.errors import EvidenceError
from sim.statistics.arrays import Array

FLAT = 1e-6  # steepest slope of the penalised log losses at which they count as lowest


def logit_weights(inputs: Array, moves: NDArray[np.integer], penalty: float) -> Array:
    """Weights that make log losses plus penalty least, intercepts first, shape (1 + columns, 3).

    The sum over cases of -ln(probability of the move) plus penalty/2 times the sum of squared weights, the
    intercepts free (Hastie, Tibshirani and Friedman 2009, eq. 4.20 and 18.11). `inputs`, shape (cases,
    columns), are what is known of each case, `moves`, shape (cases,), what was done; the penalty is above 0.
    """
    if not penalty > 0:
        raise EvidenceError(f"expected a penalty above 0, got {penalty:g}")
    cases = np.arange(len(moves))
    design = np.column_stack([np.ones(len(moves)), inputs])
    penalties = np.ones((design.shape[1], len(MOVES))) * penalty
    penalties[0] = 0.0
    one_hot = np.eye(len(MOVES))[moves]

    def loss_and_slope(flat: Array) -> tuple[float, Array]:
        weights = flat.reshape(penalties.shape)
        logs = log_softmax(design @ weights, axis=1)
        loss = -logs[cases, moves].sum() + (penalties * weights**2).sum() / 2
        slope = design.T @ (np.exp(logs) - one_hot) + penalties * weights
        return float(loss), slope.ravel()

    def curvature(flat: Array) -> Array:
        p = softmax(design @ flat.reshape(penalties.shape), axis=1)
        variances = p[:, :, None] * np.eye(len(MOVES)) - p[:, :, None] * p[:, None, :]
        size = penalties.size
        second = np.einsum("na,nb,nij->aibj", design, design, variances).reshape(size, size)
        return np.asarray(second + np.diag(penalties.ravel()))

    optimum = minimize(
        loss_and_slope,
        np.zeros(penalties.size),
        jac=True,
        hess=curvature,
        method="trust-exact",
        options={"gtol": FLAT / 10},
    )
    steepest = float(np.abs(optimum.jac).max())
    if steepest > FLAT:
        raise EvidenceError(f"the logit did not converge: slope {steepest:.1e}, expected at most {FLAT:g}")
    return np.asarray(optimum.x.reshape(penalties.shape))


def logit_probabilities(weights: Array, inputs: Array) -> Array:
    """Probabilities of the three moves, shape (cases, 3)."""
    return np.asarray(softmax(weights[0] + inputs @ weights[1:], axis=1))
