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
    NO_ACT,
    NOT_CREDIBLE,
    WALKED_OUT,
)
from sim.domain.run_record import OfferRecord
from sim.domain.state import PendingDecision, World
from sim.domain.view import Stand, TableView
from sim.payoffs.present_value import delayed
from sim.rules.indexing import pair_of
from sim.rules.luck import OFFERS, OPENING, Luck, luck
from sim.rules.packages import join_probability
from sim.rules.present_values import discounting_of
from sim.rules.talks.frontier import Point, Table, acts_of, efficiency_gaps, frontier_of
from sim.rules.talks.fulfilment import trust
from sim.rules.talks.meetings import clauses_to_agree, days_to_deadline, in_talks, meetings_ahead
from sim.rules.talks.package_worths import home_worths, package_worths
from sim.rules.talks.waiting import NEITHER, look_ahead, rounds_ahead

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
                offers.append(round_of(day, 0, walks, one + other - walks, WALKED_OUT))
            elif ready == 2:
                bad = hold_meeting(world, one, other, day, seed, run, speakers, ask, turn, offers)
                if bad != NEVER:
                    return bad
    return NEVER


def round_of(day: int, number: int, me: int, partner: int, ending: int) -> OfferRecord:
    """A round without an offer."""
    nothing = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    return OfferRecord(day, number, me, partner, 0, 0, 0, *nothing, ending)


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
    """Let a couple negotiate until a package is agreed, the meeting breaks down, or nobody makes an offer.

    Arguments and result are those of `hold_meetings`.
    """
    t = world.talks[0]
    clauses = clauses_to_agree(world, one, other, day)
    days = days_to_deadline(world, one, other, day, 0)
    last = last_proposer(world, one, other, day, seed, run)
    rounds = rounds_ahead(world, meetings_ahead(world, days), last, speakers, turn)
    tables = tables_of(world, one, other, clauses, day)
    points = [frontier_of(world, tables[k], guess_of(world, tables[k])) for k in range(2)]
    waits = [delayed(discounting_of(world, k).rate, t.gap_days / DAYS_PER_MONTH) for k in (one, other)]
    offered = [0.0, 0.0]  # what the partner's last offer is worth to each side
    for place in (pair_of(world, one, other), pair_of(world, other, one)):
        world.pairs[place].met_on = day
    for k in range(len(rounds)):
        side, far = rounds[k].side, 1 - rounds[k].side
        if side == NEITHER:
            return len(world.governments)
        if rounds[k].meeting > 0 or len(points[0]) + len(points[1]) == 0:
            break
        me, partner = tables[side].government, tables[side].partner
        draw = luck_of(world, me, partner, day, seed, run, OFFERS + k)
        chance = luck_of(world, partner, me, day, seed, run, OFFERS + k).choice
        stay, rest = 1.0 - t.breakdown, len(rounds) - k
        ahead = look_ahead(points[side], rounds, k, side, stay, waits[side], waits[far])
        beyond = look_ahead(points[far], rounds, k, far, stay, waits[far], waits[side])
        view = view_of_table(
            world, tables[side], points[side], True, rest, days, ahead.own, offered[side], draw.choice
        )
        demand = ask(speakers, me, view)
        if not math.isfinite(demand):
            return me
        package = offer_of(points[side], demand)
        note_round(world, me, partner)
        if package == 0:
            offers.append(round_of(day, k, me, partner, NOT_CREDIBLE))
            continue
        worth, theirs = tables[side].worths[package], tables[far].worths[package]
        offered[far] = theirs
        view = view_of_table(
            world, tables[far], points[far], False, rest, days, beyond.refusal, theirs, chance
        )
        answer = ask(speakers, partner, view)
        if not math.isfinite(answer):
            return partner
        ending = BELOW_ASK
        if theirs >= max(0.0, answer):
            ending = ACCEPTED
        elif theirs < beyond.refusal:
            ending = BELOW_WAITING
        elif rest == 1:
            ending = DEADLINE
        elif draw.hand < t.breakdown:
            ending = BREAKDOWN
        gaps = (0.0, 0.0)
        if ending == ACCEPTED:
            gaps = efficiency_gaps(tables[side].worths, tables[far].worths, package)
        believed = theirs + guess_of(world, tables[side]) * tables[side].partner_home[package]
        gives, gets = acts_of(package & tables[side].own), acts_of(package & ~tables[side].own)
        numbers = (worth, theirs, believed, beyond.refusal, demand, answer)
        offers.append(OfferRecord(day, k, me, partner, package, gives, gets, *numbers, *gaps, ending))
        if ending == ACCEPTED:
            agree(world, one, other, clauses, package, day)
            break
        learn_toughness(world, tables[side], package, ahead.partner_refusal)
        points[side] = frontier_of(world, tables[side], guess_of(world, tables[side]))
        if draw.hand < t.breakdown:
            break
    return NEVER


def tables_of(world: World, one: int, other: int, clauses: list[int], day: int) -> tuple[Table, Table]:
    """What all packages are worth, from either side."""
    own = 0
    for k in range(len(clauses)):
        own |= (1 << k) if world.measures[clauses[k]].issuer == one else 0
    worths, home = package_worths(world, one, other, clauses, day), home_worths(world, one, clauses, day)
    theirs = package_worths(world, other, one, clauses, day)
    their_home = home_worths(world, other, clauses, day)
    others = (1 << len(clauses)) - 1 - own
    return Table(one, other, own, worths, theirs, their_home), Table(other, one, others, theirs, worths, home)


def last_proposer(world: World, one: int, other: int, day: int, seed: int, run: int) -> int:
    """The side that made a couple's last offer, 0 or 1; before the first, luck says which."""
    opens = world.pairs[pair_of(world, one, other)].opens
    if opens != NEVER:
        return opens
    mine = luck_of(world, one, other, day, seed, run, OPENING).choice
    return 1 if mine > luck_of(world, other, one, day, seed, run, OPENING).choice else 0


def luck_of(world: World, government: int, partner: int, day: int, seed: int, run: int, block: int) -> Luck:
    """A government's luck about a partner in a block of purposes."""
    return luck(seed, run, day, world.governments[government].code, world.governments[partner].code, block)


def view_of_table(
    world: World,
    table: Table,
    points: list[Point],
    proposing: bool,
    rest: int,
    days: int,
    waiting: float,
    offer: float,
    draw: float,
) -> TableView:
    """What a side's negotiator sees, with so many rounds left; the rest as of `TableView`."""
    earlier = world.pairs[pair_of(world, table.government, table.partner)].rounds
    best = points[0].own if len(points) > 0 else 0.0
    toughness = believed_toughness(world, table.government, table.partner)
    trusted = trust(world, table.government, table.partner, 0.0)
    breakdown, draw = world.talks[0].breakdown, max(2.0**-54, draw)
    return TableView(
        proposing,
        earlier,
        earlier + rest,
        days,
        waiting,
        best,
        offer,
        toughness,
        trusted,
        breakdown,
        draw,
    )


def offer_of(points: list[Point], demand: float) -> int:
    """The package that is worth at least what is asked for and best for the partner; 0: there is none."""
    package = 0
    for p in points:
        package = p.package if p.own >= demand else package
    return package


def note_round(world: World, proposer: int, responder: int) -> None:
    """Note with both who made an offer."""
    for i in (proposer, responder):
        pair = world.pairs[pair_of(world, i, proposer + responder - i)]
        pair.rounds += 1
        pair.opens = 1 if i == responder else 0


def believed_toughness(world: World, government: int, partner: int) -> float:
    """The factor that a government expects on a partner's home values."""
    chance = world.pairs[pair_of(world, government, partner)].tough_chance
    return chance * world.talks[0].tough + (1.0 - chance) * world.talks[0].soft


def guess_of(world: World, table: Table) -> float:
    """By how much a side takes its partner to be tougher than it is."""
    believed = believed_toughness(world, table.government, table.partner)
    return believed - world.governments[table.partner].toughness


def learn_toughness(world: World, table: Table, package: int, waiting: float) -> None:
    """Let a side learn from the refusal of its offer, by Bayes: the tough refuse the likelier.

    `waiting` is what refusing is worth to the partner, as the side believes [bn USD].
    """
    t = world.talks[0]
    pair = world.pairs[pair_of(world, table.government, table.partner)]
    plain = table.partner_worths[package] - waiting
    plain -= world.governments[table.partner].toughness * table.partner_home[package]
    soft = 1.0 - join_probability(plain + t.soft * table.partner_home[package], t.precision)
    tough = 1.0 - join_probability(plain + t.tough * table.partner_home[package], t.precision)
    total = pair.tough_chance * tough + (1.0 - pair.tough_chance) * soft
    pair.tough_chance = pair.tough_chance * tough / total if total > 0.0 else pair.tough_chance


def agree(world: World, one: int, other: int, clauses: list[int], package: int, day: int) -> None:
    """Let a package be agreed: it falls due, and nothing older asks for an answer.

    What one of the two concedes this evening anyway is not due again.
    """
    for k in range(len(clauses)):
        measure = world.measures[clauses[k]]
        if package >> k & 1 == 1 and measure.pending == NO_ACT:
            measure.due_on = day + world.talks[0].fulfil_days
    for place in (pair_of(world, one, other), pair_of(world, other, one)):
        pair = world.pairs[place]
        pair.agreed_on, pair.rounds, pair.react_on = day, 0, NEVER
        pair.owed = pair.threat_due = 0.0
