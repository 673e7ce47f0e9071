"""The parameters that make the recorded moves likeliest, their errors, and which cannot be identified.

The maximum of likelihood times prior from several starts by L-BFGS-B (Byrd et al. 1995) of SciPy;
errors from the curvature there (Laplace's approximation).
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize

from sim.estimation.likelihood import Model, log_likelihood, penalty
from sim.estimation.replay import Rounds
from sim.statistics.arrays import Array

THREADS = 2
FAR = 4.0  # prior widths from the centre at which the search ends
STEP = 1e-4  # prior widths of a difference for the slope
CLOSE = 1e-7  # relative gain of a step at which the search ends
CURVE = 3e-2  # and for the curvature
CORRELATED = 0.95  # correlation from which two parameters are not separately identified
UNINFORMED = 0.9  # of the prior's width: an error from which the record says nothing


class FitResult(NamedTuple):
    """What a fit gave, in prior widths from the centres."""

    point: Array  # the best, shape (parameters,)
    covariance: Array  # of the parameters there, shape (parameters, parameters)
    log_likelihood: float  # of the recorded moves there
    # minus log of likelihood times prior, up to a constant, that each start ended with
    penalties: tuple[float, ...]


def fit(
    model: Model, rounds: Rounds, starts: int, seed: int, threads: int = THREADS, counted: Array | None = None
) -> FitResult:
    """Fit the parameters to the moves of some rounds.

    The first start is the prior's centre, the others are drawn from the prior. `counted` is the weight of
    each month, all alike if not given; 0 holds a month out.
    """
    count = len(model.parameters)
    starting_points = np.random.default_rng(seed).standard_normal((starts, count))
    starting_points[0] = 0.0
    with ThreadPoolExecutor(threads) as pool:

        def each(points: Sequence[Array]) -> Array:
            return np.array(list(pool.map(lambda point: penalty(model, point, rounds, counted), points)))

        def sloped(point: Array) -> tuple[float, Array]:
            values = each([point, *(point + STEP * np.eye(count))])
            return float(values[0]), (values[1:] - values[0]) / STEP

        ends = [
            minimize(
                sloped,
                start,
                jac=True,
                method="L-BFGS-B",
                bounds=[(-FAR, FAR)] * count,
                options={"ftol": CLOSE},
            )
            for start in np.clip(starting_points, -2.0, 2.0)
        ]
        best = min(ends, key=lambda end: float(end.fun)).x
        curve = _curvature(each, best)
    return FitResult(
        best,
        _covariance(curve),
        log_likelihood(model, best, rounds, counted),
        tuple(float(end.fun) for end in ends),
    )


def _curvature(each: Any, point: Array) -> Array:
    """Second derivatives of the penalty, by differences."""
    count = len(point)
    steps = CURVE * np.eye(count)
    rows, columns = np.triu_indices(count, 1)
    values = each([point, *(point + steps), *(point - steps), *(point + steps[rows] + steps[columns])])
    here, up, down, both = values[0], *np.split(values[1:], [count, 2 * count])
    curve = np.diag((up - 2.0 * here + down) / CURVE**2)
    curve[rows, columns] = curve[columns, rows] = (both - up[rows] - up[columns] + here) / CURVE**2
    return curve


def _covariance(curve: Array) -> Array:
    """The inverse of the curvature; where it is flatter than the prior, the prior's."""
    sizes, axes = np.linalg.eigh(curve)
    return np.asarray(axes / np.maximum(sizes, 1.0) @ axes.T)


class Identification(NamedTuple):
    """What the record tells of the parameters and what it does not."""

    not_separately_identified: tuple[tuple[str, str, float], ...]  # pairs, and their correlation
    weakly_identified: tuple[str, ...]  # parameters whose error is as good as the prior's width


def identification(model: Model, fitted: FitResult) -> Identification:
    """Which parameters the record identifies, each by itself, and of which it says nothing."""
    errors = np.sqrt(np.diag(fitted.covariance))
    related = fitted.covariance / np.outer(errors, errors)
    labels = [p.label for p in model.parameters]
    places = np.argwhere(np.triu(abs(related) >= CORRELATED, 1))
    pairs = tuple((labels[i], labels[j], float(related[i, j])) for i, j in places)
    return Identification(pairs, tuple(n for n, e in zip(labels, errors, strict=True) if e >= UNINFORMED))


def draws(fitted: FitResult, count: int, seed: int) -> Array:
    """Points drawn from the fit, shape (count, parameters); more draws begin with the same ones."""
    sizes, axes = np.linalg.eigh(fitted.covariance)
    normals = np.random.default_rng(seed).standard_normal((count, len(fitted.point)))
    return np.asarray(fitted.point + normals @ (axes * np.sqrt(np.maximum(sizes, 0.0))).T)
