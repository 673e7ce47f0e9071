"""Talks of a day: who sits down, what is offered and asked, and what is agreed.

An engine says how a negotiator and a protocol are asked. The number of a negotiator becomes an offer: among
the packages that are credible and worth at least that to it, the one that it believes best for the partner.
An offer is accepted if it is worth at least the number of the one who answers, and not less than no deal.
What is agreed falls due some days later, and is carried out or not (`sim.rules.talks.fulfilment`).
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

from sim.domain.constants import (
    ACCEPTED,
    BELOW_ASK,
    BELOW_WAITING,
    BREAKDOWN,
    DAYS_PER_MONTH,
    DEADLINE,
    ESCALATE,
    NEVER,
    NOT_CREDIBLE,
    WALKED_OUT,
)
from sim.domain.run_record import OfferRecord
from sim.domain.state import PendingDecision, World
from sim.domain.view import Stand, TableView
from sim.payoffs.present_value import delayed
from sim.rules.indexing import pair_of
from sim.rules.luck import OFFERS, OPENING, luck
from sim.rules.packages import join_probability
from sim.rules.present_values import discounting_of
from sim.rules.talks.frontier import NO_DEAL, Point, acts_of, efficiency_gaps, frontier_of
from sim.rules.talks.fulfilment import agree, trust
from sim.rules.talks.look_ahead import NEITHER, Ahead, look_ahead, rounds_ahead
from sim.rules.talks.meetings import clauses_to_agree, days_to_deadline, entry_day, in_talks, meetings_ahead
from sim.rules.talks.package_worths import Side, home_part, package_worth, side_of

Asking = Callable[[Any, int, TableView], float]
Turn = Callable[[Any, Stand], int]


def hold_meetings(
    world: World,
    decisions: Sequence[PendingDecision],
    count: int,
    day: int,
    seed: int,
    run: int,
    speakers: Any,
    ask: Asking,
    turn: Turn,
    offers: list[OfferRecord],
) -> int:
    """Let all couples that meet today negotiate, after the day's decisions; who is forced does not.

    Args:
        world: the morning's state; what is agreed is noted in it.
        decisions: the day's decisions; whoever escalates walks out.
        count: how many.
        day: today.
        seed: of all luck.
        run: number of the run.
        speakers: the negotiators and the protocol, as `ask` and `turn` take them.
        ask: what a government's negotiator asks for, of what it sees [bn USD].
        turn: which side makes the next offer, of where a meeting stands.
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
                    ready += 1 - d.forced if in_talks(world, one, other, day) else 0
                    walks = d.government if d.move == ESCALATE else walks
            if ready == 2 and walks >= 0:
                offers.append(no_offer(day, 0, walks, one + other - walks, WALKED_OUT))
            elif ready == 2:
                bad = hold_meeting(world, one, other, day, seed, run, speakers, ask, turn, offers)
                if bad != NEVER:
                    return bad
    return NEVER


def no_offer(day: int, number: int, me: int, partner: int, ending: int) -> OfferRecord:
    """A round without an offer."""
    nothing = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    return OfferRecord(day, number, me, partner, 0, 0, 0, *nothing, ending, 0.0, 0.0, 0, 0, NEVER, NEVER)


def hold_meeting(
    world: World,
    one: int,
    other: int,
    day: int,
    seed: int,
    run: int,
    speakers: Any,
    ask: Asking,
    turn: Turn,
    offers: list[OfferRecord],
) -> int:
    """Let a couple negotiate until a package is agreed, the meeting breaks down, or no round is left.

    Arguments and result are those of `hold_meetings`.
    """
    t = world.talks[0]
    clauses = clauses_to_agree(world, one, other, day)
    sides = side_of(world, one, other, clauses, day), side_of(world, other, one, clauses, day)
    pairs = world.pairs[pair_of(world, one, other)], world.pairs[pair_of(world, other, one)]
    codes = world.governments[one].code, world.governments[other].code
    days, deadline = days_to_deadline(world, one, other, day, 0), entry_day(world, one, other, day, 1)
    last = pairs[0].opens  # the side that made the last offer; before the first luck says which
    if last == NEVER:
        mine = luck(seed, run, day, codes[0], codes[1], OPENING).choice
        last = 1 if mine > luck(seed, run, day, codes[1], codes[0], OPENING).choice else 0
    rounds = rounds_ahead(world, meetings_ahead(world, days), last, speakers, turn)
    points = [frontier_of(world, sides[i], sides[1 - i], guess_of(world, sides[i])) for i in range(2)]
    waits = [delayed(discounting_of(world, k).rate, t.gap_days / DAYS_PER_MONTH) for k in (one, other)]
    offered = [0.0, 0.0]  # what the partner's last offer is worth to each side [bn USD]
    words = [0.0, 0.0]  # what each side asks for [bn USD]
    pairs[0].met_on = pairs[1].met_on = day
    for k in range(len(rounds)):
        side, far = rounds[k].side, 1 - rounds[k].side
        if side == NEITHER:
            return len(world.governments)
        if rounds[k].meeting > 0 or len(points[0]) + len(points[1]) == 0:
            break
        offer, ending = NO_DEAL, NOT_CREDIBLE
        ways = [Ahead(0.0, 0.0, 0.0, 0.0), Ahead(0.0, 0.0, 0.0, 0.0)]
        for i in (side, far):
            me = sides[i].government
            ways[i] = look_ahead(points[i], rounds, k, i, 1.0 - t.breakdown, waits[i], waits[1 - i])
            view = TableView(
                i == side,
                pairs[i].rounds,
                pairs[i].rounds + len(rounds) - k,
                days,
                ways[i].own if i == side else ways[i].refusal,
                points[i][0].own if len(points[i]) > 0 else 0.0,
                offered[i],
                believed_toughness(world, sides[i]),
                trust(world, me, sides[i].partner, 0.0),
                t.breakdown,
                max(2.0**-54, luck(seed, run, day, codes[i], codes[1 - i], OFFERS + k).choice),
            )
            words[i] = ask(speakers, me, view)
            if not math.isfinite(words[i]):
                return me
            if i == side:
                offer = offer_of(points[side], words[side])
                offered[far] = package_worth(sides[far], offer.package)
            if offer.package == 0:
                break
        for i in (side, far):
            pairs[i].rounds += 1
            pairs[i].opens = 1 if i == far else 0
        me, partner = sides[side].government, sides[far].government
        package = offer.package
        if package == 0:
            offers.append(no_offer(day, k, me, partner, NOT_CREDIBLE))
            continue
        breaks = luck(seed, run, day, codes[side], codes[far], OFFERS + k).hand < t.breakdown
        theirs, waiting = offered[far], ways[far].refusal
        gaps = (0.0, 0.0)
        if theirs >= max(0.0, words[far]):
            ending = ACCEPTED
            gaps = efficiency_gaps(sides[side], sides[far], package)
        elif theirs < waiting:
            ending = BELOW_WAITING
        elif k + 1 == len(rounds):
            ending = DEADLINE
        else:
            ending = BREAKDOWN if breaks else BELOW_ASK
        gift = package & sides[side].own
        acts = (package, acts_of(gift), acts_of(package & ~gift))
        due = agree(world, one, other, clauses, package, day) if ending == ACCEPTED else 0
        dues = (acts_of(due & gift), acts_of(due & ~gift), day + t.fulfil_days, deadline)
        numbers = (offer.own, theirs, offer.partner, waiting, words[side], words[far])
        alone = (package_worth(sides[side], gift), package_worth(sides[far], gift))
        offers.append(OfferRecord(day, k, me, partner, *acts, *numbers, *gaps, ending, *alone, *dues))
        if ending == ACCEPTED:
            break
        learn_toughness(world, sides[side], sides[far], package, ways[side].partner_refusal)
        if breaks:
            break
        points[side] = frontier_of(world, sides[side], sides[far], guess_of(world, sides[side]))
    return NEVER


def offer_of(points: list[Point], demand: float) -> Point:
    """The package worth at least what is asked for that is best for the partner; no deal if there is none."""
    offer = NO_DEAL
    for p in points:
        offer = p if p.own >= demand else offer
    return offer


def believed_toughness(world: World, side: Side) -> float:
    """The factor that a side expects on its partner's home values."""
    chance = world.pairs[pair_of(world, side.government, side.partner)].tough_chance
    return chance * world.talks[0].tough + (1.0 - chance) * world.talks[0].soft


def guess_of(world: World, side: Side) -> float:
    """By how much a side takes its partner to be tougher than it is."""
    return believed_toughness(world, side) - world.governments[side.partner].toughness


def learn_toughness(world: World, side: Side, partner: Side, package: int, waiting: float) -> None:
    """Let a side learn from the refusal of its offer, by Bayes: the tough refuse the likelier.

    `waiting` is what refusing is worth to the partner, as the side believes [bn USD].
    """
    t = world.talks[0]
    pair = world.pairs[pair_of(world, side.government, side.partner)]
    home = home_part(partner, package)
    plain = package_worth(partner, package) - world.governments[side.partner].toughness * home - waiting
    tough = pair.tough_chance * (1.0 - join_probability(plain + t.tough * home, t.precision))
    soft = (1.0 - pair.tough_chance) * (1.0 - join_probability(plain + t.soft * home, t.precision))
    pair.tough_chance = tough / (tough + soft) if tough + soft > 0.0 else pair.tough_chance
