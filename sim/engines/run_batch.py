"""Many runs of one scenario, laid out in chunks for the compiled loop, on some threads."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from math import ceil, nan
from typing import Any

import numpy as np

from sim.domain.constants import NEVER
from sim.domain.dates import iso
from sim.domain.errors import StrategyError
from sim.domain.run_record import RunRecord
from sim.domain.state import MeasureState, PendingDecision, World
from sim.domain.terms import COSTS
from sim.engines.compiler.interrupts import interrupts_later
from sim.engines.compiler.njit import compiled
from sim.engines.compiler.outcome_functions import CompiledOutcome, reads_bystanders
from sim.engines.compiler.outcome_functions import address_of as address_of_reading
from sim.engines.compiler.run_loop import run_worlds
from sim.engines.compiler.run_parameters import RunParameter
from sim.engines.compiler.speaker_functions import compiled_speakers
from sim.engines.compiler.strategy_functions import FAILED, address_of
from sim.engines.compiler.view_usage import VALUES, names_used
from sim.engines.compiler.world_arrays import Array, kind_of, state_of, world_on
from sim.engines.compiler.world_pointer import PointedWorld
from sim.engines.talks import NOBODY, Speakers
from sim.scenarios.forced_moves import unfit_deal
from sim.strategies.strategy_register import Strategy

ROOM = 1 << 20  # bytes of states that lie in memory at once, for each thread


@cache
def loop() -> Any:
    """The compiled loop over runs."""
    return compiled(run_worlds, cache=True, nogil=True)


@dataclass(frozen=True)
class RunBatch:
    """What runs have in common, and in what they differ."""

    world: World  # arrays of the first morning
    start: int  # first day
    end: int  # last day
    seed: int  # of all luck
    numbers: Array  # of the runs [0 to 2^32 - 1], shape (runs,)
    strategies: Sequence[Strategy]  # of each government
    forces: Array  # forced moves in the order of day, government and partner
    varied: Sequence[RunParameter]  # what differs in every run
    record: bool  # whether to keep the record of every run
    readings: Sequence[CompiledOutcome]  # functions of every run's record
    measures: Sequence[str] = ()  # names, for what is said of a deal that is not possible
    speakers: Speakers = NOBODY  # in talks

    @cached_property
    def _first(self) -> Array:
        """The state of the first morning; what nobody looks at is not reckoned."""
        state = state_of(self.world)
        state["governments"]["weighs"] = [not VALUES.isdisjoint(names_used(s.rule)) for s in self.strategies]
        return state

    def run(self, threads: int) -> tuple[Array, Array, list[RunRecord]]:
        """Cost terms [bn USD], shape (runs, n, terms), readings (runs, readings), and records if wanted."""
        terms = np.zeros((len(self.numbers), len(self.strategies), len(COSTS)))
        values = np.zeros((len(self.numbers), len(self.readings)))
        strategies = np.array([address_of(s) for s in self.strategies], dtype=np.int64)
        readings = np.array([address_of_reading(r) for r in self.readings], dtype=np.int64)
        size = 1 if self.record else self._size(threads)
        starts = range(0, max(1, len(self.numbers)), size)  # no runs at all still compile the rules

        def chunk(at: int) -> list[RunRecord]:
            here = slice(at, at + size)
            return self._chunk(strategies, readings, at, terms[here], values[here])

        if threads == 1:
            return terms, values, [record for at in starts for record in chunk(at)]
        with ThreadPoolExecutor(threads) as pool:
            return terms, values, [record for records in pool.map(chunk, starts) for record in records]

    def _chunk(
        self, addresses: Array, readings: Array, at: int, terms: Array, values: Array
    ) -> list[RunRecord]:
        """Run the runs from `at` on, as many as there is room for in `terms`."""
        n, count = len(self.strategies), len(terms)
        now, dawn, states = self._firsts(1), self._firsts(1), self._firsts(count)
        parameters = np.zeros((count, n, max(1, *(len(s.parameters) for s in self.strategies))))
        for place, strategy in enumerate(self.strategies):
            parameters[:, place, : len(strategy.parameters)] = list(strategy.parameters.values())
        for varied in self.varied:
            varied.write(states, parameters, at)
        days = self.end - self.start + 1 if self.record or self.readings else 0
        evenings = np.zeros((days, n * n))
        reads = self.record or any(map(reads_bystanders, self.readings))
        bystanders = np.zeros(reads * (len(self.world.welfare) // max(1, n * (n - 1) // 2) - n))
        arguments = np.zeros((len(readings), max([1, *(len(r.parameters) for r in self.readings)])))
        for k, reading in enumerate(self.readings):
            arguments[k, : len(reading.parameters)] = list(reading.parameters)
        with interrupts_later():
            moves, acts, changes, offers, answer = loop()(
                PointedWorld(world_on(self.world, now[0])),
                now.view("i8"),
                PointedWorld(world_on(self.world, dawn[0])),
                dawn.view("i8"),
                states.view("i8").reshape(count, self._first.itemsize // 8),
                np.zeros(n * n, dtype=kind_of(PendingDecision)),
                self.seed,
                self.numbers[at : at + count],
                self.start,
                self.end,
                addresses,
                parameters,
                compiled_speakers(self.speakers),
                self.forces,
                terms,
                evenings,
                bystanders,
                readings,
                arguments,
                values,
            )
        self._check(*answer)
        if not self.record or not count:
            return []
        opening = [MeasureState(*measure) for measure in states["measures"][0].tolist()]
        pay = float(states["game"]["hold_hold"][0, 0]) if states["game"].size else nan
        rest = evenings.tolist(), terms[0].tolist(), pay, bystanders.tolist(), offers
        return [RunRecord(self.start, self.end, moves, acts, changes, opening, *rest)]

    def _size(self, threads: int) -> int:
        """Runs that are played at once: as many as there is room for, and as many by every thread."""
        runs = max(1, len(self.numbers))
        rounds = ceil(runs / (threads * max(64, ROOM // self._first.itemsize)))
        return ceil(runs / (threads * rounds))

    def _firsts(self, count: int) -> Array:
        """The state of the first morning some times over, shape (count,)."""
        states = np.empty(count, dtype=self._first.dtype)
        words = states.view("i8").reshape(count, self._first.itemsize // 8)
        words[:] = self._first.reshape(1).view("i8")  # much faster than fields
        return states

    def _check(self, run: int, day: int, government: int, answer: int) -> None:
        """Raise if a strategy failed, or said something that is no move, or a deal was not possible."""
        if run == NEVER:
            return
        if government == -2:
            where = f"in run {run} on {iso(day)}; TradeModel shows more"
            if answer == len(self.strategies):
                name = self.speakers.protocols[0].name
                raise StrategyError(f"protocol {name}: it failed, or said no side, {where}")
            name = self.speakers.negotiators[answer].name
            raise StrategyError(f"negotiator {name}: it failed, or said no finite number, {where}")
        if government < 0:
            raise unfit_deal(self.measures[answer], day, run)
        what = "its rule failed" if answer == FAILED else f"expected ESCALATE, HOLD or RELAX, got {answer}"
        name = self.strategies[government].name
        raise StrategyError(f"strategy {name}: {what} in run {run} on {iso(day)}; TradeModel shows more")
