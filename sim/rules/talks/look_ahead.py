"""What talks are worth from a round on, by backward induction over the rounds that are left.

A refusal ends the meeting with the chance of a breakdown, time passes until the next one, and after the last
there is no deal (Stahl 1972; Binmore, Rubinstein and Wolinsky 1986, RAND Journal 17(2)). Both are taken to
know each other as one of them believes to. How many rounds there are enters no payoff.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from sim.domain.constants import END
from sim.domain.state import World
from sim.domain.view import Stand
from sim.rules.talks.frontier import Point

NEITHER = -2  # a proposer that is none of the two


class Round(NamedTuple):
    """A round: who makes the offer, and in which meeting, 0 today's."""

    side: int  # 0, 1, or NEITHER where the protocol said so
    meeting: int


class Ahead(NamedTuple):
    """What talks are worth from a round on, as one side believes [bn USD]."""

    own: float
    partner: float
    refusal: float  # to the one who looks ahead, if the round's offer is refused
    partner_refusal: float


def rounds_ahead(
    world: World, meetings: int, last: int, speakers: Any, turn: Callable[[Any, Stand], int]
) -> list[Round]:
    """The rounds of so many meetings if every offer is refused, after one that side `last` has made."""
    offers = world.talks[0].offers
    rounds = [Round(0, 0)]
    rounds.clear()
    for meeting in range(meetings):
        for k in range(offers):
            side = turn(speakers, Stand(k, last, offers * (meetings - meeting) - k))
            if side == END:
                break
            last = side
            rounds.append(Round(side if side in (0, 1) else NEITHER, meeting))
    return rounds


def look_ahead(
    points: list[Point],
    rounds: list[Round],
    at: int,
    side: int,
    stay: float,
    wait: float,
    partner_wait: float,
) -> Ahead:
    """What talks are worth from a round on to one side, as it believes.

    Args:
        points: its frontier, its best first.
        rounds: if every offer is refused.
        at: the round.
        side: of the one who looks ahead.
        stay: chance that a refusal does not end the meeting.
        wait: what a deal at the next meeting is worth of one today [share].
        partner_wait: likewise to the partner.
    """
    ahead = Ahead(0.0, 0.0, 0.0, 0.0)
    next_own = next_partner = 0.0  # worth of the next meeting
    for k in range(len(rounds) - 1, at - 1, -1):
        own = stay * ahead.own + (1.0 - stay) * next_own
        partner = stay * ahead.partner + (1.0 - stay) * next_partner
        if k + 1 < len(rounds) and rounds[k + 1].meeting > rounds[k].meeting:
            own = next_own = wait * ahead.own
            partner = next_partner = partner_wait * ahead.partner
        ahead = Ahead(own, partner, own, partner)
        for j in range(len(points)):  # the best for who makes the offer that the other does not refuse
            j = len(points) - 1 - j if rounds[k].side != side else j
            if points[j].own >= own and points[j].partner >= partner:
                ahead = Ahead(points[j].own, points[j].partner, own, partner)
                break
    return ahead
