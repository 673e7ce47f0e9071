"""A study cut into chunks: what is played together, stored together, and lost together at worst."""

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.errors import SnapbackError
from sim.engines.compiler.prepared_scenario import PreparedScenario, prepare
from sim.engines.compiler.run_parameters import ValueRange
from sim.engines.run_spec import RunSpec
from sim.outcomes import Outcome, parse
from sim.scenarios.load import scenario as load
from sim.scenarios.messages import shortened
from sim.storage.provenance import made_with
from sim.studies.user_files import Files, local_copies, with_local_paths
from sim.studies.world_runs import outcome_values, prepared_outcome_values

Array = NDArray[Any]
CACHE_SIZE: Final = 64  # stages that a process keeps ready
AT_ONCE: Final = 1024  # runs that are played again in halves if one of them fails
LONGEST: Final = 300  # letters of an error that are stored
ADDRESS: Final = re.compile(r"\b0x[0-9a-fA-F]+")
ONE_AT_A_TIME: Final = threading.Lock()  # for workers of a cluster that have threads


class CellSetting(NamedTuple):
    """What all cells of a stage share."""

    scenario: str
    until: str | None
    set: tuple[str, ...]
    force: tuple[str, ...]
    strategy: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """A chunk as plain data, so that any process on any machine can play it.

    Attributes:
        name: of its file.
        setting: what its cells share.
        differing: ends of the numbers in which they differ, by path.
        engine: that plays.
        seed: of all luck.
        outcomes: their spellings.
        cells: of each run, shape (runs,).
        runs: number of each within its cell.
        numbers: of each run's luck.
        values: of the numbers in which cells differ, by path, each of shape (runs,).
        files: the user's own that it needs; none where they are known to lie in place.
    """

    name: str
    setting: CellSetting
    differing: tuple[tuple[str, ValueRange], ...]
    engine: str
    seed: int
    outcomes: tuple[str, ...]
    cells: Array
    runs: Array
    numbers: Array
    values: Mapping[str, Array]
    files: Files = ()


class TaskResult(NamedTuple):
    """What came of a chunk.

    Attributes:
        values: of every outcome, shape (runs, outcomes); not a number where one did not happen.
        errors: why a run failed, by its row.
        made_with: the code and the versions that played it.
    """

    values: Array
    errors: dict[int, str]
    made_with: dict[str, str]


def run_task(task: Task) -> TaskResult:
    """Play a chunk; a run that fails is told of, and the others go on.

    Args:
        task: what is played.

    Raises:
        SnapbackError: what no run of it could be played without is missing or wrong.
    """
    with ONE_AT_A_TIME:
        if task.files:
            task = _at_home(task, local_copies(task.files))
        check_task(task)
        values = np.full((len(task.cells), len(task.outcomes)), np.nan)
        errors: dict[int, str] = {}
        for rows in _pieces(task):
            _play(task, rows, values, errors)
        return TaskResult(values, errors, made_with())


def prepared_setting(
    setting: CellSetting, differing: Sequence[tuple[str, ValueRange]], files: Files = ()
) -> PreparedScenario:
    """A setting made ready to be played."""
    return _ready(setting, tuple(differing), files)


@lru_cache(maxsize=CACHE_SIZE)
def _ready(
    setting: CellSetting,
    differing: tuple[tuple[str, ValueRange], ...],
    files: Files,  # noqa: ARG001
) -> PreparedScenario:
    spec = RunSpec(setting.scenario, setting.until, setting.force, setting.strategy, setting.set)
    return prepare(spec, dict(differing))


def _at_home(task: Task, places: Mapping[str, str]) -> Task:
    """A task whose files are where this process finds them."""
    s = task.setting
    setting = s._replace(
        scenario=places.get(s.scenario, s.scenario),
        strategy=tuple(with_local_paths(t, places) for t in s.strategy),
    )
    return replace(task, setting=setting, outcomes=tuple(with_local_paths(t, places) for t in task.outcomes))


def check_task(task: Task) -> None:
    """Raise what would fail in every run: a file that is not there, a strategy that does not compile."""
    on = prepared_setting(task.setting, task.differing, task.files)
    outcomes_for(on, task.outcomes)
    if task.engine == "ensemble":
        from sim.engines.ensemble import simulate

        nothing = {path: column[:0] for path, column in task.values.items()}
        simulate(on, task.numbers[:0], seed=task.seed, values=nothing)


def outcomes_for(on: PreparedScenario, spelled: Sequence[str]) -> list[Outcome]:
    """The outcomes of some spellings, their names and dates read for a stage's scenario."""
    return [parse(text, on.source, on.end) for text in spelled]


def _pieces(task: Task) -> Iterator[Array]:
    """The rows that are played at once: some, for Mesa of one cell, whose numbers are set."""
    cells = task.cells if task.engine == "mesa" else np.zeros_like(task.cells)
    for cell in np.unique(cells):
        rows = np.flatnonzero(cells == cell)
        for at in range(0, len(rows), AT_ONCE):
            yield rows[at : at + AT_ONCE]


def _play(task: Task, rows: Array, values: Array, errors: dict[int, str]) -> None:
    """Play some rows; if one fails they are halved until it is alone."""
    try:
        values[rows] = _measured(task, rows)
    except SnapbackError as error:
        if len(rows) == 1:
            errors[int(rows[0])] = _sentence(error)
            return
        half = len(rows) // 2
        _play(task, rows[:half], values, errors)
        _play(task, rows[half:], values, errors)


def _sentence(error: SnapbackError) -> str:
    """What an error says, in one line that is the same in every process."""
    return shortened(ADDRESS.sub("0x...", " ".join(str(error).split())), LONGEST)


def _measured(task: Task, rows: Array) -> Array:
    values = {path: column[rows] for path, column in task.values.items()}
    on = prepared_setting(task.setting, task.differing, task.files)
    found = outcomes_for(on, task.outcomes)
    if task.engine == "ensemble":
        return prepared_outcome_values(on, found, numbers=task.numbers[rows], seed=task.seed, values=values)
    setting = _fixed(task.setting, {path: float(column[0]) for path, column in values.items()})
    return outcome_values(
        setting.scenario,
        found,
        runs=len(rows),
        seed=task.seed,
        first_run=int(task.numbers[rows[0]]),
        until=setting.until,
        force=setting.force,
        strategy=setting.strategy,
        overrides=setting.set,
        engine="mesa",
    )


def _fixed(setting: CellSetting, values: Mapping[str, float]) -> CellSetting:
    """A setting with numbers set that do not differ within it."""
    numbers = [f"{path}={value!r}" for path, value in values.items() if ".strategy." not in path]
    own = load(setting.scenario).governments
    chosen = {code: government.strategy for code, government in own.items()}
    chosen |= {code: text for code, _, text in (given.partition("=") for given in setting.strategy)}
    for path, value in values.items():
        if ".strategy." in path:
            code, _, key = path.split(".")
            chosen[code] += f"{',' if ':' in chosen[code] else ':'}{key}={value!r}"
    return setting._replace(
        set=(*setting.set, *numbers), strategy=tuple(f"{code}={text}" for code, text in chosen.items())
    )
