"""The folder of a study's results: chunks written atomically, a manifest and a lock.

    manifest.json    what was asked, digests, seeds, versions, machine; `complete` when all is there
    study.toml       the study as it was asked
    cells.parquet    a row a cell: what it puts levers and uncertainties to
    runs/*.parquet   a row a run: cell, run, every outcome (NULL where it did not happen), and the error of a
                     run that failed
    answers.csv      means with intervals, of as much as there is
    drivers.csv      of a design that can tell: how much of the variance each factor explains
    report.html      what `snapback report` tells of it; pictures are in figures/, tables in answers.tex

Each file of `runs` is a chunk; pandas, DuckDB and Polars read the folder as one table.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import filelock

from sim.domain.errors import ResultsError, StudyError
from sim.domain.overview import Overview
from sim.scenarios.load import scenario as load
from sim.scenarios.messages import shortened
from sim.statistics.accumulators import Accumulator, RunChunk, sums_of
from sim.storage.atomic_write import atomic_file, remove_parts, writing
from sim.storage.provenance import MADE_WITH, as_json, machine, versions_of
from sim.storage.results_folder import MANIFEST, check_contents, write_text
from sim.studies.executors import GOES_ON
from sim.studies.prepared_study import PreparedStudy
from sim.studies.study_spec import MOST_RUNS, STUDY_FILE, summary_of
from sim.studies.tasks import Task, TaskResult

if TYPE_CHECKING:
    import pandas as pd

CELLS: Final = "cells.parquet"
RUNS: Final = "runs"
ANSWERS: Final = "answers.csv"
DRIVERS: Final = "drivers.csv"
REPORT: Final = "report.html"
FIGURES: Final = "figures"
LATEX: Final = "answers.tex"
LOCK: Final = ".lock"
OTHER_FOLDER: Final = "give another --out, or remove the folder to begin anew"
ADVICE: Final = f"; {GOES_ON}"
FILES = {MANIFEST, CELLS, RUNS, STUDY_FILE, LOCK, ANSWERS, DRIVERS, REPORT, FIGURES, LATEX}
WORDS = {
    "study": "the study says something else now",
    "scenario": "the scenario has changed",
    "strategies": "a strategy has changed",
    "outcomes": "an outcome has changed",
    "files": "a Python file that it names has changed",
    "code": "it was played by other code",
    "versions": "it was played with other versions",
    "constants": "a value that a strategy or an outcome of yours takes from elsewhere has changed",
}


@contextmanager
def locked_folder(folder: Path, study: PreparedStudy) -> Iterator[Path]:
    """A study's folder, new or resumed, with nobody else writing in it.

    Raises ResultsError if it cannot be written, or another process writes in it, and StudyError if it holds
    results of another study or of other code.
    """
    with writing(folder, ADVICE):
        folder = folder.resolve()
        if not (folder / MANIFEST).exists():
            check_contents(folder, FILES, "a study's")
        (folder / RUNS).mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(folder / LOCK)
    with writing(folder, ADVICE):
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:  # which is an OSError
            raise ResultsError(
                f"{folder}: another process is writing this study; wait for it, or give --out"
            ) from None
    try:
        with writing(folder, ADVICE):
            remove_parts(folder)
            remove_parts(folder / RUNS)
        spec, stored = study.spec, manifest(folder)
        if stored is not None:
            check_same(folder, stored, study)
        elif chunks(folder):
            raise ResultsError(
                f"{folder / MANIFEST}: expected it beside the runs, got none; put it back, or {OTHER_FOLDER}"
            )
        if stored is None or not (folder / CELLS).exists():
            with stored_file(folder / CELLS) as part:
                spec.cells.frame().assign(**{MOST_RUNS: spec.runs}).to_parquet(part, index=False)
        with stored_file(folder / STUDY_FILE) as part:
            part.write_bytes(spec.text.encode())
        if stored is None:
            write_manifest(folder, manifest_of(study, complete=False))
        yield folder
    finally:
        lock.release()


def manifest_of(study: PreparedStudy, complete: bool, **more: Any) -> dict[str, Any]:
    """What was asked, and what it was run with."""
    spec, f = study.spec, study.spec.file
    scenarios = [load(name, f.set) for name in dict.fromkeys(s.name for s in study.settings)]
    return {
        "title": f.title,
        "question": f.question,
        "sha256": study.identity,
        "versions": versions_of(MADE_WITH),
        "machine": machine(),
        "seed": f.seed,
        "luck": f.luck,
        "engine": f.engine,
        "design": f.design.kind,
        "cells": len(spec.cells),
        "runs_a_cell": f.runs,
        "cells_played_once": int(spec.deterministic.sum()),
        **summary_of(spec, scenarios),
        "complete": complete,
        **more,
    }


def manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a folder, None if it has none; raises ResultsError if what is there is no manifest."""
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        content = None
    if not isinstance(content, dict) or not isinstance(content.get("sha256"), dict):
        raise ResultsError(
            f"{path}: expected the manifest of a study, got something else; put it back, or {OTHER_FOLDER}"
        )
    return content


def check_same(folder: Path, stored: dict[str, Any], study: PreparedStudy) -> None:
    """Raise StudyError if a folder's results are not of this study, code and versions."""
    now: dict[str, Any] = {**study.identity, "versions": versions_of(MADE_WITH)}
    then = {**stored["sha256"], "versions": stored.get("versions")}
    for key, sentence in WORDS.items():
        old, new = then.get(key), now[key]
        if old != new:
            if isinstance(old, dict):
                sentence += ": " + ", ".join(
                    f"{k} {old.get(k)}, here {v}" for k, v in new.items() if old.get(k) != v
                )
            raise StudyError(f"{folder}: expected results of this study, but {sentence}; {OTHER_FOLDER}")


def write_manifest(folder: Path, value: dict[str, Any]) -> None:
    """Write the manifest in place of the one there is."""
    with stored_file(folder / MANIFEST) as part:
        write_text(as_json(value), part)


def chunk_file(folder: Path, name: str) -> Path:
    """Where a chunk is stored."""
    return folder / RUNS / f"{name}.parquet"


def write_chunk(folder: Path, task: Task, result: TaskResult, names: list[str]) -> None:
    """Store the runs of a chunk."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    errors = [result.errors.get(row) for row in range(len(task.cells))]
    columns = {
        "cell": pa.array(task.cells, pa.int32()),
        "run": pa.array(task.runs, pa.int64()),
        # what did not happen is nothing (NULL), and no number, for whoever reads the file
        **{
            name: pa.array(result.values[:, k], pa.float64(), from_pandas=True)
            for k, name in enumerate(names)
        },
        "error": pa.array(errors, pa.string()),
    }
    table = pa.table(columns)
    with stored_file(chunk_file(folder, task.name)) as part:
        pq.write_table(table, part, write_page_checksum=True)


def chunks(folder: Path) -> list[Path]:
    """The files of the chunks that are there, in their order."""
    return sorted((folder / RUNS).glob("*.parquet"))


def read_table(path: Path, what: str = "runs of a study") -> "pd.DataFrame":
    """A table that a study has stored, such as the runs of a chunk; raises ResultsError if it is spoilt."""
    import pyarrow.parquet as pq

    try:
        table: pd.DataFrame = pq.read_table(path, page_checksum_verification=True).to_pandas()
    except (OSError, ValueError) as error:
        reason = shortened(" ".join(str(error).split()), 120)
        raise ResultsError(
            f"{path}: expected {what}, but it cannot be read ({reason}); "
            "remove this file, and the same command makes it again"
        ) from None
    return table


def stored_file(path: Path) -> AbstractContextManager[Path]:
    """The path under which to write a file of a study that is to be there whole or not at all."""
    return atomic_file(path, make_folder=False, advice=ADVICE)


@dataclass(frozen=True, repr=False)
class Results(Overview):
    """A folder of results, finished or not."""

    folder: Path  # where they are
    manifest: dict[str, Any]  # what was asked and with what it was run
    cells: "pd.DataFrame"  # a row a cell
    chunks: tuple[Path, ...]  # the files of runs that were there when it was opened

    def pieces(self) -> Iterator["pd.DataFrame"]:
        """The runs, chunk by chunk."""
        yield from map(read_table, self.chunks)


def results(folder: Path | str) -> Results:
    """The results in a folder; raises ResultsError if there are none."""
    folder = Path(folder)
    stored = manifest(folder)
    if stored is None or not (folder / CELLS).exists():
        raise ResultsError(f"{folder}: expected a folder that snapback study has written, with {STUDY_FILE}")
    cells = read_table(folder / CELLS, "the cells of a study")
    return Results(folder, stored, cells, tuple(chunks(folder)))


def run_values(of: Results, names: Iterable[str]) -> Iterator[RunChunk]:
    """The values of all runs, chunk by chunk: of outcomes, and of `error` 1 where a run failed."""
    for piece in of.pieces():
        piece["error"] = piece["error"].notna()
        values = {name: piece[name].to_numpy(dtype=float) for name in names}
        yield RunChunk(piece["cell"].to_numpy(), piece["run"].to_numpy(), values)


def cell_sums(of: Results, names: Iterable[str]) -> dict[str, Accumulator]:
    """What the means of every cell are made of, by the names that `run_values` takes."""
    return sums_of(run_values(of, names), names, len(of.cells))


def runs_of(folder: Path | str) -> "pd.DataFrame":
    """All runs in a folder, a row each: cell, levers and uncertainties, run, outcomes, error."""
    import pandas as pd

    stored = results(folder)
    pieces = list(stored.pieces())
    if not pieces:
        raise ResultsError(f"{folder}: expected runs, got none yet")
    runs = pd.concat(pieces, ignore_index=True)
    return stored.cells.drop(columns=MOST_RUNS).merge(runs, on="cell", validate="one_to_many")
