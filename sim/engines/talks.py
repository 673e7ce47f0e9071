"""Talks in Python: who speaks, and the log of what was offered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from itertools import combinations, takewhile
from typing import Final, NamedTuple

from sim.domain.run_record import ActRecord, OfferRecord
from sim.domain.state import PendingDecision, World
from sim.domain.view import Stand, TableView
from sim.negotiators.negotiator_register import Negotiator
from sim.negotiators.negotiator_register import parse as parse_negotiator
from sim.protocols.protocol_register import Protocol
from sim.protocols.protocol_register import parse as parse_protocol
from sim.rules.day import hold_meetings
from sim.rules.talks.agenda import acts_of_clauses
from sim.rules.talks.bids import DELEGATE, demand_of
from sim.rules.talks.meeting_round import RunDay, Voices
from sim.rules.talks.meetings import clauses_to_agree, in_talks
from sim.scenarios.schema import Scenario


class Speakers(NamedTuple):
    """Who speaks in talks: a negotiator a government, and a protocol; nobody in a world without them."""

    negotiators: tuple[Negotiator, ...]
    protocols: tuple[Protocol, ...]


NOBODY: Final = Speakers((), ())


def speakers_of(s: Scenario) -> Speakers:
    """Who speaks in a scenario's talks; raises StrategyError if one cannot be had."""
    if s.talks is None:
        return NOBODY
    negotiators = tuple(parse_negotiator(g.negotiator) for g in s.governments.values())
    return Speakers(negotiators, (parse_protocol(s.talks.protocol),))


def with_words(speakers: Speakers, talkers: Collection[int], words: Iterable[int]) -> Speakers:
    """The same speakers, but that some say the next word instead, as long as there is one."""
    bids = takewhile(lambda bid: bid != DELEGATE, words)

    def spoken(negotiator: Negotiator) -> Negotiator:
        def rule(view: TableView, **numbers: float) -> float:
            bid = next(bids, None)
            return negotiator.rule(view, **numbers) if bid is None else demand_of(bid, view.best)

        return replace(negotiator, rule=rule)

    both = tuple(spoken(n) if k in talkers else n for k, n in enumerate(speakers.negotiators))
    return speakers._replace(negotiators=both)


@dataclass
class Talks:
    """The talks of a run."""

    speakers: Speakers
    offers: list[OfferRecord] = field(default_factory=list)  # all that were made, in order
    # Clauses as acts, in the order of bits of packages, by day and the two governments.
    agendas: dict[tuple[int, int, int], list[ActRecord]] = field(default_factory=dict)

    def hold(self, world: World, pending: list[PendingDecision], day: int, seed: int, run: int) -> None:
        """Let all talk who meet today, after the day's decisions."""
        for one, other in combinations(range(len(world.governments)), 2):
            if in_talks(world, one, other, day):
                clauses = clauses_to_agree(world, one, other, day)
                self.agendas[day, one, other] = acts_of_clauses(world, clauses, day)
        voices = Voices(self.speakers, ask, next_side)
        hold_meetings(world, pending, len(pending), RunDay(seed, run, day), voices, self.offers)


def ask(speakers: Speakers, government: int, view: TableView) -> float:
    """What a government's negotiator asks for [bn USD]."""
    return speakers.negotiators[government](view)


def next_side(speakers: Speakers, stand: Stand) -> int:
    """The side that makes the next offer, or END."""
    return speakers.protocols[0](stand)
