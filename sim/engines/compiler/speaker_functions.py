"""Negotiators and protocols compiled one by one and called by their addresses, as strategies are."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any, get_type_hints

import numpy as np
from numba.core import errors
from numba.core import types as numba_types

from sim.domain.errors import StrategyError
from sim.domain.view import Stand, TableView
from sim.engines.compiler.code_digest import digest
from sim.engines.compiler.function_pointers import PARAMETERS, address, address_caller, machine_code
from sim.engines.compiler.njit import compiled
from sim.engines.compiler.strategy_functions import FAILED, refusal, saying
from sim.engines.compiler.world_pointer import number_type
from sim.engines.talks import Speakers
from sim.negotiators.negotiator_register import Negotiator
from sim.protocols.protocol_register import Protocol

types: Any = numba_types  # Numba is half typed


@cache
def tuple_type(kind: Any) -> Any:
    """Numba's type of a named tuple of numbers."""
    kinds = [number_type(hint) for hint in get_type_hints(kind).values()]
    if len(set(kinds)) == 1:
        return types.NamedUniTuple(kinds[0], len(kinds), kind)
    return types.NamedTuple(kinds, kind)


number_at: Any = address_caller(
    "a negotiator", partial(tuple_type, TableView), types.float64, float("nan"), PARAMETERS
)
side_at: Any = address_caller("a protocol", partial(tuple_type, Stand), types.int64, FAILED, PARAMETERS)
a_number: Any = saying((types.Integer, types.Float), types.float64, "a number")
a_side: Any = saying(types.Integer, types.int64, "side 0, 1 or END")


def ask(speakers: Any, government: int, view: TableView) -> Any:
    """What a government's negotiator asks for [bn USD], not finite if it failed."""
    return number_at(speakers[0][government], view, speakers[1][government])


def next_side(speakers: Any, stand: Stand) -> Any:
    """The side that makes the next offer, END, or anything else."""
    return side_at(speakers[0][-1], stand, speakers[1][-1])


def compiled_speakers(speakers: Speakers) -> tuple[Any, Any]:
    """Addresses of negotiators and the protocol, and a row of parameters each; StrategyError if one fails."""
    roles = [role for some in speakers for role in some]
    addresses = np.array([address(code_of(role)) for role in roles], dtype=np.int64)
    parameters = np.zeros((len(roles), max([1, *(len(role.parameters) for role in roles)])))
    for k, role in enumerate(roles):
        parameters[k, : len(role.parameters)] = list(role.parameters.values())
    return addresses, parameters


def code_of(role: Negotiator | Protocol) -> Any:
    """The machine code of who speaks, of what it sees and its parameters; StrategyError if there is none."""
    sees, word = (TableView, a_number) if isinstance(role, Negotiator) else (Stand, a_side)
    try:
        return _compiled(role.rule, len(role.parameters), sees, word, digest(role.rule))
    except (errors.NumbaError, errors.UnsupportedBytecodeError) as error:
        kind = type(role).__name__.lower()
        raise StrategyError(f"{kind} {role.name}: {refusal(role.rule, str(error))}") from error


@cache
def _compiled(rule: Callable[..., Any], count: int, sees: Any, word: Any, stamp: str) -> Any:  # noqa: ARG001
    listed = ", ".join(["seen", *(f"numbers[{k}]" for k in range(count))])
    space: dict[str, Any] = {"rule": rule, "word": word, "__name__": __name__}
    exec(f"def speak(seen, numbers):\n    return word(rule({listed}))", space)
    return machine_code(compiled(space["speak"], cache=True, boundscheck=True), tuple_type(sees))
