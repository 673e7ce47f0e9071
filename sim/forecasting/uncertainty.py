"""What runs of many draws say: the chance, how far it spreads over parameters, and what moves it."""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from sim.statistics.paired import significant

Array = NDArray[np.float64]
NORMAL = 1.959963984540054  # standard errors of a 95 % interval


class ForecastUncertainty(NamedTuple):
    """The chance of an outcome over draws of the parameters and over luck.

    Attributes:
        chance: mean over draws and runs.
        error: half the 95 % interval of that mean, from draws and runs together.
        low: 10 % of the draws have a smaller chance.
        middle: the median draw's chance.
        high: 10 % of the draws have a larger chance.
        luck: part of the variance of what happens that luck makes, the rest being parameters [0 to 1].
        draws: the chance in every draw, shape (draws,): as found, drawn towards the mean by the part of
            its variance that is luck of the few runs.
    """

    chance: float
    error: float
    low: float
    middle: float
    high: float
    luck: float
    draws: Array


class Driver(NamedTuple):
    """A number and how the chance goes with it.

    Attributes:
        path: of the number.
        shift: of the chance from the lower to the upper third of the number's draws, all others alike.
        error: half the 95 % interval of the shift.
        low: mean of the number in the lower third, in its unit.
        high: mean of the number in the upper third.
        real: whether luck alone hardly explains it, all numbers taken together (Benjamini and Hochberg, 5 %).
    """

    path: str
    shift: float
    error: float
    low: float
    high: float
    real: bool


def uncertainty_of(happened: Array, runs: int) -> ForecastUncertainty:
    """The spread of an outcome.

    The variance of the draws' shares less what the luck of `runs` runs makes is that of the parameters;
    the shares are drawn in so that their variance is just that (constrained empirical Bayes: Louis 1984,
    Journal of the American Statistical Association 79, section 3).

    Args:
        happened: share of the runs of each draw in which it happened, shape (draws,).
        runs: of each draw [at least 2].
    """
    mean = float(happened.mean())
    total = mean * (1.0 - mean)
    between = float(happened.var(ddof=1)) if len(happened) > 1 else 0.0
    noise = float((happened * (1.0 - happened)).mean()) / (runs - 1)
    real = max(0.0, between - noise)
    narrowed = mean + (happened - mean) * (math.sqrt(real / between) if between > 0.0 else 0.0)
    low, middle, high = (float(x) for x in np.quantile(narrowed, [0.1, 0.5, 0.9]))
    error = NORMAL * math.sqrt(between / len(happened))
    luck = 1.0 - min(1.0, real / total) if total > 0.0 else 0.0
    return ForecastUncertainty(mean, error, low, middle, high, luck, narrowed)


def drivers_of(values: Mapping[str, Array], happened: Array) -> list[Driver]:
    """The numbers by how far the chance goes with them, those beyond luck first, the largest first.

    Least squares of the chance on the ranks of all numbers at once (rank regression: Iman and Conover 1979,
    Technometrics 21), so that the large ones do not pass for others that happen to go with them. With fewer
    than twice as many draws as numbers, each number alone.

    Args:
        values: of every number, one a draw.
        happened: share of the runs of each draw in which the outcome happened, shape (draws,).
    """
    moving = {path: x for path, x in values.items() if x.max() > x.min()}
    count, third = len(happened), len(happened) // 3
    if not moving or third < 2 or not happened.max() > happened.min():
        return []
    ranks = np.column_stack([(_ranks(x) - 0.5 * (count + 1)) / count for x in moving.values()])
    together = count >= 2 * len(moving)
    if together:
        slopes, errors, free = _fitted(ranks, happened)
    else:
        alone = [_fitted(ranks[:, [k]], happened) for k in range(len(moving))]
        slopes, errors = (np.concatenate([one[k] for one in alone]) for k in (0, 1))
        free = count - 2
    real = significant([2.0 * float(stdtr(free, -abs(b / e))) for b, e in zip(slopes, errors, strict=True)])
    found = []
    for k, (path, x) in enumerate(moving.items()):
        order = np.argsort(x, kind="stable")
        low, high = order[:third], order[-third:]
        apart = float(ranks[high, k].mean() - ranks[low, k].mean())
        shift, error = float(slopes[k]) * apart, NORMAL * float(errors[k]) * apart
        found.append(Driver(path, shift, error, float(x[low].mean()), float(x[high].mean()), real[k]))
    return sorted(found, key=lambda d: (not d.real, -abs(d.shift), d.path))


def _fitted(ranks: Array, happened: Array) -> tuple[Array, Array, int]:
    """Slopes of a linear fit, their standard errors, and the degrees of freedom that are left."""
    inputs = np.column_stack([np.ones(len(happened)), ranks])
    inverse = np.linalg.pinv(inputs.T @ inputs)
    slopes = inverse @ inputs.T @ happened
    free = len(happened) - inputs.shape[1]
    noise = float(((happened - inputs @ slopes) ** 2).sum()) / free
    errors = np.sqrt(np.maximum(noise * np.diag(inverse), 1e-18))
    return slopes[1:], errors[1:], free


def _ranks(values: Array) -> Array:
    from scipy.stats import rankdata

    return np.asarray(rankdata(values), dtype=float)
