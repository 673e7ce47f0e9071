"""How much an answer rests on the numbers that nobody has measured: one at a time, each over its range."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np

from sim.domain.errors import OutcomeError, SnapbackError
from sim.domain.overview import Overview, later_method
from sim.domain.parameters import DAYS
from sim.engines.run_spec import RunSpec
from sim.outcomes import Outcome, parse
from sim.scenarios.assumptions import assumptions_of
from sim.scenarios.numbers import Number
from sim.scenarios.schema import Scenario
from sim.statistics.intervals import PairedDifference, paired_difference, significant
from sim.studies.engine_choice import run_records
from sim.studies.executors import processes

Job = tuple[str, float]  # a number by its path, and the end of its range to which it is set


@dataclass(frozen=True)
class RangeEnd:
    """An end of an assumption's range, and what it does to the outcome."""

    value: float  # in the assumption's unit
    shift: PairedDifference | None  # of the outcome, against the shipped value; None if it could not be run
    real: bool = False  # whether luck alone hardly explains it, all ends that were tested taken together
    fault: str = ""  # why it could not be run, empty if it was

    @property
    def move(self) -> float:
        """How far it moves the mean outcome; 0 if that is not known."""
        mean = self.shift.interval.mean if self.shift else 0.0
        return 0.0 if math.isnan(mean) else mean


class AssumptionEffect(NamedTuple):
    """An assumption with a range, set to its ends; None where there is no end."""

    path: str
    number: Number
    low: RangeEnd | None
    high: RangeEnd | None

    @property
    def ends(self) -> list[RangeEnd]:
        """Those there are."""
        return [end for end in (self.low, self.high) if end is not None]

    @property
    def span(self) -> float:
        """How far the mean outcome moves from one end over the shipped value to the other."""
        moves = [0.0, *(end.move for end in self.ends)]
        return max(moves) - min(moves)


@dataclass(frozen=True, repr=False)
class OneAtATime(Overview):
    """An answer and what it rests on."""

    spec: RunSpec  # which runs of every value; numbers set there are no assumptions any more
    source: Scenario  # the scenario
    outcome: Outcome  # the outcome, its names and dates resolved
    base: tuple[float, ...]  # the outcome run by run as shipped; not a number where it did not happen
    tested: tuple[AssumptionEffect, ...]  # with a range, the one that moves the mean outcome most first
    silent: dict[str, Number]  # assumptions without a range, of which this says nothing

    table = property(later_method("reports.assumptions.assumptions_report.table_of", "As `assumptions.csv`."))
    plot = later_method("reports.assumptions.tornado.draw_tornado", "A bar for each assumption, a Figure.")

    @property
    def mean(self) -> float:
        """Of the outcome with all values as shipped, over the runs in which it happened."""
        return float(np.nanmean(self.base))

    @property
    def happened(self) -> int:
        """In how many runs it did."""
        return sum(not math.isnan(x) for x in self.base)

    @property
    def judged(self) -> int:
        """How many ends were run, and judged together."""
        return sum(bool(end.shift) and end.value != t.number.value for t in self.tested for end in t.ends)


def range_ends(number: Number) -> tuple[float | None, float | None]:
    """The low and the high end of a number's range; days are whole, and rounded inwards."""
    low, high = number.low, number.high
    if number.unit == DAYS:
        low = None if low is None else float(math.ceil(low))
        high = None if high is None else float(math.floor(high))
    return low, high


def sensitivity(
    spec: RunSpec, outcome: str, *, workers: int = 1, progress: Callable[[int, int], object] | None = None
) -> OneAtATime:
    """Set each assumption to its ends, alone and with the same luck, and see what the outcome does.

    The outcome is given by its spelling, such as `cost:of=economy,government=CN`. With more than one of
    `workers` a script calls this under `if __name__ == "__main__"`; `progress` is called with how many ends
    are done, and of how many. Raises SnapbackError if the question cannot be asked, or the outcome happened
    in no run.
    """
    source = spec.load()
    resolved = parse(outcome, source, spec.last_day(source))
    base = outcome_by_run(spec, outcome)
    if all(math.isnan(x) for x in base):
        raise OutcomeError(
            f"outcome {resolved.spelling}: it did not happen in any of {spec.runs} runs, so that nothing "
            "can be compared; provoke it by --force, or give more --runs"
        )
    assumed = assumptions_of(source)
    ranges = {path: range_ends(number) for path, number in assumed.items()}
    jobs = [(path, x) for path, ends in ranges.items() for x in ends if x is not None]
    jobs = [(path, x) for path, x in dict.fromkeys(jobs) if x != assumed[path].value]
    effects = _effects(spec, outcome, base, jobs, workers, progress)
    unchanged = paired_difference(base, base)
    for path, ends in ranges.items():
        effects |= {(path, x): RangeEnd(x, unchanged) for x in ends if x == assumed[path].value}
    tested = [
        AssumptionEffect(path, assumed[path], *(None if x is None else effects[(path, x)] for x in ends))
        for path, ends in ranges.items()
        if ends != (None, None)
    ]
    silent = {path: assumed[path] for path, ends in ranges.items() if ends == (None, None)}
    ranked = tuple(sorted(tested, key=lambda t: -t.span))
    return OneAtATime(spec, source, resolved, tuple(base), ranked, silent)


def outcome_by_run(spec: RunSpec, outcome: str, overrides: Sequence[str] = ()) -> list[float]:
    """An outcome run by run, with more numbers set."""
    source = spec.load()
    resolved = parse(outcome, source, spec.last_day(source))
    changed = replace(spec, overrides=(*spec.overrides, *overrides))
    return [resolved(record) for record in run_records(changed)]


def _effects(
    spec: RunSpec,
    outcome: str,
    base: Sequence[float],
    jobs: Sequence[Job],
    workers: int,
    progress: Callable[[int, int], object] | None,
) -> dict[Job, RangeEnd]:
    """The effect of every end, each run and then judged together with the others."""
    effects: dict[Job, RangeEnd] = {}
    run = partial(_values_or_fault, spec, outcome)
    with processes(max(1, workers), run, advice="") as execute:
        for job, (values, fault) in execute(jobs) if workers > 1 else zip(jobs, map(run, jobs), strict=True):
            effects[job] = RangeEnd(job[1], None if fault else paired_difference(values, base), fault=fault)
            if progress:
                progress(len(effects), len(jobs))
    p_values = {job: shift.p_value for job in jobs if (shift := effects[job].shift)}
    real = significant(list(p_values.values()))
    return effects | {job: replace(effects[job], real=r) for job, r in zip(p_values, real, strict=True)}


def _values_or_fault(spec: RunSpec, outcome: str, job: Job) -> tuple[list[float], str]:
    """The outcome run by run at an end, or why there is none; one that fails stops no other."""
    path, value = job
    try:
        return outcome_by_run(spec, outcome, [f"{path}={value!r}"]), ""
    except SnapbackError as error:
        return [], str(error)
