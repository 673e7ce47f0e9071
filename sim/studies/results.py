"""The results of a study as its folder holds them: cells and runs, finished or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.domain.errors import ResultsError
from sim.studies.store import CELLS, chunks, manifest, read_chunk, read_table
from sim.studies.study_spec import MOST_RUNS, STUDY_FILE, StudySpec, spec_in

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Results:
    """A folder of results, finished or not.

    Attributes:
        folder: where they are.
        manifest: what was asked and with what it was run.
        cells: a row a cell.
        chunks: the files of runs that were there when it was opened.
    """

    folder: Path
    manifest: dict[str, Any]
    cells: "pd.DataFrame"
    chunks: tuple[Path, ...]

    def pieces(self) -> Iterator["pd.DataFrame"]:
        """The runs, chunk by chunk."""
        for path in self.chunks:
            yield read_chunk(path)


def results(folder: Path | str) -> Results:
    """The results in a folder.

    Raises:
        ResultsError: there are none.
    """
    folder = Path(folder)
    stored = manifest(folder)
    if stored is None or not (folder / CELLS).exists():
        raise ResultsError(f"{folder}: expected a folder that snapback study has written, with {STUDY_FILE}")
    cells = read_table(folder / CELLS, "the cells of a study")
    return Results(folder, stored, cells, tuple(chunks(folder)))


def stored_spec(of: Results) -> StudySpec:
    """What the study of some results asks, as their folder has it.

    Raises:
        ResultsError: it is not there as it was written.
    """
    return spec_in(of.folder, of.manifest, of.cells)


def runs_of(folder: Path | str) -> "pd.DataFrame":
    """All runs in a folder, a row each: cell, levers and uncertainties, run, outcomes, error."""
    import pandas as pd

    stored = results(folder)
    pieces = list(stored.pieces())
    if not pieces:
        raise ResultsError(f"{folder}: expected runs, got none yet")
    runs = pd.concat(pieces, ignore_index=True)
    return stored.cells.drop(columns=MOST_RUNS).merge(runs, on="cell", validate="one_to_many")
