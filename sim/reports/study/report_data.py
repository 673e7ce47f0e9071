"""All that a report tells, read from a folder of results once."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.statistics.accumulators import PROBABILITY
from sim.studies.analysis import answer_table, driver_table
from sim.studies.factors import Factor
from sim.studies.results import Results, results, stored_study
from sim.studies.stored_study import StoredStudy
from sim.studies.theory_lines import TheoryLine, lines_of

if TYPE_CHECKING:
    import pandas as pd

FAILURES = 20  # failed runs that are told of one by one


class Failure(NamedTuple):
    """A run that failed."""

    cell: int
    run: int
    error: str


class AnswerRow(NamedTuple):
    """A row of answers: the mean of an outcome with its interval, and how it differs from the first row."""

    place: int
    runs: int
    happened: int
    mean: float
    low: float
    high: float
    difference: float
    difference_low: float
    difference_high: float

    @property
    def there(self) -> bool:
        """Whether the outcome happened in any run."""
        return not np.isnan(self.mean)

    @property
    def beyond(self) -> int:
        """1 if it is higher than the first row beyond luck, -1 if lower, 0 if luck may explain it."""
        return int(self.difference_low > 0) - int(self.difference_high < 0)


class ReportData(NamedTuple):
    """What a report is made of.

    Attributes:
        study: as the folder keeps it.
        results: the folder.
        answers: a row for each combination of levers and each outcome.
        drivers: what explains the variance, if the design can tell.
        runs: that are there, of each cell, shape (cells,).
        failures: the first of them.
        failed: how many runs did.
        lines: of theory.
    """

    study: StoredStudy
    results: Results
    answers: "pd.DataFrame"
    drivers: "pd.DataFrame | None"
    runs: NDArray[np.int64]
    failures: list[Failure]
    failed: int
    lines: list[TheoryLine]

    @property
    def complete(self) -> bool:
        """Whether all that was asked for is there."""
        return bool(self.study.manifest.get("complete"))

    @property
    def kind(self) -> str:
        """Of the design."""
        return self.study.file.design.kind

    @property
    def sampled(self) -> bool:
        """Whether cells are drawn points and no combinations of levers."""
        return self.kind in ("sobol", "latin_hypercube")

    def chance(self, outcome: str) -> bool:
        """Whether an outcome is one, so that it is told in per cent."""
        return bool(self.study.outcomes[outcome].unit == PROBABILITY)

    def unit(self, outcome: str) -> str:
        """What an outcome's numbers are told in."""
        return "%" if self.chance(outcome) else self.study.outcomes[outcome].unit

    def lines_of(self, outcome: str) -> list[TheoryLine]:
        """The lines of theory that are drawn for an outcome."""
        return [line for line in self.lines if outcome in (line.outcomes or (outcome,))]

    def rows(self, outcome: str) -> list[AnswerRow]:
        """The answers of an outcome, one for each combination of levers."""
        mine = self.answers[self.answers["outcome"] == outcome]
        columns = [mine[key].tolist() for key in AnswerRow._fields[1:]]
        return [AnswerRow(k, *values) for k, values in enumerate(zip(*columns, strict=True))]


def found_in(folder: Path) -> ReportData:
    """What a folder of results holds, of as much as there is.

    Raises:
        ResultsError: it is none.
    """
    here = results(folder)
    study = stored_study(here)
    counts = np.zeros(len(study.cells), dtype=np.int64)
    failures: list[Failure] = []
    failed = 0
    for piece in here.pieces():
        counts += np.bincount(piece["cell"], minlength=len(counts))
        wrong = piece[piece["error"].notna()]
        failed += len(wrong)
        first = wrong.head(FAILURES - len(failures))
        columns = [first[key].tolist() for key in Failure._fields]
        failures += [Failure(*values) for values in zip(*columns, strict=True)]
    numeric = [f.name for f in levers_of(study) if not f.options]
    lines = lines_of(study.file.thresholds, numeric, list(study.outcomes))
    table = answer_table(study, here)
    return ReportData(study, here, table, driver_table(study, here), counts, failures, failed, lines)


def levers_of(study: StoredStudy) -> list[Factor]:
    """The levers of a study's cells."""
    return [factor for factor in study.cells.factors if factor.lever]


def moving(study: StoredStudy) -> list[Factor]:
    """The levers that differ from cell to cell."""
    columns = study.cells.columns
    return [f for f in levers_of(study) if len(columns[f.name]) and np.ptp(columns[f.name]) > 0]


def missing(found: ReportData) -> str:
    """What is not there yet, in a sentence; empty if all is."""
    if found.complete:
        return ""
    cells = len(found.runs)
    there, of = int(found.runs.sum()), int(found.study.runs.sum())
    early = " at most" if found.study.file.precision is not None else ""
    idle = int((found.runs == 0).sum())
    begun = f"; {idle:,} of {cells:,} cells are not begun" if idle else "; every cell is begun"
    share = min(100.0 * there / of, 99.9)
    return f"Unfinished: {share:.3g} % of the runs are there ({there:,} of{early} {of:,}){begun}."


def runs_told(found: ReportData) -> str:
    """How many runs a cell has, in words."""
    once = found.study.settled
    played = found.runs[(found.runs > 0) & ~once]
    if not found.runs.any():
        return "no runs yet"
    what = "a draw" if found.kind == "nested" else "a point" if found.sampled else "a cell"
    few = f"one where nothing is left to luck ({int(once.sum()):,} of {len(once):,} cells)"
    if not len(played):
        return few
    low, high = int(played.min()), int(played.max())
    told = f"{low:,} runs {what}" if low == high else f"{low:,} to {high:,} runs {what}"
    return f"{told}, {few}" if once.any() else told
