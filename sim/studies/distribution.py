"""The distribution of many runs: probability of each event over time, tariffs day by day, costs.

Records are reduced block by block. What remains is counted by day (of events, of how measures stand, of
tariffs), so that memory does not grow with the number of runs; but for each run's cost to each government,
8 bytes a number, without which there are no exact quantiles: 16 MB for a million runs of two governments.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.domain.constants import DAYS_PER_MONTH, ESCALATE, STATUSES
from sim.domain.errors import EngineError
from sim.domain.run_record import RunRecord
from sim.domain.state import Names
from sim.domain.terms import COSTS
from sim.engines.run_spec import RunSpec
from sim.outcomes.escalating_months import escalating_months
from sim.outcomes.run_events import RunEvent, first_days
from sim.scenarios.initial_state import names_of
from sim.scenarios.schema import Scenario
from sim.statistics.quantile_fan import QuantileFan, add_run
from sim.strategies.strategy_register import Strategy
from sim.studies.world_runs import Block, run_blocks

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
MOST: Final = 1_000_000  # runs
DIGITS = 6  # of a billion dollars: a thousand dollars


@dataclass(frozen=True)
class Distribution:
    """The distribution of many runs; days count from 0, the first evening.

    Attributes:
        spec: which runs.
        source: the scenario.
        names: of its governments and measures, in their order.
        strategies: of each government.
        start: first day.
        end: last day.
        firsts: in how many runs something first happened on each day; what happened in none is not there.
        statuses: in how many runs a measure has each status on each evening, shape (measures, statuses,
            days).
        fans: tariffs by importer and exporter; none in a matrix game.
        months: in how many runs a government escalated in so many months, shape (governments, months + 1).
        holds: in how many runs of a matrix game a government held towards a partner in each round, and on
            the diagonal in how many all did, shape (governments, governments, rounds).
        rounds_held: in how many runs of a matrix game a government held so many times, towards all
            partners together, shape (governments, times + 1).
        costs: of each run to each government [bn USD, or payoff], shape (runs, governments).
        terms: mean cost to each government by the terms of `sim.domain.terms.COSTS`, shape
            (governments, terms).
    """

    spec: RunSpec
    source: Scenario
    names: Names
    strategies: Mapping[str, Strategy]
    start: int
    end: int
    firsts: Mapping[RunEvent, Counts]
    statuses: Counts
    fans: Mapping[tuple[int, int], QuantileFan]
    months: Counts
    holds: Counts
    rounds_held: Counts
    costs: Array
    terms: Array

    @property
    def runs(self) -> int:
        """How many."""
        return len(self.costs)

    @property
    def days(self) -> int:
        """How many evenings there are."""
        return self.end - self.start + 1

    def happened(self, event: RunEvent) -> Counts:
        """In how many runs something has happened by each evening."""
        none = np.zeros(self.days, dtype=np.int64)
        return np.cumsum(self.firsts.get(event, none))


@dataclass
class DistributionCounts:
    """What is counted run by run."""

    source: Scenario
    start: int
    days: int
    firsts: dict[RunEvent, Counts] = field(init=False)
    statuses: Counts = field(init=False)
    fans: dict[int, QuantileFan] = field(init=False)
    months: Counts = field(init=False)
    holds: Counts = field(init=False)
    rounds_held: Counts = field(init=False)

    def __post_init__(self) -> None:
        n, days, game = len(self.source.governments), self.days, self.source.game is not None
        rounds = days if game else 0
        self.firsts = defaultdict(lambda: np.zeros(days, dtype=np.int64))
        self.statuses = np.zeros((len(self.source.measures), len(STATUSES), days), dtype=np.int64)
        columns = [] if game else [i * n + j for i in range(n) for j in range(n) if i != j]
        self.fans = {column: QuantileFan(days) for column in columns}
        self.months = np.zeros((n, int((days - 1) / DAYS_PER_MONTH) + 2), dtype=np.int64)
        self.holds = np.zeros((n, n, rounds), dtype=np.int64)
        self.rounds_held = np.zeros((n, rounds * (n - 1) + 1), dtype=np.int64)

    def add(self, record: RunRecord) -> None:
        """Count a run."""
        for event, day in first_days(record).items():
            self.firsts[event][day - self.start] += 1
        for k, measure in enumerate(record.opening):
            self.statuses[k, measure.status, 0] += 1
        now = [measure.status for measure in record.opening]
        for c in record.changes:
            if c.status != now[c.measure]:
                self.statuses[c.measure, now[c.measure], c.day - self.start] -= 1
                self.statuses[c.measure, c.status, c.day - self.start] += 1
                now[c.measure] = c.status
        for government, counts in enumerate(self.months):
            share = escalating_months(record, government)
            counts[round(share * (len(counts) - 1))] += 1
        if self.source.game is None:
            add_run(self.fans, record.tariffs)
        else:
            self._add_rounds(record)

    def _add_rounds(self, record: RunRecord) -> None:
        holds = np.ones(self.holds.shape, dtype=np.int64)
        for m in record.moves:
            if m.move == ESCALATE:
                holds[m.government, m.partner, m.day - self.start] = 0
        n = len(holds)
        times = holds.sum(axis=(1, 2)) - self.days  # without the diagonal
        self.rounds_held[np.arange(n), times] += 1
        holds[np.arange(n), np.arange(n)] = holds.all(axis=(0, 1))
        self.holds += holds


def distribution_of(spec: RunSpec, progress: Callable[[int, int], object] | None = None) -> Distribution:
    """The distribution of many runs.

    Args:
        spec: which runs.
        progress: called with how many runs are done, and of how many.

    Raises:
        SnapbackError: anything the user can put right.
    """
    if not 1 <= spec.runs <= MOST:
        raise EngineError(f"runs: expected 1 to {MOST:,}, got {spec.runs:,}")
    source = spec.load()
    strategies = spec.strategies(source)
    start, end = source.start.toordinal(), spec.last_day(source)
    tally = DistributionCounts(source, start, end - start + 1)
    n, count = len(source.governments), 0
    costs, terms = np.empty((spec.runs, n)), np.zeros((n, len(COSTS)))
    for block in run_blocks(spec):
        costs[count : count + len(block.records)] = costs_of(block)
        terms += block.terms.sum(axis=0)
        for record in block.records:
            tally.add(record)
        count += len(block.records)
        if progress:
            progress(count, spec.runs)
    return Distribution(
        spec=spec,
        source=source,
        names=names_of(source),
        strategies=strategies,
        start=start,
        end=end,
        firsts=dict(tally.firsts),
        statuses=np.cumsum(tally.statuses, axis=2),
        fans={divmod(column, n): fan for column, fan in tally.fans.items()},
        months=tally.months,
        holds=tally.holds,
        rounds_held=tally.rounds_held,
        costs=costs,
        terms=terms / spec.runs,
    )


def costs_of(block: Block) -> Array:
    """What each run of a block cost each government, to a thousand dollars; never minus nothing."""
    costs: Array = np.round([record.costs for record in block.records], DIGITS) + 0.0
    return costs


def repeat_by_count(counts: Sequence[int] | Counts) -> Array:
    """The numbers 0, 1, 2 ... each as often as it was counted."""
    return np.repeat(np.arange(len(counts), dtype=float), counts)
