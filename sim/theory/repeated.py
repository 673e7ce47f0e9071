"""How patient governments must be to keep a truce in a repeated tariff game, and what they keep.

A period's payoffs are temptation T (tax alone), reward R (nobody taxes), punishment P (both
tax) and sucker's payoff S (be taxed alone), with T > R > P > S. In the linear game of level A each
country exports one good; demand is a - b p everywhere, supplies of a good differ by D, and the best
tariff D / (3 b) does not depend on the other's (Bagwell and Staiger 1990, AER 80(4), in the linear form
of `sim.payoffs.trade_linear`).
"""

import math
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.domain.errors import TheoryError
from sim.payoffs.trade_linear import exporter_welfare, importer_welfare
from sim.theory.admissible import (
    Array,
    check,
    discounts,
    lengths,
    number,
    numbers,
    positive,
    probabilities,
    together,
)

Strategy = Literal["grim", "tit_for_tat", "limited"]


class Dilemma(NamedTuple):
    """A period's payoffs, in the order that `critical_discount` takes them [any unit]."""

    temptation: float
    reward: float
    punishment: float
    sucker: float


def linear_game(difference: float = math.sqrt(72.0), slope: float = 1.0) -> Dilemma:
    """The game of no tariff or the Nash tariff between two linear economies of level A.

    The payoffs are D^2 / (72 b) times 3, 0, -2 and -5; that unit is one unless numbers are given.
    `difference` is D, that of the two countries' supplies of a good [units], `slope` b, of demand [units per
    unit of price].

    >>> [round(payoff, 9) for payoff in linear_game()]
    [3.0, 0.0, -2.0, -5.0]
    """
    imports = number("difference", difference) / 2.0
    semi_elasticity = number("slope", slope) / difference
    tariff = 1.0 / (3.0 * semi_elasticity)
    gain = importer_welfare(tariff, imports, semi_elasticity, 0.5)
    harm = exporter_welfare(tariff, imports, semi_elasticity, 0.5)
    return Dilemma(temptation=gain, reward=0.0, punishment=gain + harm, sucker=harm)


def most_cooperative_tariff(discount: ArrayLike) -> Array:
    """The lowest tariff that grim trigger keeps in the linear game [share of the Nash tariff].

    (1.5 - k) / (1.5 + k) with k = d / (1 - d), and none from d = 0.6, the critical factor of the linear game.
    More patience keeps less tariff (Dixit 1987; Bagwell and Staiger 1990). `discount` is d, a period [0 to
    below 1], any shape.
    """
    d = discounts(discount)
    k = d / (1.0 - d)
    return np.maximum(0.0, (1.5 - k) / (1.5 + k))[()]


def managed_trade(
    volumes: ArrayLike, discount: ArrayLike, *, weights: ArrayLike | None = None, b: float = 1.0
) -> Array:
    """The lowest tariffs that grim trigger keeps when trade volumes come and go at random.

    Bagwell and Staiger (1990, AER 80(4)), linear: volumes D are drawn anew each period, and in
    each the gain from breaking, (3 b / 8) (D / (3 b) - t(D))^2, may not exceed what the truce is
    worth from tomorrow on, w = d / (1 - d) E[(b / 4) ((D / (3 b))^2 - t(D)^2)]. So
    t(D) = max(0, D / (3 b) - s) with s^2 = 8 w / (3 b): a quadratic equation in s, solved exactly,
    once it is known in how many volumes s allows free trade. Protection rises when volumes do.

    `volumes` are the D that a period may bring [units], `weights` their chances, equal unless given, shape
    (volumes,) each; `discount` d is a period's [0 to below 1], any shape, `b` the slope of demand [units per
    unit of price]. Tariffs [units of price] have the shape (*discount.shape, volumes).

    >>> managed_trade([1, 2], 0.3).round(6).tolist()
    [0.111111, 0.444444]
    """
    nash = positive("volumes", volumes) / (3.0 * number("b", b))
    if nash.ndim != 1 or not nash.size:
        raise TheoryError(f"volumes must be a row of one or more, not of shape {nash.shape}.")
    w = np.full(nash.size, 1.0 / nash.size) if weights is None else probabilities("weights", weights)
    if w.shape != nash.shape or abs(w.sum() - 1.0) > 1e-9:
        raise TheoryError("weights must be one for each volume and add to one.")
    d = discounts(discount)
    worth = (2.0 / 3.0 * d / (1.0 - d))[..., None]
    tariffs = np.maximum(0.0, nash - nash[:, None])  # tariffs if s were the Nash tariff of the row
    lasting = (w * (nash**2 - tariffs**2)).sum(-1)
    free = worth * lasting >= nash**2  # s is at least that large: free trade in that volume
    settled = worth[..., 0] * (w * free * nash**2).sum(-1)
    slope = worth[..., 0] * (w * ~free * nash).sum(-1)
    square = 1.0 + worth[..., 0] * (w * ~free).sum(-1)
    s = (slope + np.sqrt(slope**2 + square * settled)) / square
    return np.where(free, 0.0, np.maximum(0.0, nash - s[..., None]))


def critical_discount(
    temptation: ArrayLike,
    reward: ArrayLike,
    punishment: ArrayLike,
    sucker: ArrayLike,
    *,
    strategy: Strategy = "grim",
    length: ArrayLike | None = None,
    lag: ArrayLike = 1,
) -> Array:
    """The discount factor a period from which a truce among equals holds.

    "grim": war for ever, `lag` periods after the breach: [(T - R) / (T - P)]^(1 / lag)
    (Friedman 1971, Review of Economic Studies 38(1), the lag as so many periods at T).
    "tit_for_tat": max{(T - R) / (T - P), (T - R) / (R - S)} (Axelrod 1984, appendix B, prop. 2).
    "limited": `length` periods of war, then truce: the root of T - R = (R - P)(d + ... + d^length).

    `temptation` T, `reward` R, `punishment` P and `sucker` S have any shape; `length` is for "limited" alone,
    whole and at least 1, `lag` for "grim" alone, above 0, and may be a part of a period. Factors come in the
    common shape, infinity where no discount factor below 1 keeps the truce.

    >>> float(critical_discount(5, 3, 1, 0, strategy="tit_for_tat").round(6))
    0.666667
    """
    if strategy not in ("grim", "tit_for_tat", "limited"):
        raise TheoryError(f'strategy must be "grim", "tit_for_tat" or "limited", not {strategy!r}.')
    if (strategy == "limited") != (length is not None):
        raise TheoryError('length must be given for strategy "limited" and for no other.')
    waits = positive("lag", lag)
    if strategy != "grim" and np.any(waits != 1.0):
        raise TheoryError('lag may differ from 1 for strategy "grim" alone.')
    t, r, p, s, n, k = together(
        temptation=numbers("temptation", temptation),
        reward=numbers("reward", reward),
        punishment=numbers("punishment", punishment),
        sucker=numbers("sucker", sucker),
        lag=waits,
        length=lengths("length", 1 if length is None else length),
    )
    check("temptation", t, t > r, "above the reward (T > R > P > S)")
    check("reward", r, r > p, "above the punishment (T > R > P > S)")
    check("punishment", p, p > s, "above the sucker's payoff (T > R > P > S)")
    if strategy == "limited":
        factor = limited_discount((t - r) / (r - p), k)
    elif strategy == "tit_for_tat":
        factor = np.maximum((t - r) / (t - p), (t - r) / (r - s))
    else:
        factor = ((t - r) / (t - p)) ** (1.0 / n)
    return np.where(factor < 1.0, factor, np.inf)[()]


def limited_discount(ratio: Array, length: Array) -> Array:
    """The root d of d + ... + d^length = ratio, or infinity where it is not below 1.

    The sum rises in d, so halving finds it.
    """
    low, high = np.zeros_like(ratio), np.ones_like(ratio)
    for _ in range(50):
        midpoint = (low + high) / 2.0
        enough = midpoint * (1.0 - midpoint**length) / (1.0 - midpoint) >= ratio
        low, high = np.where(enough, low, midpoint), np.where(enough, midpoint, high)
    return np.where(ratio < length, high, np.inf)
