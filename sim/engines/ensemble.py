"""Thousands of worlds: the rulebook compiled and looped over runs.

>>> from sim.engines.ensemble import ensemble
>>> ensemble("busan", runs=100, seed=1).costs.shape  # a row a run, columns by government and account
(100, 4)
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.domain.overview import Overview, later_method
from sim.domain.run_record import RunRecord
from sim.domain.terms import ACCOUNT_OF, ACCOUNTS, COSTS
from sim.engines.arguments import seed_from, whole
from sim.engines.compiler.outcome_functions import CompiledOutcome
from sim.engines.compiler.prepared_scenario import PreparedScenario, ends_of, prepare
from sim.engines.compiler.run_parameters import RunParameter, columns_of
from sim.engines.compiler.world_arrays import Array
from sim.engines.run_batch import RunBatch
from sim.engines.run_spec import RunSpec
from sim.engines.talks import speakers_of
from sim.scenarios.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

AT_ONCE = 256  # records that are in memory at the same time


@dataclass(frozen=True, repr=False)
class Ensemble(Overview):
    """What an ensemble leaves behind."""

    ready: PreparedScenario  # what all runs share, and what was asked for
    values: Mapping[str, Array]  # of the numbers that differ, by their paths, each of shape (runs,)
    seed: int  # of all luck
    numbers: Array  # of the runs, shape (runs,)
    # cost of each run to each government, term by term in the order of `sim.domain.terms.COSTS`, shape (runs,
    # governments, terms); `costs` and `cost_terms` are tables.
    terms: Array
    readings: Array  # what was read from each run, shape (runs, readings); infinite where that failed
    records: Sequence[RunRecord]  # of each run, empty if none was kept

    source = property(attrgetter("ready.source"), doc="The scenario.")
    names = property(attrgetter("ready.names"), doc="Of its governments, measures and minerals, in order.")

    @cached_property
    def costs(self) -> "pd.DataFrame":
        """Cost of each run against the first morning's world, a row a run: the index is its number.

        Columns are by government and `sim.domain.terms.ACCOUNTS` [bn USD, and equivalents]:
        `worlds.costs["US", "economy"]`.
        """
        costs = np.zeros((*self.terms.shape[:2], len(ACCOUNTS)))
        for k, account in enumerate(ACCOUNT_OF):  # added up in the same order as by the recorder
            costs[:, :, account] += self.terms[:, :, k]
        return self._table(costs, "account", ACCOUNTS)

    plot = later_method(
        "reports.distribution.distribution_figure.draw_ensemble",
        "The picture that `snapback run --runs` draws, a Figure; runs without records are simulated again.",
    )

    def replay(self) -> Iterator[RunRecord]:
        """The records of all runs: those that were kept, else simulated again, `AT_ONCE` at a time."""
        yield from self.records
        for at in range(len(self.records), len(self.numbers), AT_ONCE):
            some = slice(at, at + AT_ONCE)
            values = {path: column[some] for path, column in self.values.items()}
            numbers = self.numbers[some]
            yield from simulate(self.ready, numbers, seed=self.seed, values=values, record=True).records

    @property
    def cost_terms(self) -> "pd.DataFrame":
        """The same term by term: columns by government and `sim.domain.terms.COSTS`."""
        return self._table(self.terms, "term", COSTS)

    def _table(self, values: Array, part: str, names: Sequence[str]) -> "pd.DataFrame":
        """Numbers of every run by government and part, from shape (runs, governments, parts)."""
        import pandas as pd

        columns = pd.MultiIndex.from_product(
            [self.ready.names.governments, names], names=["government", part]
        )
        flat = values.reshape(len(values), len(columns))
        return pd.DataFrame(flat, index=pd.Index(self.numbers, name="run"), columns=columns)


def ensemble(
    scenario: str | Path | Scenario = "busan",
    runs: int = 1000,
    seed: Any = 0,
    first_run: int = 0,
    until: date | str | None = None,
    force: str | Sequence[str] = (),
    strategy: str | Sequence[str] | Mapping[str, str] = (),
    set: str | Sequence[str] | Mapping[str, Any] = (),
    vary: Mapping[str, Any] | None = None,
    record: bool = False,
    threads: int = 1,
    readings: Sequence[CompiledOutcome] = (),
) -> Ensemble:
    """Run a scenario many times, each as `TradeModel(scenario, rng=seed, run=number)` would.

    Args:
        scenario: a shipped name, a path, or a loaded scenario.
        runs: how many.
        seed: of all luck [0 to 2^63 - 1].
        first_run: number of the first run.
        until: last day, a date of any kind or YYYY-MM-DD; the scenario's end if None.
        force: forced moves, such as `US:escalate@2026-03-02`; one text or several.
        strategy: strategies by government, such as `CN=tit_for_tat:generosity=0.1`.
        set: changes to the scenario's numbers, such as `US.renewal_belief=0.5`, or a table of them.
        vary: numbers that differ in every run, by the paths of `set` or as `CN.strategy.generosity`: each
            one value a run.
        record: whether to keep every run's decisions, changes and tariffs.
        threads: how many runs go on at the same time.
        readings: functions of a run's record, evaluated while it runs; no record is kept for them.

    Raises:
        SnapbackError: anything the user can put right.
    """
    runs, threads = whole("runs", runs, 1, 2**32), whole("threads", threads, 1, 2**10)
    first_run = whole("first_run", first_run, 0, 2**32 - runs)
    columns = columns_of(vary or {}, runs)
    spec = RunSpec.of(scenario, until, force, strategy, set, seed=seed_from(seed), runs=runs)
    return simulate(
        prepare(spec, {path: ends_of(values) for path, values in columns.items()}),
        np.arange(first_run, first_run + runs),
        seed=spec.seed,
        values=columns,
        record=record,
        readings=readings,
        threads=threads,
    )


def simulate(
    ready: PreparedScenario,
    numbers: Array,
    *,
    seed: int,
    values: Mapping[str, Array],
    record: bool = False,
    readings: Sequence[CompiledOutcome] = (),
    threads: int = 1,
) -> Ensemble:
    """Some runs of a scenario that was made ready, in any order.

    `numbers` [0 to 2^32 - 1] and each of the `values` that differ, by their paths, have the shape (runs,).
    The rest is as of `ensemble`.
    """
    batch = RunBatch(
        world=ready.world,
        start=ready.start,
        end=ready.end,
        seed=seed,
        numbers=np.asarray(numbers, dtype=np.int64),
        strategies=[ready.strategies[code] for code in ready.names.governments],
        measures=ready.names.measures,
        forces=ready.forces,
        varied=[
            RunParameter(place, values[path]) for path, places in ready.places.items() for place in places
        ],
        record=record,
        readings=readings,
        speakers=speakers_of(ready.source),
    )
    return Ensemble(ready, values, seed, batch.numbers, *batch.run(threads))
