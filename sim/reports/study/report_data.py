"""Everything a report is made of, read from a folder of results once."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.domain.overview import Overview, later_method
from sim.reports.text.formats import OutcomeFormat, outcome_format
from sim.statistics.accumulators import mean_intervals
from sim.statistics.arrays import Array
from sim.studies.analysis import answer_table, driver_table
from sim.studies.factors import Factor
from sim.studies.store import Results, cell_sums, results
from sim.studies.study_spec import StudySpec, spec_in
from sim.studies.theory_lines import TheoryLine, lines_of

FAILURES = 20  # failed runs that are listed one by one


@dataclass(frozen=True, repr=False)
class ReportData(Overview):
    """What a report is made of."""

    study: StudySpec  # as the folder stores it
    results: Results  # the folder
    answers: pd.DataFrame  # a row for each combination of levers and each outcome
    drivers: pd.DataFrame | None  # what explains the variance, if the design can tell
    runs: NDArray[np.int64]  # that are there, of each cell, shape (cells,)
    failures: list[tuple[int, int, str]]  # the first of them: cell, run and error
    failed: int  # how many runs did
    lines: list[TheoryLine]  # of theory

    text = property(later_method("reports.study.study_page.answers_text", "As `snapback study` prints it."))
    figures = property(later_method("reports.study.study_figures.by_name", "Its pictures, by their names."))

    @property
    def kind(self) -> str:
        """Of the design."""
        return self.study.file.design.kind

    @property
    def sampled(self) -> bool:
        """Whether cells are drawn points and no combinations of levers."""
        return self.kind in ("sobol", "latin_hypercube")

    @property
    def levers(self) -> list[Factor]:
        """The levers of the study's cells."""
        return [factor for factor in self.study.cells.factors if factor.lever]

    @property
    def free_levers(self) -> list[Factor]:
        """The levers that differ from cell to cell."""
        columns = self.study.cells.columns
        return [f for f in self.levers if len(columns[f.name]) and np.ptp(columns[f.name]) > 0]

    @property
    def settings(self) -> dict[str, Array]:
        """What each lever is put to in every row of answers, by name: numbers or positions of options."""
        cells = self.study.cells
        rows, first = np.unique(cells.row, return_index=True)
        assert len(rows) == int(cells.row.max()) + 1
        return {f.name: cells.columns[f.name][first] for f in self.levers}

    @property
    def reference_text(self) -> str:
        """What the row is called that the others are compared with."""
        return "the reference" if self.study.file.reference else "the first row"

    @property
    def missing(self) -> str:
        """What is not there yet, in a sentence; empty if all is."""
        if self.study.manifest.get("complete"):
            return ""
        cells = len(self.runs)
        there, of = int(self.runs.sum()), int(self.study.runs.sum())
        early = " at most" if self.study.file.precision is not None else ""
        idle = int((self.runs == 0).sum())
        begun = f"; {idle:,} of {cells:,} cells are not begun" if idle else "; every cell is begun"
        share = min(100.0 * there / of, 99.9)
        return f"Unfinished: {share:.3g} % of the runs are there ({there:,} of{early} {of:,}){begun}."

    @property
    def runs_text(self) -> str:
        """How many runs a cell has, in words."""
        if not self.runs.any():
            return "no runs yet"
        once = self.study.deterministic
        lucky = self.lucky_runs
        what = "a draw" if self.kind == "nested" else "a point" if self.sampled else "a cell"
        few = f"one where nothing is left to luck ({int(once.sum()):,} of {len(once):,} cells)"
        if not len(lucky):
            return few
        least, most = int(lucky.min()), int(lucky.max())
        text = f"{least:,} runs {what}" if least == most else f"{least:,} to {most:,} runs {what}"
        return f"{text}, {few}" if once.any() else text

    @property
    def lucky_runs(self) -> NDArray[np.int64]:
        """How many runs there are of each cell that is begun and in which something is left to luck."""
        return self.runs[(self.runs > 0) & ~self.study.deterministic]

    @property
    def driver_order(self) -> str:
        """The column by which drivers are sorted: the total indices of Sobol', first-order ones else."""
        return "total" if self.kind == "sobol" else "first"

    def sorted_drivers(self, outcome: str) -> pd.DataFrame | None:
        """What explains an outcome's variance, the most first; None if nothing is known to.

        Besides: `rank`, the first place that the intervals leave to it, and `last`, the last one.
        """
        if self.drivers is None:
            return None
        by = self.driver_order
        rows = self.drivers[(self.drivers["outcome"] == outcome) & self.drivers[by].notna()]
        rows = rows.sort_values([by, "name"], ascending=[False, True], kind="stable")
        low, high = (rows[f"{by}_{end}"].to_numpy() for end in ("low", "high"))
        rank = 1 + (low[None, :] > high[:, None]).sum(axis=1)
        last = len(rows) - (high[None, :] < low[:, None]).sum(axis=1)
        return rows.assign(rank=rank, last=last) if len(rows) else None

    def cell_means(self, outcome: str) -> Array:
        """The mean of an outcome in each cell, not a number where it never happened, shape (cells,)."""
        return mean_intervals(cell_sums(self.results, [outcome])[outcome], probability=False)[0]

    def format(self, outcome: str) -> OutcomeFormat:
        """How an outcome's values are written."""
        return outcome_format(self.study.outcomes[outcome].unit)

    def lines_of(self, outcome: str) -> list[TheoryLine]:
        """The lines of theory that are drawn for an outcome."""
        return [line for line in self.lines if outcome in (line.outcomes or (outcome,))]

    def rows(self, outcome: str) -> list[Any]:
        """The answers of an outcome, one for each combination of levers: a tuple of the columns of answers.

        Besides: `place`, its number; `there`, whether the outcome happened in any run; `beyond`, 1 if its
        mean is higher than that of the reference beyond luck, -1 if lower, 0 if luck may explain it.
        """
        table = self.answers[self.answers["outcome"] == outcome]
        beyond = (table["difference_low"] > 0).astype(int) - (table["difference_high"] < 0).astype(int)
        table = table.assign(place=range(len(table)), there=table["mean"].notna(), beyond=beyond)
        return list(table.itertuples(index=False))


def load_report(folder: Path) -> ReportData:
    """What a folder of results holds, of as much as there is; raises ResultsError if it is none."""
    stored = results(folder)
    study = spec_in(stored.folder, stored.manifest, stored.cells)
    counts = np.zeros(len(study.cells), dtype=np.int64)
    failures: list[tuple[int, int, str]] = []
    failed = 0
    for piece in stored.pieces():
        counts += np.bincount(piece["cell"], minlength=len(counts))
        wrong = piece[piece["error"].notna()]
        failed += len(wrong)
        first = wrong.head(FAILURES - len(failures))
        failures += first[["cell", "run", "error"]].itertuples(index=False, name=None)
    numeric = [f.name for f in study.cells.factors if f.lever and not f.options]
    lines = lines_of(study.file.thresholds, numeric, list(study.outcomes))
    table = answer_table(study, stored)
    return ReportData(study, stored, table, driver_table(study, stored), counts, failures, failed, lines)
