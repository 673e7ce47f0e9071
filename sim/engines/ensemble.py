"""Thousands of worlds: the rulebook compiled and looped over runs.

>>> from sim.engines.ensemble import ensemble
>>> ensemble("busan", runs=100, seed=1).costs.shape
(100, 2)
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from sim.domain.errors import EngineError, StrategyError
from sim.domain.life import Life
from sim.domain.state import Made, MeasureState, World
from sim.domain.words import NEVER
from sim.engines.arguments import last_day, seed_from, strategies_of, texts_of
from sim.engines.arrays import Array, arrays_of, kind_of, state_of, world_on
from sim.engines.characters import address_of
from sim.engines.compiled import compiled
from sim.engines.pointed import PointedWorld
from sim.engines.playing import play_runs
from sim.rules.accounts import Cost
from sim.scenarios.build import Names, names_of, world_of
from sim.scenarios.forces import Force, forces_of
from sim.scenarios.load import scenario as load_scenario
from sim.scenarios.schema import Scenario
from sim.strategies.register import Strategy

CHUNK = 64  # runs whose states lie in memory at once, for each thread
FORCES = np.dtype([(name, "i8") for name in Force._fields])


@dataclass(frozen=True)
class Ensemble:
    """What an ensemble leaves behind.

    Attributes:
        source: the scenario.
        names: of its governments, measures and minerals, in their order.
        strategies: of each government.
        seed: of all luck.
        first_run: number of the first run.
        start: first day.
        end: last day.
        terms: cost of each run to each government, term by term in the order of
            `sim.rules.accounts.Cost` [bn USD], shape (runs, governments, terms).
        lives: the whole life of each run, empty if it was not recorded.
    """

    source: Scenario
    names: Names
    strategies: Mapping[str, Strategy]
    seed: int
    first_run: int
    start: int
    end: int
    terms: Array
    lives: Sequence[Life]

    @cached_property
    def costs(self) -> Array:
        """Cost of each run to each government [bn USD], shape (runs, governments)."""
        costs: Array = self.terms.sum(axis=2)
        return costs

    @property
    def cost_terms(self) -> dict[str, dict[str, Array]]:
        """Cost by government and term, of every run [bn USD]."""
        return {
            code: {term: self.terms[:, place, k] for k, term in enumerate(Cost._fields)}
            for place, code in enumerate(self.names.governments)
        }


def ensemble(
    scenario: str | Path | Scenario = "busan",
    runs: int = 1000,
    seed: Any = 0,
    first_run: int = 0,
    until: date | str | None = None,
    force: str | Sequence[str] = (),
    strategy: str | Sequence[str] | Mapping[str, str] = (),
    set: str | Sequence[str] = (),
    record: bool = False,
    threads: int = 1,
) -> Ensemble:
    """Play many runs of a scenario, each as `TradeModel(scenario, rng=seed, run=number)` would.

    Args:
        scenario: a shipped name, a path, or a loaded scenario.
        runs: how many.
        seed: of all luck [0 to 2^63 - 1].
        first_run: number of the first run.
        until: last day, a date or YYYY-MM-DD; the scenario's end if None.
        force: forced moves, such as `US:escalate@2026-03-02`; one text or several.
        strategy: strategies by government, such as `CN=tit_for_tat:generosity=0.1`.
        set: changes to the scenario's numbers, such as `US.renewal_belief=0.5`.
        record: whether to keep every run's decisions, changes and tariffs.
        threads: how many runs are played at the same time.

    Raises:
        SnapbackError: anything the user can put right.
    """
    changes = texts_of(set)
    if isinstance(scenario, Scenario) and changes:
        raise EngineError("set: give the scenario by name or path to change its numbers")
    source = scenario if isinstance(scenario, Scenario) else load_scenario(scenario, changes)
    if runs < 1 or threads < 1 or not 0 <= first_run <= 2**32 - runs:
        raise EngineError(
            f"ensemble: expected runs and threads from 1 and run numbers below 2^32, got {runs}"
        )
    names = names_of(source)
    chosen = strategies_of(strategy, source)
    forced = forces_of(texts_of(force), source, names)
    table = Table(
        world=arrays_of(world_of(source)),
        start=source.start.toordinal(),
        end=last_day(until, source),
        seed=seed_from(seed),
        strategies=[chosen[code] for code in names.governments],
        forces=np.array([tuple(f) for f in sorted(forced.values())], dtype=FORCES),
        first_run=first_run,
        runs=runs,
        record=record,
    )
    terms, lives = table.played(threads)
    return Ensemble(source, names, chosen, table.seed, first_run, table.start, table.end, terms, lives)


@cache
def loop() -> Any:
    """The compiled loop over runs."""
    return compiled(play_runs, cache=True, nogil=True)


@dataclass(frozen=True)
class Table:
    """All that runs have in common, laid out for the compiled loop."""

    world: World
    start: int
    end: int
    seed: int
    strategies: Sequence[Strategy]
    forces: Array
    first_run: int
    runs: int
    record: bool

    def played(self, threads: int) -> tuple[Array, list[Life]]:
        """The cost terms of all runs, and their lives if they are recorded."""
        terms = np.zeros((self.runs, len(self.strategies), len(Cost._fields)))
        addresses = np.array([address_of(s) for s in self.strategies], dtype=np.int64)
        size = 1 if self.record else CHUNK
        starts = range(0, self.runs, size)
        if threads == 1 or len(starts) == 1:
            return terms, [
                life for at in starts for life in self.piece(addresses, at, terms[at : at + size])
            ]
        lives = self.piece(addresses, 0, terms[:size])  # compiles, if it must
        with ThreadPoolExecutor(threads) as pool:
            for found in pool.map(lambda at: self.piece(addresses, at, terms[at : at + size]), starts[1:]):
                lives += found
        return terms, lives

    def piece(self, addresses: Array, at: int, terms: Array) -> list[Life]:
        """Play some runs; their cost terms go into `terms`."""
        count, n = len(terms), len(self.strategies)
        first = state_of(self.world)
        states = np.empty(count, dtype=first.dtype)
        states[:] = first
        now = first.copy()
        parameters = np.zeros((count, n, self.width))
        for place, strategy in enumerate(self.strategies):
            parameters[:, place, : len(strategy.parameters)] = list(strategy.parameters.values())
        days = self.end - self.start + 1
        evenings = np.zeros((days if self.record else 0, n * n))
        moves, changes, said = loop()(
            PointedWorld(world_on(self.world, now)),
            now.reshape(1).view("u1"),
            states.view("u1").reshape(count, -1),
            np.zeros(n * n, dtype=kind_of(Made)),
            self.seed,
            self.first_run + at,
            self.start,
            self.end,
            addresses,
            parameters,
            self.forces,
            terms,
            evenings,
        )
        run, _, government, move = said
        if run != NEVER:
            name = self.strategies[government].name
            raise StrategyError(f"strategy {name}: expected ESCALATE, HOLD or RELAX, got {move!r}")
        if not self.record:
            return []
        opening = [MeasureState(*m) for m in states["measures"][0].tolist()]
        costs = terms[0].sum(axis=1).tolist()
        return [Life(self.start, self.end, moves, changes, opening, evenings, costs)]

    @property
    def width(self) -> int:
        """Room for the parameters of any of the strategies."""
        return max(1, *(len(s.parameters) for s in self.strategies))
