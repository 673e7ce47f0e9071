"""Talks of a day: who sits down, what is offered and asked, and what is agreed.

An engine says how a negotiator and a protocol are asked. The number of a negotiator becomes an offer: among
the packages that are credible and worth at least that to it, the one that it believes best for the partner.
An offer is accepted if it is worth at least the number of the one who answers, and not less than no deal.
What is agreed falls due some days later, and is carried out or not (`sim.rules.talks.fulfilment`).
"""

import math
from collections.abc import Sequence

from sim.domain.constants import ACCEPTED, DAYS_PER_MONTH, ESCALATE, NEVER, NOT_CREDIBLE, WALKED_OUT
from sim.domain.run_record import OfferRecord
from sim.domain.state import PendingDecision, World
from sim.payoffs.present_value import delayed
from sim.rules.indexing import pair_of
from sim.rules.luck import OFFERS, OPENING
from sim.rules.present_values import discounting_of
from sim.rules.talks.fulfilment import agree
from sim.rules.talks.look_ahead import NEITHER, rounds_ahead
from sim.rules.talks.meeting_round import (
    Meeting,
    RunDay,
    Voices,
    ending_of,
    luck_of,
    make_offer,
    no_offer,
    record_of,
)
from sim.rules.talks.meetings import clauses_to_agree, days_to_deadline, entry_day, in_talks, meetings_ahead
from sim.rules.talks.package_worths import Side, side_of
from sim.rules.talks.toughness import believed_frontier, learn_toughness


def hold_meetings(
    world: World,
    decisions: Sequence[PendingDecision],
    count: int,
    today: RunDay,
    voices: Voices,
    offers: list[OfferRecord],
) -> int:
    """Let all couples that meet today negotiate, after the day's decisions; who is forced does not.

    Args:
        world: the morning's state; what is agreed is noted in it.
        decisions: the day's decisions; whoever escalates walks out.
        count: how many.
        today: the day, and of which run.
        voices: who speaks.
        offers: gets what was offered.

    Returns:
        NEVER, or who said what it may not: a government, or as many as there are for the protocol.
    """
    n = len(world.governments)
    for one in range(n if len(world.talks) > 0 else 0):
        for other in range(one + 1, n):
            ready, walks = 0, -1
            for k in range(count):
                d = decisions[k]
                if min(d.government, d.partner) == one and max(d.government, d.partner) == other:
                    ready += 1 - d.forced if in_talks(world, one, other, today.day) else 0
                    walks = d.government if d.move == ESCALATE else walks
            if ready == 2 and walks >= 0:
                offers.append(no_offer(today.day, 0, walks, one + other - walks, WALKED_OUT))
            elif ready == 2:
                bad = hold_meeting(world, meeting_of(world, one, other, today, voices), voices, offers)
                if bad != NEVER:
                    return bad
    return NEVER


def meeting_of(world: World, one: int, other: int, today: RunDay, voices: Voices) -> Meeting:
    """What two governments bring to a meeting, and which rounds are to come."""
    clauses = clauses_to_agree(world, one, other, today.day)
    sides = side_of(world, one, other, clauses, today.day), side_of(world, other, one, clauses, today.day)
    days = days_to_deadline(world, one, other, today.day, 0)
    last = last_proposer(world, sides[0], sides[1], today)
    return Meeting(
        today,
        clauses,
        sides,
        (pair_of(world, one, other), pair_of(world, other, one)),
        (worth_of_waiting(world, one), worth_of_waiting(world, other)),
        days,
        entry_day(world, one, other, today.day, 1),
        rounds_ahead(world, meetings_ahead(world, days), last, voices.speakers, voices.turn),
        [believed_frontier(world, sides[i], sides[1 - i]) for i in range(2)],
        [0.0, 0.0],
    )


def last_proposer(world: World, one: Side, other: Side, today: RunDay) -> int:
    """Which of two sides, 0 or 1, made the last offer; before the first luck says it."""
    opens = world.pairs[pair_of(world, one.government, other.government)].opens
    if opens != NEVER:
        return opens  # whoever opens now did not make it
    mine, theirs = luck_of(world, today, one, OPENING), luck_of(world, today, other, OPENING)
    return 1 if mine.choice > theirs.choice else 0


def worth_of_waiting(world: World, government: int) -> float:
    """What a deal at the next meeting is worth of one today [share]."""
    return delayed(discounting_of(world, government).rate, world.talks[0].gap_days / DAYS_PER_MONTH)


def hold_meeting(world: World, m: Meeting, voices: Voices, offers: list[OfferRecord]) -> int:
    """Let a couple negotiate until a package is agreed, the meeting breaks down, or no round is left.

    What is given back is as of `hold_meetings`.
    """
    for i in range(2):
        world.pairs[m.pairs[i]].met_on = m.today.day
    for k in range(len(m.rounds)):
        if m.rounds[k].side == NEITHER:
            return len(world.governments)
        if m.rounds[k].meeting > 0 or len(m.frontiers[0]) + len(m.frontiers[1]) == 0:
            break
        side, partner = m.sides[m.rounds[k].side], m.sides[1 - m.rounds[k].side]
        offer = make_offer(world, m, k, voices)
        if not math.isfinite(offer.proposer.demand):
            return side.government
        if not math.isfinite(offer.responder.demand):
            return partner.government
        for i in range(2):
            world.pairs[m.pairs[i]].rounds += 1
            world.pairs[m.pairs[i]].opens = 0 if i == m.rounds[k].side else 1
        package = offer.point.package
        if package == 0:
            offers.append(no_offer(m.today.day, k, side.government, side.partner, NOT_CREDIBLE))
            continue
        breaks = luck_of(world, m.today, side, OFFERS + k).hand < world.talks[0].breakdown
        ending = ending_of(offer, k + 1 == len(m.rounds), breaks)
        due = 0
        if ending == ACCEPTED:
            due = agree(world, side.government, side.partner, m.clauses, package, m.today.day)
        offers.append(record_of(world, m, k, offer, ending, due))
        if ending == ACCEPTED:
            break
        learn_toughness(world, side, partner, package, offer.proposer.ahead.partner_refusal)
        if breaks:
            break
        m.frontiers[m.rounds[k].side] = believed_frontier(world, side, partner)
    return NEVER
