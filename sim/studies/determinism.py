"""Which cells leave something to luck: where none does, all runs of a cell would be identical."""

from collections.abc import Mapping

import numpy as np

from sim.engines.compiler.prepared_scenario import PreparedScenario
from sim.engines.compiler.view_usage import names_used
from sim.statistics.arrays import Array
from sim.strategies.strategy_register import Strategy


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
