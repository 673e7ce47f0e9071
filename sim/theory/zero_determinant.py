"""Zero-determinant strategies: memory-one strategies that fix a line between the two scores.

Press and Dyson (2012, PNAS 109(26)): a strategy with (p1 - 1, p2 - 1, p3, p4) = a S_X + b S_Y + c,
S_X and S_Y its own and the other's payoffs after CC, CD, DC, DD (own action first), makes
a s_X + b s_Y + c = 0 for the scores s of the long run, whatever the other does.
"""

import numpy as np
from numpy.typing import ArrayLike

from sim.domain.errors import TheoryError
from sim.theory.admissible import Array, check, numbers
from sim.theory.memory_one import AXELROD, EXCHANGED, four_payoffs

ROUNDING = 1e-12  # by which a chance may miss [0, 1]
REPEATED = np.array([1.0, 1.0, 0.0, 0.0])  # the strategy that repeats its own action


def extortioner(chi: float, phi: float, payoffs: ArrayLike = AXELROD) -> Array:
    """The strategy that makes s_X - P = chi (s_Y - P), whatever the other does.

    p - (1, 1, 0, 0) = phi [(S_X - P) - chi (S_Y - P)] (Press and Dyson 2012, extortionate
    strategies; they count phi in units of 1 / (P - S)). With chi = 1 it is fair.

    `chi` is the own surplus over punishment per unit of the other's, at least 1, `phi` a scale above 0 whose
    largest value depends on the rest [per unit of payoff], `payoffs` after CC, CD, DC, DD: reward R, sucker
    S, temptation T, punishment P. Chances to cooperate after these have the shape (4,).

    Raises:
        TheoryError: if chi or phi is out of its range; the sentence gives the largest phi.

    >>> extortioner(3, 1 / 26).round(6).tolist()  # 11/13, 1/2, 7/26, 0
    [0.846154, 0.5, 0.269231, 0.0]
    """
    own = four_payoffs(payoffs)
    factor = numbers("chi", chi)
    check("chi", factor, (factor.ndim == 0) & (factor >= 1.0), "one number of at least 1")
    return _line((own - own[3]) - float(factor) * (own[EXCHANGED] - own[3]), phi)


def equaliser(score: float, phi: float, payoffs: ArrayLike = AXELROD) -> Array:
    """The strategy that makes the other score `score`, whatever the other does.

    p - (1, 1, 0, 0) = -phi (S_Y - score) (Press and Dyson 2012, "X unilaterally sets Y's score";
    Boerlijst, Nowak and Sigmund 1997, American Mathematical Monthly 104(4), who call it equaliser).

    `score` is the other's in the long run, from punishment to reward; the rest is as of `extortioner`.

    Raises:
        TheoryError: if score or phi is out of its range; the sentence gives the largest phi.

    >>> equaliser(2, 1 / 3).round(6).tolist()
    [0.666667, 0.0, 0.666667, 0.333333]
    """
    own = four_payoffs(payoffs)
    pinned = numbers("score", score)
    allowed = (pinned >= min(own[0], own[3])) & (pinned <= max(own[0], own[3]))
    check(
        "score",
        pinned,
        allowed & (pinned.ndim == 0),
        f"one number between punishment {own[3]:g} and reward {own[0]:g}",
    )
    return _line(float(pinned) - own[EXCHANGED], phi)


def _line(direction: Array, phi: float) -> Array:
    """The strategy (1, 1, 0, 0) + phi direction, or a TheoryError if a chance leaves [0, 1]."""
    scale = numbers("phi", phi)
    into = direction * (1.0 - 2.0 * REPEATED)  # how far each chance leaves 0 or 1, inwards if positive
    if (into < -ROUNDING * np.abs(direction).max()).any() or not into.any():
        raise TheoryError(
            f"With payoffs like these no strategy draws such a line: off by {direction.tolist()}."
        )
    largest = 1.0 / float(into.max())
    check(
        "phi",
        scale,
        (scale.ndim == 0) & (scale > 0.0) & (scale <= largest * (1.0 + ROUNDING)),
        f"one number above 0 and at most {largest:.6g}",
    )
    return np.clip(REPEATED + float(scale) * direction, 0.0, 1.0)
