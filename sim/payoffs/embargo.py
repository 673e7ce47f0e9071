"""The course of an embargo: how much is missing, when a stock runs out, what is lost from then on.

Detours and substitution open by and by, so the missing share of use is a sum of exponentials,

    u(t) = s c [(1 - F) + F e^(-t/a)] [(1 - Q) + Q e^(-t/b)]

with F the detours in the end, a their time constant, Q and b those of substitution (economics 1.2).
A stock S is empty at the t0 with the integral of u from 0 to t0 equal to S.
"""

import math
from typing import NamedTuple

from sim.payoffs.present_value import discounted, rate_of

STEPS = 40  # of Newton's method at most; it comes from below and needs less than ten


class Course(NamedTuple):
    """The missing share of use: the sum of four weights [share], fading at rates [per month]."""

    lasting: float
    detour: float
    substitute: float
    both: float
    detour_rate: float
    substitute_rate: float


def course(
    withheld: float,
    diversion_limit: float,
    diversion_months: float,
    substitution_limit: float,
    substitution_months: float,
    age: float,
) -> Course:
    """The course of an embargo from today on.

    Args:
        withheld: s c, share of use that the supplier withholds [share].
        diversion_limit: F, part of it that detours replace in the end [share].
        diversion_months: a, their time constant [months].
        substitution_limit: Q, part that other materials replace in the end [share].
        substitution_months: b, their time constant [months].
        age: of the embargo today [months].
    """
    slow = 1.0 / diversion_months
    slower = 1.0 / substitution_months
    open_detour = diversion_limit * math.exp(-age * slow)
    open_substitute = substitution_limit * math.exp(-age * slower)
    return Course(
        lasting=withheld * (1.0 - diversion_limit) * (1.0 - substitution_limit),
        detour=withheld * open_detour * (1.0 - substitution_limit),
        substitute=withheld * (1.0 - diversion_limit) * open_substitute,
        both=withheld * open_detour * open_substitute,
        detour_rate=slow,
        substitute_rate=slower,
    )


def missing_at(c: Course, months: float) -> float:
    """Share of use that is missing after some months [share]."""
    detour = math.exp(-c.detour_rate * months)
    substitute = math.exp(-c.substitute_rate * months)
    return c.lasting + c.detour * detour + c.substitute * substitute + c.both * detour * substitute


def missed_by(c: Course, months: float) -> float:
    """Use that has been missing after some months [months of use]."""
    rate = c.detour_rate + c.substitute_rate
    used = c.lasting * months
    used -= c.detour * math.expm1(-c.detour_rate * months) / c.detour_rate
    used -= c.substitute * math.expm1(-c.substitute_rate * months) / c.substitute_rate
    return used - c.both * math.expm1(-rate * months) / rate


def months_covered(c: Course, stock: float, horizon: float) -> float:
    """Months until a stock [months of use] is empty; `horizon` if it lasts that long."""
    if missed_by(c, horizon) <= stock:
        return horizon
    months = 0.0
    for _ in range(STEPS):
        remaining = stock - missed_by(c, months)
        if remaining <= 1e-9:
            break
        months += remaining / missing_at(c, months)
    return months


def embargo_loss(
    c: Course, annual_loss: float, share: float, stock: float, discount: float, begin: float, horizon: float
) -> float:
    """Loss from an embargo that begins in some months, over a horizon from today [bn USD].

    Args:
        c: its course.
        annual_loss: if all supply from the supplier is cut and stocks are out [bn USD/year].
        share: of use that comes from the supplier [share].
        stock: [months of use].
        discount: a month.
        begin: of the embargo from today [months].
        horizon: from today [months].
    """
    remaining = horizon - begin
    if remaining <= 0.0 or share <= 0.0 or discount <= 0.0:
        return 0.0
    empty = months_covered(c, stock, remaining)
    if empty >= remaining:
        return 0.0
    rate = rate_of(discount)
    months = c.lasting * fading(rate, empty, remaining)
    months += c.detour * fading(rate + c.detour_rate, empty, remaining)
    months += c.substitute * fading(rate + c.substitute_rate, empty, remaining)
    months += c.both * fading(rate + c.detour_rate + c.substitute_rate, empty, remaining)
    return annual_loss / 12.0 * months / share * math.exp(-rate * begin)


def fading(rate: float, begin: float, end: float) -> float:
    """Months that a flow of 1 a month is worth today at a rate [per month], from a month to another."""
    return math.exp(-rate * begin) * discounted(rate, end - begin)
