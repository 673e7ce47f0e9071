"""What a study will take, by a pilot, and the study run as far as one likes, stored chunk by chunk."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.domain.errors import StudyError
from sim.engines.arguments import whole
from sim.statistics.accumulators import Accumulator, add, empty_sums, is_probability, mean_intervals
from sim.statistics.arrays import Array
from sim.storage.results_folder import write_table
from sim.studies import store
from sim.studies.analysis import answer_table, driver_table
from sim.studies.dask_cluster import dask_executor
from sim.studies.executors import Executor, cores, processes, serial
from sim.studies.prepared_study import Chunk, PreparedStudy
from sim.studies.store import results, runs_of
from sim.studies.study_schema import StudyFile
from sim.studies.study_spec import StudySpec
from sim.studies.tasks import check_task, run_task

if TYPE_CHECKING:
    import pandas as pd

RUNS = 20  # of a cell
CELLS = 50  # that are piloted, in even steps


class StudyProgress(NamedTuple):
    """How far a study is."""

    stored: int  # runs stored in all
    total: int  # runs that there are to be, as far as is known
    complete: bool  # whether nothing remains


@dataclass(frozen=True, repr=False)
class Study(PreparedStudy):
    """A question over many settings, ready to be run."""

    def run(
        self, out: Path | str | None = None, workers: int = 1, cluster: str | None = None
    ) -> "pd.DataFrame":
        """Run the study, or what remains of it, and give its runs as a data frame, a row each.

        `out` is the folder of its results, resumed if it holds a part of them; without, nothing is stored.
        With more than one of `workers`, which are processes, a script calls this under `if __name__ ==
        "__main__"`; a `cluster`, the address of a Dask scheduler, runs it instead.
        """
        with nullcontext(out) if out is not None else tempfile.TemporaryDirectory() as root:
            folder = Path(root) if out is not None else Path(root) / self.spec.name
            run_study(self, folder, workers=workers, cluster=cluster)
            return runs_of(folder)


def run_study(
    study: PreparedStudy,
    folder: Path,
    *,
    workers: int = 1,
    cluster: str | None = None,
    limit: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> StudyProgress:
    """Run what a folder does not hold yet, or so many runs of it as a limit says, in whole chunks.

    By so many processes, or by the Dask scheduler at an address; `progress` is called with how many runs are
    stored, and of how many.
    """
    workers = whole("workers", workers, 1)
    spec, names, new, stored = study.spec, list(study.spec.outcomes), 0, 0
    report = progress or (lambda *_: None)
    if not store.chunks(folder):
        _check_settings(study)
    with _executor(workers, cluster) as execute, store.locked_folder(folder, study) as place:
        active: Array = np.arange(len(spec.cells))
        total = int(spec.runs.sum())
        sums = empty_sums(len(spec.cells))
        for first, last in rounds(spec.file):
            all_chunks = study.chunks(first, last, active)
            missing = [c for c in all_chunks if not store.chunk_file(place, c.name).exists()]
            stored += sum(c.runs for c in all_chunks) - sum(c.runs for c in missing)
            report(stored, total)
            some = missing if limit is None else _within(missing, limit - new)
            here = serial if cluster is None and len(some) < 2 else execute
            for task, result in here(map(study.task, some)):
                store.write_chunk(place, task, result, names)
                new += len(task.cells)
                stored += len(task.cells)
                report(stored, total)
            if len(some) < len(missing):
                _check_some_came(place)
                write_answers(spec, place)
                return StudyProgress(stored, total, False)
            if (precision := spec.file.precision) is not None:
                name = spec.file.precision_of or names[0]
                for chunk in all_chunks:
                    piece = store.read_table(store.chunk_file(place, chunk.name))
                    sums = add(sums, piece["cell"].to_numpy(), piece[name].to_numpy())
                _, low, high = mean_intervals(sums, is_probability(sums, spec.outcomes[name].unit))
                narrow = (high - low) / 2.0 <= precision  # never of an interval that is not a number
                active = active[~(narrow | spec.deterministic)[active]]
                total = stored + int((spec.runs[active] - last).sum())
                if not len(active):
                    break
        _check_some_came(place)
        write_answers(spec, place)
        store.write_manifest(place, store.manifest_of(study, complete=True, runs=stored))
        return StudyProgress(stored, stored, True)


def _check_settings(study: PreparedStudy) -> None:
    """Raise what would fail in every run before anything is written: a strategy that does not compile."""
    checked = set()
    for place, setting in enumerate(study.settings):
        if (key := (setting.scenario, setting.strategy)) not in checked:
            checked.add(key)
            cell = np.flatnonzero(study.setting == place)[:1]
            check_task(replace(study.task(study.chunks(0, 1, cell)[0]), files=()))


def _check_some_came(folder: Path) -> None:
    """Raise StudyError if there are runs, and all of them failed."""
    first = None
    for path in store.chunks(folder):
        piece = store.read_table(path)
        if piece["error"].isna().any():
            return
        first = piece.iloc[0] if first is None else first
    if first is not None:
        raise StudyError(
            f"{folder}: all runs failed; the first, run {first['run']} of cell {first['cell']}: "
            f"{first['error']}"
        )


def write_answers(spec: StudySpec, folder: Path) -> None:
    """Write the tables of answers, of as much as there is."""
    stored = results(folder)
    for name, table in (
        (store.ANSWERS, answer_table(spec, stored)),
        (store.DRIVERS, driver_table(spec, stored)),
    ):
        if table is not None:
            with store.stored_file(folder / name) as part:
                write_table(table, part)


def rounds(f: StudyFile) -> Iterator[tuple[int, int]]:
    """The runs that are run before cells are checked: first, and the one after the last."""
    step = f.runs if f.precision is None else f.look_every
    for first in range(0, f.runs, step):
        yield first, min(first + step, f.runs)


def _executor(workers: int, address: str | None) -> AbstractContextManager[Executor]:
    if address is not None:
        return dask_executor(address)
    return nullcontext(serial) if workers == 1 else processes(workers)


def _within(missing: Sequence[Chunk], limit: int) -> list[Chunk]:
    """The first of some chunks, until there are as many runs as wanted."""
    sizes = np.cumsum([0, *(chunk.runs for chunk in missing)])
    return list(missing[: int(np.searchsorted(sizes, max(limit, 0)))])


class Pilot(NamedTuple):
    """What a study is expected to take."""

    cells: int  # that were piloted
    runs: int  # of each
    workers: int  # processes that it is reckoned for
    seconds: float
    megabytes: float
    # by outcome: half of a cell's 95 % interval in the end, in the middle one and in the widest; not a number
    # where all runs of the pilot were alike
    half: dict[str, tuple[float, float]]


def pilot(study: PreparedStudy, workers: int | None = None) -> Pilot:
    """Play a few runs of some cells, and reckon what the study will take; nothing is kept."""
    spec, names = study.spec, list(study.spec.outcomes)
    cells = np.linspace(0, len(spec.cells) - 1, min(len(spec.cells), CELLS)).round().astype(int)
    runs, total = min(RUNS, spec.file.runs), int(spec.runs.sum())
    chunks = study.chunks(0, runs, cells)
    first = study.task(study.chunks(0, 1, cells[:1])[0])
    run_task(replace(first, files=()))  # what is compiled is compiled once
    begun = perf_counter()
    for chunk in chunks:
        check_task(replace(study.task(chunk), files=()))
    ready = perf_counter()
    sums = {name: empty_sums(len(spec.cells)) for name in names}
    count = 0
    with TemporaryDirectory() as root:
        (Path(root) / store.RUNS).mkdir()
        for task, result in serial(map(study.task, chunks)):
            store.write_chunk(Path(root), task, result, names)
            count += len(task.cells)
            sums = {name: add(sums[name], task.cells, result.values[:, k]) for k, name in enumerate(names)}
        size = sum(path.stat().st_size for path in store.chunks(Path(root)))
    settings = len(study.settings) / len({chunk.setting for chunk in chunks})
    workers = workers or cores()
    seconds = (ready - begun) * settings + (perf_counter() - ready) * total / count
    shrink = np.sqrt(np.minimum(runs, spec.runs) / spec.runs)[cells]
    half = {name: _half_widths(sums[name], o.unit, cells, shrink) for name, o in spec.outcomes.items()}
    return Pilot(len(cells), runs, workers, seconds / workers, size * total / count / 1e6, half)


def _half_widths(sums: Accumulator, unit: str, cells: Array, shrink: Array) -> tuple[float, float]:
    """Half of the interval of a cell in the end, of the middle cell and of the widest."""
    here = Accumulator(*(column[cells] for column in sums))
    _, low, high = mean_intervals(here, is_probability(here, unit))
    width = (high - low) / 2.0 * shrink
    width = width[~np.isnan(width)]
    return (float(np.median(width)), float(width.max())) if len(width) else (float("nan"), float("nan"))
