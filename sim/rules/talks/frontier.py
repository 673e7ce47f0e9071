"""The packages that may be offered, as one side believes: credible, worth having to both, and efficient.

They are built group by group. Left out is what another set of the same group is at least as good as for
worth and credit of both, and what can no longer come up to what is asked, whatever is added.
"""

import math
from typing import NamedTuple

from sim.domain.state import World
from sim.rules.talks.fulfilment import Fulfilment, credit, fulfilment
from sim.rules.talks.package_worths import Side, package_worth, rounded

UNLIMITED = 1e300  # [bn USD] a gain that nothing reaches


class Point(NamedTuple):
    """A package and what it is worth as one side believes [bn USD]."""

    own: float
    partner: float
    acts: int
    package: int


class Sums(NamedTuple):
    """What some clauses bring to both sides as one of them believes, as far as added up [bn USD]."""

    own: float  # worth
    partner: float
    credit: float  # by how much carrying them out is better than refusing
    partner_credit: float
    package: int  # these clauses, as bits


NOTHING = Sums(0.0, 0.0, 0.0, 0.0, 0)
NO_DEAL = Point(0.0, 0.0, 0, 0)


def frontier_of(world: World, side: Side, partner: Side, guess: float) -> list[Point]:
    """The frontier of the packages that a side may offer, its best first; of equal ones the shortest.

    It takes its partner to be tougher by `guess` than it is.
    """
    a = fulfilment(world, side.government, side.partner)
    b = fulfilment(world, side.partner, side.government)
    return efficient(side, partner, guess, a, b, least_gain(world))


def frontier_of_all(side: Side, partner: Side) -> list[Point]:
    """The frontier of all packages, credible or not, by what they are worth."""
    return efficient(side, partner, 0.0, Fulfilment(0.0, 0.0), Fulfilment(0.0, 0.0), -UNLIMITED)


def efficient(
    side: Side, partner: Side, guess: float, a: Fulfilment, b: Fulfilment, least: float
) -> list[Point]:
    """The frontier of the packages whose credit is enough for both, as `frontier_of` has it.

    Args:
        side: who looks for them.
        partner: the other.
        guess: by how much it takes its partner to be tougher than it is.
        a: how it weighs carrying out against refusing.
        b: how its partner does.
        least: the credit that is enough [bn USD].
    """
    groups = [useful_of(side, partner, k, guess, a, b) for k in range(len(side.groups))]
    packages = [NOTHING]
    room = NOTHING  # the most that groups that are still to come can add
    for options in groups:
        room = added(room, most_of(options), 1.0)
    for options in groups:
        room = added(room, most_of(options), -1.0)
        longer = packages[:0]
        for p in packages:
            for o in options:
                both = added(p, o, 1.0)
                if enough(added(both, room, 1.0), least):
                    longer.append(both)
        packages = longer
    ranked = [(0.0, 0.0, 0, 0)]
    ranked.clear()
    for p in packages:
        mine = -side.attention if p.package & side.routine != 0 else 0.0
        theirs = -partner.attention if p.package & partner.routine != 0 else 0.0
        spent = Sums(mine, theirs, credit(a, mine, mine), credit(b, theirs, theirs), 0)
        net = added(p, spent, 1.0)
        if p.package != 0 and enough(net, least):
            ranked.append((-net.own, -net.partner, acts_of(p.package), p.package))
    ranked.sort()
    points = [NO_DEAL]
    points.clear()
    for cost, partner_cost, acts, package in ranked:
        if len(points) == 0 or -partner_cost > points[-1].partner:
            points.append(Point(-cost, -partner_cost, acts, package))
    return points


def useful_of(
    side: Side, partner: Side, group: int, guess: float, a: Fulfilment, b: Fulfilment
) -> list[Sums]:
    """What the options of a group bring to both sides, without the inferior ones."""
    useful = [NOTHING]
    useful.clear()
    for k in range(len(side.groups[group])):
        mine, theirs = side.groups[group][k], partner.groups[group][k]
        shift = rounded(guess * theirs.home)
        worth = theirs.worth + shift
        own_credit = rounded(credit(a, mine.gift, mine.worth))
        partner_credit = rounded(credit(b, theirs.gift + shift, worth))
        option = Sums(mine.worth, worth, own_credit, partner_credit, mine.package)
        add_useful(useful, option, side, partner)
    return useful


def add_useful(useful: list[Sums], option: Sums, side: Side, partner: Side) -> None:
    """Add an option to those that are useful, if it is, and leave out those that it makes inferior."""
    for k in range(len(useful) - 1, -1, -1):
        if inferior(option, useful[k], side, partner):
            return
        if inferior(useful[k], option, side, partner):
            useful.pop(k)
    useful.append(option)


def inferior(one: Sums, other: Sums, side: Side, partner: Side) -> bool:
    """Whether the other is as good in all, and better in something, shorter, or first among equals."""
    if not (as_good(other, one) and as_calm(other, one, side) and as_calm(other, one, partner)):
        return False
    longer = (acts_of(one.package), one.package) > (acts_of(other.package), other.package)
    return longer or not as_good(one, other)


def as_calm(one: Sums, other: Sums, side: Side) -> bool:
    """Whether one takes no attention of a side that the other does not take."""
    return one.package & side.routine == 0 or other.package & side.routine != 0


def added(one: Sums, other: Sums, times: float) -> Sums:
    """One and so many times the other."""
    return Sums(
        one.own + times * other.own,
        one.partner + times * other.partner,
        one.credit + times * other.credit,
        one.partner_credit + times * other.partner_credit,
        one.package | other.package,
    )


def as_good(one: Sums, other: Sums) -> bool:
    """Whether one brings as much as the other of all."""
    worth = one.own >= other.own and one.partner >= other.partner
    return worth and one.credit >= other.credit and one.partner_credit >= other.partner_credit


def enough(sums: Sums, least: float) -> bool:
    """Whether it is worth having, and credible, to both."""
    return as_good(sums, Sums(0.0, 0.0, least, least, 0))


def most_of(options: list[Sums]) -> Sums:
    """The most that any of a group brings, of each sum apart."""
    most = options[0]
    for o in options:
        own, partner = max(most.own, o.own), max(most.partner, o.partner)
        most = Sums(own, partner, max(most.credit, o.credit), max(most.partner_credit, o.partner_credit), 0)
    return most


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


def efficiency_gaps(side: Side, partner: Side, package: int) -> tuple[float, float]:
    """How far a package is from the Nash package [share of its product] and from the frontier [bn USD].

    The second is what one side could have more at no loss of the other. Over all packages, credible or not.
    """
    mine, theirs = package_worth(side, package), package_worth(partner, package)
    product = largest = mine * theirs
    most = mine
    for p in frontier_of_all(side, partner):
        largest = max(largest, p.own * p.partner)
        if p.partner >= theirs:
            most = max(most, p.own)
    return (1.0 - product / largest if largest > 0.0 else 0.0), most - mine
