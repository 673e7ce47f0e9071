"""The parameters that make the recorded moves likeliest, their errors, and which cannot be identified.

The maximum of likelihood times prior from several starts by L-BFGS-B (Byrd et al. 1995) of SciPy;
errors from the curvature there (Laplace's approximation). A fit is stored, in the form of
`sim/reports/templates/fit.toml`, with a stamp of all that it rests on.
"""

import hashlib
import json
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.optimize import minimize

from sim.domain.errors import EvidenceError
from sim.estimation.likelihood import Model, log_likelihood, penalty
from sim.estimation.priors import FitConfig
from sim.estimation.replay import WORLD, Rounds
from sim.record.coding import CodedMonth
from sim.record.events import Record
from sim.record.months import last_day
from sim.record.tariffs import TariffStep
from sim.scenarios.load import LARGEST, read_text, toml_of
from sim.statistics.arrays import Array

THREADS = 2
FAR = 4.0  # prior widths from the centre at which the search ends
STEP = 1e-4  # prior widths of a difference for the slope
CLOSE = 1e-7  # relative gain of a step at which the search ends
CURVE = 3e-2  # and for the curvature
CORRELATED = 0.95  # correlation from which two parameters are not separately identified
UNINFORMED = 0.9  # of the prior's width: an error from which the record says nothing

SHIPPED: Final = Path(__file__).with_name("fitted.toml")  # to all that is recorded
JUDGED: Final = Path(__file__).with_name("fitted_to_2024.toml")  # to the months before those that judge it


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


class StoredFit(NamedTuple):
    """A fit read from a file."""

    stamp: str  # digest of all it rests on, see `stamp_of`
    fitted: FitResult  # the fit


def stamp_of(
    config: FitConfig, record: Record, steps: Sequence[TariffStep], coded: Sequence[CodedMonth], train: range
) -> str:
    """A digest of what a fit rests on: priors, starts, seed, world, and the record to the last training day.

    Severity, dates, moves and suspensions count; sources and notes do not, for nothing reads them.
    """
    last = last_day(train[-1])
    rows = [
        [e.actor, str(e.date_announced), e.instrument, e.move, e.severity, str(e.expires_on)]
        for e in record.events
        if e.date_announced <= last
    ]
    rates = [[str(s.date), s.us_avg_tariff_on_cn, s.cn_avg_tariff_on_us] for s in steps if s.date <= last]
    months = [[c.month, *c.moves] for c in coded if c.month in train]
    inputs = config.model_dump(by_alias=True, include={"regimes", "starts", "seed", "parameters"})
    world = tomllib.loads(WORLD.read_text("utf-8"))  # its numbers, not its comments
    text = json.dumps([inputs, rows, rates, months, [train[0], train[-1]], world], default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def read_fit(model: Model, path: Path = SHIPPED) -> StoredFit:
    """The fit of a file, for a model with the same parameters; raises EvidenceError if it is none."""
    document = toml_of(read_text(path, LARGEST, EvidenceError), path.name, EvidenceError)
    try:
        names = [str(p["name"]) for p in document["parameters"]]
        point = np.array([float(p["count"]) for p in document["parameters"]])
        covariance = np.array(document["covariance"], dtype=float)
        ends = tuple(float(end) for end in document["starts"])
        stored = StoredFit(
            str(document["stamp"]), FitResult(point, covariance, float(document["log_likelihood"]), ends)
        )
    except KeyError as error:
        raise EvidenceError(
            f"{path.name}: expected a file made by `snapback fit`, it has no {error}"
        ) from None
    except (TypeError, ValueError) as error:
        raise EvidenceError(f"{path.name}: expected a file made by `snapback fit`: {error}") from None
    labels = [p.label for p in model.parameters]
    if names != labels or covariance.shape != (len(labels), len(labels)):
        wrong = next((a for a, b in zip(names, labels, strict=False) if a != b), "their number")
        raise EvidenceError(f"{path.name}: expected the parameters that were chosen, they differ at {wrong}")
    return stored
