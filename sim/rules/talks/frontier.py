"""The packages that may be offered, as one side believes: credible, worth having to both, and efficient."""

import math
from typing import NamedTuple

from sim.domain.state import World
from sim.rules.talks.fulfilment import fulfilment

UNLIMITED = 1e300  # [bn USD] a gain that nothing reaches


class Side(NamedTuple):
    """A side of a table, with what all packages of the agenda are worth to it [bn USD]."""

    government: int
    partner: int
    own: int  # its clauses, as bits
    worths: list[float]
    home: list[float]  # the part of them that its toughness multiplies, at a toughness of 1


class Point(NamedTuple):
    """A package and what it is worth as one side believes [bn USD]."""

    own: float
    partner: float
    acts: int
    package: int


def frontier_of(world: World, side: Side, partner: Side, guess: float) -> list[Point]:
    """The frontier of the packages that a side may offer, its best first; of equal ones the shortest.

    It takes its partner to be tougher by `guess` than it is.
    """
    a = fulfilment(world, side.government, side.partner)
    b = fulfilment(world, side.partner, side.government)
    least = least_gain(world)
    efficient = [Point(0.0, 0.0, 0, 0)]
    efficient.clear()
    for package in range(len(side.worths) - 1, 0, -1):
        own, shift = side.worths[package], guess * partner.home[package]
        theirs = partner.worths[package] + shift
        inferior = own < 0.0 or theirs < 0.0
        for p in efficient:
            if p.own >= own and p.partner >= theirs:
                inferior = p.own > own or p.partner > theirs or p.acts < acts_of(package)
                break
        if inferior or a.own * side.worths[package & side.own] + a.whole * own < least:
            continue
        if b.own * (partner.worths[package & partner.own] + shift) + b.whole * theirs >= least:
            efficient = [p for p in efficient if p.own > own or p.partner > theirs]
            efficient.append(Point(own, theirs, acts_of(package), package))
    efficient.sort()
    efficient.reverse()
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
