"""Free runs from a morning of the record: nothing that happened afterwards is used.

The ensemble engine plays the world that the record left on the eve, memories and all. Every run has
parameters of its own, drawn from the fit and from what the months since the training have taught, and a
course of regimes of its own; its precision is that of the last administration of the span. A month has 30
days in which Washington decides on the first and Beijing on the eighth, as in the months of the fit.
"""

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.constants import CHANGE, ESCALATE, HOLD, MOVES, RELAX
from sim.domain.parameters import GOVERNMENT
from sim.domain.run_record import RunRecord
from sim.domain.state import EventState
from sim.engines.compiler.prepared_scenario import FORCES
from sim.engines.compiler.run_parameters import FieldPath, RunParameter
from sim.engines.compiler.world_arrays import kind_of, state_of, world_on
from sim.engines.run_batch import RunBatch
from sim.estimation.dataset import Dataset
from sim.estimation.fit import THREADS
from sim.estimation.likelihood import (
    Model,
    administration_starts,
    entry_probabilities,
    numbers_of,
    regime_transitions,
    values_of,
)
from sim.estimation.prediction import Prediction, administration_shift
from sim.estimation.replay import opening, state_with
from sim.record.coding import CodedMonth, moves_by_month
from sim.record.events import SIDES
from sim.statistics.arrays import Array
from sim.strategies import parse

GOLDEN: Final = (math.sqrt(5.0) - 1.0) / 2.0
MONTH: Final = 30  # [days] of a free run; both governments review each other once


class FreeRuns(NamedTuple):
    """What the runs gave."""

    months: range  # those that the runs stand for
    moves: NDArray[np.int64]  # of both sides, the gravest of a month, shape (runs, months, 2)
    tariffs: Array  # of both sides at the end of each month [per cent], shape (runs, months, 2)
    truces: NDArray[np.int64]  # position of the first month in which both relax, else -1, shape (runs,)

    @property
    def escalating(self) -> NDArray[np.int64]:
        """In how many months each side escalated, shape (runs, 2)."""
        return np.asarray((self.moves == ESCALATE).sum(1))

    @property
    def probabilities(self) -> Array:
        """Shares of runs in which each side made each move, shape (months, 2, 3)."""
        return np.stack([(self.moves == move).mean(0) for move in range(len(MOVES))], axis=-1)


def free_runs(
    data: Dataset, prediction: Prediction, span: range, runs: int, threads: int = THREADS
) -> FreeRuns:
    """Play free runs from the first morning of some months of a forecast.

    The months before must be recorded, for the runs begin from the record.
    """
    model, seed, months = data.model, data.config.seed, len(span)
    at = prediction.rounds.months.index(span[0])
    points, administrations = _points_of_runs(prediction, at, runs)
    entries = administration_starts(span)[:-1]
    sections, of_month = [points], np.zeros(months, dtype=int)
    for place in np.flatnonzero(entries):
        luck = seed + administrations + len(sections)
        shift = administration_shift(model, points.shape, data.config.widening, luck)
        sections.append(sections[-1] + shift)
        of_month[place:] = len(sections) - 1
    regimes = _regimes(model, sections, of_month, entries, prediction.regimes[at], runs, seed)
    world = opening()
    start = int(prediction.rounds.days[at])
    events, varied = _changes(model, sections, of_month, regimes, start)
    every: Any = np.concatenate([world.events, np.array(events, dtype=kind_of(EventState))])
    ahead = world._replace(events=every)
    state = state_of(ahead)
    before = state_with(world, prediction.states_before[at])
    for name in before.dtype.names or ():
        if name != "events":
            state[name] = before[name]
    for key, column in zip(("status", "level", "until"), prediction.rounds.levels[at].T, strict=True):
        state["measures"][key] = column
    precision = np.array([values_of(model, point, "precision")[0] for point in sections[-1]])
    for side in range(len(SIDES)):
        varied.append(RunParameter(FieldPath("", (side, 0), ""), precision[:, side].copy()))
    batch = RunBatch(
        world=world_on(ahead, state),
        start=start,
        end=start + MONTH * months - 1,
        seed=seed,
        numbers=np.arange(runs),
        strategies=[parse("payoff_logit") for _ in SIDES],
        forces=np.array([], dtype=FORCES),
        varied=varied,
        record=True,
        readings=(),
    )
    _, _, records = batch.run(threads)
    moves = np.stack([_moves(run, months) for run in records])
    ends = MONTH * np.arange(1, months + 1) - 1
    rates = np.stack([100.0 * np.array(run.tariffs)[ends][:, [1, 2]] for run in records])
    both = (moves == RELAX).all(2)
    truces = np.where(both.any(1), both.argmax(1), -1)
    return FreeRuns(span, moves, rates, truces)


def free_losses(runs: FreeRuns, coded: Sequence[CodedMonth]) -> Array:
    """Log losses of the runs' own shares of moves in the recorded months, shape (cases,).

    Every count of runs starts at one, so that what no run did is not impossible.
    """
    moves = moves_by_month(coded)
    count = len(runs.moves)
    shares = (runs.probabilities * count + 1.0) / (count + len(MOVES))
    recorded = [(at, moves[month]) for at, month in enumerate(runs.months) if month in moves]
    return -np.log([shares[at, side, both[side]] for at, both in recorded for side in range(len(SIDES))])


def _points_of_runs(prediction: Prediction, at: int, runs: int) -> tuple[Array, int]:
    """Parameters for each run on the morning of a month, and how many new administrations there were.

    As long as no month has taught anything the draws are taken in order, later by their weights, at places
    that an additive recurrence with the golden ratio spreads evenly (Niederreiter 1992, chapter 3).
    """
    later = at - prediction.trained
    since = range(prediction.rounds.months[prediction.trained], prediction.rounds.months[at] + 1)
    administrations = int(administration_starts(since)[: len(since) - 1].sum())
    points, weights = prediction.points[administrations], prediction.weights[later]
    if later == 0:
        return points[np.arange(runs) % len(points)], administrations
    places = np.arange(1, runs + 1) * GOLDEN % 1.0
    positions = np.searchsorted(np.cumsum(weights), places * weights.sum(), side="right")
    return points[np.minimum(positions, len(points) - 1)], administrations


def _regimes(
    model: Model, sections: list[Array], of_month: Array, entries: Array, now: Array, runs: int, seed: int
) -> Array:
    """The regime of each run and month, shape (runs, months)."""
    luck = np.random.default_rng([seed, 1]).random((runs, len(of_month)))
    regimes = np.zeros((runs, len(of_month)), dtype=int)
    for run in range(runs):
        probabilities = now
        for month, section in enumerate(of_month):
            point = sections[section][run]
            if entries[month]:
                probabilities = entry_probabilities(model, point)
            regime = min(
                int(np.searchsorted(np.cumsum(probabilities), luck[run, month], side="right")),
                len(probabilities) - 1,
            )
            regimes[run, month] = regime
            probabilities = regime_transitions(model, point)[regime]
    return regimes


def _changes(
    model: Model, sections: list[Array], of_month: Array, regimes: Array, start: int
) -> tuple[list[tuple[Any, ...]], list[RunParameter]]:
    """Every number that was fitted, set anew on the first morning of each month of each run."""
    order = list(GOVERNMENT)

    def by_regime(point: Array) -> dict[str, Array]:
        differing, same = numbers_of(model, point)
        return differing | {name: np.tile(pair, (len(model.regimes), 1)) for name, pair in same.items()}

    names = list(by_regime(sections[0][0]))
    # of each section, shape (runs, names, regimes, 2)
    valued = [np.array([[*by_regime(point).values()] for point in section]) for section in sections]
    events: list[tuple[Any, ...]] = []
    varied: list[RunParameter] = []
    base = len(opening().events)
    everyone = np.arange(len(regimes))
    for month, section in enumerate(of_month):
        for place, name in enumerate(names):
            for side in range(len(SIDES)):
                values = valued[section][everyone, place, regimes[:, month], side]
                varied.append(RunParameter(FieldPath("events", (base + len(events),), "value"), values))
                events.append((start + MONTH * month, CHANGE, side, order.index(name), 0.0))
    return events, varied


def _moves(run: RunRecord, months: int) -> NDArray[np.int64]:
    """The gravest move of each side in each month: an escalation, else a relaxation, else holding."""
    gravest = np.full((months, len(SIDES)), HOLD)
    for move in run.moves:
        month = (move.day - run.start) // MONTH
        now = gravest[month, move.government]
        if move.move == ESCALATE or (move.move == RELAX and now == HOLD):
            gravest[month, move.government] = move.move
    return gravest
