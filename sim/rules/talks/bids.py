"""How a person speaks at a table: by bids, each so many parts of the best that may be offered.

A bid says what is asked for, as a negotiator does (`sim.rules.talks.bargaining`): of who makes the offer it
chooses the package, of who answers one it is the least that is accepted.
"""

from typing import NamedTuple

from sim.domain.run_record import ActRecord
from sim.domain.state import World
from sim.rules.indexing import pair_of
from sim.rules.talks.agenda import acts_of_clauses
from sim.rules.talks.frontier import UNLIMITED, Point
from sim.rules.talks.meeting_round import offer_of
from sim.rules.talks.meetings import clauses_to_agree, in_talks
from sim.rules.talks.package_worths import side_of
from sim.rules.talks.toughness import believed_frontier

TAKE_ALL = 0  # accepts whatever is worth no less than no deal; as an offer, the best for the partner
PARTS = 30  # this bid asks for the best
REFUSE = 31  # asks for more than there is: refuses, or offers nothing
DELEGATE = 32  # no bid: from here on negotiators speak


class Bid(NamedTuple):
    """A bid of who makes an offer, and the package that it chooses; worths in bn USD."""

    bid: int
    own: float
    partner: float  # as who makes the offer believes
    package: int  # bit k set: the k-th clause


def demand_of(bid: int, best: float) -> float:
    """What a bid asks for, of the most that may be had [bn USD]."""
    return UNLIMITED if bid >= REFUSE else best * (bid / PARTS)


def bids_of(points: list[Point]) -> list[Bid]:
    """The bids that choose different packages of a frontier, from the best for who makes the offer on."""
    bids = [Bid(0, 0.0, 0.0, 0)]
    bids.clear()
    for k in range(PARTS + 1 if len(points) > 0 else 0):
        p = offer_of(points, demand_of(PARTS - k, points[0].own))
        if len(bids) == 0 or p.package != bids[-1].package:
            bids.append(Bid(PARTS - k, p.own, p.partner, p.package))
    return bids


def table_of(world: World, government: int) -> tuple[list[ActRecord], list[Bid]]:
    """What lies before a government that is asked at a table: the clauses as acts, and what it may offer."""
    partner, day = partner_at_table(world, government)
    clauses = clauses_to_agree(world, government, partner, day)
    side = side_of(world, government, partner, clauses, day)
    far = side_of(world, partner, government, clauses, day)
    return acts_of_clauses(world, clauses, day), bids_of(believed_frontier(world, side, far))


def partner_at_table(world: World, government: int) -> tuple[int, int]:
    """With whom a government talks at the moment, and today: with whom it sat down last."""
    partner, day = government, 0
    for other in range(len(world.governments)):
        if other != government:
            met = world.pairs[pair_of(world, government, other)].met_on
            if met >= day and in_talks(world, government, other, met):
                partner, day = other, met
    return partner, day
