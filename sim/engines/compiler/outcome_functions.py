"""Functions of a run's record, compiled and called by address while runs go on.

The record in the compiled loop lies in lists and arrays that every run uses again, so nothing is
allocated for a run but its numbers.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from numba.core import errors
from numba.core import types as numba_types

from sim.domain.errors import EngineError
from sim.domain.run_record import ActRecord, DecisionRecord, OfferRecord, RunRecord
from sim.domain.state import Change
from sim.engines.compiler.call_graph import Rule, reachable
from sim.engines.compiler.code_digest import digest
from sim.engines.compiler.function_pointers import address, address_caller, machine_code
from sim.engines.compiler.njit import compiled
from sim.engines.compiler.speaker_functions import tuple_type
from sim.engines.compiler.strategy_functions import refusal
from sim.engines.compiler.world_pointer import field_type

types: Any = numba_types  # Numba is half typed
EXACT = 2**53  # whole numbers that a parameter may be


class CompiledOutcome(NamedTuple):
    """A plain function of a run's record and of numbers, which it takes in their order."""

    rule: Rule
    parameters: Sequence[float] = ()


@cache
def record_type() -> Any:
    """Numba's type of a run's record in the compiled loop."""
    kinds = {
        "start": types.int64,
        "end": types.int64,
        "moves": types.List(tuple_type(DecisionRecord)),
        "acts": types.List(tuple_type(ActRecord)),
        "changes": types.List(tuple_type(Change)),
        "opening": field_type("measures"),
        "tariffs": types.Array(types.float64, 2, "C"),
        "costs": types.Array(types.float64, 2, "C"),
        "reward": types.float64,
        "bystanders": types.Array(types.float64, 1, "C"),
        "offers": types.List(tuple_type(OfferRecord)),
    }
    return types.NamedTuple([kinds[name] for name in RunRecord._fields], RunRecord)


outcome_at: Any = address_caller("a reading", record_type, types.float64, float("inf"))


def address_of(reading: CompiledOutcome) -> int:
    """Where a reading lies, compiled as a function of a record and an array of its parameters.

    Raises:
        EngineError: Numba cannot compile it.
    """
    rule = reading.rule
    whole = tuple(isinstance(value, int) for value in reading.parameters)
    if any(abs(value) > EXACT for value in reading.parameters):
        raise EngineError(f"reading {rule.__name__}: expected parameters up to 2^53")
    try:
        code = _compiled(rule, whole, digest(rule))
    except (errors.NumbaError, errors.UnsupportedBytecodeError, NotImplementedError) as error:
        raise EngineError(f"reading {rule.__name__}: {refusal(rule, str(error))}") from error
    return address(code)


def readable(reading: CompiledOutcome) -> bool:
    """Whether a reading can be compiled; what cannot is asked of records one by one."""
    try:
        address_of(reading)
    except EngineError:
        return False
    return True


def reads_bystanders(reading: CompiledOutcome) -> bool:
    """Whether a reading, or what it calls, may look at what a run costs bystanders."""
    return any("bystanders" in f.__code__.co_names for f in reachable(reading.rule))


@cache
def _compiled(rule: Rule, whole: tuple[bool, ...], stamp: str) -> Any:  # noqa: ARG001
    listed = "".join(f", {'int' if w else ''}(parameters[{k}])" for k, w in enumerate(whole))
    space: dict[str, Any] = {"rule": rule, "__name__": __name__}
    exec(f"def outcome(record, parameters):\n    return float(rule(record{listed}))", space)
    return machine_code(compiled(space["outcome"], cache=True), record_type())
