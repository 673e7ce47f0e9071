"""What a study will take, from a few runs of its cells: time, disk, and how sure the answers will be."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

import numpy as np

from sim.statistics.accumulators import Accumulator, add, empty_sums, is_probability, mean_intervals
from sim.statistics.arrays import Array
from sim.studies import store
from sim.studies.executors import cores, serial
from sim.studies.prepared_study import PreparedStudy
from sim.studies.tasks import check_task, run_task

RUNS = 20  # of a cell
CELLS = 50  # that are piloted, in even steps


class Pilot(NamedTuple):
    """What a study is expected to take."""

    cells: int  # that were piloted
    runs: int  # of each
    workers: int  # processes that it is reckoned for
    seconds: float
    megabytes: float
    # by outcome: half of a cell's 95 % interval in the end, in the middle one and in the widest; not a number
    # where all runs of the pilot were alike
    half: dict[str, tuple[float, float]]


def pilot(study: PreparedStudy, workers: int | None = None) -> Pilot:
    """Play a few runs of some cells, and reckon what the study will take; nothing is kept."""
    spec, names = study.spec, list(study.spec.outcomes)
    cells = np.linspace(0, len(spec.cells) - 1, min(len(spec.cells), CELLS)).round().astype(int)
    runs, total = min(RUNS, spec.file.runs), int(spec.runs.sum())
    chunks = study.chunks(0, runs, cells)
    first = study.task(study.chunks(0, 1, cells[:1])[0])
    run_task(replace(first, files=()))  # what is compiled is compiled once
    begun = perf_counter()
    for chunk in chunks:
        check_task(replace(study.task(chunk), files=()))
    ready = perf_counter()
    sums = {name: empty_sums(len(spec.cells)) for name in names}
    count = 0
    with TemporaryDirectory() as root:
        (Path(root) / store.RUNS).mkdir()
        for task, result in serial(map(study.task, chunks)):
            store.write_chunk(Path(root), task, result, names)
            count += len(task.cells)
            sums = {name: add(sums[name], task.cells, result.values[:, k]) for k, name in enumerate(names)}
        size = sum(path.stat().st_size for path in store.chunks(Path(root)))
    settings = len(study.settings) / len({chunk.setting for chunk in chunks})
    workers = workers or cores()
    seconds = (ready - begun) * settings + (perf_counter() - ready) * total / count
    shrink = np.sqrt(np.minimum(runs, spec.runs) / spec.runs)[cells]
    half = {name: _half_widths(sums[name], o.unit, cells, shrink) for name, o in spec.outcomes.items()}
    return Pilot(len(cells), runs, workers, seconds / workers, size * total / count / 1e6, half)


def _half_widths(sums: Accumulator, unit: str, cells: Array, shrink: Array) -> tuple[float, float]:
    """Half of the interval of a cell in the end, of the middle cell and of the widest."""
    here = Accumulator(*(column[cells] for column in sums))
    _, low, high = mean_intervals(here, is_probability(here, unit))
    width = (high - low) / 2.0 * shrink
    width = width[~np.isnan(width)]
    return (float(np.median(width)), float(width.max())) if len(width) else (float("nan"), float("nan"))
