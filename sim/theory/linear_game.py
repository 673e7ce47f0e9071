"""The tariff game of two linear economies (level A), once and repeated.

Each country exports one good; demand is a - b p everywhere, supplies of a good differ by D.
Alone, a country's best tariff is D / (3 b), whatever the other does: the Nash tariff.
Source: Bagwell and Staiger (1990, AER 80(4)), in the linear form of `sim.payoffs.trade_linear`.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.domain.errors import TheoryError
from sim.payoffs.trade_linear import exporter_welfare, importer_welfare
from sim.theory.admissible import Array, discounts, number, positive, probabilities


class Dilemma(NamedTuple):
    """A period's payoffs, in the order that `critical_discount` takes them [any unit]."""

    temptation: float
    reward: float
    punishment: float
    sucker: float


def linear_game(difference: float = math.sqrt(72.0), slope: float = 1.0) -> Dilemma:
    """The game of no tariff or the Nash tariff between two linear economies of level A.

    The payoffs are D^2 / (72 b) times 3, 0, -2 and -5; that unit is one unless numbers are given.

    Args:
        difference: D, difference of the two countries' supplies of a good [units].
        slope: b, of demand [units per unit of price].

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

    (1.5 - k) / (1.5 + k) with k = d / (1 - d), and none from d = 0.6, the critical factor of the
    linear game. More patience keeps less tariff (Dixit 1987; Bagwell and Staiger 1990).

    Args:
        discount: d, a period [0 to below 1], any shape.
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

    Args:
        volumes: D, that a period may bring [units], shape (volumes,).
        discount: d, a period [0 to below 1], any shape.
        weights: chances of the volumes [0 to 1], shape (volumes,), equal unless given.
        b: slope of demand [units per unit of price].

    Returns:
        Tariffs [units of price], shape (*discount.shape, volumes).

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
