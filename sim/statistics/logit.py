"""Logits with an L2 penalty, conditional and multinomial: the maximum of a concave likelihood."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from sim.domain.constants import MOVES
from sim.domain.errors import EvidenceError
from sim.statistics.arrays import Array

FLAT = 1e-8  # steepest slope of the penalised log losses, a case, at which they count as lowest


class LogitFit(NamedTuple):
    """Where the likelihood of a logit is greatest."""

    weights: Array  # shape (weights,)
    curvature: Array  # of log losses and penalty there, shape (weights, weights)
    scores: Array  # slope of each case's log likelihood there, shape (cases, weights)


def fit_logit(base: Array, design: Array, moves: NDArray[np.integer], penalties: Array) -> LogitFit:
    """The fit of P = softmax(base + design @ weights): log losses plus penalties/2 times squared weights.

    `base`, shape (cases, options), are logarithms of what the weights tilt, `design`, shape (cases, options,
    weights), what each weight adds, `moves`, shape (cases,), what was done.
    """
    cases = np.arange(len(moves))

    def deviations(p: Array) -> Array:
        """How far each option's row lies from the mean one."""
        return np.asarray(design - np.einsum("nk,nkw->nw", p, design)[:, None, :])

    def loss_and_slope(weights: Array) -> tuple[float, Array]:
        logs = log_softmax(base + design @ weights, axis=1)
        loss = (penalties * weights**2).sum() / 2 - logs[cases, moves].sum()
        return float(loss), penalties * weights - deviations(np.exp(logs))[cases, moves].sum(axis=0)

    def curvature(weights: Array) -> Array:
        p = softmax(base + design @ weights, axis=1)
        rows = deviations(p)
        return np.asarray(np.einsum("nk,nkv,nkw->vw", p, rows, rows) + np.diag(penalties))

    start, flat = np.zeros(design.shape[2]), FLAT * len(moves)
    how = {"jac": True, "hess": curvature, "method": "trust-exact", "options": {"gtol": flat / 10}}
    best = minimize(loss_and_slope, start, **how)
    steepest = float(np.abs(best.jac).max())
    if steepest > flat:
        raise EvidenceError(f"the logit did not converge: slope {steepest:.1e}, expected at most {flat:g}")
    scores = deviations(softmax(base + design @ best.x, axis=1))[cases, moves]
    return LogitFit(best.x, curvature(best.x), scores)


def logit_weights(inputs: Array, moves: NDArray[np.integer], penalty: float) -> Array:
    """Weights of a multinomial logit, intercepts first, shape (1 + columns, 3).

    The intercepts are free (Hastie, Tibshirani and Friedman 2009, eq. 4.20 and 18.11). `inputs`, shape
    (cases, columns), are what is known of each case, `moves`, shape (cases,), what was done.
    """
    if not penalty > 0:
        raise EvidenceError(f"expected a penalty above 0, got {penalty:g}")
    rows = np.column_stack([np.ones(len(moves)), inputs])
    design = np.einsum("na,ki->nkai", rows, np.eye(len(MOVES))).reshape(len(moves), len(MOVES), -1)
    penalties = np.repeat([0.0, *(penalty for _ in inputs.T)], len(MOVES))
    return fit_logit(np.zeros((len(moves), len(MOVES))), design, moves, penalties).weights.reshape(-1, 3)


def logit_probabilities(weights: Array, inputs: Array) -> Array:
    """Probabilities of the three moves, shape (cases, 3)."""
    return np.asarray(softmax(weights[0] + inputs @ weights[1:], axis=1))
