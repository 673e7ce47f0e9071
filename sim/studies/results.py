"""The results of a study as its folder holds them: cells and runs, finished or not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.domain.errors import ResultsError
from sim.domain.overview import Overview
from sim.statistics.accumulators import Accumulator, RunChunk, sums_of
from sim.studies.store import CELLS, chunks, manifest, read_table
from sim.studies.study_spec import MOST_RUNS, STUDY_FILE

if TYPE_CHECKING:
    import pandas as pd


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
