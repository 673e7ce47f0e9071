"""The distribution of many runs: probability of each event over time, tariffs day by day, costs.

Records are reduced one by one. What remains is counted by day (of events, of how measures stand, of
tariffs), so that memory does not grow with the number of runs; but for each run's costs to each government in
two accounts, 8 bytes a number, without which there are no exact quantiles: 32 MB for a million runs of two.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.domain.constants import DAYS_PER_MONTH, ESCALATE, STATUSES
from sim.domain.errors import EngineError
from sim.domain.run_record import RunRecord
from sim.domain.terms import ACCOUNTS, COSTS, by_account
from sim.engines.run_spec import RunSpec
from sim.outcomes.escalating_months import escalating_months
from sim.outcomes.run_events import RunEvent, first_days
from sim.scenarios.initial_state import names_of
from sim.statistics.arrays import Array
from sim.statistics.quantile_fan import QuantileFan, add_run
from sim.studies.engine_choice import run_records
from sim.studies.forced_counts import ForceCounts

Counts = NDArray[np.int64]
MOST: Final = 1_000_000  # runs
DIGITS = 6  # of a billion dollars: a thousand dollars


class Distribution:
    """The distribution of many runs; days count from 0, the first evening."""

    def __init__(self, spec: RunSpec) -> None:
        self.spec, self.source = spec, spec.load()
        # in how many runs what was forced was possible
        self.forced = ForceCounts(spec, self.source)
        self.names, self.strategies = names_of(self.source), spec.strategies(self.source)
        self.start, self.end = self.source.start.toordinal(), spec.last_day(self.source)
        n, days, game = len(self.source.governments), self.days, self.source.game is not None
        rounds = days if game else 0
        # in how many runs something first happened on each day; what happened in none is not there
        self.firsts: dict[RunEvent, Counts] = {}
        self._status_changes: Counts = np.zeros(
            (len(self.source.measures), len(STATUSES), days), dtype=np.int64
        )
        pairs = [] if game else [(i, j) for i in range(n) for j in range(n) if i != j]
        # tariffs by importer and exporter; none in a matrix game
        self.fans = {pair: QuantileFan(days) for pair in pairs}
        # in how many runs a government escalated in so many months, shape (governments, months + 1)
        self.months: Counts = np.zeros((n, int((days - 1) / DAYS_PER_MONTH) + 2), dtype=np.int64)
        # of a matrix game: in how many runs a government held towards a partner in each round, on the
        # diagonal in how many all did; and in how many it held so many times, shape (governments, times + 1)
        self.holds: Counts = np.zeros((n, n, rounds), dtype=np.int64)
        self.rounds_held: Counts = np.zeros((n, rounds * (n - 1) + 1), dtype=np.int64)
        # of each run to each government by ACCOUNTS, and their means by COSTS [units of these, or payoff]
        self.costs: Array = np.empty((spec.runs, n, len(ACCOUNTS)))
        self.terms: Array = np.zeros((n, len(COSTS)))

    @property
    def runs(self) -> int:
        """How many."""
        return len(self.costs)

    @property
    def days(self) -> int:
        """How many evenings there are."""
        return self.end - self.start + 1

    @property
    def statuses(self) -> Counts:
        """In how many runs a measure has each status on each evening, shape (measures, statuses, days)."""
        return np.cumsum(self._status_changes, axis=2)

    def happened(self, event: RunEvent) -> Counts:
        """In how many runs something has happened by each evening."""
        none = np.zeros(self.days, dtype=np.int64)
        return np.cumsum(self.firsts.get(event, none))

    def add(self, record: RunRecord, run: int) -> None:
        """Count a run: the first is run 0."""
        self.forced.add(record)
        self.costs[run] = np.round([by_account(costs) for costs in record.costs], DIGITS) + 0.0  # no -0.0
        self.terms += np.array(record.costs) / self.runs
        for event, day in first_days(record).items():
            if event not in self.firsts:
                self.firsts[event] = np.zeros(self.days, dtype=np.int64)
            self.firsts[event][day - self.start] += 1
        for k, measure in enumerate(record.opening):
            self._status_changes[k, measure.status, 0] += 1
        now = [measure.status for measure in record.opening]
        for c in record.changes:
            if c.status != now[c.measure]:
                self._status_changes[c.measure, now[c.measure], c.day - self.start] -= 1
                self._status_changes[c.measure, c.status, c.day - self.start] += 1
                now[c.measure] = c.status
        for government, counts in enumerate(self.months):
            share = escalating_months(record, government)
            counts[round(share * (len(counts) - 1))] += 1
        if self.source.game is None:
            n = len(record.costs)
            add_run({i * n + j: fan for (i, j), fan in self.fans.items()}, record.tariffs)
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
    """The distribution of many runs; `progress` is called with how many are done, and of how many."""
    if not 1 <= spec.runs <= MOST:
        raise EngineError(f"runs: expected 1 to {MOST:,}, got {spec.runs:,}")
    result = Distribution(spec)
    for run, record in enumerate(run_records(spec)):
        result.add(record, run)
        if progress:
            progress(run + 1, spec.runs)
    result.forced.check()
    return result


def repeat_by_count(counts: Sequence[int] | Counts) -> Array:
    """The numbers 0, 1, 2 ... each as often as it was counted."""
    return np.repeat(np.arange(len(counts), dtype=float), counts)
