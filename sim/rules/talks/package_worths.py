"""What packages are worth to one side: clauses that act together are valued together, and groups add up.

Tariffs of the couple act together, and so do clauses on one mineral: only within such a group is every set
of clauses valued by the rules. Worths are rounded to about a dollar, so that their sums are exact, in
whatever order they are added up.
"""

import math
from typing import NamedTuple

from sim.domain.constants import DAYS_PER_MONTH, EXTEND, NO_ACT, TARIFF
from sim.domain.state import World
from sim.payoffs.present_value import delayed
from sim.rules.measures import effective_level, level_after
from sim.rules.present_values import discounting_of
from sim.rules.talks.agenda import conceding_act
from sim.rules.talks.deal_worth import days_to_return, tied_measures, worth_along
from sim.rules.terms.attention_term import attention, price

GRAIN = 2.0**-30  # [bn USD] to which worths are rounded


class Option(NamedTuple):
    """Some clauses of a group, and what they are worth to a side, a decision's attention not counted."""

    package: int  # these clauses, as bits
    worth: float  # [bn USD]
    gift: float  # what the side's own clauses among them are worth alone [bn USD]
    home: float  # the part of the worth that its toughness multiplies, at a toughness of 1 [bn USD]


class Side(NamedTuple):
    """A side of a table, with what it may give and get."""

    government: int
    partner: int
    own: int  # its clauses, as bits
    routine: int  # those of them that take the attention of a decision
    attention: float  # of a decision [bn USD]
    groups: list[list[Option]]  # of each group of clauses every choice, none of them first, all of them last


def side_of(world: World, government: int, partner: int, clauses: list[int], day: int) -> Side:
    """A side of the table, with what every set of clauses that act together is worth to it.

    Args:
        world: the morning's state; nothing is planned before or after.
        government: whose side.
        partner: the other.
        clauses: measures of the agenda.
        day: today.
    """
    h = discounting_of(world, government)
    own = routine = 0
    homes = [0.0 for _ in clauses]
    acts = [conceding_act(world.measures[number], day) for number in clauses]
    for k in range(len(clauses)):
        if world.measures[clauses[k]].issuer == government:
            own |= 1 << k
            routine |= (1 << k) if acts[k] != EXTEND else 0
            homes[k] = home_worth(world, government, clauses[k], acts[k], day)
    groups = []
    for group in groups_of(world, clauses):
        options = [Option(0, 0.0, 0.0, 0.0)]
        members = [k for k in range(len(clauses)) if group >> k & 1 == 1]
        for k in members:
            world.measures[clauses[k]].planned = acts[k]
        tied = tied_measures(world)
        for choice in range(1, 1 << len(members)):
            package = gift = 0  # as clauses; and the own ones among them as a choice of the group
            home = spent = 0.0
            for j in range(len(members)):
                k = members[j]
                inside = choice >> j & 1 == 1
                world.measures[clauses[k]].planned = acts[k] if inside else NO_ACT
                package |= (1 << k) if inside else 0
                if inside and own >> k & 1 == 1:
                    gift |= 1 << j
                    home += homes[k]
                    spent += price(world, clauses[k], acts[k])
            worth = rounded(worth_along(world, h, government, partner, day, tied) - spent)
            alone = worth if gift == choice else options[gift].worth
            options.append(Option(package, worth, alone, rounded(home)))
        for k in members:
            world.measures[clauses[k]].planned = NO_ACT
        groups.append(options)
    decision = rounded(attention(world, government, 0.0, True, False))
    return Side(government, partner, own, routine, decision, groups)


def package_worth(side: Side, package: int) -> float:
    """What a package is worth to a side, attention counted [bn USD]; no deal is worth 0."""
    worth = -side.attention if package & side.routine != 0 else 0.0
    for options in side.groups:
        for o in options:
            worth += o.worth if o.package == package & options[-1].package else 0.0
    return worth


def home_part(side: Side, package: int) -> float:
    """The part of a package's worth that toughness multiplies: what a side gives up at home [bn USD]."""
    home = 0.0
    for options in side.groups:
        for o in options:
            home += o.home if o.package == package & options[-1].package else 0.0
    return home


def rounded(worth: float) -> float:
    """A worth rounded to the grain [bn USD]."""
    return math.floor(worth / GRAIN + 0.5) * GRAIN


def home_worth(world: World, government: int, number: int, act: int, day: int) -> float:
    """What conceding a measure loses its issuer at home, at a toughness of 1 [bn USD]."""
    h = discounting_of(world, government)
    measure = world.measures[number]
    wait = days_to_return(measure, day)
    change = level_after(measure, act) - effective_level(measure)
    if wait > 0:  # without a deal it is felt from then on
        change += (effective_level(measure) - measure.level) * delayed(h.rate, wait / DAYS_PER_MONTH)
    return measure.home_value * change * h.whole


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
