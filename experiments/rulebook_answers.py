"""What the rulebook answers in Beijing's place on the days of `recorded_answers.py`.

What was done up to the eve is forced, with holds wherever else a decision falls due. Beijing's reaction time
is the record's lag of the answer asked for, so that it falls due on that day. Two questions, with the same
luck: left free, does Beijing escalate? And made to, by which package? A package counts as the set of its
kinds; an answer to two American steps is asked for once a step, and its kinds are those of both.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from recorded_answers import HISTORY, QUESTIONS, Question, by_scenario

import sim
from sim.domain.constants import ESCALATE, HOLD
from sim.engines.ensemble import Ensemble
from sim.forecasting.forced_history import forced_moves
from sim.rules.act_table import fill_table
from sim.rules.day import morning
from sim.rules.outlook import outlook
from sim.rules.package_values import NOTHING, move_value
from sim.rules.packages import larger_package, plan, stands_alone
from sim.scenarios.schema import Scenario

BEIJING, WASHINGTON = 1, 0  # their places in the scenarios
Kinds = frozenset[str]
Changes = Callable[[Scenario], Sequence[str]]  # numbers to set in a scenario
Coding = Callable[[Scenario], dict[str, str]]  # the kind of every measure


def as_shipped(_: Scenario) -> Sequence[str]:
    """Nothing is set."""
    return ()


def all_open(source: Scenario) -> Sequence[str]:
    """Every measure of Beijing's may be imposed from the scenario's first day on."""
    return [f"{m.id}.opens={source.start}" for m in source.measures if m.issuer == "CN" and m.opens]


def as_in_busan(source: Scenario) -> Sequence[str]:
    """Beijing's numbers as in `busan`, but for its reaction time."""
    own, others = (s.governments["CN"].numbers for s in (source, sim.scenario("busan")))
    keys = [key for key in own if key != "reaction_days" and own[key].value != others[key].value]
    return [f"CN.{key}={others[key].value}" for key in keys]


def single_acts(_: Scenario) -> Sequence[str]:
    """A move is carried by its best act alone."""
    return ("packages=false",)


WORLDS: Mapping[str, Changes] = {
    "as shipped": as_shipped,
    "every measure of Beijing's open from the first day": all_open,
    "Beijing's numbers as in `busan`": as_in_busan,
    "one act a decision": single_acts,
}


class Worth(NamedTuple):
    """What an act is worth to Beijing on a morning.

    Attributes:
        measure: that it is on.
        pressure: by itself on Washington [bn USD/month].
        adds: to the best act alone [bn USD]; of the best act itself, to holding.
        best: whether it is the best act.
    """

    measure: str
    pressure: float
    adds: float
    best: bool


class Answers(NamedTuple):
    """What the rulebook says to a question.

    Attributes:
        source: the scenario.
        odds: share of runs that escalate on each day asked for.
        packages: the measures of each run's answer.
        acts: the acts that could carry it, by their measures; of several days the one that adds most.
    """

    source: Scenario
    odds: list[float]
    packages: list[frozenset[str]]
    acts: dict[str, Worth]


class Verdict(NamedTuple):
    """An answer as sets of kinds, beside the record's.

    Attributes:
        recorded: kinds of what Beijing did.
        modal: the likeliest set.
        share: of runs with it.
        recorded_share: of runs with the record's.
        open: kinds that it could take.
    """

    recorded: Kinds
    modal: Kinds
    share: float
    recorded_share: float
    open: Kinds

    @property
    def equal(self) -> bool:
        """Whether the likeliest set is the record's."""
        return self.modal == self.recorded


@cache
def asked(question: Question, runs: int, changes: Changes = as_shipped) -> Answers:
    """Ask the rulebook a question."""
    parts = [step(question, day, lag, runs, changes) for day, lag in question.steps]
    acts: dict[str, Worth] = {}
    for act in sorted((act for part in parts for act in part.acts.values()), key=lambda act: act.adds):
        acts[act.measure] = act
    return Answers(
        parts[0].source,
        [odds for part in parts for odds in part.odds],
        [frozenset().union(*packages) for packages in zip(*(part.packages for part in parts), strict=True)],
        acts,
    )


def step(question: Question, day: date, lag: int, runs: int, changes: Changes) -> Answers:
    """Ask for the answer to one American step."""
    source = world_of(question, lag, changes)
    moves = past(source, question, day)
    today = day.toordinal()
    free = played(source, runs, day, moves).records
    odds = sum((m.day, m.government, m.move) == (today, BEIJING, ESCALATE) for run in free for m in run.moves)
    made = played(source, runs, day, [*moves, f"CN:escalate@{day}"])
    names = made.names.measures
    packages = [
        frozenset(names[a.measure] for a in run.acts if (a.day, a.government) == (today, BEIJING))
        for run in made.records
    ]
    return Answers(source, [odds / runs], packages, {act.measure: act for act in acts_on(source, moves, day)})


def world_of(question: Question, lag: int, changes: Changes = as_shipped) -> Scenario:
    """The scenario of a question in which the answer falls due after a lag [days]."""
    numbers = [*question.changes, *changes(sim.scenario(question.scenario)), f"CN.reaction_days={lag}"]
    return sim.scenario(question.scenario, numbers)


def past(source: Scenario, question: Question, day: date) -> tuple[str, ...]:
    """The forced moves of a question's world before a day."""
    acts = [text for text in HISTORY[question.scenario] if date.fromisoformat(text[-10:]) < day]
    moves = forced_moves(source, acts, day - timedelta(days=1))
    if moves is None:
        raise ValueError(f"{question.name}: an act of the record is not legal in {source.name}")
    return moves


def played(source: Scenario, runs: int, day: date, moves: Sequence[str]) -> Ensemble:
    """The runs of a past to the evening of a day, on which Washington holds unless it is forced."""
    return sim.ensemble(source, runs, until=day, force=moves, strategy="US=hold", record=True)


def eve(source: Scenario, moves: Sequence[str], day: date) -> sim.TradeModel:
    """A world on the evening before a day."""
    return sim.TradeModel(source, rng=0, until=day - timedelta(days=1), force=moves, strategy="US=hold").run()


def acts_on(source: Scenario, moves: Sequence[str], day: date) -> list[Worth]:
    """The acts by which Beijing may escalate on a day, as its table of acts has them."""
    model = eve(source, moves, day)
    world, today = model.world, day.toordinal()
    morning(world, today, model.recorder.statuses, model.changes)
    o = outlook(world, BEIJING, WASHINGTON, today)
    table = fill_table(world, o)
    rows = [k for k in range(table.rows) if stands_alone(world.acts[k], ESCALATE)]
    alone = {k: larger_package(world, o, table, ESCALATE, NOTHING, k) for k in rows}
    best = max(rows, key=lambda k: alone[k].value)
    holding = move_value(world, o, table, HOLD, NOTHING, 1.0)
    adds = {best: alone[best].value - holding.now - holding.later}
    plan(world, best)
    for k in rows:
        if k != best:
            adds[k] = (
                larger_package(world, o, table, ESCALATE, alone[best].package, k).value - alone[best].value
            )
    names = model.names.measures
    return [Worth(names[world.acts[k].measure], world.acts[k].pressure, adds[k], k == best) for k in rows]


def verdict(question: Question, answers: Answers, coding: Coding = by_scenario) -> Verdict:
    """An answer beside the record's, by a coding of measures."""
    kinds = coding(answers.source)

    def kinds_in(measures: Iterable[str]) -> Kinds:
        return frozenset(kinds[name] for name in measures if kinds[name])

    sets = Counter(kinds_in(package) for package in answers.packages)
    ((modal, count),) = sets.most_common(1)
    recorded, runs = kinds_in(question.taken), sets.total()
    return Verdict(recorded, modal, count / runs, sets[recorded] / runs, kinds_in(answers.acts))


def verdicts(runs: int, changes: Changes = as_shipped, coding: Coding = by_scenario) -> list[Verdict]:
    """All answers beside the record's."""
    return [verdict(question, asked(question, runs, changes), coding) for question in QUESTIONS]
