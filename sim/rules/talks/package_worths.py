"""What every package of an agenda is worth to one side: singles, added up where clauses do not meet.

Tariffs of the couple act together, and so do clauses on one mineral: only within such a group is every
package valued by the rules; across groups worths add up.
"""

import math

from sim.domain.constants import DAYS_PER_MONTH, EXTEND, NO_ACT, TARIFF
from sim.domain.state import World
from sim.payoffs.present_value import delayed
from sim.rules.measures import effective_level, level_after
from sim.rules.present_values import discounting_of
from sim.rules.talks.agenda import conceding_act
from sim.rules.talks.deal_worth import days_to_return, deal_worth
from sim.rules.terms.attention_term import attention, price


def package_worths(world: World, government: int, partner: int, clauses: list[int], day: int) -> list[float]:
    """What each package is worth to a government, attention for its own acts taken off [bn USD].

    They are rounded to the dollar, so that what is worth the same is equal, in whatever order it is added up.

    Args:
        world: the morning's state; nothing is planned before or after.
        government: to whom.
        partner: the other.
        clauses: measures of the agenda, k of them.
        day: today.

    Returns:
        2^k worths: package number p has the clauses whose bits are set in p; no deal, 0, is worth 0.
    """
    worths = [0.0] * (1 << len(clauses))
    groups = groups_of(world, clauses)
    first = [0] * len(clauses)  # the group of each clause
    routine = 0  # own clauses that take the attention of a decision
    for k in range(len(clauses)):
        for group in groups:
            first[k] = group if group >> k & 1 == 1 else first[k]
        own = world.measures[clauses[k]].issuer == government
        if own and conceding_act(world.measures[clauses[k]], day) != EXTEND:
            routine |= 1 << k
    for group in groups:
        package = group
        while package > 0:
            plan_package(world, clauses, package, day)
            worths[package] = deal_worth(world, government, partner, day)
            for number in clauses:
                measure = world.measures[number]
                if measure.planned != NO_ACT and measure.issuer == government:
                    worths[package] -= price(world, number, measure.planned)
            package = (package - 1) & group
    plan_package(world, clauses, 0, day)
    decision = attention(world, government, 0.0, True, False)
    highest = 0
    for package in range(1, len(worths)):
        highest += package >> (highest + 1)  # 1 once a package has the next clause
        rest = package & ~first[highest]
        if rest != 0:
            worths[package] = worths[rest] + worths[package ^ rest]
    for package in range(1, len(worths)):
        spent = decision if package & routine != 0 else 0.0
        worths[package] = to_the_dollar(worths[package] - spent)
    return worths


def to_the_dollar(worth: float) -> float:
    """A worth rounded to a billionth of a billion [bn USD]."""
    return math.floor(worth * 1e9 + 0.5) / 1e9


def home_worths(world: World, government: int, clauses: list[int], day: int) -> list[float]:
    """The part of each package's worth that toughness multiplies: what a side gives up at home [bn USD]."""
    h = discounting_of(world, government)
    worths = [0.0]
    for number in clauses:
        measure = world.measures[number]
        worth = 0.0
        if measure.issuer == government:
            level = level_after(measure, conceding_act(measure, day))
            wait = days_to_return(measure, day)
            worth = level - effective_level(measure)
            if wait > 0:  # without a deal it is felt from then on
                worth += (effective_level(measure) - measure.level) * delayed(h.rate, wait / DAYS_PER_MONTH)
            worth *= measure.home_value * h.whole
        for package in range(len(worths)):
            worths.append(worths[package] + worth)
    return worths


def groups_of(world: World, clauses: list[int]) -> list[int]:
    """Clauses that must be valued together, as bits: those on one mineral, all tariffs, others alone."""
    count = len(clauses)
    groups = [1 << k for k in range(count)]  # of each clause
    for k in range(count):
        for other in range(k):
            if meet(world, clauses[k], clauses[other]):
                union = groups[k] | groups[other]
                for member in range(count):
                    if union >> member & 1 == 1:
                        groups[member] = union
    return [groups[k] for k in range(count) if groups[k] & ((1 << k) - 1) == 0]  # each at its first clause


def meet(world: World, one: int, other: int) -> bool:
    """Whether two measures act together."""
    a, b = world.measures[one], world.measures[other]
    if a.kind == TARIFF and b.kind == TARIFF:
        return True
    return a.minerals & b.minerals != 0 and a.issuer == b.issuer


def plan_package(world: World, clauses: list[int], package: int, day: int) -> None:
    """Plan the acts of a package, and of the other clauses none."""
    for k in range(len(clauses)):
        measure = world.measures[clauses[k]]
        measure.planned = conceding_act(measure, day) if package >> k & 1 == 1 else NO_ACT
