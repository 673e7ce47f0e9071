"""How much an answer rests on the numbers that nobody has measured: one at a time, over its range."""

import math
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context

from sim.domain.errors import EngineError, OutcomeError, SnapbackError
from sim.domain.parameters import DAYS
from sim.engines.run_spec import last_day
from sim.outcomes import parse
from sim.scenarios.assumptions import assumptions_of
from sim.scenarios.load import scenario as load
from sim.scenarios.numbers import Number
from sim.statistics.paired import paired_difference, significant
from sim.studies.sensitivity import AssumptionEffect, OneAtATime, RangeEnd, SensitivitySpec
from sim.studies.world_runs import run_records


def range_ends(number: Number) -> tuple[float | None, float | None]:
    """The low and the high end of a number's range; days are whole, and rounded inwards."""
    low, high = number.low, number.high
    if number.unit == DAYS:
        low = None if low is None else float(math.ceil(low))
        high = None if high is None else float(math.floor(high))
    return low, high


def sensitivity(
    question: SensitivitySpec, *, workers: int = 1, told: Callable[[int, int], object] | None = None
) -> OneAtATime:
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
    source = load(question.scenario, question.overrides)
    outcome = parse(question.outcome, source, last_day(question.until, source))
    base = outcome_by_run(question, [])
    if all(math.isnan(x) for x in base):
        raise OutcomeError(
            f"outcome {outcome.spelling}: it did not happen in any of {question.runs} runs, so that nothing "
            "can be compared; provoke it by --force, or give more --runs"
        )
    assumed = assumptions_of(source)
    wanted = {path: range_ends(number) for path, number in assumed.items()}
    jobs = [
        (path, end)
        for path, ends in wanted.items()
        for end in ends
        if end is not None and end != assumed[path].value
    ]
    found = _ends(question, base, list(dict.fromkeys(jobs)), workers, told)
    still = paired_difference(base, base)
    for path, ends in wanted.items():
        found |= {(path, x): RangeEnd(x, still) for x in ends if x == assumed[path].value}
    tested = [
        AssumptionEffect(path, assumed[path], *(None if x is None else found[path, x] for x in ends))
        for path, ends in wanted.items()
        if ends != (None, None)
    ]
    silent = {path: assumed[path] for path, ends in wanted.items() if ends == (None, None)}
    ranked = tuple(sorted(tested, key=lambda t: -t.span))
    return OneAtATime(question, source, outcome, tuple(base), ranked, silent)


def outcome_by_run(question: SensitivitySpec, overrides: Sequence[str]) -> list[float]:
    """The outcome run by run, with more numbers set."""
    q = question
    source = load(q.scenario, q.overrides)
    outcome = parse(q.outcome, source, last_day(q.until, source))
    played = run_records(
        q.scenario,
        runs=q.runs,
        seed=q.seed,
        until=q.until,
        force=q.force,
        strategy=q.strategy,
        overrides=(*q.overrides, *overrides),
    )
    return [outcome(life) for life in played]


def _ends(
    question: SensitivitySpec,
    base: Sequence[float],
    jobs: Sequence[tuple[str, float]],
    workers: int,
    told: Callable[[int, int], object] | None,
) -> dict[tuple[str, float], RangeEnd]:
    """Every end by path and value, each run and then judged together with the others."""
    found: dict[tuple[str, float], RangeEnd] = {}

    def take(job: tuple[str, float], values: list[float], fault: str) -> None:
        found[job] = RangeEnd(job[1], None if fault else paired_difference(values, base), fault=fault)
        if told:
            told(len(found), len(jobs))

    if workers < 2:
        for job in jobs:
            take(job, *_answered(question, job))
    else:
        _in_processes(question, jobs, workers, take)
    tested = [job for job in jobs if found[job].shift]
    real = significant([shift.p_value for job in tested if (shift := found[job].shift)])
    return found | {job: replace(found[job], real=r) for job, r in zip(tested, real, strict=True)}


def _in_processes(
    question: SensitivitySpec,
    jobs: Sequence[tuple[str, float]],
    workers: int,
    take: Callable[[tuple[str, float], list[float], str], None],
) -> None:
    context = get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts)
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
        pool.shutdown(cancel_futures=True)  # `with` would take the cancelling back


def _answered(question: SensitivitySpec, job: tuple[str, float]) -> tuple[list[float], str]:
    """The outcome run by run at an end, or why there is none; one that fails stops no other."""
    path, value = job
    try:
        return outcome_by_run(question, [f"{path}={value!r}"]), ""
    except SnapbackError as error:
        return [], str(error)


def _leave_interrupts() -> None:
    """Let the parent process alone answer to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
