"""What a study asks, and how its folder of results says so without the files that it was run with."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from pydantic import ValidationError

from sim.domain.errors import ResultsError
from sim.domain.overview import Overview
from sim.scenarios.assumptions import as_table, assumptions_of
from sim.scenarios.schema import Scenario
from sim.statistics.arrays import Array
from sim.studies.design import Cells, reference_row
from sim.studies.factors import Factor, LeverOption
from sim.studies.study_schema import StudyFile

if TYPE_CHECKING:
    import pandas as pd

STUDY_FILE = "study.toml"
WORDS = ("name", "what", "unit", "lever", "distribution")  # of a factor, and
NUMBERS = ("low", "high", "shipped")  # of one, as the manifest has them
MOST_RUNS = "runs"  # column of cells: how many runs each has at most


class OutcomeText(NamedTuple):
    """An outcome in words."""

    spelling: str  # as the study asks for it
    unit: str  # of its values
    sentence: str  # what it is


@dataclass(frozen=True, repr=False)
class StudySpec(Overview):
    """What a study asks: all that its answers and its report need, from its file or from its folder."""

    name: str  # of its file
    file: StudyFile  # what the file says, paths in it as they were written
    text: str  # of the file
    cells: Cells  # the settings that are compared
    runs: Array  # of each cell, at most, shape (cells,)
    outcomes: dict[str, OutcomeText]  # in words, by name
    # of a folder: digests, versions, and the assumptions of every scenario
    manifest: dict[str, Any] = field(default_factory=dict)

    @property
    def reference(self) -> int:
        """The row of answers that the others are compared with."""
        return reference_row(self.cells, self.file.reference)

    @property
    def deterministic(self) -> Array:
        """Whether nothing in a cell is left to luck, so that it is run once, shape (cells,)."""
        return np.asarray((self.runs == 1) & (self.file.runs > 1))


def summary_of(spec: StudySpec, scenarios: Sequence[Scenario]) -> dict[str, Any]:
    """The part of a manifest from which a study's report can be written anywhere."""
    return {
        "snapback": version("snapback"),
        "name": spec.name,
        "outcomes": {name: outcome._asdict() for name, outcome in spec.outcomes.items()},
        "factors": [_factor_table(factor) for factor in spec.cells.factors],
        "scenarios": [
            {
                "name": source.name,
                "title": source.title,
                "sha256": source.digest,
                "assumptions": {path: as_table(n) for path, n in assumptions_of(source).items()},
            }
            for source in scenarios
        ],
    }


def spec_in(folder: Path, manifest: dict[str, Any], cells: "pd.DataFrame") -> StudySpec:
    """The study of a folder; raises ResultsError if it is not as `snapback study` writes one."""
    path = folder / STUDY_FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
        file = StudyFile.model_validate(tomllib.loads(text))
    except OSError as error:
        raise ResultsError(f"{path}: cannot be read: {error.strerror or error}") from None
    except (ValueError, ValidationError):
        raise ResultsError(f"{path}: expected the study that was played, got something else") from None
    try:
        factors = tuple(_factor(table) for table in manifest["factors"])
        outcomes = {name: OutcomeText(**table) for name, table in manifest["outcomes"].items()}
        runs = cells[MOST_RUNS].to_numpy(dtype=int)
        laid_out = _cells(file, factors, cells)
        return StudySpec(str(manifest["name"]), file, text, laid_out, runs, outcomes, manifest)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ResultsError(
            f"{folder}: expected a manifest and cells as this version of snapback study writes them, "
            "got others; play the study anew"
        ) from None


def _factor_table(factor: Factor) -> dict[str, Any]:
    numbers = {key: getattr(factor, key) for key in NUMBERS}
    return {
        **{key: getattr(factor, key) for key in WORDS},
        "paths": list(factor.paths),
        "options": [option.label for option in factor.options],
        **{key: None if np.isnan(value) else value for key, value in numbers.items()},
    }


def _factor(table: dict[str, Any]) -> Factor:
    parts: dict[str, Any] = {key: table[key] for key in WORDS}
    parts |= {key: np.nan if table[key] is None else float(table[key]) for key in NUMBERS}
    options = tuple(LeverOption(label=label) for label in table["options"])
    return Factor(paths=tuple(table["paths"]), options=options, **parts)


def _cells(file: StudyFile, factors: tuple[Factor, ...], frame: "pd.DataFrame") -> Cells:
    columns = {}
    for factor in factors:
        values = frame[factor.name]
        labels = {option.label: float(k) for k, option in enumerate(factor.options)}
        columns[factor.name] = (values.map(labels) if labels else values).to_numpy(dtype=float)
    count = len(frame)
    nested = file.design.kind == "nested"
    draw = frame["draw"].to_numpy(dtype=int) if nested else np.zeros(count, dtype=int)
    row = np.arange(count) // (file.design.points or 1) if nested else np.arange(count)
    return Cells(factors, columns, draw, row)
