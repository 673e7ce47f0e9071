"""Where studies get their worlds from: the one place that knows which engine plays them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.errors import EngineError, OutcomeError
from sim.domain.run_record import RunRecord
from sim.domain.terms import COSTS
from sim.engines.run_spec import RunSpec, seed_from
from sim.outcomes import Outcome
from sim.scenarios.load import scenario as load
from sim.scenarios.messages import did_you_mean

if TYPE_CHECKING:
    from sim.engines.compiler.prepared_scenario import PreparedScenario

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
ENGINES: Final = ("ensemble", "mesa")
AT_ONCE = 256  # lives that are kept in memory at the same time
MEASURED_AT_ONCE = 8192  # runs whose costs are kept in memory at the same time


class Block(NamedTuple):
    """Runs that follow each other.

    Attributes:
        records: of the runs.
        terms: what each cost each government, term by term in the order of `sim.domain.terms.COSTS`
            [bn USD], shape (runs, governments, terms).
    """

    records: Sequence[RunRecord]
    terms: Array


def run_records(scenario: str | Path, **asked: Any) -> Iterator[RunRecord]:
    """The lives of some runs of a seed, one after the other; takes what `run_blocks` takes.

    Raises:
        SnapbackError: anything the user can put right.
    """
    for block in run_blocks(scenario, **asked):
        yield from block.records


def run_blocks(
    scenario: str | Path,
    *,
    runs: int,
    seed: int,
    first_run: int = 0,
    until: str | None = None,
    force: Sequence[str] = (),
    strategy: Sequence[str] = (),
    overrides: Sequence[str] = (),
    vary: Mapping[str, Any] | None = None,
    engine: str = "ensemble",
    threads: int = 1,
) -> Iterator[Block]:
    """Some runs of a seed, block by block: at most `AT_ONCE` lives are in memory.

    Args:
        scenario: a shipped name or a path.
        runs: how many.
        seed: of all luck.
        first_run: number of the first.
        until: last day; the scenario's end if None.
        force: forced moves.
        strategy: strategies of governments.
        overrides: numbers set.
        vary: numbers that differ in every run, one value a run; on the ensemble only.
        engine: `ensemble` or `mesa`.
        threads: how many runs are played at the same time; on the ensemble only.

    Raises:
        SnapbackError: anything the user can put right.
    """
    _check(engine)
    if engine == "mesa":
        if vary:
            raise EngineError("vary: numbers that differ in every run are for the ensemble engine")
        from sim.engines.mesa_engine import TradeModel

        source = load(scenario, overrides)
        told: dict[str, Any] = {"until": until, "force": list(force), "strategy": list(strategy)}
        for run in range(first_run, first_run + runs):
            model = TradeModel(source, rng=seed, run=run, **told).run()
            terms = [[t.get(key, 0.0) for key in COSTS] for t in model.cost_terms.values()]
            yield Block([model.record], np.array([terms]))
        return
    from sim.engines.ensemble import simulate

    on, values = _stage(scenario, runs, until, force, strategy, overrides, vary)
    for numbers, given in _pieces(_numbers(first_run, runs), values, AT_ONCE):
        found = simulate(on, numbers, seed=seed_from(seed), values=given, record=True, threads=threads)
        yield Block(found.records, found.terms)


def outcome_values(scenario: str | Path, outcomes: Sequence[Outcome], *, runs: int, **asked: Any) -> Array:
    """Outcomes of some runs of a seed, shape (runs, outcomes); not a number where one did not happen.

    Args:
        scenario: a shipped name or a path.
        outcomes: resolved against the scenario, see `sim.outcomes.outcome_spelling.parse`.
        runs: how many.
        asked: what else `run_blocks` takes.

    Raises:
        OutcomeError: an outcome failed or gave no number; says in which run.
        SnapbackError: anything else the user can put right.
    """
    first, engine = asked.get("first_run", 0), asked.get("engine", ENGINES[0])
    _check(engine)
    if engine == "mesa":
        played = run_records(scenario, runs=runs, **asked)
        rows = [_asked_of(life, outcomes, first + k) for k, life in enumerate(played)]
        return np.array(rows).reshape(runs, len(outcomes))
    keys = ("until", "force", "strategy", "overrides", "vary")
    on, values = _stage(scenario, runs, **{key: asked.get(key) for key in keys})
    numbers, threads = _numbers(first, runs), asked.get("threads", 1)
    return prepared_outcome_values(
        on, outcomes, numbers=numbers, seed=asked["seed"], values=values, threads=threads
    )


def prepared_outcome_values(
    on: "PreparedScenario",
    outcomes: Sequence[Outcome],
    *,
    numbers: Whole,
    seed: int,
    values: Mapping[str, Array],
    threads: int = 1,
) -> Array:
    """Outcomes of some runs of a scenario that was made ready, on the ensemble, shape (runs, outcomes).

    The ensemble evaluates compiled outcomes while it plays and keeps nothing else; where one of them
    cannot be compiled, all are asked of lives one by one, with the same numbers.

    Args:
        on: what all runs share.
        outcomes: resolved against its scenario.
        numbers: of the runs, shape (runs,).
        seed: of all luck.
        values: of the numbers that differ, by their paths, each of shape (runs,).
        threads: how many runs are played at the same time.

    Raises:
        OutcomeError: an outcome failed or gave no number; says in which run.
        SnapbackError: anything else the user can put right.
    """
    from sim.engines.compiler.outcome_functions import CompiledOutcome, readable
    from sim.engines.ensemble import simulate

    readings = [CompiledOutcome(o.rule, tuple(o.parameters.values())) for o in outcomes]
    compiled = all(readable(reading) for reading in readings)
    told: dict[str, Any] = {"seed": seed_from(seed), "threads": threads}
    found: list[Array] = []
    for part, given in _pieces(numbers, values, MEASURED_AT_ONCE if compiled else AT_ONCE):
        if not compiled:
            told_lives = simulate(on, part, values=given, record=True, **told).records
            rows = [_asked_of(life, outcomes, int(run)) for run, life in zip(part, told_lives, strict=True)]
            found.append(np.array(rows).reshape(len(part), len(outcomes)))
            continue
        here = simulate(on, part, values=given, readings=readings, **told).readings
        for row in np.flatnonzero(np.isinf(here).any(axis=1))[:1]:
            one = {path: column[row : row + 1] for path, column in given.items()}
            (life,) = simulate(on, part[row : row + 1], values=one, record=True, **told).records
            here[row] = _asked_of(life, outcomes, int(part[row]))  # one failed: ask again, for the reason
        found.append(here)
    return np.concatenate(found)


def _stage(
    scenario: str | Path, runs: int, until: Any, force: Any, strategy: Any, overrides: Any, vary: Any
) -> tuple["PreparedScenario", dict[str, Array]]:
    from sim.engines.compiler.prepared_scenario import ends_of, prepare
    from sim.engines.compiler.run_parameters import columns_of

    values = columns_of(vary or {}, runs)
    ends = {path: ends_of(column) for path, column in values.items()}
    return prepare(RunSpec.of(scenario, until, force, strategy, overrides, runs=runs), ends), values


def _numbers(first_run: int, runs: int) -> Whole:
    if runs < 1 or not 0 <= first_run <= 2**32 - runs:
        raise EngineError(f"runs: expected numbers from 0 to {2**32 - 1}, got {runs} from {first_run} on")
    return np.arange(first_run, first_run + runs)


def _pieces(
    numbers: Whole, values: Mapping[str, Array], size: int
) -> Iterator[tuple[Whole, dict[str, Array]]]:
    """The runs and what differs in them, some at a time."""
    for at in range(0, len(numbers), size):
        here = slice(at, at + size)
        yield numbers[here], {path: column[here] for path, column in values.items()}


def _asked_of(life: RunRecord, outcomes: Sequence[Outcome], run: int) -> list[float]:
    """Outcomes of one life; an error names its run."""
    try:
        return [outcome(life) for outcome in outcomes]
    except OutcomeError as error:
        raise OutcomeError(f"{error}, in run {run}") from error


def _check(engine: str) -> None:
    """Raise if there is no such engine."""
    if engine not in ENGINES:
        raise EngineError(f"there is no engine {engine!r}; {did_you_mean(engine, ENGINES)}")
