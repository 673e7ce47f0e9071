"""Bargaining over a prize of one: alternating offers, and threats before an audience."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.theory.admissible import Array, check, numbers, positive, together

ROUNDING = 1e-12  # by which a bluff rate may come out above one


class Bluff(NamedTuple):
    """The equilibrium of the bluffing game, shape (...) each.

    Attributes:
        concede: chance that the target concedes to a threat.
        bluff: chance that the weak type threatens.
        threat: chance of a threat, of either type.
        posterior: chance that who threatens is strong.
        fight: chance that a threat ends in a fight.
    """

    concede: Array
    bluff: Array
    threat: Array
    posterior: Array
    fight: Array


def rubinstein(discount_1: ArrayLike, discount_2: ArrayLike) -> Array:
    """Share of the first proposer, (1 - d2) / (1 - d1 d2): Rubinstein (1982, Econometrica 50(1)).

    Args:
        discount_1: discount factor of the first proposer a round, strictly between 0 and 1.
        discount_2: of the other.

    >>> round(float(rubinstein(0.95, 0.9)), 6)
    0.689655
    """
    d1, d2 = together(
        discount_1=_discount("discount_1", discount_1), discount_2=_discount("discount_2", discount_2)
    )
    return (1.0 - d2) / (1.0 - d1 * d2)


def audience_bluff(strong: ArrayLike, cost: ArrayLike, audience: ArrayLike) -> Bluff:
    """Threats of a strong or weak type who pays before its audience for backing down.

    A challenger may threaten for a prize of one; the target, who does not know its type, concedes
    or resists; resisted, the strong fights and the weak backs down (two types after Fearon 1994,
    APSR 88(3), and Schultz 1998, APSR 92(4)). The strong always threatens. The weak is
    indifferent if the target concedes with r = a / (1 + a), the target if the weak threatens with
    b = q c / (1 - q):

        threat q + (1 - q) b    posterior 1 / (1 + c)    fight (1 - r) / (1 + c)

    Args:
        strong: q, chance that the challenger is strong, above 0 and below 1.
        cost: c, extra cost of fighting to the target [prizes], above 0.
        audience: a, cost of backing down to the challenger [prizes], at least 0.

    Raises:
        TheoryError: if an argument is out of its range, or b comes out above one.

    >>> bluff = audience_bluff(strong=0.2, cost=1, audience=0.5)
    >>> float(bluff.bluff), round(float(bluff.fight), 6)
    (0.25, 0.333333)
    """
    q, c, a = together(
        strong=numbers("strong", strong), cost=positive("cost", cost), audience=numbers("audience", audience)
    )
    check("strong", q, (q > 0.0) & (q < 1.0), "above 0 and below 1")
    check("audience", a, a >= 0.0, "at least 0")
    concede, bluff, posterior = a / (1.0 + a), q * c / (1.0 - q), 1.0 / (1.0 + c)
    rule = "at most 1 (strong at most 1 / (1 + cost))"
    check("bluff rate q c / (1 - q)", bluff, bluff <= 1.0 + ROUNDING, rule)
    bluff = np.minimum(bluff, 1.0)
    return Bluff(
        concede=concede,
        bluff=bluff,
        threat=q + (1.0 - q) * bluff,
        posterior=posterior,
        fight=posterior * (1.0 - concede),
    )


def _discount(name: str, values: ArrayLike) -> Array:
    """Discount factors strictly between 0 and 1."""
    discount = numbers(name, values)
    check(name, discount, (discount > 0.0) & (discount < 1.0), "above 0 and below 1")
    return discount
