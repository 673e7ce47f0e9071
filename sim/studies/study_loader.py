"""From a study's file to something that can be played: checked, its cells laid out, its chunks numbered."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from sim.domain.errors import SharedError, SnapbackError, StudyError
from sim.engines.compiler.prepared_scenario import ends_of
from sim.engines.compiler.run_parameters import ValueRange
from sim.outcomes import Outcome
from sim.scenarios.load import scenario as load
from sim.scenarios.messages import first_fault, shortened
from sim.storage.provenance import digest_of, made_with
from sim.studies import study_file
from sim.studies.design import Cells, cells_of
from sim.studies.determinism import depends_on_luck
from sim.studies.factors import Factor, factors_of
from sim.studies.settings import settings_of, shared_paths
from sim.studies.tasks import CellSetting, Task, outcomes_for, prepared_setting
from sim.studies.theory_lines import lines_of
from sim.studies.user_files import Files, digest, file_texts, with_full_paths

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
LARGEST = 10_000_000  # bytes
FIELDS = {
    "": set(study_file.StudyFile.model_fields),
    "levers": set(study_file.Lever.model_fields),
    "uncertainties": set(study_file.Uncertainty.model_fields),
    "options": set(study_file.LeverOption.model_fields),
    "design": set(study_file.Design.model_fields),
    "thresholds": set(study_file.Threshold.model_fields),
}
TELLING = {"title", "question", "answer", "thresholds"}  # keys that change what is told, not what is played


class Chunk(NamedTuple):
    """Runs that are played and stored together: some of a setting's pairs of cell and run, cell by cell.

    Attributes:
        name: of its file.
        stage: position of the setting.
        cells: of the setting that are played, shape (cells,).
        first: number of the first run of each cell.
        last: the number after the last.
        begin: position of its first pair.
        end: the position after its last.
    """

    name: str
    stage: int
    cells: Array
    first: int
    last: int
    begin: int
    end: int

    @property
    def runs(self) -> int:
        """How many it holds."""
        return self.end - self.begin


@dataclass(frozen=True)
class Study:
    """A question over many worlds, ready to be played.

    Attributes:
        name: of its file.
        file: what the file says.
        text: of the file, as it stands there.
        told: what it says, as JSON would.
        factors: levers and uncertainties.
        cells: what is played.
        outcomes: resolved against the first cell's scenario, by name.
        settings: what cells share that are played together.
        stage: position of each cell's setting, shape (cells,).
        shared: paths that all runs of a setting share, for they cannot differ from run to run.
        spelled: the outcomes' spellings, paths of files in them made whole.
        files: the user's own that the study names, path and text.
    """

    name: str
    file: study_file.StudyFile
    text: str
    told: dict[str, Any]
    factors: tuple[Factor, ...]
    cells: Cells
    outcomes: dict[str, Outcome]
    settings: tuple[CellSetting, ...]
    stage: Array
    shared: frozenset[str]
    spelled: tuple[str, ...]
    files: Files

    @cached_property
    def identity(self) -> dict[str, str]:
        """Digests of the question, of all that it names and of the code: what results are tied to."""
        asked = {key: value for key, value in self.told.items() if key not in TELLING}
        digests = sorted({load(s.scenario, s.set).digest for s in self.settings})
        parts = [prepared_setting(s, self.differing).strategies.values() for s in self.settings]
        strategies = sorted({s.digest for strategies in parts for s in strategies})
        outcomes = [outcome.digest for outcome in self.outcomes.values()]
        return {
            "study": digest_of(asked),
            "scenario": digest_of(digests),
            "strategies": digest_of(strategies),
            "outcomes": digest_of(outcomes),
            "files": digest(self.files),
            "code": made_with()["code"],
        }

    @cached_property
    def differing(self) -> tuple[tuple[str, ValueRange], ...]:
        """Ends of the numbers that differ within a setting, by path."""
        found = []
        for factor in self.factors:
            if factor.options:
                continue
            ends = ends_of(self.cells.columns[factor.name])
            found += [(path, ends) for path in factor.paths if path not in self.shared]
        return tuple(found)

    @cached_property
    def settled(self) -> Array:
        """Whether nothing in a cell is left to luck, shape (cells,): it is then played once."""
        found = np.zeros(len(self.cells), dtype=bool)
        for place, setting in enumerate(self.settings):
            mine = np.flatnonzero(self.stage == place)
            values = {path: column[mine] for path, column in self._values.items()}
            found[mine] = ~depends_on_luck(prepared_setting(setting, self.differing), values, len(mine))
        return found & (self.file.runs > 1)

    @cached_property
    def _values(self) -> dict[str, Array]:
        """Of the numbers in which cells differ, by path, each of shape (cells,)."""
        return {
            path: self.cells.columns[factor.name]
            for factor in self.factors
            if not factor.options
            for path in factor.paths
            if path not in self.shared
        }

    @cached_property
    def runs(self) -> Array:
        """Of each cell, at most, shape (cells,)."""
        return np.where(self.settled, 1, self.file.runs)

    def chunks(self, first: int, last: int, active: Array) -> list[Chunk]:
        """The chunks of runs `first` to `last` - 1 of some cells, in their order.

        Args:
            first: number of the first run of each cell.
            last: the number after the last.
            active: cells that are played, sorted, shape (cells,).
        """
        found: list[Chunk] = []
        once = self.settled[active]
        for place in range(len(self.settings)):
            here = self.stage[active] == place
            for mine, end in ((active[here & ~once], last), (active[here & once], min(last, 1))):
                pairs = len(mine) * max(end - first, 0)
                for at in range(0, pairs, self.file.chunk):
                    name = f"{first:09d}-{len(found):06d}"
                    found.append(Chunk(name, place, mine, first, end, at, min(at + self.file.chunk, pairs)))
        return found

    def task(self, chunk: Chunk) -> Task:
        """A chunk as it is played."""
        f = self.file
        pairs = np.arange(chunk.begin, chunk.end)
        count = chunk.last - chunk.first
        cells, runs = chunk.cells[pairs // count], chunk.first + pairs % count
        values = {path: column[cells] for path, column in self._values.items()}
        return Task(
            name=chunk.name,
            setting=self.settings[chunk.stage],
            differing=self.differing,
            engine=f.engine,
            seed=f.seed,
            outcomes=self.spelled,
            cells=cells,
            runs=runs,
            numbers=runs if f.luck == "shared" else cells * f.runs + runs,
            values=values,
            files=self.files,
        )

    def run(
        self, out: Path | str | None = None, workers: int = 1, cluster: str | None = None
    ) -> "pd.DataFrame":
        """Play the study, or what is left of it, and give its runs as a data frame, a row each.

        Args:
            out: folder of its results, taken up again if it holds a part of them; if not given, nothing is
                kept but what is given back.
            workers: processes; with more than one, a script calls this under `if __name__ == "__main__"`.
            cluster: address of a Dask scheduler that plays instead.
        """
        from sim.studies.study_runner import run_study

        return run_study(self, out=out, workers=workers, cluster=cluster)


def study(path: str | Path) -> Study:
    """The study of a file.

    Raises:
        StudyError: the file cannot be used; the message says what and where.
    """
    path = Path(path)
    text = _text(path)
    document = _document(path, text)
    try:
        file = study_file.StudyFile.model_validate(document)
    except ValidationError as error:
        raise StudyError(f"{path.name}: {first_fault(error, document, FIELDS)}") from None
    try:
        return _study(path, file, text, document)
    except StudyError as error:
        raise StudyError(f"{path.name}: {error}") from None
    except SnapbackError as error:
        raise type(error)(f"{path.name}: {error}") from None


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise StudyError(f"{path.name}: expected at most {LARGEST} bytes, got {path.stat().st_size}")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise StudyError(f"{path}: there is no study to be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise StudyError(f"{path.name}: expected UTF-8 text, got byte {error.start} that is not") from None


def _document(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise StudyError(f"{path.name}: expected TOML: {shortened(str(error), 200)}") from None


def _study(path: Path, file: study_file.StudyFile, text: str, told: dict[str, Any]) -> Study:
    here = partial(with_full_paths, folder=path.resolve().parent)
    base = here(file.scenario if isinstance(file.scenario, str) else file.scenario[0])
    found_here = file.model_copy(update={"strategy": [here(text) for text in file.strategy]})
    factors = tuple(factors_of(found_here, load(base, file.set)))
    cells = cells_of(file.design, factors, file.seed)
    lines_of(
        file.thresholds, [f.name for f in cells.factors if f.lever and not f.options], list(file.outcomes)
    )
    if file.luck == "own" and len(cells) * file.runs > 2**32:
        raise StudyError(f"luck: expected at most {2**32:,} runs with luck of their own")
    spelled = tuple(here(text) for text in file.outcomes.values())
    found = Study(
        path.stem, file, text, _as_json(told), factors, cells, {}, (), np.array([]), frozenset(), spelled, ()
    )
    shared = shared_paths(base, file.set, cells)
    everything = frozenset(path for f in factors for path in f.paths if ".strategy." not in path)
    found = _laid_out(found, shared, here)
    if shared and len(found.settings) == len(cells):
        found = _laid_out(found, everything, here)
    try:
        return _checked(found)
    except SharedError:  # what one can change by itself it may not beside others
        return _checked(_laid_out(found, everything, here))


def _laid_out(found: Study, shared: frozenset[str], here: Callable[[str], str]) -> Study:
    """A study with its settings, files in them made whole."""
    written, stage = settings_of(found.file, found.cells, shared)
    settings = tuple(
        s._replace(scenario=here(s.scenario), strategy=tuple(here(text) for text in s.strategy))
        for s in written
    )
    return replace(found, settings=settings, stage=stage, shared=shared)


def _checked(found: Study) -> Study:
    """A study whose every setting can be played, with its outcomes and files."""
    file, rules = found.file, set[Any]()
    outcomes: dict[str, Outcome] = {}
    for setting in found.settings:
        on = prepared_setting(setting, found.differing)
        there = dict(zip(file.outcomes, outcomes_for(on, found.spelled), strict=True))
        outcomes = outcomes or there
        rules |= {o.rule for o in there.values()} | {s.rule for s in on.strategies.values()}
    if found.settled.all():
        raise StudyError(
            f"runs: expected 1, for nothing is left to luck here, so that all {file.runs} runs of "
            "a cell would be identical"
        )
    return replace(found, outcomes=outcomes, files=file_texts({s.scenario for s in found.settings}, rules))


def _as_json(document: Any) -> Any:
    """A document with its dates as text."""
    if isinstance(document, dict):
        return {key: _as_json(value) for key, value in document.items()}
    if isinstance(document, list):
        return [_as_json(value) for value in document]
    return document.isoformat() if isinstance(document, date) else document
