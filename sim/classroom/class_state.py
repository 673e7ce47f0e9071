"""A class as its log tells it: whoever reads the same lines has the same seats, games and answers."""

import json
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeAlias

from pydantic import BaseModel

from sim.domain.constants import ESCALATE, HOLD, RELAX
from sim.domain.errors import ResultsError
from sim.engines.decision_turn import DecisionTurn
from sim.engines.live_game import LiveGame
from sim.engines.run_spec import RunSpec
from sim.scenarios.welfare_tables import table_lists

LOG: Final = "log.jsonl"
GUESS_EVERY: Final = 5  # rounds of a matrix game between two predictions; elsewhere every decision has one
Event: TypeAlias = dict[str, Any]  # a line of the log
Sides: TypeAlias = list[int | None]  # seats by the place of their government; None is the machine


class ClassSetup(BaseModel):
    """What a class plays: the first line of its log."""

    scenario: str
    digest: str  # of the scenario as it is changed for all
    set: tuple[str, ...] = ()  # what is changed for all
    strategy: tuple[str, ...] = ()  # of machines
    treatment: tuple[str, ...] = ()  # what is changed for half of the games
    side: int = 0  # the government of whoever plays against the machine
    seed: int = 1  # of the luck of all games of a round: what differs is what people do
    minutes: int = 50
    lesson: int | None = None
    code: str = ""
    teacher: str = ""  # the token by which the teacher is known
    t: float = 0.0  # [s since 1970], 0 if nobody knows


@dataclass
class Match:
    """A game of two sides, of whom one may be the machine; it is played when somebody reads it."""

    number: int
    round: int
    seats: Sides
    treated: int
    seed: int
    spec: RunSpec
    tables: Mapping[str, Any]  # of the scenario, shared by all games
    opened: float  # [s since 1970]
    words: Sequence[int] = ()  # that people said in talks, if they did themselves
    steps: deque[Event] = field(default_factory=deque)  # lines of the log that are not played yet
    said_by: dict[int, int | None] = field(default_factory=dict)  # who answered a question
    arrival: dict[int, float] = field(default_factory=dict)  # when a question came to whoever answers it
    seconds: dict[int, float] = field(default_factory=dict)  # that its answer took
    guesses: dict[int, list[int]] = field(default_factory=dict)  # shares [%] of its moves, by own one
    due: Sides = field(default_factory=lambda: [None, None])  # by side: the move after which to predict

    @cached_property
    def _live(self) -> LiveGame:
        source = self.spec.load()
        talkers = [place for place, seat in enumerate(self.seats) if seat is not None]
        about = source, self.spec.strategies(source), (0, 1), self.seed
        return LiveGame(*about, tables=self.tables, talkers=talkers, words=self.words)

    def game(self) -> LiveGame:
        """The game as far as it has been played."""
        self.arrival = self.arrival or dict.fromkeys(self._live.questions, self.opened)
        while self.steps:
            self._take(self.steps.popleft())
        return self._live

    def questions(self, *places: int) -> dict[int, DecisionTurn]:
        """What some sides have to answer, by number."""
        self.game()
        return self._open(*places)

    def _open(self, *places: int) -> dict[int, DecisionTurn]:
        live = self._live
        return {n: q for n, q in live.questions.items() if q.government in places and n not in live.answers}

    def _take(self, step: Event) -> None:
        game, number, now = self._live, step.get("number", -1), float(step["t"])
        if step["event"] == "guess":
            place = self.due.index(number)
            self.due[place] = None
            self.guesses |= {number: step["shares"]} if step["shares"] else {}
            self.arrival |= dict.fromkeys(self._open(place), now)
        elif step["event"] == "move":
            turn, seat = game.questions[number], step["seat"]
            self.said_by[number], self.seconds[number] = seat, now - self.arrival[number]
            game.answer(number, step["move"], step.get("acts", ()))
            every, about_partner = GUESS_EVERY if turn.view.game else 1, turn.partner == 1 - turn.government
            wanted = seat is not None and about_partner and turn.view.day % every == 0 and game.questions
            self.due[turn.government] = number if wanted else None
            self.arrival = dict.fromkeys(game.questions, now) | self.arrival
        else:  # a pause has ended
            self.arrival |= dict.fromkeys(self._open(0, 1), now)

    def own(self, place: int) -> dict[int, int]:
        """The decisions of a side about the other: their days, by number."""
        people = enumerate(d for d in self.game().decisions if d.government < 2)
        return {n: d.day for n, d in people if d[1:3] == (place, 1 - place)}

    def predictions(self, place: int) -> list[tuple[int, list[int], int | None]]:
        """Of every guess its number, its shares, and what the partner did before one moved again.

        That is to escalate if it ever did, else to relax, else to hold; None if the game ended before.
        """
        own, rows = self.own(place), []
        theirs = [(d.day, d.move) for d in self.game().decisions if d[1:3] == (1 - place, place)]
        for number in own.keys() & self.guesses.keys():
            first, end = [*(day for n, day in own.items() if n >= number), self._live.end + 1][:2]
            moves = {move for day, move in theirs if first <= day < end}
            outcome = next((move for move in (ESCALATE, RELAX) if move in moves), HOLD)
            certain = outcome == ESCALATE or end <= self._live.end or not self._live.questions
            rows.append((number, self.guesses[number], outcome if certain else None))
        return sorted(rows)


class Classroom:
    """A class as far as its log goes; `phase` is join, play, pause, reveal, after or end."""

    def __init__(self, setup: ClassSetup) -> None:
        self.setup, self.phase, self.round = setup, "join", 0
        self.more = 0  # [min] that the teacher has let play longer
        self.phases: list[tuple[float, str]] = [(setup.t, "join")]
        self.seats: list[Event] = []  # name, token (SHA-256), words, form of questions before, ready, silent
        self.answers: dict[tuple[int, str, str], Event] = {}  # by seat, when and question
        self.matches: list[Match] = []
        self.current: dict[int, Match] = {}  # the last of every seat
        self.changes = setup.set, (*setup.set, *setup.treatment)  # of each half
        specs = [RunSpec.of(setup.scenario, None, (), setup.strategy, texts) for texts in self.changes]
        self.specs = [replace(spec, scenario=spec.load(), overrides=()) for spec in specs]
        self.tables = [table_lists(spec.load()) for spec in self.specs]
        self.source = self.specs[0].load()
        if self.source.digest != setup.digest:
            raise ResultsError(f"{setup.scenario}: expected the scenario that the class has played")

    def apply(self, event: Event) -> None:
        """Take a line of the log."""
        kind = event["event"]
        if kind == "seat":
            self.seats.append({"ready": False, "silent": False} | event)
        elif kind == "change":
            self.seats[event["seat"]] |= {k: event[k] for k in ("ready", "token", "silent") if k in event}
        elif kind == "answer":
            self.answers[event["seat"], event["when"], event["question"]] = event
        elif kind == "round":
            self.round = event["round"]
            for row in event["games"]:
                self._open(event["t"], **row)
        elif kind == "extend":
            self.more += event["minutes"]
        elif kind == "phase":
            if (self.phase, event["phase"]) == ("pause", "play"):
                for match in self.matches:
                    match.steps.append(event)
            self.phase = event["phase"]
            self.phases.append((event["t"], self.phase))
        else:
            self.matches[event["match"]].steps.append(event)

    def _open(
        self,
        t: float,
        seats: Sides,
        treated: int,
        seed: int | None = None,
        strategy: Iterable[str] = (),
        words: Sequence[int] = (),
    ) -> None:
        spec = replace(self.specs[treated], strategy=(*self.specs[treated].strategy, *strategy))
        seed = self.setup.seed + self.round if seed is None else seed
        about = len(self.matches), self.round, seats, treated, seed, spec, self.tables[treated], t, words
        self.matches.append(Match(*about))
        for seat in seats:
            if seat is not None:
                self.current[seat] = self.matches[-1]
                self.seats[seat]["silent"] = False

    def by_machine(self, match: Match, place: int) -> bool:
        """Whether the machine plays a side: nobody's, or that of a seat that has let its partner wait."""
        seat = match.seats[place]
        return seat is None or bool(self.seats[seat]["silent"])


def read_log(folder: Path) -> Classroom:
    """The class of a folder; a last line without its end was never acknowledged.

    Raises:
        ResultsError: the folder has no log of a class, or one that cannot be read.
    """
    try:
        first, *rest = (folder / LOG).read_text("utf-8").split("\n")[:-1]
        room = Classroom(ClassSetup.model_validate_json(first))
        for line in rest:
            room.apply(json.loads(line))
    except (OSError, ValueError, LookupError, TypeError) as error:
        reason = " ".join(str(error).split())[:120]
        raise ResultsError(f"{folder}: expected the folder of a class, with {LOG}: {reason}") from None
    return room
