"""The record beside free-running simulations: all quantities tested together, and each with its interval."""

from collections.abc import Iterator, Sequence
from math import isnan, nan
from typing import Final, NamedTuple

import numpy as np

from sim.engines.ensemble import ensemble
from sim.record.coding import Scoring, months_by_score
from sim.record.events import Record, record
from sim.record.months import month_name, month_of
from sim.record.tariffs import month_end, tariff_steps
from sim.scenarios.load import scenario as load
from sim.statistics.arrays import Array
from sim.statistics.intervals import LEVEL, Interval
from sim.statistics.scores import bootstrap_interval
from sim.validation.moments.monthly_acts import recorded_history, severities, simulated_history, whole_months
from sim.validation.moments.quantities import Cases, quantities

SCENARIOS: Final = ("phase_one", "spiral_2025", "busan")


class JointTest(NamedTuple):
    """A test of all quantities together, calibrated by treating each simulated run as the record."""

    scenarios: tuple[str, ...]  # whose quantities are taken together
    outside: int  # how many of the record's lie outside the central 95 % of single runs
    judged: int  # of how many
    mean: float  # how many of so many do on average where a run is treated as the record
    most: float  # the number that one run in twenty exceeds
    p: float  # share of histories, the record counted in, in which as large a share lies outside [0 to 1]

    @property
    def rejects(self) -> bool:
        """Whether the record is no such run, at 5 %."""
        return self.p <= 1.0 - LEVEL


def central(values: Array) -> tuple[float, float]:
    """The interval that a share LEVEL of the values lies in."""
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def outside_counts(record: Array, runs: Array) -> Array:
    """How many quantities of a history lie outside the central 95 % of the runs but itself, and of how many.

    Quantities are correlated, and a bounded one of few cases lies outside less often than one in twenty,
    so that no number of them can be expected by counting; runs that are judged as the record is give it.

    `record` are its quantities, not a number where it has none, shape (quantities,), `runs` the same of each
    run, shape (runs, quantities). Counts are of the record, then of each run, shape (1 + runs, 2).
    """
    counts = np.zeros((1 + len(runs), 2))
    for value, column in zip(record, runs.T, strict=True):
        there = np.flatnonzero(~np.isnan(column))
        if np.isnan(value) or not len(there):
            continue
        values = column[there]
        others = [values, *(np.delete(values, k) for k in range(len(values)) if len(values) > 1)]
        for history, own, among in zip([0, *(1 + there)], [value, *values], others, strict=False):
            low, high = central(among)
            counts[history] += [not low - 1e-9 <= own <= high + 1e-9, 1]
    return counts


def joint_test(scenarios: Sequence[str], counts: Sequence[Array]) -> JointTest:
    """The test of some scenarios by their `outside_counts`, runs of one number making one history."""
    outside, judged = np.sum(counts, axis=0).T
    share = outside / np.maximum(judged, 1.0)
    usual = share[1:] * judged[0]
    p = float(np.mean(share >= share[0] - 1e-9))
    most = float(np.quantile(usual, LEVEL))
    return JointTest(tuple(scenarios), int(outside[0]), int(judged[0]), float(usual.mean()), most, p)


class MomentRow(NamedTuple):
    """A quantity of the record and of a scenario's runs."""

    scenario: str  # its name
    period: str  # its months
    group: str  # the table's heading
    name: str  # of the quantity
    cases: int  # of the record, that the value is the mean or median of
    # with an interval over months; None where the record does not cover the period
    record: Interval | None
    # mean over runs in which there is something to measure, with an interval over runs
    simulated: Interval
    single: tuple[float, float]  # the central 95 % of single runs
    runs: int  # in how many of them there is something to measure
    # whether the record's value lies in that of single runs, by itself; None if one of them has none. What
    # all quantities say together `sim.validation.moments.moment_comparison` says
    within: bool | None


class ScenarioComparison(NamedTuple):
    """The rows of a scenario, and the counts of `outside_counts`; none where the record does not cover it."""

    rows: list[MomentRow]
    counts: Array | None


def joint_tests(compared: Sequence[ScenarioComparison]) -> list[JointTest]:
    """The test of all scenarios that the record covers together, then of each."""
    counts = {c.rows[0].scenario: c.counts for c in compared if c.counts is not None}
    together = dict.fromkeys((tuple(counts), *((name,) for name in counts))) if counts else ()
    return [joint_test(names, [counts[name] for name in names]) for names in together]


def compare_history(runs: int = 500, seed: int = 0) -> Iterator[ScenarioComparison]:
    """Each scenario in turn, run freely from its first day, beside the record's same months."""
    recorded_moves = record()
    for name in SCENARIOS:
        yield compare_scenario(name, recorded_moves, runs, seed)


def compare_scenario(name: str, recorded_moves: Record, runs: int, seed: int) -> ScenarioComparison:
    """One scenario beside the record."""
    source = load(name)
    months = whole_months(source)
    covered = month_of(recorded_moves.since) <= months[0] and source.end <= recorded_moves.through
    severity = severities(source, recorded_moves)
    records = ensemble(source, runs=runs, seed=seed, record=True).records
    measured = [quantities(simulated_history(run, severity, months)) for run in records]
    real: Sequence[Cases | None] = [None] * len(measured[0])
    if covered:
        steps = tariff_steps()
        ends = tuple(month_end(steps, month) for month in months)
        real = quantities(recorded_history(recorded_moves, ends, months))
    period = f"{month_name(months[0])} to {month_name(months[-1])}"
    table = np.array([[one.value for one in of_run] for of_run in measured])
    counts = outside_counts(np.array([nan if one is None else one.value for one in real]), table)
    rows = []
    for k, (first, recorded) in enumerate(zip(measured[0], real, strict=True)):
        values = table[~np.isnan(table[:, k]), k]
        simulated, single = _over_runs(values, seed)
        of_record = None if recorded is None else _recorded(recorded, seed)
        within = None
        if of_record is not None and not isnan(of_record.mean) and len(values):
            within = bool(single[0] - 1e-9 <= of_record.mean <= single[1] + 1e-9)
        count = 0 if recorded is None else len(recorded.values)
        labels = name, period, first.group, first.name
        rows.append(MomentRow(*labels, count, of_record, simulated, single, len(values), within))
    return ScenarioComparison(rows, counts if covered else None)


def threats_count(recorded_moves: Record) -> tuple[int, int]:
    """Side-months of the periods coded otherwise if threats and agreements weigh nothing, of how many."""
    months = {month for name in SCENARIOS for month in whole_months(load(name))}
    plain = months_by_score(recorded_moves, Scoring(threat=0.0))
    pairs = [(a, b) for a, b in zip(months_by_score(recorded_moves), plain, strict=True) if a.month in months]
    return sum(a.moves[k] != b.moves[k] for a, b in pairs for k in (0, 1)), 2 * len(pairs)


def _over_runs(values: np.ndarray, seed: int) -> tuple[Interval, tuple[float, float]]:
    """The mean over runs with its bootstrap interval, and the central 95 % of single runs."""
    if not len(values):
        return Interval(nan, nan, nan), (nan, nan)
    return bootstrap_interval(values, range(len(values)), seed=seed, draws=2000), central(values)


def _recorded(cases: Cases, seed: int) -> Interval:
    """The record's value with its bootstrap interval over months; none for what happens once."""
    once = len(set(cases.months)) < 2
    return Interval(cases.value, *((nan, nan) if once else central(cases.resampled(seed))))
