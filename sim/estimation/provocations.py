"""Escalations drawn at random and what partners answer to them: an experiment on a scenario's own runs.

What governments do by themselves does not show what pressure does: who escalates by much does so on days
on which the partner would have answered in a certain way anyhow, and in a truce that holds nobody
escalates. So every run is played freely first. Then, once for each government and partner, it is played
again with the same luck up to one of the days on which the government decided, and there it is made to
escalate by some of the acts that are legal, any number of them with the same chance. Days are those on
which beliefs are used, packages are of all sizes, and the size depends on nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.constants import ESCALATE, FORCED, HOLD, IMPOSE, MOVES, RAISE, REACTION, REACTIVATE
from sim.domain.run_record import DecisionRecord, RunRecord
from sim.engines.compiler.prepared_scenario import FORCES, PreparedScenario, prepare
from sim.engines.ensemble import simulate
from sim.engines.run_spec import RunSpec
from sim.outcomes.reciprocity import seen_before
from sim.payoffs.politics import notice
from sim.statistics.arrays import Array

ANSWER_DAYS: Final = 20  # within which an answer is awaited


class Provocation(NamedTuple):
    """An escalation and what its partner answered."""

    partner: int
    pressure: float  # [bn USD/month]
    answer: int


class ProvokedAnswers(NamedTuple):
    """What partners answered to a government's escalations; every array has a row a case."""

    partners: NDArray[np.integer]  # who answered
    pressure: Array  # [bn USD/month] that the escalation put on the partner
    notice: Array  # weight that the partner gives it [0 to 1]
    unnoticed: Array  # probabilities of the partner's answers to holding, shape (cases, 3)
    moves: NDArray[np.integer]  # the answers


def provoked_answers(spec: RunSpec) -> Mapping[str, ProvokedAnswers]:
    """What partners answer to each government's escalations in the runs of a scenario.

    Governments without an escalation that is legal are left out.
    """
    ready = prepare(spec)
    free = simulate(ready, np.arange(spec.runs), seed=spec.seed, values={}, record=True).records
    answers = {}
    for place, code in enumerate(ready.names.governments):
        cases = [
            case
            for partner in range(len(ready.names.governments))
            for run, record in enumerate(free)
            for case in _provoked(ready, spec.seed, run, record, place, partner)
        ]
        if cases:
            scale = ready.source.governments[code].numbers["noticed_size"].value
            answers[code] = _columns(
                cases, scale, {k: _unnoticed(free, place, k) for k in {c.partner for c in cases}}
            )
    return answers


def _provoked(
    ready: PreparedScenario, seed: int, run: int, free: RunRecord, government: int, partner: int
) -> Sequence[Provocation]:
    """The answer to one escalation in a run, nothing if there is no day or act for it."""
    code, target = (ready.names.governments[k] for k in (government, partner))
    own = [k for k, m in enumerate(ready.source.measures) if (m.issuer, m.target) == (code, target)]
    days = [
        m.day
        for m in free.moves
        if m.government == government and m.partner == partner and m.day <= free.end - ANSWER_DAYS
    ]
    if not own or not days:
        return []
    draw = np.random.default_rng((seed, run, government, partner))
    day = days[int(draw.random() * len(days))]
    package = draw.permutation(own)[: 1 + int(draw.random() * len(own))]
    forces = [
        (day, government, partner, ESCALATE, act, measure)
        for measure in package.tolist()
        for act in (REACTIVATE, RAISE, IMPOSE)  # at most one of them is legal
    ]
    there = replace(ready, forces=np.array(forces, dtype=FORCES), end=day + ANSWER_DAYS)
    ensemble = simulate(there, np.array([run]), seed=seed, values={}, record=True)
    return answer_to(ensemble.records[0].moves, day, government, partner)


def answer_to(
    moves: Sequence[DecisionRecord], day: int, government: int, partner: int
) -> Sequence[Provocation]:
    """The escalation that a government was made to make on a day, and its partner's first answer.

    Holding while an answer is still being prepared is none; nothing within ANSWER_DAYS is holding.
    """
    pressure = [
        m.pressure
        for m in moves
        if (m.day, m.government, m.partner) == (day, government, partner)
        and m.reason == FORCED
        and m.move == ESCALATE
    ]
    answers = [
        m.move
        for m in moves
        if day < m.day <= day + ANSWER_DAYS
        and (m.government, m.partner) == (partner, government)
        and (m.move != HOLD or m.reason == REACTION)
    ]
    return [Provocation(partner, p, answers[0] if answers else HOLD) for p in pressure]


def _unnoticed(records: Sequence[RunRecord], government: int, partner: int) -> Array:
    """Probabilities of a partner's moves when there was nothing new to answer, half a case of each added."""
    counts = np.full(len(MOVES), 0.5)
    for record in records:
        for k, m in enumerate(record.moves):
            if (m.government, m.partner) == (partner, government) and seen_before(record, k) == HOLD:
                counts[m.move] += 1
    return np.asarray(counts / counts.sum())


def _columns(cases: Sequence[Provocation], scale: float, unnoticed: Mapping[int, Array]) -> ProvokedAnswers:
    return ProvokedAnswers(
        partners=np.array([c.partner for c in cases]),
        pressure=np.array([c.pressure for c in cases]),
        notice=np.array([notice(c.pressure, scale) for c in cases]),
        unnoticed=np.array([unnoticed[c.partner] for c in cases]),
        moves=np.array([c.answer for c in cases]),
    )
