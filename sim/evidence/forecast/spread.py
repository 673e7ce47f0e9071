"""What runs of many draws say: the chance, how far it spreads over parameters, and what moves it."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from sim.studies.moves import beyond_luck

Array = NDArray[np.float64]
NORMAL = 1.959963984540054  # standard errors of a 95 % interval


class Spread(NamedTuple):
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
        shift: mean chance of the third of the draws in which it is largest, less that of the third in which
            it is smallest.
        error: half the 95 % interval of the shift.
        rank: Spearman's rank correlation of number and chance.
        low: mean of the number in the lower third, in its unit.
        high: mean of the number in the upper third.
        real: whether luck alone hardly explains it, all numbers taken together (Benjamini and Hochberg, 5 %).
    """

    path: str
    shift: float
    error: float
    rank: float
    low: float
    high: float
    real: bool


def spread_of(happened: Array, runs: int) -> Spread:
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
    return Spread(mean, error, low, middle, high, luck, narrowed)


def drivers_of(values: Mapping[str, Array], happened: Array) -> list[Driver]:
    """The numbers by how far the chance goes with them, the largest shift first.

    Args:
        values: of every number, one a draw.
        happened: share of the runs of each draw in which the outcome happened, shape (draws,).
    """
    count = len(happened)
    third = count // 3
    if third < 2:
        return []
    moving = {path: x for path, x in values.items() if x.max() > x.min()}
    ranks = _ranks(happened)
    found: list[tuple[str, float, float, float, float, float]] = []
    chances = []
    for path, x in moving.items():
        order = np.argsort(x, kind="stable")
        lower, upper = order[:third], order[-third:]
        shift = float(happened[upper].mean() - happened[lower].mean())
        spread = happened[upper].var(ddof=1) + happened[lower].var(ddof=1)
        rank = _correlation(_ranks(x), ranks)
        found.append(
            (
                path,
                shift,
                NORMAL * math.sqrt(spread / third),
                rank,
                float(x[lower].mean()),
                float(x[upper].mean()),
            )
        )
        chances.append(_by_luck(rank, count))
    real = beyond_luck(chances)
    drivers = [Driver(*one, real=r) for one, r in zip(found, real, strict=True)]
    return sorted(drivers, key=lambda d: (not d.real, -abs(d.shift), d.path))


def _by_luck(rank: float, count: int) -> float:
    """The chance of a rank correlation so far from none if there is none (Student's approximation)."""
    if abs(rank) >= 1.0:
        return 0.0
    return 2.0 * float(stdtr(count - 2, -abs(rank) * math.sqrt((count - 2) / (1.0 - rank * rank))))


def _ranks(values: Sequence[float] | Array) -> Array:
    from scipy.stats import rankdata

    return np.asarray(rankdata(values), dtype=float)


def _correlation(x: Array, y: Array) -> float:
    x, y = x - x.mean(), y - y.mean()
    size = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / size if size > 0.0 else 0.0
