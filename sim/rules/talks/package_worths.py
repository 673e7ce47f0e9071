"""What every package of an agenda is worth to one side: singles, added up where clauses do not meet.

Tariffs of the couple act together, and so do clauses on one mineral: only within such a group is every
package valued by the rules; across groups worths add up.
"""

from sim.domain.constants import EXTEND, NO_ACT, TARIFF
from sim.domain.state import World
from sim.rules.talks.agenda import conceding_act
from sim.rules.talks.deal_worth import deal_worth
from sim.rules.terms.attention_term import attention, price


def package_worths(world: World, government: int, partner: int, clauses: list[int], day: int) -> list[float]:
    """What each package is worth to a government, attention for its own acts taken off [bn USD].

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
    for group in groups_of(world, clauses):
        parts = group_worths(world, government, partner, clauses, group, day)
        for package in range(len(worths)):
            worths[package] += parts[package & group]
    for package in range(1, len(worths)):
        worths[package] -= own_attention(world, government, clauses, package, day)
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


def group_worths(
    world: World, government: int, partner: int, clauses: list[int], group: int, day: int
) -> dict[int, float]:
    """What each package of clauses of one group is worth before attention, by its number [bn USD]."""
    worths = {0: 0.0}
    package = group
    while package > 0:
        plan_package(world, clauses, package, day)
        worths[package] = deal_worth(world, government, partner, day)
        package = (package - 1) & group
    plan_package(world, clauses, 0, day)
    return worths


def plan_package(world: World, clauses: list[int], package: int, day: int) -> None:
    """Plan the acts of a package, and of the other clauses none."""
    for k in range(len(clauses)):
        measure = world.measures[clauses[k]]
        measure.planned = conceding_act(measure, day) if package >> k & 1 == 1 else NO_ACT


def own_attention(world: World, government: int, clauses: list[int], package: int, day: int) -> float:
    """What a government's own acts of a package take [bn USD]."""
    acts = 0.0
    count = 0
    routine = False
    for k in range(len(clauses)):
        measure = world.measures[clauses[k]]
        if package >> k & 1 == 1 and measure.issuer == government:
            act = conceding_act(measure, day)
            acts += price(world, clauses[k], act)
            routine = routine or act != EXTEND
            count += 1
    return attention(world, government, acts, routine, False) if count > 0 else 0.0
