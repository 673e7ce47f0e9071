"""Results of studies that nobody played: chunks filled by a formula, stored as a study stores them."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from sim.storage.provenance import made_with
from sim.studies.store import locked_folder, manifest_of, write_chunk, write_manifest
from sim.studies.study_file import study
from sim.studies.study_runner import write_answers
from sim.studies.tasks import TaskResult

HEAD = """
title = "Beliefs"
question = "Does the truce break?"
scenario = "busan"
until = 2026-01-31
runs = {runs}
chunk = {chunk}
outcomes = {{ back = "lapse_at_sunset", cost = "cost:government=US" }}
"""
COST = HEAD.replace('back = "lapse_at_sunset", ', "")
WASHINGTON = """
[levers.washington]
what = "Washington's belief"
number = "US.renewal_belief"
low = 0
high = 1
count = 6
"""
BEIJING = """
[levers.beijing]
what = "Beijing's belief"
number = "CN.renewal_belief"
low = 0
high = 1
count = 6
"""
STYLE = """
[levers.style]
what = "Beijing's style"
options = [ { label = "as shipped" }, { label = "sure", set = ["CN.belief_strength=20"] } ]
"""
DRAWN = """
uncertainties.discount = { number = "CN.discount" }
uncertainties.weight = { number = "CN.mineral_weight" }
uncertainties.leverage = { number = "CN.leverage" }
"""
GRID = '[design]\nkind = "grid"\n'
SOBOL = '[design]\nkind = "sobol"\npoints = 16\n'
LATIN = SOBOL.replace("sobol", "latin_hypercube")
NESTED = SOBOL.replace("sobol", "nested")
THRESHOLD = """
[[thresholds]]
theory = "renewal_threshold"
levers = ["washington", "beijing"]
given = { temptation_ratio = 1.5, discount = 0.99, length = 12 }
of = "two equal countries with linear trade; not of busan"
outcomes = ["back"]
"""
Value = Callable[[Mapping[str, np.ndarray], np.ndarray], np.ndarray]


def text(*parts: str, runs: int = 20, chunk: int = 100, head: str = HEAD) -> str:
    """A study file of some parts; plain keys first."""
    plain = [part for part in parts if not part.lstrip().startswith("[")]
    return "\n".join([head.format(runs=runs, chunk=chunk), *plain, *(p for p in parts if p not in plain)])


def cost(levers: Mapping[str, np.ndarray], luck: np.ndarray) -> np.ndarray:
    """A cost that falls with the belief of either side."""
    total = 40.0 + 5.0 * luck
    for name, slope in (("washington", -20.0), ("beijing", -10.0), ("discount", 300.0), ("weight", 1.0)):
        total = total + slope * levers.get(name, 0.0)
    return total


def played(
    folder: Path,
    told: str,
    *,
    chunks: int | None = None,
    value: Value = cost,
    errors: Mapping[tuple[int, int], str] | None = None,
) -> Path:
    """Fill a folder with the results of a study, and give it.

    Args:
        folder: that is made; the study's file lies beside it.
        told: the file's text.
        chunks: how many of them are there; all if not given.
        value: of the cost, from what levers are put to and a standard normal luck of each run.
        errors: of runs that failed, by cell and run.
    """
    file = folder.with_suffix(".toml")
    file.write_text(told, "utf-8")
    asked = study(file)
    luck = np.random.default_rng(1).standard_normal(asked.spec.file.runs)
    everything = asked.chunks(0, asked.spec.file.runs, np.arange(len(asked.spec.cells)))
    with locked_folder(folder, asked) as place:
        for chunk in everything[:chunks]:
            task = asked.task(chunk)
            levers = {name: column[task.cells] for name, column in asked.spec.cells.columns.items()}
            paid = value(levers, luck[task.runs])
            units = [outcome.unit for outcome in asked.spec.outcomes.values()]
            found = np.column_stack([paid > 35.0 if unit == "chance" else paid for unit in units]).astype(
                float
            )
            failed = {
                row: (errors or {})[pair]
                for row, pair in enumerate(zip(task.cells.tolist(), task.runs.tolist(), strict=True))
                if pair in (errors or {})
            }
            found[list(failed)] = np.nan
            write_chunk(place, task, TaskResult(found, failed, made_with()), list(asked.spec.outcomes))
        write_answers(asked.spec, place)
        whole = chunks is None or chunks >= len(everything)
        write_manifest(place, manifest_of(asked, complete=whole))
    return folder
