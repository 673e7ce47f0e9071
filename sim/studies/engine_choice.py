"""Where studies get their runs from: the one place that knows which engine simulates them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.domain.errors import EngineError, OutcomeError
from sim.domain.run_record import RunRecord
from sim.engines.arguments import seed_from
from sim.engines.run_spec import ENGINES, RunSpec
from sim.outcomes import Outcome
from sim.scenarios.messages import did_you_mean
from sim.statistics.arrays import Array

if TYPE_CHECKING:
    from sim.engines.compiler.prepared_scenario import PreparedScenario

Numbers = NDArray[np.int64]
RECORDS_AT_ONCE = 256  # run records that are in memory at the same time
RUNS_AT_ONCE = 8192  # runs whose costs are in memory at the same time


def run_records(spec: RunSpec, first_run: int = 0) -> Iterator[RunRecord]:
    """The records of runs from a first number on, one by one: at most `RECORDS_AT_ONCE` are in memory."""
    if spec.engine not in ENGINES:
        raise EngineError(f"there is no engine {spec.engine!r}; {did_you_mean(spec.engine, ENGINES)}")
    if spec.engine == "mesa":
        from sim.engines.mesa_engine import TradeModel

        source = spec.load()
        for run in range(first_run, first_run + spec.runs):
            yield TradeModel(source, spec.seed, run, spec.until, spec.force, spec.strategy).run().record
        return
    from sim.engines.compiler.prepared_scenario import prepare
    from sim.engines.ensemble import simulate

    on = prepare(spec)
    for numbers, _ in _parts(_numbers(spec, first_run), {}, RECORDS_AT_ONCE):
        yield from simulate(on, numbers, seed=seed_from(spec.seed), values={}, record=True).records


def outcome_values(spec: RunSpec, outcomes: Sequence[Outcome], *, first_run: int = 0) -> Array:
    """Outcomes of runs from a first number on, shape (runs, outcomes); not a number where one did not happen.

    Raises OutcomeError if an outcome failed or gave no number; says in which run.
    """
    if spec.engine == "ensemble":
        from sim.engines.compiler.prepared_scenario import prepare

        numbers = _numbers(spec, first_run)
        return prepared_values(prepare(spec), outcomes, numbers=numbers, seed=spec.seed, values={})
    records = run_records(spec, first_run)
    rows = [_values_of(record, outcomes, first_run + k) for k, record in enumerate(records)]
    return np.array(rows).reshape(spec.runs, len(outcomes))


def prepared_values(
    on: "PreparedScenario",
    outcomes: Sequence[Outcome],
    *,
    numbers: Numbers,
    seed: int,
    values: Mapping[str, Array],
) -> Array:
    """Outcomes of some runs of a prepared scenario, on the ensemble, shape (runs, outcomes).

    The ensemble evaluates compiled outcomes while it runs and stores nothing else; where one of them
    cannot be compiled, all are evaluated on records one by one, with the same numbers. `values` are those of
    the numbers that differ from run to run, by their paths, each of shape (runs,). Raises OutcomeError if an
    outcome failed or gave no number, and says in which run.
    """
    from sim.engines.compiler.outcome_functions import CompiledOutcome, readable
    from sim.engines.ensemble import simulate

    readings = [CompiledOutcome(o.rule, tuple(o.parameters.values())) for o in outcomes]
    compiled = all(readable(reading) for reading in readings)
    seed = seed_from(seed)
    tables: list[Array] = []
    for part, some in _parts(numbers, values, RUNS_AT_ONCE if compiled else RECORDS_AT_ONCE):
        if not compiled:
            records = simulate(on, part, values=some, seed=seed, record=True).records
            rows = [_values_of(r, outcomes, int(run)) for run, r in zip(part, records, strict=True)]
            tables.append(np.array(rows).reshape(len(part), len(outcomes)))
            continue
        table = simulate(on, part, values=some, seed=seed, readings=readings).readings
        for row in np.flatnonzero(np.isinf(table).any(axis=1))[:1]:
            one = {path: column[row : row + 1] for path, column in some.items()}
            (record,) = simulate(on, part[row : row + 1], values=one, seed=seed, record=True).records
            table[row] = _values_of(record, outcomes, int(part[row]))  # one failed: again, for the reason
        tables.append(table)
    return np.concatenate(tables)


def _numbers(spec: RunSpec, first_run: int) -> Numbers:
    if spec.runs < 1 or not 0 <= first_run <= 2**32 - spec.runs:
        raise EngineError(
            f"runs: expected numbers from 0 to {2**32 - 1}, got {spec.runs} from {first_run} on"
        )
    return np.arange(first_run, first_run + spec.runs)


def _parts(
    numbers: Numbers, values: Mapping[str, Array], size: int
) -> Iterator[tuple[Numbers, dict[str, Array]]]:
    """The runs and what differs in them, some at a time."""
    for at in range(0, len(numbers), size):
        some = slice(at, at + size)
        yield numbers[some], {path: column[some] for path, column in values.items()}


def _values_of(record: RunRecord, outcomes: Sequence[Outcome], run: int) -> list[float]:
    """Outcomes of one run; an error names its number."""
    try:
        return [outcome(record) for outcome in outcomes]
    except OutcomeError as error:
        raise OutcomeError(f"{error}, in run {run}") from error
