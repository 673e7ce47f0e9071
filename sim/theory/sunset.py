"""A truce with a last day: how sure of renewal a government must be to keep it until then.

Derived for this project. A truce runs for m periods of reward R and then is renewed with a
chance p that the government believes in; if not, or if anybody breaks it, there is war, P a
period, for ever. Breaking pays T once. With R = 0 the truce on its last day is worth

    V = (1 - p) P / [(1 - d) (1 - p d^m)]

and with n periods left holding beats breaking if d^n V >= T + d P / (1 - d). That is hardest
at n = 1, which gives the belief p* below.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.theory.admissible import Array, discounts, lengths, positive, probabilities, together


def renewal_threshold(
    temptation_ratio: ArrayLike, discount: ArrayLike, length: ArrayLike, horizon: ArrayLike | None = None
) -> Array:
    """The least belief in renewal with which a truce is kept to its last day.

    p* = r (1 - d) / (d - d^m k) with k = d - r (1 - d). The truce of two governments who know
    each other's beliefs holds if each one's belief reaches its own p*; otherwise it unravels
    from its first day. A longer truce needs less belief. Where the dispute ends by itself with a
    constant hazard 1 / H a period, d e^(-1 / H) stands in for d.

    `temptation_ratio` is r = (T - R) / (R - P), above 0; `discount` d a period's [0 to below 1]; `length` m
    the periods from one renewal to the next, whole and at least 1; `horizon` H the mean time for which
    payoffs are counted [periods], for ever if None. Beliefs come in the common shape: infinity where k < 0,
    when not even certain renewal keeps the truce (grim trigger's condition fails).

    >>> float(renewal_threshold(1.5, 0.99, 12).round(6))
    0.119261
    """
    survival = 1.0 if horizon is None else np.exp(-1.0 / positive("horizon", horizon))
    r, d, m = together(
        temptation_ratio=positive("temptation_ratio", temptation_ratio),
        discount=discounts(discount) * survival,
        length=lengths("length", length),
    )
    gain = d - r * (1.0 - d)
    possible = gain >= 0.0
    belief = r * (1.0 - d) / np.where(possible, d - d**m * gain, 1.0)
    return np.where(possible, belief, np.inf)[()]


def breaking_window(
    renewal_belief: ArrayLike, temptation_ratio: ArrayLike, discount: ArrayLike, length: ArrayLike
) -> NDArray[np.int_]:
    """In how many of the last periods a government would break a truce that the other keeps.

    With private beliefs nobody sees the other's window, and each breaks only in its own. Zero
    says that it keeps the truce to the last day, `length` that it breaks it on the first.

    `renewal_belief` is p, the chance that the truce is renewed at its end [0 to 1]; the rest is as of
    `renewal_threshold`. Whole numbers of periods come in the common shape.

    >>> int(breaking_window(0.02, 1.5, 0.99, 12))
    2
    """
    p, r, d, m = together(
        renewal_belief=probabilities("renewal_belief", renewal_belief),
        temptation_ratio=positive("temptation_ratio", temptation_ratio),
        discount=discounts(discount),
        length=lengths("length", length),
    )
    periods_left = np.arange(1, int(m.max(initial=1.0)) + 1)
    at_the_end = (1.0 - p) / ((1.0 - d) * (1.0 - p * d**m))
    breaking = r - d / (1.0 - d)
    breaks = d[..., None] ** periods_left * -at_the_end[..., None] < breaking[..., None]
    return np.asarray(np.sum(breaks & (periods_left <= m[..., None]), axis=-1))[()]
