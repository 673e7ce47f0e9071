"""Where studies get their worlds from: the one place that knows which engine plays them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.domain.errors import EngineError, OutcomeError
from sim.domain.life import Life
from sim.scenarios.load import scenario as load
from sim.scenarios.wording import did_you_mean
from sim.studies.outcomes import Outcome

Array = NDArray[np.float64]
ENGINES: Final = ("ensemble", "mesa")
AT_ONCE = 256  # lives that are kept in memory at the same time
MEASURED_AT_ONCE = 8192  # runs whose costs are kept in memory at the same time


def lives(
    scenario: str | Path,
    *,
    runs: int,
    seed: int,
    first_run: int = 0,
    until: str | None = None,
    force: Sequence[str] = (),
    strategy: Sequence[str] = (),
    changes: Sequence[str] = (),
    vary: Mapping[str, Any] | None = None,
    engine: str = "ensemble",
    threads: int = 1,
) -> Iterator[Life]:
    """The lives of some runs of a seed, one after the other.

    Args:
        scenario: a shipped name or a path.
        runs: how many.
        seed: of all luck.
        first_run: number of the first.
        until: last day; the scenario's end if None.
        force: forced moves.
        strategy: strategies of governments.
        changes: numbers set.
        vary: numbers that differ in every run, one value a run; on the ensemble only.
        engine: `ensemble` or `mesa`.
        threads: how many runs are played at the same time; on the ensemble only.

    Raises:
        SnapbackError: anything the user can put right.
    """
    _check(engine)
    told: dict[str, Any] = {"until": until, "force": list(force), "strategy": list(strategy)}
    if engine == "mesa":
        if vary:
            raise EngineError("vary: numbers that differ in every run are for the ensemble engine")
        from sim.engines.mesa_engine import TradeModel

        source = load(scenario, changes)
        for run in range(first_run, first_run + runs):
            yield TradeModel(source, rng=seed, run=run, **told).run().life
        return
    from sim.engines.ensemble import ensemble

    for block in _blocks(scenario, runs, first_run, changes, vary, AT_ONCE):
        yield from ensemble(**block, **told, seed=seed, record=True, threads=threads).lives


def measured(scenario: str | Path, outcomes: Sequence[Outcome], *, runs: int, **asked: Any) -> Array:
    """Outcomes of some runs of a seed, shape (runs, outcomes); not a number where one did not happen.

    The ensemble evaluates compiled outcomes while it plays and keeps nothing else; where one of them
    cannot be compiled, all are asked of lives one by one, with the same numbers.

    Args:
        scenario: a shipped name or a path.
        outcomes: resolved against the scenario, see `sim.studies.outcomes.spelling.parse`.
        runs: how many.
        asked: what else `lives` takes.

    Raises:
        OutcomeError: an outcome failed or gave no number; says in which run.
        SnapbackError: anything else the user can put right.
    """
    _check(asked.get("engine", "ensemble"))
    if asked.get("engine", "ensemble") == "ensemble":
        from sim.engines.readings import Reading, readable

        readings = [Reading(o.rule, tuple(o.parameters.values())) for o in outcomes]
        if all(readable(reading) for reading in readings):
            return _read(scenario, outcomes, readings, runs, asked)
    found = np.empty((runs, len(outcomes)))
    for row, life in enumerate(lives(scenario, runs=runs, **asked)):
        found[row] = _asked_of(life, outcomes, asked.get("first_run", 0) + row)
    return found


def _read(
    scenario: str | Path, outcomes: Sequence[Outcome], readings: Any, runs: int, asked: dict[str, Any]
) -> Array:
    """Outcomes that the ensemble reads while it plays."""
    from sim.engines.ensemble import ensemble

    keys = ("until", "force", "strategy", "seed", "threads")
    told = {key: asked[key] for key in keys if key in asked}
    first_run, vary = asked.get("first_run", 0), asked.get("vary")
    found = np.empty((runs, len(outcomes)))
    at = 0
    for block in _blocks(scenario, runs, first_run, asked.get("changes", ()), vary, MEASURED_AT_ONCE):
        here = found[at : at + block["runs"]]
        here[:] = ensemble(**block, **told, readings=readings).readings
        for row in np.flatnonzero(np.isinf(here).any(axis=1))[:1]:
            place = at + int(row)  # a run in which one failed is asked again, for the reason
            again = {key: values[place : place + 1] for key, values in (vary or {}).items()}
            one = {**asked, "first_run": first_run + place, "vary": again}
            (life,) = lives(scenario, runs=1, **one)
            here[row] = _asked_of(life, outcomes, first_run + place)
        at += block["runs"]
    return found


def _asked_of(life: Life, outcomes: Sequence[Outcome], run: int) -> list[float]:
    """Outcomes of one life; an error names its run."""
    try:
        return [outcome(life) for outcome in outcomes]
    except OutcomeError as error:
        raise OutcomeError(f"{error}, in run {run}") from error


def _blocks(
    scenario: str | Path,
    runs: int,
    first_run: int,
    changes: Sequence[str],
    vary: Mapping[str, Any] | None,
    size: int,
) -> Iterator[dict[str, Any]]:
    """What the ensemble is given, some runs at a time."""
    given: dict[str, Any] = {"scenario": scenario, "set": list(changes)}
    if not vary:
        given = {"scenario": load(scenario, changes)}
    for at in range(0, runs, size):
        count = min(size, runs - at)
        differing = {path: values[at : at + count] for path, values in (vary or {}).items()}
        yield {**given, "vary": differing, "runs": count, "first_run": first_run + at}


def _check(engine: str) -> None:
    """Raise if there is no such engine."""
    if engine not in ENGINES:
        raise EngineError(f"there is no engine {engine!r}; {did_you_mean(engine, ENGINES)}")
