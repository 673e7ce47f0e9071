"""Worlds as arrays: what rules change in one record a run, and tables that all runs share.

Nothing here knows a field by its name. `World` says of each field what it is: a number, a
sequence of records, or numbers in sequences. Records and numbers of one or two dimensions
are each run's own, but for the room that rules work in; tables of three dimensions or more are read
only, and shared.
"""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

from sim.domain.state import World

Array = NDArray[Any]
SHARED = 3  # dimensions from which on a table is shared
ROOM = {"acts", "tariff_effects"}  # a thread's: what is left there by another run would come out the same


@cache
def kind_of(record: Any) -> np.dtype[Any]:
    """The array type of a kind of number, or of a dataclass of numbers."""
    if not is_dataclass(record):
        return np.dtype("i8" if record is int else "f8")
    hints = get_type_hints(record)
    return np.dtype([(f.name, "i8" if hints[f.name] is int else "f8") for f in fields(record)])


@cache
def parts() -> dict[str, tuple[Any, int]]:
    """What each field of a world is made of, and in how many dimensions."""
    result = {}
    for name, hint in get_type_hints(World).items():
        depth = 0
        while get_origin(hint) in (Sequence, list):
            (hint,) = get_args(hint)
            depth += 1
        result[name] = (hint, depth)
    return result


def array_of(name: str, value: Any) -> Any:
    """A field of a world as compiled rules take it."""
    part, depth = parts()[name]
    if depth == 0:
        return value
    kind = kind_of(part)
    if is_dataclass(part):
        numbers = attrgetter(*(f.name for f in fields(part)))
        return np.array([numbers(row) for row in value], dtype=kind)
    array = np.array(value, dtype=kind)
    if array.ndim != depth:
        array = array.reshape((0,) * depth)
    if depth >= SHARED:
        array.flags.writeable = False
    return array


def own(name: str) -> bool:
    """Whether a field of a world is each run's own."""
    depth: int = parts()[name][1]
    return 0 < depth < SHARED and name not in ROOM


def arrays_of(world: World) -> World:
    """The world as a compiled rule takes it: arrays of records and of numbers."""
    return World(*(array_of(name, value) for name, value in zip(World._fields, world, strict=True)))


def state_of(arrays: World) -> Array:
    """What is a run's own in a world of arrays, as one record; no dimensions."""
    own_fields = {name: array for name, array in arrays._asdict().items() if own(name)}
    kind = np.dtype([(name, array.dtype, array.shape) for name, array in own_fields.items()])
    state = np.zeros((), dtype=kind)
    for name, array in own_fields.items():
        state[name] = array
    return state


def world_on(arrays: World, state: Array) -> World:
    """A world whose own fields lie in `state`, a record of `state_of`, with room of its own.

    The other fields are those of `arrays`.
    """
    fields: dict[str, Any] = {name: state[name] for name in state.dtype.names or ()}
    fields |= {name: getattr(arrays, name).copy() for name in ROOM}
    return arrays._replace(**fields)
