"""From a study's file to a study that can be run: checked, its cells laid out, its settings prepared."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from sim.domain.errors import SharedError, SnapbackError, StudyError
from sim.engines.compiler.prepared_scenario import ends_of
from sim.engines.run_spec import RunSpec
from sim.outcomes import Outcome, parse
from sim.scenarios.assumptions import days_of, numbers_of
from sim.scenarios.load import read_text, toml_of
from sim.scenarios.load import scenario as load
from sim.scenarios.messages import faults_of
from sim.scenarios.numbers import Number
from sim.scenarios.schema import Scenario
from sim.studies.design import Cells, Design, cells_of, reference_row
from sim.studies.factors import (
    Factor,
    Lever,
    LeverOption,
    NumberRange,
    Uncertainty,
    assumption_factors,
    lever_factor,
    uncertainty_factor,
    with_matches,
)
from sim.studies.settings import depends_on_luck, settings_of, shared_paths
from sim.studies.study_runner import Study
from sim.studies.study_schema import StudyFile
from sim.studies.study_spec import OutcomeText, StudySpec
from sim.studies.tasks import prepare_setting
from sim.studies.theory_lines import Threshold, lines_of
from sim.studies.user_files import file_texts, full_path, with_path, with_strategy_path

LARGEST = 10_000_000  # bytes
FIELDS = {
    "": set(StudyFile.model_fields),
    "levers": set(Lever.model_fields),
    "uncertainties": set(Uncertainty.model_fields),
    "options": set(LeverOption.model_fields),
    "design": set(Design.model_fields),
    "thresholds": {field.alias or name for name, field in Threshold.model_fields.items()},
}


def study(path: str | Path) -> Study:
    """The study of a file; raises StudyError that says what is wrong with it, and where."""
    path = Path(path)
    return study_of(read_text(path, LARGEST, StudyError, f"{path}: there is no study to be read"), path)


def study_of(text: str, path: Path) -> Study:
    """The study of a text, as if it stood in a file; raises what `study` does."""
    document = toml_of(text, path.name, StudyError)
    try:
        file = StudyFile.model_validate(document)
    except ValidationError as error:
        raise StudyError(f"{path.name}: {faults_of(error, document, FIELDS)[0]}") from None
    try:
        return _study(path, file, text, document)
    except SnapbackError as error:
        raise type(error)(f"{path.name}: {error}") from None


def _study(path: Path, file: StudyFile, text: str, document: dict[str, Any]) -> Study:
    """The study of a file, with as few settings as can be: what runs of a setting share is prepared once."""
    prepare_setting.cache_clear()  # files may have changed since
    full = partial(full_path, folder=path.resolve().parent)
    base = full(file.scenario if isinstance(file.scenario, str) else file.scenario[0])
    strategies = [with_strategy_path(text, full) for text in file.strategy]
    factors = _factors(file.model_copy(update={"strategy": strategies}), load(base, file.set))
    cells = cells_of(file.design, factors, file.seed)
    _check(file, cells)
    spec = StudySpec(path.stem, file, text, cells, np.array([]), {})
    document = json.loads(json.dumps(document, default=lambda day: day.isoformat()))  # days as texts
    shared = shared_paths(base, file.set, cells)
    every = frozenset(path for f in factors for path in f.paths if ".strategy." not in path)
    if shared and len(settings_of(file, cells, shared)[0]) == len(cells):
        shared = every  # each cell has a setting of its own in any case
    try:
        return _planned(spec, document, shared, full)
    except SharedError:  # what one can change by itself it may not beside others
        return _planned(spec, document, every, full)


def _check(file: StudyFile, cells: Cells) -> None:
    """Raise if the cells have no reference or no place for a threshold, or if luck does not go round."""
    reference_row(cells, file.reference)
    numeric = [f.name for f in cells.factors if f.lever and not f.options]
    lines_of(file.thresholds, numeric, list(file.outcomes))
    if file.luck == "own" and len(cells) * file.runs > 2**32:
        raise StudyError(f"luck: expected at most {2**32:,} runs with luck of their own")


def _factors(s: StudyFile, source: Scenario) -> list[Factor]:
    """Every lever, then every uncertainty of a study."""
    numbers = dict(numbers_of(source)) | days_of(source)
    strategies = RunSpec(source, strategy=tuple(s.strategy)).strategies(source)
    for code, strategy in strategies.items():
        for key, value in strategy.parameters.items():
            number = Number(value=value, unit="parameter", source=strategy.source)
            numbers[f"{code}.strategy.{key}"] = number
    expand = partial(with_matches, numbers=numbers, source=source)
    factors: list[Factor] = []
    if isinstance(s.scenario, list):
        options = tuple(LeverOption(label=name, scenario=name) for name in s.scenario)
        factors.append(Factor("scenario", "the scenario", options=options))
    levers = {name: expand(lever) for name, lever in s.levers.items()}
    factors += [lever_factor(name, lever, numbers, s.design.kind) for name, lever in levers.items()]
    if isinstance(s.uncertainties, dict):
        return factors + [uncertainty_factor(name, expand(u), numbers) for name, u in s.uncertainties.items()]
    still = {path for text in s.design.without for path in expand(NumberRange(number=text)).paths}
    return factors + assumption_factors(source, {path for f in factors for path in f.paths} | still)


def _planned(
    spec: StudySpec, document: dict[str, Any], shared: frozenset[str], full: Callable[[str], str]
) -> Study:
    """A study whose every setting can be run, with its outcomes and files.

    Cells that differ in `shared` paths have settings of their own; `full` gives a file's full path.
    """
    file, cells = spec.file, spec.cells
    settings, setting = settings_of(file, cells, shared)
    settings = tuple(_with_full_paths(s, full) for s in settings)
    numbers = [f for f in cells.factors if not f.options]
    values = {path: cells.columns[f.name] for f in numbers for path in f.paths if path not in shared}
    spellings = tuple(with_path(text, full) for text in file.outcomes.values())
    ranges = tuple((path, ends_of(column)) for path, column in values.items())
    rules: set[Any] = set()
    first: list[Outcome] = []
    deterministic = np.zeros(len(cells), dtype=bool)
    for place, run_spec in enumerate(settings):
        on = prepare_setting(run_spec, ranges, ())
        outcomes = [parse(text, on.source, on.end) for text in spellings]
        first = first or outcomes
        rules |= {o.rule for o in outcomes} | {s.rule for s in on.strategies.values()}
        here = np.flatnonzero(setting == place)
        some = {path: column[here] for path, column in values.items()}
        deterministic[here] = ~depends_on_luck(on, some, len(here))
    if file.runs > 1 and deterministic.all():
        raise StudyError(
            f"runs: expected 1, for nothing is left to luck here, so that all {file.runs} runs of "
            "a cell would be identical"
        )
    texts = {
        name: OutcomeText(document["outcomes"][name], outcome.unit, outcome.sentence)
        for name, outcome in zip(file.outcomes, first, strict=True)
    }
    return Study(
        spec=replace(spec, runs=np.where(deterministic, 1, file.runs), outcomes=texts),
        document=document,
        settings=settings,
        setting=setting,
        values=values,
        ranges=ranges,
        outcomes=tuple(first),
        spellings=spellings,
        files=file_texts({s.name for s in settings}, rules),
    )


def _with_full_paths(spec: RunSpec, full: Callable[[str], str]) -> RunSpec:
    """Runs whose scenario and strategies can be found from anywhere."""
    strategy = tuple(with_strategy_path(text, full) for text in spec.strategy)
    return replace(spec, scenario=full(spec.name), strategy=strategy)
