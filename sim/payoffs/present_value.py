"""The value today of what is to come, for a government that may stop counting on any day.

Nobody knows how long a dispute matters. With a constant hazard 1/H a month that it ends, whose mean is
the horizon H, and a discount factor d, a dollar in t months is worth e^(-rt) today with

    r = -ln d + 1 / H

(Yaari 1965, REStud 32(2); Blanchard 1985, JPE 93(2)). So nothing has a cliff: what begins later is
worth less, by the same factor whatever it is, and everything after any date has a value in closed form.
"""

import math
from typing import Final, NamedTuple

HEEDLESS: Final = 1e6  # [per month] a rate at which nothing to come counts


class Discounting(NamedTuple):
    """What a lasting effect of 1 a month that begins today is worth [months]."""

    rate: float  # r [per month]
    whole: float  # if all of it is there from the beginning
    late: float  # if it builds up as trade adjusts


def discounting(discount: float, horizon: float, inertia: float) -> Discounting:
    """How a government discounts.

    `late` is the integral of e^(-rt) (1 - inertia^t): the part of an effect that builds up as trade
    closes the gap to a new tariff, to first order in it.

    Args:
        discount: d, monthly discount factor [0 to 1].
        horizon: H, mean time for which payoffs are counted [months].
        inertia: part of a gap that trade leaves open after a month [0 to 1].

    Returns:
        Nothing counts at a discount factor or a horizon of 0.
    """
    if discount <= 0.0 or horizon <= 0.0:
        return Discounting(HEEDLESS, 0.0, 0.0)
    rate = min(HEEDLESS, -math.log(discount) + 1.0 / horizon)
    whole = 1.0 / rate
    if inertia <= 0.0:
        return Discounting(rate, whole, whole)
    return Discounting(rate, whole, whole - 1.0 / (rate - math.log(inertia)))


def delayed(rate: float, months: float) -> float:
    """What a dollar in some months is worth today: e^(-rt) [share].

    Args:
        rate: of `discounting` [per month].
        months: from today; below 0 as at once [months].
    """
    return math.exp(-rate * max(0.0, months))
