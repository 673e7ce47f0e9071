"""What is read from runs while they are played: functions of a life, compiled and called by address.

A life in the compiled loop lies in lists and arrays that every run uses anew, so nothing is made
for a run but its numbers.
"""

import warnings
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, get_type_hints

from llvmlite import ir
from numba.core import errors
from numba.core import types as numba_types
from numba.extending import intrinsic

from sim.domain.errors import EngineError
from sim.domain.life import Life, Move
from sim.domain.state import Change
from sim.engines.characters import PARAMETERS, refusal
from sim.engines.compiled import compiled
from sim.engines.kept import digest
from sim.engines.pointed import field_type, number_type
from sim.engines.reached import Rule

types: Any = numba_types  # Numba is half typed
EXACT = 2**53  # whole numbers that a parameter may be


class Reading(NamedTuple):
    """A plain function of a life and numbers, which it takes in their order."""

    rule: Rule
    parameters: Sequence[float] = ()


@cache
def life_type() -> Any:
    """Numba's type of a life in the compiled loop."""
    kinds = {
        "start": types.int64,
        "end": types.int64,
        "moves": types.List(_tuple_type(Move)),
        "changes": types.List(_tuple_type(Change)),
        "opening": field_type("measures"),
        "tariffs": types.Array(types.float64, 2, "C"),
        "costs": types.Array(types.float64, 1, "C"),
    }
    return types.NamedTuple([kinds[name] for name in Life._fields], Life)


def _tuple_type(kind: Any) -> Any:
    hints = get_type_hints(kind)
    found = [number_type(hints[name]) for name in kind._fields]
    if len(set(found)) == 1:
        return types.NamedUniTuple(found[0], len(found), kind)
    return types.NamedTuple(found, kind)


def _read_by(typing: Any, address: Any, life: Any, parameters: Any) -> Any:  # noqa: ARG001
    """What the reading at an address finds in a life; infinite if it raises an error."""
    if (address, life, parameters) != (types.int64, life_type(), PARAMETERS):
        raise errors.TypingError(f"a reading takes {life_type()} and {PARAMETERS}, got {life}, {parameters}")

    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        taken = signature.args[1:]
        kind = context.call_conv.get_function_type(types.float64, taken)
        place = builder.inttoptr(given[0], kind.as_pointer())
        status, found = context.call_conv.call_function(builder, place, types.float64, taken, given[1:])
        return builder.select(status.is_error, ir.DoubleType()(float("inf")), found)

    return types.float64(address, life, parameters), code


read_by: Any = intrinsic(_read_by)


def address_of(reading: Reading) -> int:
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
    place: int = made.library.get_pointer_to_function(made.fndesc.llvm_func_name)
    return place


def readable(reading: Reading) -> bool:
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
    twin = compiled(space["played"], cache=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", errors.NumbaWarning)  # a refusal says what matters
        twin.compile((life_type(), PARAMETERS))
    (made,) = twin.overloads.values()
    return made
