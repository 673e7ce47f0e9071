"""What is read from runs while they are played: functions of a life, compiled and called by address.

A life in the compiled loop lies in lists and arrays that every run uses anew, so nothing is made
for a run but its numbers.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, get_type_hints

from numba.core import errors
from numba.core import types as numba_types

from sim.domain.errors import EngineError
from sim.domain.run_record import DecisionRecord, RunRecord
from sim.domain.state import Change
from sim.engines.compiler.call_graph import Rule
from sim.engines.compiler.compile_cache import digest
from sim.engines.compiler.function_pointers import caller, made_for, place_of
from sim.engines.compiler.njit import compiled
from sim.engines.compiler.strategy_functions import refusal
from sim.engines.compiler.world_pointer import field_type, number_type

types: Any = numba_types  # Numba is half typed
EXACT = 2**53  # whole numbers that a parameter may be


class CompiledOutcome(NamedTuple):
    """A plain function of a life and numbers, which it takes in their order."""

    rule: Rule
    parameters: Sequence[float] = ()


@cache
def life_type() -> Any:
    """Numba's type of a life in the compiled loop."""
    kinds = {
        "start": types.int64,
        "end": types.int64,
        "moves": types.List(_tuple_type(DecisionRecord)),
        "changes": types.List(_tuple_type(Change)),
        "opening": field_type("measures"),
        "tariffs": types.Array(types.float64, 2, "C"),
        "costs": types.Array(types.float64, 1, "C"),
    }
    return types.NamedTuple([kinds[name] for name in RunRecord._fields], RunRecord)


def _tuple_type(kind: Any) -> Any:
    hints = get_type_hints(kind)
    found = [number_type(hints[name]) for name in kind._fields]
    if len(set(found)) == 1:
        return types.NamedUniTuple(found[0], len(found), kind)
    return types.NamedTuple(found, kind)


read_by: Any = caller("a reading", life_type, types.float64, float("inf"))


def address_of(reading: CompiledOutcome) -> int:
    """Where a reading lies, compiled as a function of a life and an array of its parameters.

    Raises:
        EngineError: Numba cannot compile it.
    """
    rule = reading.rule
    whole = tuple(isinstance(value, int) for value in reading.parameters)
    if any(abs(value) > EXACT for value in reading.parameters):
        raise EngineError(f"reading {rule.__name__}: expected parameters up to 2^53")
    try:
        made = _compiled(rule, whole, digest(rule))
    except (errors.NumbaError, errors.UnsupportedBytecodeError, NotImplementedError) as error:
        raise EngineError(f"reading {rule.__name__}: {refusal(rule, str(error))}") from error
    return place_of(made)


def readable(reading: CompiledOutcome) -> bool:
    """Whether a reading can be compiled; what cannot is asked of lives that are kept."""
    try:
        address_of(reading)
    except EngineError:
        return False
    return True


@cache
def _compiled(rule: Rule, whole: tuple[bool, ...], stamp: str) -> Any:  # noqa: ARG001
    listed = "".join(f", {'int' if w else ''}(parameters[{k}])" for k, w in enumerate(whole))
    space: dict[str, Any] = {"rule": rule, "__name__": __name__}
    exec(f"def played(life, parameters):\n    return float(rule(life{listed}))", space)
    return made_for(compiled(space["played"], cache=True), life_type())
