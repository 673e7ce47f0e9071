"""How much an answer rests on the numbers that nobody has measured: one at a time, over its range."""

import math
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np

from sim.domain.errors import EngineError, OutcomeError, SnapbackError
from sim.engines.arguments import last_day
from sim.scenarios.listing import assumptions_of
from sim.scenarios.load import scenario as load
from sim.scenarios.numbers import DAYS
from sim.scenarios.schema import Number, Scenario
from sim.studies.moves import Shift, beyond_luck, shift_of
from sim.studies.outcomes import Outcome, parse
from sim.studies.worlds import lives


@dataclass(frozen=True)
class Question:
    """What is asked, and of which worlds: enough to ask it again.

    Attributes:
        scenario: a shipped name or a path.
        outcome: its spelling, such as `cost:government=CN`.
        runs: runs 0 to runs - 1 are played for every value.
        seed: of all luck.
        until: last day, the scenario's end if None.
        force: forced moves.
        strategy: strategies of governments.
        changes: numbers set; they are no assumptions any more, and stay.
    """

    scenario: str
    outcome: str
    runs: int = 20
    seed: int = 1
    until: str | None = None
    force: tuple[str, ...] = ()
    strategy: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class End:
    """An end of an assumption's range, and what it does to the outcome.

    Attributes:
        value: in the assumption's unit.
        shift: of the outcome, against the shipped value; None if it could not be run.
        real: whether luck alone hardly explains it, all ends that were tested taken together.
        fault: why it could not be run, empty if it was.
    """

    value: float
    shift: Shift | None
    real: bool = False
    fault: str = ""

    @property
    def move(self) -> float:
        """How far it moves the mean outcome; 0 if that is not known."""
        mean = self.shift.interval.mean if self.shift else 0.0
        return 0.0 if math.isnan(mean) else mean


class Moved(NamedTuple):
    """An assumption with a range, moved to its ends; None where there is no end."""

    path: str
    number: Number
    low: End | None
    high: End | None

    @property
    def ends(self) -> list[End]:
        """Those there are."""
        return [end for end in (self.low, self.high) if end is not None]

    @property
    def span(self) -> float:
        """How far the mean outcome moves from one end over the shipped value to the other."""
        moves = [0.0, *(end.move for end in self.ends)]
        return max(moves) - min(moves)


@dataclass(frozen=True)
class Sensitivity:
    """An answer and what it rests on.

    Attributes:
        question: what was asked.
        source: the scenario.
        outcome: the outcome, its names and dates resolved.
        base: the outcome run by run with all values as shipped; not a number where it did not happen.
        tested: assumptions with a range, the one that moves the mean outcome most first.
        silent: assumptions without a range, of which this says nothing.
    """

    question: Question
    source: Scenario
    outcome: Outcome
    base: tuple[float, ...]
    tested: tuple[Moved, ...]
    silent: dict[str, Number]

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


def ends_of(number: Number) -> tuple[float | None, float | None]:
    """The low and the high end of a number's range; days are whole, and rounded inwards."""
    low, high = number.low, number.high
    if number.unit == DAYS:
        low = None if low is None else float(math.ceil(low))
        high = None if high is None else float(math.floor(high))
    return low, high


def sensitivity(
    question: Question, *, workers: int = 1, told: Callable[[int, int], object] | None = None
) -> Sensitivity:
    """Move each assumption to its ends, alone and with the same luck, and see what the outcome does.

    Args:
        question: what is asked.
        workers: processes; with more than one, a script calls this under `if __name__ == "__main__"`.
        told: called with how many ends are done, and of how many.

    Raises:
        SnapbackError: the question cannot be asked, or the outcome happened in no run.
    """
    if question.runs < 2:
        raise EngineError(f"assumptions: expected at least 2 runs, got {question.runs}")
    source = load(question.scenario, question.changes)
    outcome = parse(question.outcome, source, last_day(question.until, source))
    base = answers(question, [])
    if all(math.isnan(x) for x in base):
        raise OutcomeError(
            f"outcome {outcome.spelling}: it did not happen in any of {question.runs} runs, so that nothing "
            "can be compared; provoke it by --force, or give more --runs"
        )
    assumed = assumptions_of(source)
    wanted = {path: ends_of(number) for path, number in assumed.items()}
    jobs = [
        (path, end)
        for path, ends in wanted.items()
        for end in ends
        if end is not None and end != assumed[path].value
    ]
    found = _ends(question, base, list(dict.fromkeys(jobs)), workers, told)
    still = shift_of(base, base)
    for path, ends in wanted.items():
        found |= {(path, x): End(x, still) for x in ends if x == assumed[path].value}
    tested = [
        Moved(path, assumed[path], *(None if x is None else found[path, x] for x in ends))
        for path, ends in wanted.items()
        if ends != (None, None)
    ]
    silent = {path: assumed[path] for path, ends in wanted.items() if ends == (None, None)}
    ranked = tuple(sorted(tested, key=lambda t: -t.span))
    return Sensitivity(question, source, outcome, tuple(base), ranked, silent)


def answers(question: Question, changes: Sequence[str]) -> list[float]:
    """The outcome run by run, with more numbers set."""
    q = question
    source = load(q.scenario, q.changes)
    outcome = parse(q.outcome, source, last_day(q.until, source))
    played = lives(
        q.scenario,
        runs=q.runs,
        seed=q.seed,
        until=q.until,
        force=q.force,
        strategy=q.strategy,
        changes=(*q.changes, *changes),
    )
    return [outcome(life) for life in played]


def _ends(
    question: Question,
    base: Sequence[float],
    jobs: Sequence[tuple[str, float]],
    workers: int,
    told: Callable[[int, int], object] | None,
) -> dict[tuple[str, float], End]:
    """Every end by path and value, each run and then judged together with the others."""
    found: dict[tuple[str, float], End] = {}

    def take(job: tuple[str, float], values: list[float], fault: str) -> None:
        found[job] = End(job[1], None if fault else shift_of(values, base), fault=fault)
        if told:
            told(len(found), len(jobs))

    if workers < 2:
        for job in jobs:
            take(job, *_answered(question, job))
    else:
        _in_processes(question, jobs, workers, take)
    tested = [job for job in jobs if found[job].shift]
    real = beyond_luck([shift.chance for job in tested if (shift := found[job].shift)])
    return found | {job: replace(found[job], real=r) for job, r in zip(tested, real, strict=True)}


def _in_processes(
    question: Question,
    jobs: Sequence[tuple[str, float]],
    workers: int,
    take: Callable[[tuple[str, float], list[float], str], None],
) -> None:
    waiting: dict[Future[tuple[list[float], str]], tuple[str, float]] = {}
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts) as pool:
        try:
            waiting = {pool.submit(_answered, question, job): job for job in jobs}
            for future in as_completed(waiting):
                take(waiting[future], *future.result())
        except BrokenProcessPool:
            raise EngineError(
                "assumptions: a worker process ended early; expected more memory, or in a script a call "
                'under if __name__ == "__main__"'
            ) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _answered(question: Question, job: tuple[str, float]) -> tuple[list[float], str]:
    """The outcome run by run at an end, or why there is none; one that fails stops no other."""
    path, value = job
    try:
        return answers(question, [f"{path}={value!r}"]), ""
    except SnapbackError as error:
        return [], str(error)


def _leave_interrupts() -> None:
    """Let the parent process alone answer to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
