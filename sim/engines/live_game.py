"""A game that people play over hours: the world stops where they are asked, and goes on by their answers."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from typing import Any, NamedTuple

from sim.domain.constants import EXTEND, FORCED, NOT_DUE
from sim.domain.decision import Decision
from sim.domain.state import Force
from sim.engines.decision_turn import DecisionTurn, decision_of, turn_of
from sim.engines.talks import Talks, speakers_of, with_words
from sim.rules.daily_payoffs import flow
from sim.rules.day import draw, due, evening, morning
from sim.rules.end_of_day import account
from sim.rules.fast_forward import next_turn
from sim.rules.ledger import cost_of
from sim.scenarios.initial_state import names_of, world_of
from sim.scenarios.schema import Scenario
from sim.strategies.strategy_register import Strategy


class OpenAct(NamedTuple):
    """An act that may carry a move."""

    act: int
    measure: int
    weighed: int  # 1: the government would take it


class LiveGame:
    """A world on the rules and luck of `TradeModel`, without Mesa.

    In talks negotiators speak for people, but for those who have said words: these are bids
    (`sim.rules.talks.bids`) in the order in which they are asked for, with a negotiator's after the last.

    Attributes:
        questions: what is asked now, by number from 0; none when the last day is over.
        acts: those that may carry a move, by question.
        decisions: all that were made, as `TradeModel.decisions` but for their reasons.
        said: the moves that were asked of people, in the order of their numbers, as codes of games have them.
        choices: the acts that people chose for them, by number.
        day: the last one played, or the one on which questions are open.
    """

    def __init__(
        self,
        source: Scenario,
        strategies: Mapping[str, Strategy],
        people: Collection[int],
        seed: int,
        run: int = 0,
        tables: Mapping[str, Any] | None = None,  # of `table_lists`, shared by many games
        talkers: Collection[int] = (),
        words: Iterable[int] = (),
    ) -> None:
        self.source, self.people, self.luck = source, people, (seed, run)
        self.names = names_of(source)
        self.strategies = [strategies[code] for code in self.names.governments]
        self.world = world_of(source, max(s.memory for s in self.strategies), tables)
        self.start, self.end = source.start.toordinal(), source.end.toordinal()
        self.day = self.start - 1
        self.talks = Talks(with_words(speakers_of(source), talkers, words))
        self.opening = [flow(self.world, k, self.start) for k in range(len(self.strategies))]
        self.questions: dict[int, DecisionTurn] = {}
        self.acts: dict[int, list[OpenAct]] = {}
        self.answers: dict[int, int | None] = {}
        self.decisions: list[Decision] = []
        self.said: list[int] = []
        self.choices: dict[int, list[tuple[int, int]]] = {}
        self._days = self._play()
        next(self._days, None)

    def answer(self, number: int, move: int | None, acts: Iterable[tuple[int, int]] = ()) -> None:
        """Answer a question, and so with the last one let the world go on.

        Args:
            number: of the question.
            move: None for what the government's strategy says.
            acts: that carry the move and their measures; what the government chooses if there are none. An
                extension takes in all of its measures, for those that do not end soon stay as they are.
        """
        self.answers[number] = move
        if choice := [(act, measure) for act, measure in acts]:
            self.choices[number] = choice
        if self.answers.keys() >= self.questions.keys():
            next(self._days, None)

    def costs(self, place: int) -> list[float]:
        """What a government has paid until the last evening, term by term [bn USD or equivalents]."""
        days = self.day - self.start + (not self.questions)
        return cost_of(self.world, place, self.opening[place], days)

    def _play(self) -> Iterator[None]:
        full = self.start  # the next day that is played in full
        for day in range(self.start, self.end + 1):
            self.day = day
            if day < full:
                account(self.world, (), 0, day, False)
                continue
            morning(self.world, day, [], [])
            pairs = list(permutations(range(len(self.strategies)), 2))
            reasons = [(pair, due(self.world, *pair, day, self.start, False)) for pair in pairs]
            today = [(pair, reason) for pair, reason in reasons if reason != NOT_DUE]
            people = [about for about in today if about[0][0] in self.people]
            self.questions, self.acts, self.answers = {}, {}, {}
            for number, about in enumerate(people, len(self.said)):
                self.questions[number] = self._turn(*about)
                rows = self.world.acts[: self.questions[number].values.table.rows]
                self.acts[number] = [OpenAct(row.act, row.measure, row.weighed) for row in rows]
            first = list(self.questions.values())
            if first:
                yield
            self.questions, evenings = {}, []
            for pair, reason in today:
                number = len(self.said) if pair[0] in self.people else -1
                if forced := self._forces(pair, number):
                    turn = self._turn(pair, FORCED, forced)
                else:
                    turn = first[0] if first and len(today) == 1 else self._turn(pair, reason)
                answer = self.answers.get(number)
                decision, pending = decision_of(self.world, turn, self.strategies[pair[0]], answer)
                self.decisions.append(decision)
                evenings.append(pending)
                if number >= 0:
                    self.said.append(decision.requested)
            self.talks.hold(self.world, evenings, day, *self.luck)
            evening(self.world, evenings, len(evenings), day, [], [])
            full = next_turn(self.world, day, self.start, self.end)

    def _forces(self, pair: tuple[int, int], number: int) -> list[Force]:
        """The acts that somebody has chosen to carry a move today."""
        every = [k for k, m in enumerate(self.world.measures) if (m.issuer, m.target) == pair]
        return [
            Force(self.day, *pair, self.answers[number] or 0, act, place)
            for act, measure in self.choices.get(number, ())
            for place in (every if act == EXTEND else [measure])
        ]

    def _turn(self, pair: tuple[int, int], reason: int, forced: Sequence[Force] = ()) -> DecisionTurn:
        """A decision on this morning; the world's table of acts is that of the last one asked for."""
        luck = draw(self.world, *pair, self.day, *self.luck)
        return turn_of(self.world, pair, (self.day, self.start), reason, luck, forced)
