"""A study cut into chunks: what is run together, stored together, and lost together at worst."""

import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from sim.domain.errors import SnapbackError
from sim.engines.compiler.prepared_scenario import PreparedScenario, prepare
from sim.engines.compiler.run_parameters import ValueRange
from sim.engines.run_spec import RunSpec
from sim.outcomes import Outcome, parse
from sim.scenarios.load import scenario as load
from sim.scenarios.messages import shortened
from sim.statistics.arrays import Array
from sim.storage.provenance import made_with
from sim.studies.engine_choice import outcome_values, prepared_values
from sim.studies.user_files import Files, local_copies, with_path, with_strategy_path

CACHE_SIZE: Final = 64  # settings that stay prepared in a process
AT_ONCE: Final = 1024  # runs that are run again in halves if one of them fails
LONGEST: Final = 300  # letters of an error that are stored
Ranges = tuple[tuple[str, ValueRange], ...]
ADDRESS: Final = re.compile(r"\b0x[0-9a-fA-F]+")
ONE_AT_A_TIME: Final = threading.Lock()  # for workers of a cluster that have threads


@dataclass(frozen=True)
class Task:
    """A chunk as plain data, so that any process on any machine can run it."""

    name: str  # of its file
    spec: RunSpec  # what its cells share
    ranges: Ranges  # of the numbers in which they differ, by path
    outcomes: tuple[str, ...]  # their spellings
    cells: Array  # of each run, shape (runs,)
    runs: Array  # number of each within its cell
    numbers: Array  # of each run's luck
    values: Mapping[str, Array]  # of the numbers in which cells differ, by path, each of shape (runs,)
    files: Files = ()  # the user's own that it needs; none where they are known to lie in place


class TaskResult(NamedTuple):
    """The outcomes of a chunk."""

    values: Array  # of every outcome, shape (runs, outcomes); not a number where one did not happen
    errors: dict[int, str]  # why a run failed, by its row
    made_with: dict[str, str]  # the code and the versions that ran it


def run_task(task: Task) -> TaskResult:
    """Run a chunk; a run that fails is reported, and the others go on.

    Raises SnapbackError if what every run of it needs is missing or wrong.
    """
    with ONE_AT_A_TIME:
        if task.files:
            task = _with_local_files(task, local_copies(task.files))
        check_task(task)
        values = np.full((len(task.cells), len(task.outcomes)), np.nan)
        errors: dict[int, str] = {}
        for rows in _parts(task):
            _run_rows(task, rows, values, errors)
        return TaskResult(values, errors, made_with())


@lru_cache(maxsize=CACHE_SIZE)
def prepare_setting(spec: RunSpec, ranges: Ranges, files: Files) -> PreparedScenario:  # noqa: ARG001
    """A setting prepared to be run; other texts of the user's files make another one."""
    return prepare(spec, dict(ranges))


def _with_local_files(task: Task, places: Mapping[str, str]) -> Task:
    """A task whose files are where this process finds them."""

    def local(path: str) -> str:
        return places.get(path, path)

    strategy = tuple(with_strategy_path(text, local) for text in task.spec.strategy)
    return replace(
        task,
        spec=replace(task.spec, scenario=local(task.spec.name), strategy=strategy),
        outcomes=tuple(with_path(text, local) for text in task.outcomes),
    )


def check_task(task: Task) -> None:
    """Raise what would fail in every run: a file that is not there, a strategy that does not compile."""
    on, _ = _prepare_task(task)
    if task.spec.engine == "ensemble":
        from sim.engines.ensemble import simulate

        nothing = {path: column[:0] for path, column in task.values.items()}
        simulate(on, task.numbers[:0], seed=task.spec.seed, values=nothing)


def _prepare_task(task: Task) -> tuple[PreparedScenario, list[Outcome]]:
    on = prepare_setting(task.spec, task.ranges, task.files)
    return on, [parse(text, on.source, on.end) for text in task.outcomes]


def _parts(task: Task) -> Iterator[Array]:
    """The rows that are run at once: some, for Mesa of one cell, whose numbers are set."""
    cells = task.cells if task.spec.engine == "mesa" else np.zeros_like(task.cells)
    for cell in np.unique(cells):
        rows = np.flatnonzero(cells == cell)
        for at in range(0, len(rows), AT_ONCE):
            yield rows[at : at + AT_ONCE]


def _run_rows(task: Task, rows: Array, values: Array, errors: dict[int, str]) -> None:
    """Run some rows; if one fails they are halved until it is alone."""
    try:
        values[rows] = _values(task, rows)
    except SnapbackError as error:
        if len(rows) == 1:
            errors[int(rows[0])] = _sentence(error)
            return
        half = len(rows) // 2
        _run_rows(task, rows[:half], values, errors)
        _run_rows(task, rows[half:], values, errors)


def _sentence(error: SnapbackError) -> str:
    """What an error says, in one line that is the same in every process."""
    return shortened(ADDRESS.sub("0x...", " ".join(str(error).split())), LONGEST)


def _values(task: Task, rows: Array) -> Array:
    values = {path: column[rows] for path, column in task.values.items()}
    on, outcomes = _prepare_task(task)
    if task.spec.engine == "ensemble":
        return prepared_values(on, outcomes, numbers=task.numbers[rows], seed=task.spec.seed, values=values)
    fixed = _with_numbers(task.spec, {path: float(column[0]) for path, column in values.items()})
    return outcome_values(replace(fixed, runs=len(rows)), outcomes, first_run=int(task.numbers[rows[0]]))


def _with_numbers(spec: RunSpec, values: Mapping[str, float]) -> RunSpec:
    """A spec with numbers set, those of strategies too."""
    numbers = [f"{path}={value!r}" for path, value in values.items() if ".strategy." not in path]
    own = load(spec.name).governments
    strategies = {code: government.strategy for code, government in own.items()}
    strategies |= {code: text for code, _, text in (text.partition("=") for text in spec.strategy)}
    for path, value in values.items():
        if ".strategy." in path:
            code, _, key = path.split(".")
            strategies[code] += f"{',' if ':' in strategies[code] else ':'}{key}={value!r}"
    return replace(
        spec,
        overrides=(*spec.overrides, *numbers),
        strategy=tuple(f"{code}={text}" for code, text in strategies.items()),
    )
