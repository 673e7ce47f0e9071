"""What runs of many draws say: the probability, how far it spreads over parameters, and what moves it."""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from scipy.stats import rankdata

from sim.statistics.arrays import Array
from sim.statistics.intervals import NORMAL, significant, student_p_value


class ForecastUncertainty(NamedTuple):
    """The probability of an outcome over draws of the parameters and over luck."""

    probability: float  # mean over draws and runs
    half_width: float  # of the 95 % interval of that mean, from draws and runs together
    p10: float  # 10 % of the draws have a smaller probability
    median: float  # the median draw's probability
    p90: float  # 10 % of the draws have a larger probability
    luck: float  # part of the variance of what happens that luck makes, the rest being parameters [0 to 1]
    # the probability in every draw, shape (draws,): as found, drawn towards the mean by the part of its
    # variance that is luck of the few runs
    draws: Array


class Driver(NamedTuple):
    """A number and how the probability goes with it."""

    path: str  # of the number
    shift: float  # of the probability from the lower to the upper third of the number's draws, others alike
    half_width: float  # of the 95 % interval of the shift
    lower_mean: float  # mean of the number in the lower third, in its unit
    upper_mean: float  # mean of the number in the upper third
    beyond_luck: bool  # luck alone hardly explains it, all numbers together (Benjamini, Hochberg; 5 %)


def uncertainty_of(happened: Array, runs: int) -> ForecastUncertainty:
    """The spread of an outcome, from the share of the runs of each draw in which it happened, shape (draws,).

    The variance of the draws' shares less what the luck of `runs` runs [at least 2] makes is that of the
    parameters; the shares are drawn in so that their variance is just that (constrained empirical Bayes:
    Louis 1984, Journal of the American Statistical Association 79, section 3).
    """
    mean = float(happened.mean())
    total = mean * (1.0 - mean)
    between = float(happened.var(ddof=1)) if len(happened) > 1 else 0.0
    noise = float((happened * (1.0 - happened)).mean()) / (runs - 1)
    real = max(0.0, between - noise)
    narrowed = mean + (happened - mean) * (math.sqrt(real / between) if between > 0.0 else 0.0)
    p10, median, p90 = (float(x) for x in np.quantile(narrowed, [0.1, 0.5, 0.9]))
    half_width = NORMAL * math.sqrt(between / len(happened))
    luck = 1.0 - min(1.0, real / total) if total > 0.0 else 0.0
    return ForecastUncertainty(mean, half_width, p10, median, p90, luck, narrowed)


def drivers_of(values: Mapping[str, Array], happened: Array) -> list[Driver]:
    """The numbers by how far the probability goes with them, those beyond luck first, the largest first.

    From their values, one a draw, and the share of the runs of each draw in which the outcome happened, shape
    (draws,). Least squares of the probability on the ranks of all numbers at once (rank regression: Iman and
    Conover 1979, Technometrics 21), so that the large ones do not pass for others that happen to go with
    them. With fewer than twice as many draws as numbers, each number alone.
    """
    moving = {path: x for path, x in values.items() if x.max() > x.min()}
    count, third = len(happened), len(happened) // 3
    if not moving or third < 2 or not happened.max() > happened.min():
        return []
    ranks = np.column_stack([(rankdata(x) - 0.5 * (count + 1)) / count for x in moving.values()])
    together = count >= 2 * len(moving)
    if together:
        slopes, std_errors, free = _fitted(ranks, happened)
    else:
        alone = [_fitted(ranks[:, [k]], happened) for k in range(len(moving))]
        slopes, std_errors = (np.concatenate([one[k] for one in alone]) for k in (0, 1))
        free = count - 2
    real = significant([student_p_value(free, b, e) for b, e in zip(slopes, std_errors, strict=True)])
    drivers = []
    for k, (path, x) in enumerate(moving.items()):
        order = np.argsort(x, kind="stable")
        lower, upper = order[:third], order[-third:]
        apart = float(ranks[upper, k].mean() - ranks[lower, k].mean())
        shift, half_width = float(slopes[k]) * apart, NORMAL * float(std_errors[k]) * apart
        means = float(x[lower].mean()), float(x[upper].mean())
        drivers.append(Driver(path, shift, half_width, *means, beyond_luck=real[k]))
    return sorted(drivers, key=lambda d: (not d.beyond_luck, -abs(d.shift), d.path))


def _fitted(ranks: Array, happened: Array) -> tuple[Array, Array, int]:
    """Slopes of a linear fit, their standard errors, and the degrees of freedom that are left."""
    inputs = np.column_stack([np.ones(len(happened)), ranks])
    inverse = np.linalg.pinv(inputs.T @ inputs)
    slopes = inverse @ inputs.T @ happened
    free = len(happened) - inputs.shape[1]
    noise = float(((happened - inputs @ slopes) ** 2).sum()) / free
    std_errors = np.sqrt(np.maximum(noise * np.diag(inverse), 1e-18))
    return slopes[1:], std_errors[1:], free
