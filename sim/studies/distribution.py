"""The spread of many runs: chance of each event over time, tariffs day by day, costs.

Lives are reduced block by block. What is kept is counted by day (of events, of how measures stand, of
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
from sim.engines.run_spec import last_day, strategies_of
from sim.outcomes.escalating_months import escalating_months
from sim.outcomes.run_events import RunEvent, first_days
from sim.scenarios.initial_state import names_of
from sim.scenarios.load import scenario as load
from sim.scenarios.schema import Scenario
from sim.statistics.quantile_fan import QuantileFan, add_run
from sim.strategies.strategy_register import Strategy
from sim.studies.world_runs import Block, run_blocks

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
MOST: Final = 1_000_000  # runs
DIGITS = 6  # of a billion dollars: a thousand dollars


@dataclass(frozen=True)
class DistributionSpec:
    """Which worlds are played: enough to play them again.

    Attributes:
        scenario: a shipped name or a path.
        runs: runs 0 to runs - 1 of the seed.
        seed: of all luck.
        until: last day, the scenario's end if None.
        force: forced moves.
        strategy: strategies of governments.
        overrides: numbers set.
        engine: `ensemble` or `mesa`; both play the same runs.
    """

    scenario: str
    runs: int
    seed: int = 1
    until: str | None = None
    force: tuple[str, ...] = ()
    strategy: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    engine: str = "ensemble"


@dataclass(frozen=True)
class Distribution:
    """What many runs came to; days count from 0, the first evening.

    Attributes:
        worlds: which were played.
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
        held: in how many runs of a matrix game a government held towards a partner in each round, and on
            the diagonal in how many all did, shape (governments, governments, rounds).
        rounds_held: in how many runs of a matrix game a government held so many times, towards all
            partners together, shape (governments, times + 1).
        costs: of each run to each government [bn USD, or payoff], shape (runs, governments).
        terms: mean cost to each government by the terms of `sim.domain.terms.COSTS`, shape
            (governments, terms).
    """

    worlds: DistributionSpec
    source: Scenario
    names: Names
    strategies: Mapping[str, Strategy]
    start: int
    end: int
    firsts: Mapping[RunEvent, Counts]
    statuses: Counts
    fans: Mapping[tuple[int, int], QuantileFan]
    months: Counts
    held: Counts
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
    """What is counted while runs are played."""

    source: Scenario
    start: int
    days: int
    firsts: dict[RunEvent, Counts] = field(init=False)
    statuses: Counts = field(init=False)
    fans: dict[int, QuantileFan] = field(init=False)
    months: Counts = field(init=False)
    held: Counts = field(init=False)
    rounds_held: Counts = field(init=False)

    def __post_init__(self) -> None:
        n, days, game = len(self.source.governments), self.days, self.source.game is not None
        rounds = days if game else 0
        self.firsts = defaultdict(lambda: np.zeros(days, dtype=np.int64))
        self.statuses = np.zeros((len(self.source.measures), len(STATUSES), days), dtype=np.int64)
        columns = [] if game else [i * n + j for i in range(n) for j in range(n) if i != j]
        self.fans = {column: QuantileFan(days) for column in columns}
        self.months = np.zeros((n, int((days - 1) / DAYS_PER_MONTH) + 2), dtype=np.int64)
        self.held = np.zeros((n, n, rounds), dtype=np.int64)
        self.rounds_held = np.zeros((n, rounds * (n - 1) + 1), dtype=np.int64)

    def add(self, life: RunRecord) -> None:
        """Count a run."""
        for event, day in first_days(life).items():
            self.firsts[event][day - self.start] += 1
        for k, measure in enumerate(life.opening):
            self.statuses[k, measure.status, 0] += 1
        now = [measure.status for measure in life.opening]
        for c in life.changes:
            if c.status != now[c.measure]:
                self.statuses[c.measure, now[c.measure], c.day - self.start] -= 1
                self.statuses[c.measure, c.status, c.day - self.start] += 1
                now[c.measure] = c.status
        for government, counts in enumerate(self.months):
            share = escalating_months(life, government)
            counts[round(share * (len(counts) - 1))] += 1
        if self.source.game is None:
            add_run(self.fans, life.tariffs)
        else:
            self._add_rounds(life)

    def _add_rounds(self, life: RunRecord) -> None:
        held = np.ones(self.held.shape, dtype=np.int64)
        for m in life.moves:
            if m.move == ESCALATE:
                held[m.government, m.partner, m.day - self.start] = 0
        n = len(held)
        times = held.sum(axis=(1, 2)) - self.days  # without the diagonal
        self.rounds_held[np.arange(n), times] += 1
        held[np.arange(n), np.arange(n)] = held.all(axis=(0, 1))
        self.held += held


def distribution_of(
    worlds: DistributionSpec, told: Callable[[int, int], object] | None = None
) -> Distribution:
    """Play many runs and see how they spread.

    Args:
        worlds: which.
        told: called with how many runs are done, and of how many.

    Raises:
        SnapbackError: anything the user can put right.
    """
    w = worlds
    if not 1 <= w.runs <= MOST:
        raise EngineError(f"runs: expected 1 to {MOST:,}, got {w.runs:,}")
    played = run_blocks(
        w.scenario,
        runs=w.runs,
        seed=w.seed,
        until=w.until,
        force=w.force,
        strategy=w.strategy,
        overrides=w.overrides,
        engine=w.engine,
    )
    source = load(w.scenario, w.overrides)
    strategies = strategies_of(w.strategy, source)
    start, end = source.start.toordinal(), last_day(w.until, source)
    tally = DistributionCounts(source, start, end - start + 1)
    n, done = len(source.governments), 0
    costs, terms = np.empty((w.runs, n)), np.zeros((n, len(COSTS)))
    for block in played:
        costs[done : done + len(block.records)] = costs_of(block)
        terms += block.terms.sum(axis=0)
        for life in block.records:
            tally.add(life)
        done += len(block.records)
        if told:
            told(done, w.runs)
    return Distribution(
        worlds=w,
        source=source,
        names=names_of(source),
        strategies=strategies,
        start=start,
        end=end,
        firsts=dict(tally.firsts),
        statuses=np.cumsum(tally.statuses, axis=2),
        fans={divmod(column, n): fan for column, fan in tally.fans.items()},
        months=tally.months,
        held=tally.held,
        rounds_held=tally.rounds_held,
        costs=costs,
        terms=terms / w.runs,
    )


def costs_of(block: Block) -> Array:
    """What each run of a block cost each government, to a thousand dollars; never minus nothing."""
    costs: Array = np.round([life.costs for life in block.records], DIGITS) + 0.0
    return costs


def repeat_by_count(counts: Sequence[int] | Counts) -> Array:
    """The numbers 0, 1, 2 ... each as often as it was counted."""
    return np.repeat(np.arange(len(counts), dtype=float), counts)
