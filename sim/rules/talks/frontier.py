"""The packages that may be offered, as one side believes: credible, worth having to both, and efficient."""

import math
from typing import NamedTuple

from sim.domain.state import World
from sim.rules.talks.fulfilment import fulfilment

UNLIMITED = 1e300  # [bn USD] a gain that nothing reaches


class Table(NamedTuple):
    """What all packages of an agenda are worth, from one side [bn USD]."""

    government: int
    partner: int
    own: int  # its clauses, as bits
    worths: list[float]  # to it
    partner_worths: list[float]  # to the partner, its toughness as it is
    partner_home: list[float]  # the part of them that toughness multiplies


class Point(NamedTuple):
    """A package and what it is worth as one side believes [bn USD]."""

    own: float
    partner: float
    acts: int
    package: int


def frontier_of(world: World, table: Table, guess: float) -> list[Point]:
    """The frontier of the packages that one side may offer, its best first; of equal ones the shortest.

    Args:
        world: the morning's state.
        table: of the side.
        guess: what is added to the partner's toughness as it is, to give what the side believes.
    """
    a = fulfilment(world, table.government, table.partner)
    b = fulfilment(world, table.partner, table.government)
    least = least_gain(world)
    points = [Point(0.0, 0.0, 0, 0)]
    points.clear()
    for package in range(1, len(table.worths)):
        own = table.worths[package]
        shift = guess * table.partner_home[package]
        partner = table.partner_worths[package] + shift
        part = table.worths[package & table.own]
        if own < 0.0 or partner < 0.0 or a.own * part + a.whole * own < least:
            continue
        part = table.partner_worths[package & ~table.own] + shift
        if b.own * part + b.whole * partner >= least:
            points.append(Point(-own, -partner, acts_of(package), package))
    points.sort()
    efficient = [Point(0.0, 0.0, 0, 0)]
    efficient.clear()
    for p in points:
        if len(efficient) == 0 or -p.partner > efficient[-1].partner:
            efficient.append(Point(-p.own, -p.partner, p.acts, p.package))
    return efficient


def least_gain(world: World) -> float:
    """By how much carrying out must be better than refusing for the least chance of it [bn USD]."""
    t = world.talks[0]
    if t.least_trust <= 0.0 or t.precision <= 0.0:
        return UNLIMITED if t.least_trust > 0.5 else -UNLIMITED
    return math.log(t.least_trust / (1.0 - t.least_trust)) / t.precision


def acts_of(package: int) -> int:
    """How many clauses a package has."""
    count = 0
    while package > 0:
        package &= package - 1
        count += 1
    return count


def efficiency_gaps(worths: list[float], partner_worths: list[float], package: int) -> tuple[float, float]:
    """How far a package is from the Nash package [share of its product] and from the frontier [bn USD].

    The second is what one side could have more at no loss of the other. Over all packages, credible or not.
    """
    product = largest = worths[package] * partner_worths[package]
    most = worths[package]
    for k in range(len(worths)):
        if worths[k] >= 0.0 and partner_worths[k] >= 0.0:
            largest = max(largest, worths[k] * partner_worths[k])
            if partner_worths[k] >= partner_worths[package]:
                most = max(most, worths[k])
    return (1.0 - product / largest if largest > 0.0 else 0.0), most - worths[package]
