"""What cells share, so that one call of the engine runs them, and whether they leave anything to luck."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.domain.errors import SharedError, StudyError
from sim.engines.compiler.prepared_scenario import PreparedScenario, ends_of
from sim.engines.compiler.run_parameters import places_of, spelling
from sim.engines.compiler.view_usage import names_used
from sim.engines.run_spec import RunSpec
from sim.scenarios.load import scenario as load
from sim.statistics.arrays import Array
from sim.strategies.strategy_register import Strategy
from sim.studies.design import Cells
from sim.studies.factors import LeverOption
from sim.studies.study_schema import StudyFile
from sim.studies.study_spec import StudySpec


def shared_paths(scenario: str, overrides: Sequence[str], cells: Cells) -> frozenset[str]:
    """The paths of numbers that cannot differ from run to run, for shared tables come of them."""
    digest = load(scenario, overrides).digest
    paths = set()
    for factor in cells.factors:
        ends = ends_of(cells.columns[factor.name])
        for path in factor.paths:
            if ".strategy." in path or ends.low == ends.high:
                continue
            try:
                places_of(path, ends, scenario, tuple(overrides), digest)
            except SharedError:
                paths.add(path)
    return frozenset(paths)


def settings_of(
    file: StudyFile, cells: Cells, shared: frozenset[str]
) -> tuple[tuple[RunSpec, ...], NDArray[np.int64]]:
    """Every setting in the order of its first cell, and the position of each cell's, shape (cells,).

    Raises StudyError if a number is set in two places.
    """
    apart = [f for f in cells.factors if f.options or shared & set(f.paths)]
    varied = [path for f in cells.factors for path in f.paths]
    table = np.array([cells.columns[f.name] for f in apart]).reshape(len(apart), len(cells)).T
    _, first, inverse = np.unique(table, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    settings = []
    for cell in first[order]:
        fixed = [
            f"{path}={spelling(float(cells.columns[f.name][cell]))}"
            for f in apart
            for path in f.paths
            if path in shared
        ]
        settings.append(_setting(file, cells.options_of(int(cell)), fixed, varied))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return tuple(settings), place[inverse.reshape(-1)]


def reference_spec(study: StudySpec) -> RunSpec:
    """The runs of the row that others are compared with; uncertainties are as the scenario has them."""
    file, cells = study.file, study.cells
    choices = {name: tuple(lever.choices) for name, lever in file.levers.items()}
    if not isinstance(file.scenario, str):
        choices["scenario"] = tuple(LeverOption(label=name, scenario=name) for name in file.scenario)
    factors = tuple(replace(f, options=choices.get(f.name, ())) for f in cells.factors if f.lever)
    cell = np.flatnonzero(cells.row == study.reference)[:1]
    columns = {f.name: cells.columns[f.name][cell] for f in factors}
    paths = frozenset(path for f in factors for path in f.paths if ".strategy." not in path)
    (spec,), _ = settings_of(file, Cells(factors, columns, cells.draw[cell], cells.row[cell]), paths)
    return spec


def _setting(
    file: StudyFile, options: Sequence[LeverOption], fixed: Sequence[str], varied: Sequence[str]
) -> RunSpec:
    scenario = file.scenario if isinstance(file.scenario, str) else ""
    until = file.until
    numbers = {_path(text): text for text in file.set}
    strategies = {_path(text): text for text in file.strategy}
    force = list(file.force)
    for option in options:
        scenario, until = option.scenario or scenario, option.until or until
        numbers |= {_path(text): text for text in option.set}
        strategies |= {_path(text): text for text in option.strategy}
        force += option.force
    for path in varied:
        if path in numbers or varied.count(path) > 1:
            raise StudyError(f"{path}: expected it to be set in one place, got it in two")
    return RunSpec(
        scenario,
        until.isoformat() if until else None,
        tuple(force),
        tuple(strategies.values()),
        (*numbers.values(), *fixed),
        seed=file.seed,
        engine=file.engine,
    )


def _path(change: str) -> str:
    return change.partition("=")[0].strip()


def depends_on_luck(on: PreparedScenario, values: Mapping[str, Array], count: int) -> Array:
    """Whether anything may be left to luck in each of so many cells, shape (cells,).

    Only two things draw: a strategy, and a game in which moves come out wrong. `values` are those of the
    numbers in which the cells differ, by path, each of shape (cells,).
    """
    by_luck = np.zeros(count, dtype=bool)
    game = on.source.game
    if game is not None:
        by_luck |= values.get("game.error", np.full(count, game.numbers["error"].value)) > 0.0
    for code, strategy in on.strategies.items():
        parameters = np.empty((count, len(strategy.parameters)))
        for k, (name, value) in enumerate(strategy.parameters.items()):
            parameters[:, k] = values.get(f"{code}.strategy.{name}", value)
        by_luck |= uses_luck(strategy, parameters)
    return by_luck


def uses_luck(strategy: Strategy, parameters: Array) -> Array:
    """Whether luck may change what a strategy says, shape (cells,); in doubt it may.

    It cannot if the strategy never looks at its luck, or if its parameters, shape (cells, parameters), all
    have values at which the strategy says that luck decides nothing.
    """
    if "luck" not in names_used(strategy.rule):
        return np.zeros(len(parameters), dtype=bool)
    if not strategy.sure:
        return np.ones(len(parameters), dtype=bool)
    return np.asarray(~np.isin(parameters, strategy.sure).all(axis=1))
