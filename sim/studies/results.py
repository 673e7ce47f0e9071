"""What came of a study: its runs as a table, and its answers cell by cell, of as much as there is."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.domain.errors import ResultsError
from sim.studies.store import CELLS, chunks, manifest, read_chunk, read_table
from sim.studies.stored_study import MOST_RUNS, STUDY_FILE, StoredStudy, load_stored

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Results:
    """A folder of results, finished or not.

    Attributes:
        folder: where they are.
        manifest: what was asked and with what it was played.
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
    found = manifest(folder)
    if found is None or not (folder / CELLS).exists():
        raise ResultsError(f"{folder}: expected a folder that snapback study has written, with {STUDY_FILE}")
    cells = read_table(folder / CELLS, "the cells of a study")
    return Results(folder, found, cells, tuple(chunks(folder)))


def stored_study(found: Results) -> StoredStudy:
    """The study of some results, as their folder keeps it.

    Raises:
        ResultsError: it is not there as it was written.
    """
    return load_stored(found.folder, found.manifest, found.cells)


def runs_of(folder: Path | str) -> "pd.DataFrame":
    """All runs in a folder, a row each: cell, levers and uncertainties, run, outcomes, error."""
    import pandas as pd

    found = results(folder)
    pieces = list(found.pieces())
    if not pieces:
        raise ResultsError(f"{folder}: expected runs, got none yet")
    played = pd.concat(pieces, ignore_index=True)
    return found.cells.drop(columns=MOST_RUNS).merge(played, on="cell", validate="one_to_many")
