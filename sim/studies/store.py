"""The folder of a study's results: chunks written aside and renamed, a manifest, a lock, nothing half done.

    manifest.json    what was asked, digests, seeds, versions, machine; `complete` when all is there
    study.toml       the study as it was asked
    cells.parquet    a row a cell: what it puts levers and uncertainties to
    runs/*.parquet   a row a run: cell, run, every outcome, and the error of a run that failed
    answers.csv      means with intervals, of as much as there is
    drivers.csv      of a design that can tell: how much of the variance each factor explains
    report.html      what `snapback report` tells of it, and its pictures in figures/

Each file of `runs` is a chunk; pandas, DuckDB and Polars read the folder as one table.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import filelock

from sim.domain.errors import ResultsError, StudyError
from sim.scenarios.messages import shortened
from sim.storage.provenance import MADE_WITH, machine, versions_of
from sim.studies.stored_study import ASKED, AT_MOST, told
from sim.studies.study_loader import Study
from sim.studies.tasks import Task, TaskResult

if TYPE_CHECKING:
    import pandas as pd

MANIFEST: Final = "manifest.json"
CELLS: Final = "cells.parquet"
RUNS: Final = "runs"
ANSWERS: Final = "answers.csv"
DRIVERS: Final = "drivers.csv"
REPORT: Final = "report.html"
FIGURES: Final = "figures"
LOCK: Final = ".lock"
ANEW: Final = "give another --out, or remove the folder to begin anew"
PART: Final = ".part"
OWN = {MANIFEST, CELLS, RUNS, ASKED, LOCK, ANSWERS, DRIVERS, REPORT, FIGURES}
WORDS = {
    "study": "the study says something else now",
    "scenario": "the scenario has changed",
    "strategies": "a strategy has changed",
    "outcomes": "an outcome has changed",
    "files": "a Python file that it names has changed",
    "code": "it was played by other code",
    "versions": "it was played with other versions",
}


@contextmanager
def opened(folder: Path, study: Study) -> Iterator[Path]:
    """A study's folder, made or taken up again, with nobody else writing in it.

    Raises:
        ResultsError: it cannot be written, or another process writes in it.
        StudyError: it holds results of another study or of other code.
    """
    with _writing(folder):
        folder = folder.resolve()
        _check(folder)
        (folder / RUNS).mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(folder / LOCK)
    with _writing(folder):
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:  # which is an OSError
            raise ResultsError(
                f"{folder}: another process is writing this study; wait for it, or give --out"
            ) from None
    try:
        with _writing(folder):
            for left in (*folder.glob(f"*{PART}"), *(folder / RUNS).glob(f"*{PART}")):
                left.unlink(missing_ok=True)
        found = manifest(folder)
        if found is not None:
            check_same(folder, found, study)
        elif chunks(folder):
            raise ResultsError(
                f"{folder / MANIFEST}: expected it beside the runs, got none; put it back, or {ANEW}"
            )
        if found is None or not (folder / CELLS).exists():
            cells = study.cells.frame().assign(**{AT_MOST: study.runs})
            written(folder / CELLS, lambda path: cells.to_parquet(path, index=False))
        asked = study.text.encode()
        if not _holds(folder / ASKED, asked):
            written(folder / ASKED, lambda path: path.write_bytes(asked))
        if found is None:
            write_manifest(folder, manifest_of(study, complete=False))
        yield folder
    finally:
        lock.release()


def manifest_of(study: Study, complete: bool, **more: Any) -> dict[str, Any]:
    """What was asked, and what it was played with."""
    f = study.file
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
        "cells": len(study.cells),
        "runs_a_cell": f.runs,
        "cells_played_once": int(study.settled.sum()),
        **told(study),
        "complete": complete,
        **more,
    }


def manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a folder, None if it has none.

    Raises:
        ResultsError: what is there is no manifest.
    """
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("sha256"), dict):
        raise ResultsError(
            f"{path}: expected the manifest of a study, got something else; put it back, or {ANEW}"
        )
    return found


def check_same(folder: Path, found: dict[str, Any], study: Study) -> None:
    """Raise StudyError if a folder's results are not of this study, code and versions."""
    now = {**study.identity, "versions": versions_of(MADE_WITH)}
    then = {**found["sha256"], "versions": found.get("versions")}
    for key, sentence in WORDS.items():
        if then.get(key) != now[key]:
            raise StudyError(
                f"{folder}: expected results of this study, but {sentence}{_what(key, then, now)}; {ANEW}"
            )


def _what(key: str, then: dict[str, Any], now: dict[str, Any]) -> str:
    """Which versions differ."""
    old = then.get(key)
    if key != "versions" or not isinstance(old, dict):
        return ""
    return ": " + ", ".join(f"{k} {old.get(k)}, here {v}" for k, v in now[key].items() if old.get(k) != v)


def write_manifest(folder: Path, value: dict[str, Any]) -> None:
    """Write the manifest in place of the one there is."""
    text = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
    written(folder / MANIFEST, lambda path: path.write_text(text, encoding="utf-8", newline="\n"))


def chunk_file(folder: Path, name: str) -> Path:
    """Where a chunk is stored."""
    return folder / RUNS / f"{name}.parquet"


def write_chunk(folder: Path, task: Task, played: TaskResult, names: list[str]) -> None:
    """Store what came of a chunk."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    errors = [played.errors.get(row) for row in range(len(task.cells))]
    columns = {
        "cell": pa.array(task.cells, pa.int32()),
        "run": pa.array(task.runs, pa.int64()),
        **{name: pa.array(played.values[:, k], pa.float64()) for k, name in enumerate(names)},
        "error": pa.array(errors, pa.string()),
    }
    table = pa.table(columns)
    written(chunk_file(folder, task.name), lambda path: pq.write_table(table, path, write_page_checksum=True))


def chunks(folder: Path) -> list[Path]:
    """The files of the chunks that are there, in their order."""
    return sorted((folder / RUNS).glob("*.parquet"))


def read_chunk(path: Path) -> "pd.DataFrame":
    """The runs of a chunk, a row each.

    Raises:
        ResultsError: it cannot be read.
    """
    return read_table(path, "runs of a study")


def read_table(path: Path, what: str) -> "pd.DataFrame":
    """A table that a study has stored.

    Raises:
        ResultsError: it cannot be read, or is not what was stored.
    """
    import pyarrow.parquet as pq

    try:
        table: pd.DataFrame = pq.read_table(path, page_checksum_verification=True).to_pandas()
    except (OSError, ValueError) as error:
        said = shortened(" ".join(str(error).split()), 120)
        raise ResultsError(
            f"{path}: expected {what}, but it cannot be read ({said}); "
            "remove this file, and the same command makes it again"
        ) from None
    return table


def written(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file aside, wait until it is on the disk, and rename it.

    Raises:
        ResultsError: the disk refuses; what was there stays.
    """
    part = path.with_name(f".{path.name}{PART}")
    with _writing(path):
        try:
            write(part)
            with part.open("r+b") as file:
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def _check(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise ResultsError(f"{folder}: expected a folder, got a file")
    others = (
        sorted(p.name for p in folder.iterdir() if p.name not in OWN and not p.name.endswith(PART))
        if folder.is_dir() and not (folder / MANIFEST).exists()
        else []
    )
    if others:
        raise ResultsError(
            f"{folder}: expected a new folder, an empty one or a study's, got one with other files: "
            f"{', '.join(others[:3])}"
        )


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Turn what a disk refuses into a sentence."""
    try:
        yield
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else shortened(str(error), 120)
        raise ResultsError(
            f"{path}: cannot be written: {why}; what is stored stays, and the same command goes on from there"
        ) from None
