"""Numbers that differ in every run: which part of a world each is, found by building worlds with it."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sim.domain.errors import EngineError, SharedError
from sim.engines.compiler.world_arrays import Array, arrays_of, own, state_of
from sim.scenarios.initial_state import world_of
from sim.scenarios.load import scenario as load_scenario
from sim.strategies.strategy_register import Strategy


class FieldPath(NamedTuple):
    """Where a number lies: in a field of the world, or among the parameters of strategies."""

    field: str  # of the world, empty for a parameter
    at: tuple[int, ...]
    member: str  # of a record, empty for a plain number


class ValueRange(NamedTuple):
    """The values that a number takes: the smallest, the largest, and whether all are whole."""

    low: float
    high: float
    whole: bool


class RunParameter(NamedTuple):
    """A part of the state that differs in every run, or a parameter of a strategy."""

    place: FieldPath
    values: Array  # shape (runs,)

    def write(self, states: Array, parameters: Array, at: int) -> None:
        """Write the values of the runs from `at` on into their states or parameters."""
        field, place, member = self.place
        where: Any = (slice(None), *place)
        table = states[field] if field else parameters
        (table[member] if member else table)[where] = self.values[at : at + len(states)]


def columns_of(vary: Mapping[str, Any], runs: int) -> dict[str, Array]:
    """The values of every path; raises EngineError if they are not one finite number a run."""
    result = {}
    for path, value in vary.items():
        try:
            values = np.asarray(value, dtype=float)
        except (TypeError, ValueError):
            raise EngineError(f"vary {path}: expected numbers, one a run") from None
        if values.shape != (runs,) or not np.isfinite(values).all():
            raise EngineError(f"vary {path}: expected {runs} finite numbers, one a run, got {values.shape}")
        result[path] = values
    return result


def parameters_of(paths: Iterable[str], strategies: Mapping[str, Strategy]) -> dict[str, FieldPath]:
    """Of the paths GOVERNMENT.strategy.PARAMETER what each stands for; raises EngineError if it is none."""
    result = {}
    for path in paths:
        code, word, name = (*path.split(".", 2), "", "")[:3]
        if word != "strategy" or code not in strategies:
            continue
        parameters = list(strategies[code].parameters)
        if name not in parameters:
            raise EngineError(
                f"vary {path}: {strategies[code].name} has no parameter {name!r}; it has: "
                f"{', '.join(parameters) or 'none'}"
            )
        result[path] = FieldPath("", (list(strategies).index(code), parameters.index(name)), "")
    return result


@lru_cache(maxsize=4096)
def places_of(
    path: str,
    ends: ValueRange,
    scenario: str | Path,
    overrides: tuple[str, ...],
    digest: str,  # noqa: ARG001
) -> tuple[FieldPath, ...]:
    """The parts of the state that a number, such as `cn_port_fees.cost`, goes into as it is.

    A world is built with the smallest and one with the largest value: what differs between them is
    what the number is for. The digest is that of the scenario with the overrides, so that what is remembered
    is of the same file.

    Raises:
        SnapbackError: the path names nothing, or a value is out of bounds.
        SharedError: the number changes more than itself.
    """
    worlds = [
        arrays_of(world_of(load_scenario(scenario, [*overrides, f"{path}={spelling(value)}"])))
        for value in (ends.low, ends.high)
    ]
    states = [state_of(world) for world in worlds]
    shared = [name for name in worlds[0]._fields if not own(name)]
    if states[0].dtype != states[1].dtype or not all(
        np.array_equal(getattr(worlds[0], name), getattr(worlds[1], name)) for name in shared
    ):
        raise SharedError(f"vary {path}: it changes tables that all runs share; give one value by set")
    result: list[FieldPath] = []
    for field in states[0].dtype.names or ():
        for member in states[0][field].dtype.names or ("",):
            low, high = (state[field][member] if member else state[field] for state in states)
            for index in np.argwhere(low != high):
                at = tuple(int(k) for k in index)
                straight = (low[at], high[at]) == (ends.low, ends.high)
                if not straight or (low.dtype.kind == "i" and not ends.whole):
                    raise SharedError(
                        f"vary {path}: it does not go into the world as it is; give one value by set"
                    )
                result.append(FieldPath(field, at, member))
    return tuple(result)


def spelling(value: float) -> str:
    """A number as a change to a scenario writes it."""
    return str(int(value)) if value.is_integer() and abs(value) < 2**63 else repr(value)
