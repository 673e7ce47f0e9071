"""A round of a meeting: what both sides say, how the round ends, and what is written down of it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sim.domain.constants import ACCEPTED, BELOW_ASK, BELOW_WAITING, BREAKDOWN, DEADLINE, NEVER
from sim.domain.run_record import OfferRecord
from sim.domain.state import World
from sim.domain.view import Stand, TableView
from sim.rules.luck import OFFERS, Luck, luck
from sim.rules.talks.frontier import NO_DEAL, Point, acts_of, efficiency_gaps
from sim.rules.talks.fulfilment import trust
from sim.rules.talks.look_ahead import Ahead, Round, look_ahead
from sim.rules.talks.package_worths import Side, package_worth
from sim.rules.talks.toughness import believed_toughness

LEAST_LUCK = 2.0**-54


class RunDay(NamedTuple):
    """A day of a run: luck is drawn by its name."""

    seed: int  # of all luck
    run: int  # number of the run
    day: int


class Voices(NamedTuple):
    """Who speaks in talks, and how an engine asks them."""

    speakers: Any  # the negotiators and the protocol, as `ask` and `turn` take them
    ask: Callable[[Any, int, TableView], float]  # for how much a government asks, of what it sees [bn USD]
    turn: Callable[[Any, Stand], int]  # which side makes the next offer, of where a meeting stands


class Meeting(NamedTuple):
    """A couple that negotiates today. Of what comes in twos, the first is of side 0."""

    today: RunDay
    clauses: list[int]  # measures that a package may have, in the order of its bits
    sides: tuple[Side, Side]
    pairs: tuple[int, int]  # places of what each remembers of the other
    waits: tuple[float, float]  # what a deal at the next meeting is worth of one today [share]
    days: int  # [days] to the last meeting before a deadline, NEVER: there is none
    deadline: int  # [day] on which the next clause comes into force by itself, NEVER: none does
    rounds: list[Round]  # of this meeting and later ones, if every offer is refused
    frontiers: list[list[Point]]  # what each may offer, as it believes after the refusals so far
    offers: list[float]  # what the partner's last offer is worth to each [bn USD]


class Word(NamedTuple):
    """What one side says in a round, and what it expects of the talks."""

    demand: float  # the least worth that it offers, or accepts [bn USD]; not finite: its negotiator failed
    ahead: Ahead


class Offer(NamedTuple):
    """What a proposer offers in a round, and what both say."""

    point: Point  # as the proposer sees it; no deal where nothing credible is worth its demand
    worth: float  # to the responder [bn USD]
    proposer: Word
    responder: Word  # silent if nothing is offered


SILENCE = Word(0.0, Ahead(0.0, 0.0, 0.0, 0.0))


def make_offer(world: World, m: Meeting, k: int, voices: Voices) -> Offer:
    """What is offered in the k-th round of a meeting, and what both say."""
    side = m.rounds[k].side
    proposer, responder = word_of(world, m, k, side, voices), SILENCE
    point = offer_of(m.frontiers[side], proposer.demand)
    worth = m.offers[1 - side] = package_worth(m.sides[1 - side], point.package)
    if point.package != 0:
        responder = word_of(world, m, k, 1 - side, voices)
    return Offer(point, worth, proposer, responder)


def word_of(world: World, m: Meeting, k: int, i: int, voices: Voices) -> Word:
    """What side i says in the k-th round."""
    t, side, proposing = world.talks[0], m.sides[i], m.rounds[k].side == i
    rounds = world.pairs[m.pairs[i]].rounds
    ahead = look_ahead(m.frontiers[i], m.rounds, k, i, 1.0 - t.breakdown, m.waits[i], m.waits[1 - i])
    view = TableView(
        proposing,
        rounds,
        rounds + len(m.rounds) - k,
        m.days,
        ahead.own if proposing else ahead.refusal,
        m.frontiers[i][0].own if len(m.frontiers[i]) > 0 else 0.0,
        m.offers[i],
        believed_toughness(world, side),
        trust(world, side.government, side.partner, 0.0),
        t.breakdown,
        max(LEAST_LUCK, luck_of(world, m.today, side, OFFERS + k).choice),
    )
    return Word(voices.ask(voices.speakers, side.government, view), ahead)


def luck_of(world: World, today: RunDay, side: Side, block: int) -> Luck:
    """Luck of a side in talks; blocks are those of `sim.rules.luck`."""
    me, partner = world.governments[side.government].code, world.governments[side.partner].code
    return luck(today.seed, today.run, today.day, me, partner, block)


def offer_of(points: list[Point], demand: float) -> Point:
    """The package worth at least what is asked for that is best for the partner; no deal if there is none."""
    offer = NO_DEAL
    for p in points:
        offer = p if p.own >= demand else offer
    return offer


def ending_of(offer: Offer, last: bool, breaks: bool) -> int:
    """How a round ends in which something is offered, of `ENDINGS`.

    `last` is whether no round is left, `breaks` whether a refusal ends the meeting.
    """
    if offer.worth >= max(0.0, offer.responder.demand):
        return ACCEPTED
    if offer.worth < offer.responder.ahead.refusal:
        return BELOW_WAITING
    if last:
        return DEADLINE
    return BREAKDOWN if breaks else BELOW_ASK


def record_of(world: World, m: Meeting, k: int, offer: Offer, ending: int, due: int) -> OfferRecord:
    """The record of the k-th round; `due` is the part of the package that falls due, as bits."""
    side = m.sides[m.rounds[k].side]
    partner = m.sides[1 - m.rounds[k].side]
    package = offer.point.package
    gift = package & side.own
    gaps = efficiency_gaps(side, partner, package) if ending == ACCEPTED else (0.0, 0.0)
    return OfferRecord(
        m.today.day,
        k,
        side.government,
        side.partner,
        package,
        acts_of(gift),
        acts_of(package & ~gift),
        offer.point.own,
        offer.worth,
        offer.point.partner,
        offer.responder.ahead.refusal,
        offer.proposer.demand,
        offer.responder.demand,
        gaps[0],
        gaps[1],
        ending,
        package_worth(side, gift),
        package_worth(partner, gift),
        acts_of(due & gift),
        acts_of(due & ~gift),
        m.today.day + world.talks[0].fulfil_days,
        m.deadline,
    )


def no_offer(day: int, number: int, me: int, partner: int, ending: int) -> OfferRecord:
    """The record of a round without an offer."""
    nothing = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    return OfferRecord(day, number, me, partner, 0, 0, 0, *nothing, ending, 0.0, 0.0, 0, 0, NEVER, NEVER)
