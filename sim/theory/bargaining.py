"""Bargaining over a prize: alternating offers, single offers, and threats before an audience."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from sim.theory.admissible import Array, check, lengths, numbers, positive, together

ROUNDING = 1e-12  # by which a bluff rate may come out above one


class Bluff(NamedTuple):
    """The equilibrium of the bluffing game, shape (...) each."""

    concede: Array  # chance that the target concedes to a threat
    bluff: Array  # chance that the weak type threatens
    threat: Array  # chance of a threat, of either type
    posterior: Array  # chance that who threatens is strong
    fight: Array  # chance that a threat ends in a fight


def rubinstein(discount_1: ArrayLike, discount_2: ArrayLike) -> Array:
    """Share of the first proposer, (1 - d2) / (1 - d1 d2): Rubinstein (1982, Econometrica 50(1)).

    Discount factors are of the first proposer and of the other, a round, strictly between 0 and 1.

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

    `strong` is q, the chance that the challenger is strong, above 0 and below 1; `cost` c, the extra cost of
    fighting to the target [prizes], above 0; `audience` a, the challenger's cost of backing down [prizes], at
    least 0. Raises TheoryError if an argument is out of its range, or b comes out above one.

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


def breakdown(
    risk: ArrayLike,
    threat_1: ArrayLike,
    threat_2: ArrayLike,
    discount_1: ArrayLike = 1,
    discount_2: ArrayLike = 1,
) -> Array:
    """Share of the first proposer if talks may break down after each refusal.

    Binmore, Rubinstein and Wolinsky (1986, RAND 17(2)). Each offers what the other would get by refusing,

        v1 = 1 - [p b2 + (1 - p) d2 v2],    v2 = 1 - [p b1 + (1 - p) d1 v1]

    `risk` is p, the chance that a refusal ends the talks, above 0 and at most 1; the threats b1 and b2 are
    what both then have [prizes], the discount factors d1 and d2 a round, above 0 and at most 1.
    """
    p, d1, d2 = positive("risk", risk), positive("discount_1", discount_1), positive("discount_2", discount_2)
    for name, part in (("risk", p), ("discount_1", d1), ("discount_2", d2)):
        check(name, part, part <= 1.0, "above 0 and at most 1")
    b1, b2 = numbers("threat_1", threat_1), numbers("threat_2", threat_2)
    one, other = (1.0 - p) * d1, (1.0 - p) * d2
    return (1.0 - p * b2 - other * (1.0 - p * b1)) / (1.0 - one * other)


def outside_option(discount_1: ArrayLike, discount_2: ArrayLike, option: ArrayLike) -> Array:
    """Share of the first proposer if the other may leave for an option instead of refusing.

    What one may have elsewhere matters only if it is more than what one would get here: Binmore, Shaked and
    Sutton (1989, QJE 104(4)). Discount factors are as of `rubinstein`, the option is of the other [prizes].
    """
    return 1.0 - np.maximum(numbers("option", option), 1.0 - rubinstein(discount_1, discount_2))


def deadline(discount: ArrayLike, rounds: ArrayLike) -> Array:
    """Share of the first proposer in so many rounds of alternating offers: Stahl (1972).

    The discount factor of both is a round's, strictly between 0 and 1; after the last the prize is gone.
    """
    d, n = together(discount=_discount("discount", discount), rounds=lengths("rounds", rounds))
    return (1.0 - (-d) ** n) / (1.0 + d)


def variable_threats(surplus: ArrayLike, threat_1: ArrayLike, threat_2: ArrayLike) -> Array:
    """What the first side gets if both choose what they do without a deal: Nash (1953, Econometrica 21(1)).

    `surplus` is of both together in a deal, the threats are what each has without one.
    """
    return (numbers("surplus", surplus) + numbers("threat_1", threat_1) - numbers("threat_2", threat_2)) / 2.0


def one_sided_offer(
    prize: ArrayLike, refusal: ArrayLike, low: ArrayLike, high: ArrayLike
) -> tuple[Array, Array]:
    """The best offer by who has one to make, and the chance that it is refused.

    Fearon (1995, International Organization 49(3)): the least that is accepted is uniform between
    `low` and `high`. `prize` is what there is to share, `refusal` what the proposer has if it is refused.
    """
    a, b = together(low=numbers("low", low), high=numbers("high", high))
    check("high", b, b > a, "more than low")
    offer = np.clip((numbers("prize", prize) - numbers("refusal", refusal) + a) / 2.0, a, b)
    return offer, 1.0 - (offer - a) / (b - a)


def logit_acceptance(precision: ArrayLike, gain: ArrayLike) -> Array:
    """Chance of accepting what is better than refusing by a gain: McKelvey and Palfrey (1998)."""
    return 1.0 / (1.0 + np.exp(-numbers("precision", precision) * numbers("gain", gain)))


def second_best() -> tuple[float, float, float, float]:
    """The most that two can gain who know only their own worth, uniform from 0 to 1, by any rule of play.

    Myerson and Satterthwaite (1983, JET 29(2)): without money from outside the virtual surplus 2 x - 1 adds
    up to nothing over all x = v - c above a threshold, whose density is 1 - x. Given are that threshold, the
    chance of trade, the expected gain, and its part of the gain with knowledge.
    """
    t = float(brentq(lambda t: t - 1.5 * t**2 + 2.0 * t**3 / 3.0 - 1.0 / 6.0, 0.0, 0.5, xtol=1e-14))
    gain = (1.0 - t**2) / 2.0 - (1.0 - t**3) / 3.0
    return t, (1.0 - t) ** 2 / 2.0, gain, 6.0 * gain


def _discount(name: str, values: ArrayLike) -> Array:
    """Discount factors strictly between 0 and 1."""
    discount = numbers(name, values)
    check(name, discount, (discount > 0.0) & (discount < 1.0), "above 0 and below 1")
    return discount
