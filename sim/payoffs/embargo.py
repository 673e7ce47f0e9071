"""The course of an embargo: how much is missing, when a stock runs out, what is lost from then on.

Detours and substitution open by and by, so the missing share of use is a sum of exponentials,

    u(t) = s c [(1 - F) + F e^(-t/a)] [(1 - Q) + Q e^(-t/b)]

with F the detours in the end, a their time constant, Q and b those of substitution (economics 1.2).
A stock S is empty at the t0 with the integral of u from 0 to t0 equal to S.
"""

import math
from typing import NamedTuple

FOR_EVER = 1e12  # [months] longer than any horizon
STEPS = 40  # at most; less than ten are needed


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


class EmbargoStage(NamedTuple):
    """Where an embargo has come to."""

    missing: float  # of use [share]
    used: float  # what has been missing so far [months of use]
    easing: float  # by which `missing` falls [share a month]
    detour: float  # what is left of the parts of `Course` that fade [0 to 1]
    substitute: float


def stage_after(c: Course, months: float) -> EmbargoStage:
    """Where an embargo has come to after some months."""
    detour = math.exp(-c.detour_rate * months)
    substitute = math.exp(-c.substitute_rate * months)
    rate = c.detour_rate + c.substitute_rate
    one, other, both = c.detour * detour, c.substitute * substitute, c.both * detour * substitute
    used = c.lasting * months + (c.detour - one) / c.detour_rate
    used += (c.substitute - other) / c.substitute_rate + (c.both - both) / rate
    easing = one * c.detour_rate + other * c.substitute_rate + both * rate
    return EmbargoStage(c.lasting + one + other + both, used, easing, detour, substitute)


def months_covered(c: Course, stock: float) -> float:
    """Months until a stock [months of use] is empty; infinite if it lasts for ever.

    By Halley's method, by Newton's where the former would go too far: what is missing becomes less and
    less, so from below Newton's never goes beyond the end.
    """
    if c.lasting <= 0.0:
        ever = c.detour / c.detour_rate + c.substitute / c.substitute_rate
        if ever + c.both / (c.detour_rate + c.substitute_rate) <= stock:
            return math.inf
    months = stock / (c.lasting + c.detour + c.substitute + c.both)
    for _ in range(STEPS):
        if months > FOR_EVER:
            return math.inf
        at = stage_after(c, months)
        remaining = stock - at.used
        if abs(remaining) <= 1e-9:
            break
        newton = remaining / at.missing
        bend = 0.5 * newton * at.easing / at.missing
        months += newton / (1.0 - bend) if bend < 0.5 else newton
    return months


def embargo_loss(c: Course, annual_loss: float, share: float, stock: float, rate: float) -> float:
    """Loss from a lasting embargo that begins today [bn USD].

    Args:
        c: its course.
        annual_loss: if all supply from the supplier is cut and stocks are out [bn USD/year].
        share: of use that comes from the supplier [share].
        stock: [months of use].
        rate: at which what is to come is discounted (`sim.payoffs.present_value`) [per month].
    """
    if share <= 0.0:
        return 0.0
    empty = months_covered(c, stock)
    if empty == math.inf:
        return 0.0
    at = stage_after(c, empty)
    months = c.lasting / rate
    months += c.detour * at.detour / (rate + c.detour_rate)
    months += c.substitute * at.substitute / (rate + c.substitute_rate)
    months += c.both * at.detour * at.substitute / (rate + c.detour_rate + c.substitute_rate)
    return annual_loss / 12.0 * months * math.exp(-rate * empty) / share
