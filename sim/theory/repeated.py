"""How patient governments must be to keep a truce in a repeated tariff game, and what they keep.

A period's payoffs are temptation T (tax alone), reward R (nobody taxes), punishment P (both
tax) and sucker's payoff S (be taxed alone), with T > R > P > S.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from sim.domain.errors import TheoryError
from sim.theory.admissible import Array, check, lengths, numbers, positive, together
from sim.theory.linear_game import Dilemma, linear_game, managed_trade, most_cooperative_tariff

__all__ = ["Dilemma", "critical_discount", "linear_game", "managed_trade", "most_cooperative_tariff"]

Strategy = Literal["grim", "tit_for_tat", "limited"]


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

    Args:
        temptation: T, any shape; `reward` R, `punishment` P and `sucker` S alike.
        reward: R.
        punishment: P.
        sucker: S.
        strategy: how a breach is answered.
        length: periods of punishment, for "limited" alone, whole and at least 1.
        lag: periods until the answer, for "grim" alone, above 0; a part of a period may be given.

    Returns:
        Factors in the common shape; infinity where no discount factor below 1 keeps the truce.

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
