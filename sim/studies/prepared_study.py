"""A study that can be run: its settings, its chunks, and the digests that its results are tied to."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from sim.domain.overview import Overview
from sim.engines.run_spec import RunSpec
from sim.outcomes import Outcome
from sim.statistics.arrays import Array
from sim.storage.provenance import digest_of, made_with
from sim.studies.study_spec import StudySpec
from sim.studies.tasks import Ranges, Task, prepare_setting
from sim.studies.user_files import Files, digest

TEXT_KEYS = {"title", "question", "answer", "thresholds", "reference"}  # of a study file: they change no run


class Chunk(NamedTuple):
    """Runs that are run and stored together: some of a setting's pairs of cell and run, cell by cell."""

    name: str  # of its file
    setting: int  # position of the setting
    cells: Array  # of the setting that are run, shape (cells,)
    first: int  # number of the first run of each cell
    last: int  # the number after the last
    begin: int  # position of its first pair
    end: int  # the position after its last

    @property
    def runs(self) -> int:
        """How many it holds."""
        return self.end - self.begin


@dataclass(frozen=True, repr=False)
class PreparedStudy(Overview):
    """A question over many settings, checked and laid out."""

    spec: StudySpec  # what is asked
    document: dict[str, Any]  # the file as JSON would have it
    settings: tuple[RunSpec, ...]  # what cells share that are run together
    setting: Array  # position of each cell's setting, shape (cells,)
    values: dict[str, Array]  # of the numbers in which cells of a setting differ, by path, shape (cells,)
    ranges: Ranges  # of these numbers
    outcomes: tuple[Outcome, ...]  # resolved against the first setting's scenario
    spellings: tuple[str, ...]  # of the outcomes, paths of files in them made whole
    files: Files  # the user's own that the study names, path and text

    @cached_property
    def identity(self) -> dict[str, str]:
        """Digests of the question, of all that it names and of the code: what results are tied to."""
        from sim.engines.compiler.code_digest import content_of

        question = {key: value for key, value in self.document.items() if key not in TEXT_KEYS}
        scenarios = {spec.load().digest for spec in self.settings}
        settings = [prepare_setting(spec, self.ranges, ()) for spec in self.settings]
        strategies = {s.digest for on in settings for s in on.strategies.values()}
        rules = {o.rule for o in self.outcomes} | {s.rule for on in settings for s in on.strategies.values()}
        contents = {content_of(rule) for rule in rules}
        return {
            "study": digest_of(question),
            "scenario": digest_of(sorted(scenarios)),
            "strategies": digest_of(sorted(strategies)),
            "outcomes": digest_of([outcome.digest for outcome in self.outcomes]),
            "files": digest(self.files),
            "code": made_with()["code"],
            "constants": digest_of(sorted(contents)),
        }

    def chunks(self, first: int, last: int, active: Array) -> list[Chunk]:
        """The chunks of runs `first` to `last` - 1 of some cells, sorted, shape (cells,), in their order."""
        chunks: list[Chunk] = []
        once, size = self.spec.deterministic[active], self.spec.file.chunk
        for setting in range(len(self.settings)):
            here = self.setting[active] == setting
            for cells, end in ((active[here & ~once], last), (active[here & once], min(last, 1))):
                pairs = len(cells) * max(end - first, 0)
                for at in range(0, pairs, size):
                    name = f"{first:09d}-{len(chunks):06d}"
                    chunks.append(Chunk(name, setting, cells, first, end, at, min(at + size, pairs)))
        return chunks

    def task(self, chunk: Chunk) -> Task:
        """A chunk as it is run."""
        f = self.spec.file
        pairs = np.arange(chunk.begin, chunk.end)
        count = chunk.last - chunk.first
        cells, runs = chunk.cells[pairs // count], chunk.first + pairs % count
        return Task(
            name=chunk.name,
            spec=self.settings[chunk.setting],
            ranges=self.ranges,
            outcomes=self.spellings,
            cells=cells,
            runs=runs,
            numbers=runs if f.luck == "shared" else cells * f.runs + runs,
            values={path: column[cells] for path, column in self.values.items()},
            files=self.files,
        )
