"""Thousands of worlds: the rulebook compiled and looped over runs.

>>> from sim.engines.ensemble import ensemble
>>> ensemble("busan", runs=100, seed=1).costs.shape
(100, 2)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from sim.domain.errors import EngineError
from sim.domain.life import Life
from sim.engines.arguments import last_day, seed_from, strategies_of, texts_of
from sim.engines.arrays import Array, arrays_of
from sim.engines.batch import Batch
from sim.engines.readings import Reading
from sim.engines.varied import Varied, columns_of, numbers_of, parameters_of, spelling
from sim.rules.accounts import Cost
from sim.scenarios.build import Names, names_of, world_of
from sim.scenarios.forces import Force, forces_of
from sim.scenarios.load import scenario as load_scenario
from sim.scenarios.schema import Scenario
from sim.strategies.register import Strategy

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
        readings: what was read from each life, shape (runs, readings); infinite where that failed.
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
    readings: Array
    lives: Sequence[Life]

    @cached_property
    def costs(self) -> Array:
        """Cost of each run to each government [bn USD], shape (runs, governments)."""
        costs = np.zeros(self.terms.shape[:2])
        for k in range(self.terms.shape[2]):  # added up in the same order as in a life
            costs += self.terms[:, :, k]
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
    vary: Mapping[str, Any] | None = None,
    record: bool = False,
    threads: int = 1,
    readings: Sequence[Reading] = (),
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
        vary: numbers that differ in every run, by the paths of `set` or as `CN.strategy.generosity`: each
            one value a run.
        record: whether to keep every run's decisions, changes and tariffs.
        threads: how many runs are played at the same time.
        readings: what is read from every life while runs are played, without keeping lives.

    Raises:
        SnapbackError: anything the user can put right.
    """
    if runs < 1 or threads < 1:
        raise EngineError(f"ensemble: expected at least 1 run and 1 thread, got {runs} and {threads}")
    if not 0 <= first_run <= 2**32 - runs:
        raise EngineError(f"first_run: expected runs from 0 to {2**32 - 1}, got {first_run} and {runs} runs")
    changes = texts_of(set)
    columns = columns_of(vary or {}, runs)
    varied: list[Varied] = []
    if isinstance(scenario, Scenario):
        source = scenario
        chosen = strategies_of(strategy, source)
        parameters = parameters_of(columns, chosen)
        if changes or len(parameters) < len(columns):
            raise EngineError("set and vary: give the scenario by name or path to change its numbers")
    else:
        chosen = strategies_of(strategy, load_scenario(scenario))
        parameters = parameters_of(columns, chosen)
        numbers = {path: values for path, values in columns.items() if path not in parameters}
        changes += [f"{path}={spelling(float(values[0]))}" for path, values in numbers.items()]
        source = load_scenario(scenario, changes)
        varied = numbers_of(numbers, scenario, changes)
    names = names_of(source)
    forced = forces_of(texts_of(force), source, names)
    batch = Batch(
        world=arrays_of(world_of(source)),
        start=source.start.toordinal(),
        end=last_day(until, source),
        seed=seed_from(seed),
        first_run=first_run,
        runs=runs,
        strategies=[chosen[code] for code in names.governments],
        forces=np.array([tuple(f) for f in sorted(forced.values())], dtype=FORCES),
        varied=[*parameters.values(), *varied],
        record=record,
        readings=readings,
    )
    terms, found, lives = batch.played(threads)
    return Ensemble(source, names, chosen, batch.seed, first_run, batch.start, batch.end, terms, found, lives)
