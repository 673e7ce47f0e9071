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
    if discount >= 1.0:
        return end - begin
    rate = -math.log(discount)
    return math.exp(-rate * begin) * -math.expm1(-rate * (end - begin)) / rate
