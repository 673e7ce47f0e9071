"""The value today of a flow that runs for some months."""

import math


def annuity(discount: float, begin: float, end: float) -> float:
    """Months that a flow of 1 a month from `begin` to `end` is worth today.

    Continuous discounting at the monthly factor `discount`:
    (d^begin - d^end) / -ln d; the plain length at d = 1 and nothing at d = 0.

    Args:
        discount: monthly discount factor [0 to 1].
        begin: start of the flow from today [months].
        end: end of the flow from today [months].

    Returns:
        Discounted length [months], 0 if the flow would end before it begins.
    """
    if end <= begin or discount <= 0.0:
        return 0.0
    rate = rate_of(discount)
    return math.exp(-rate * begin) * discounted(rate, end - begin)


def rate_of(discount: float) -> float:
    """The rate of a monthly discount factor above 0, -ln d; none below 0 [per month]."""
    return max(0.0, -math.log(discount))


def discounted(rate: float, months: float) -> float:
    """Months that a flow of 1 a month for some months is worth at its beginning: (1 - e^(-rm)) / r."""
    if rate <= 0.0:
        return months
    return -math.expm1(-rate * months) / rate
