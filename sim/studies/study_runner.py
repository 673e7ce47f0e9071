"""A study played to its end, or as far as one likes: chunk by chunk, each stored as it comes."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.errors import StudyError
from sim.statistics.accumulators import CellAccumulators
from sim.storage.results_folder import write_table
from sim.studies.analysis import answer_table, driver_table
from sim.studies.dask_cluster import cluster as cluster_at
from sim.studies.executors import Executor, processes, serial
from sim.studies.results import results, runs_of
from sim.studies.store import (
    ANSWERS,
    DRIVERS,
    chunk_file,
    chunks,
    locked_folder,
    manifest_of,
    read_chunk,
    stored_file,
    write_chunk,
    write_manifest,
)
from sim.studies.study_file import StudyFile
from sim.studies.study_loader import Chunk, Study
from sim.studies.tasks import check_task

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
Told = Callable[[int, int], object]


class Progress(NamedTuple):
    """How far a study is.

    Attributes:
        played: runs played this time.
        stored: runs stored in all.
        total: runs that there are to be, as far as is known.
        complete: whether nothing is left.
    """

    played: int
    stored: int
    total: int
    complete: bool


def run_study(study: Study, out: Path | str | None, workers: int, cluster: str | None) -> "pd.DataFrame":
    """Play a study, or what is left of it, and give its runs, a row each."""
    if out is not None:
        play_study(study, Path(out), workers=workers, cluster=cluster)
        return runs_of(Path(out))
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept) / study.name
        play_study(study, folder, workers=workers, cluster=cluster)
        return runs_of(folder)


def play_study(
    study: Study,
    folder: Path,
    *,
    workers: int = 1,
    cluster: str | None = None,
    limit: int | None = None,
    told: Told | None = None,
) -> Progress:
    """Play what a folder does not hold yet.

    Args:
        study: that is asked.
        folder: of its results.
        workers: processes.
        cluster: address of a Dask scheduler that plays instead.
        limit: runs after which to stop, rounded up to whole chunks.
        told: called with how many runs are stored, and of how many.

    Raises:
        SnapbackError: anything the user can put right.
    """
    if workers < 1:
        raise StudyError(f"workers: expected at least 1, got {workers}")
    if limit is not None and limit < 1:
        raise StudyError(f"limit: expected at least 1 run, got {limit}")
    names, f = list(study.outcomes), study.file
    played = stored = 0
    if not chunks(folder):
        _check_playable(study)
    with _crew(workers, cluster) as crew, locked_folder(folder, study) as place:
        there = {path.stem for path in chunks(place)}
        active: Array = np.arange(len(study.cells))
        total = int(study.runs.sum())
        tally = tally_of(study)
        for first, last in rounds(f):
            all_chunks = study.chunks(first, last, active)
            left = [chunk for chunk in all_chunks if chunk.name not in there]
            stored += sum(c.runs for c in all_chunks) - sum(c.runs for c in left)
            _tell(told, stored, total)
            wanted = left if limit is None else _within(left, limit - played)
            for task, result in crew([partial(study.task, chunk) for chunk in wanted]):
                write_chunk(place, task, result, names)
                played += len(task.cells)
                stored += len(task.cells)
                _tell(told, stored, total)
            if len(wanted) < len(left):
                _check_some_came(place)
                write_answers(study, place)
                return Progress(played, stored, total, False)
            if tally is not None:
                for chunk in all_chunks:
                    tally.add(read_chunk(chunk_file(place, chunk.name)))
                undecided = tally.undecided(active[~study.settled[active]])
                total = stored + int((study.runs[undecided] - last).sum())
                active = undecided
                if not len(active):
                    break
        _check_some_came(place)
        write_answers(study, place)
        write_manifest(place, manifest_of(study, complete=True, runs=stored))
        return Progress(played, stored, stored, True)


def _check_playable(study: Study) -> None:
    """Raise what would fail in every run before anything is written: a strategy that does not compile."""
    known = set()
    for place, setting in enumerate(study.settings):
        if (played := (setting.scenario, setting.strategy)) not in known:
            known.add(played)
            here = np.flatnonzero(study.stage == place)[:1]
            check_task(replace(study.task(study.chunks(0, 1, here)[0]), files=()))


def _check_some_came(folder: Path) -> None:
    """Raise StudyError if there are runs, and all of them failed."""
    first = None
    for path in chunks(folder):
        piece = read_chunk(path)
        if piece["error"].isna().any():
            return
        first = piece.iloc[0] if first is None else first
    if first is not None:
        raise StudyError(
            f"{folder}: all runs failed; the first, run {first['run']} of cell {first['cell']}: "
            f"{first['error']}"
        )


def write_answers(study: Study, folder: Path) -> None:
    """Write the tables of answers, of as much as there is."""
    found = results(folder)
    for name, table in ((ANSWERS, answer_table(study, found)), (DRIVERS, driver_table(study, found))):
        if table is not None:
            with stored_file(folder / name) as part:
                write_table(table, part)


def rounds(f: StudyFile) -> Iterator[tuple[int, int]]:
    """The runs that are played before cells are looked at: first, and the one after the last."""
    step = f.runs if f.precision is None else f.look_every
    for first in range(0, f.runs, step):
        yield first, min(first + step, f.runs)


def tally_of(study: Study) -> CellAccumulators | None:
    """What decides when a cell ends early, if the study has a precision."""
    f = study.file
    if f.precision is None:
        return None
    name = f.precision_of or next(iter(study.outcomes))
    return CellAccumulators(len(study.cells), name, study.outcomes[name].unit, f.precision)


def _crew(workers: int, address: str | None) -> AbstractContextManager[Executor]:
    """Who plays."""
    if address is not None:
        return cluster_at(address)
    return nullcontext(serial) if workers == 1 else processes(workers)


def _within(left: Sequence[Chunk], limit: int) -> list[Chunk]:
    """The first of some chunks, until there are as many runs as wanted."""
    sizes = np.cumsum([0, *(chunk.runs for chunk in left)])
    return list(left[: int(np.searchsorted(sizes, max(limit, 0)))])


def _tell(told: Told | None, stored: int, total: int) -> None:
    if told:
        told(stored, total)
