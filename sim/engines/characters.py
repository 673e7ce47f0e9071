"""Strategies compiled one by one, all of one signature, so that any of them fit into one compiled loop.

The loop gets the address of each government's strategy and asks it by `said_by`. It is what
Numba calls a first-class function, which it still holds experimental, and cannot make of one
function given twice; an address also keeps the loop the same for any number of governments.
"""

import re
from functools import cache
from typing import Any, get_type_hints

from llvmlite import ir
from numba.core import cgutils, errors, types
from numba.extending import intrinsic

from sim.domain.errors import StrategyError
from sim.domain.view import View
from sim.engines.compiled import compiled
from sim.engines.pointed import number_type
from sim.strategies.register import Rule, Strategy

FAILED = -1  # what is said by a strategy that failed
PARAMETERS = types.Array(types.float64, 1, "C")


@cache
def view_type() -> Any:
    """Numba's type of a view."""
    hints = get_type_hints(View)
    return types.NamedTuple([number_type(hints[name]) for name in View._fields], View)


@intrinsic  # type: ignore[misc]
def whole(typing: Any, said: Any) -> Any:  # noqa: ARG001
    """What a strategy said, if it is a whole number."""
    if not isinstance(said, types.Integer):
        raise errors.TypingError(f"it may say {said}; expected ESCALATE, HOLD or RELAX")

    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return context.cast(builder, given[0], signature.args[0], types.int64)

    return types.int64(said), code


@intrinsic  # type: ignore[misc]
def said_by(typing: Any, address: Any, view: Any, parameters: Any) -> Any:  # noqa: ARG001
    """What the strategy at an address says to a view; FAILED if it raises an error."""
    if (address, view, parameters) != (types.int64, view_type(), PARAMETERS):
        raise errors.TypingError(f"a strategy takes {view_type()} and {PARAMETERS}, got {view}, {parameters}")

    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        taken = signature.args[1:]
        kind = context.call_conv.get_function_type(types.int64, taken)
        place = builder.inttoptr(given[0], kind.as_pointer())
        status, said = context.call_conv.call_function(builder, place, types.int64, taken, given[1:])
        return builder.select(status.is_error, ir.IntType(64)(FAILED), said)

    return types.int64(address, view, parameters), code


def address_of(strategy: Strategy) -> int:
    """Where a strategy lies, compiled as a function of a view and an array of its parameters.

    Raises:
        StrategyError: Numba cannot compile it.
    """
    try:
        made = _compiled(strategy.rule, len(strategy.parameters))
    except errors.NumbaError as error:
        raise StrategyError(f"strategy {strategy.name}: {_refusal(str(error))}") from error
    place: int = made.library.get_pointer_to_function(made.fndesc.llvm_func_name)
    return place


@cache
def _compiled(rule: Rule, count: int) -> Any:
    listed = ", ".join(f"parameters[{k}]" for k in range(count))
    space: dict[str, Any] = {"rule": rule, "whole": whole, "__name__": __name__}
    exec(f"def played(view, parameters):\n    return whole(rule(view, {listed}))", space)
    twin = compiled(space["played"], cache=True)
    twin.compile((view_type(), PARAMETERS))
    (made,) = twin.overloads.values()
    return made


def _refusal(text: str) -> str:
    """Numba's refusal in a sentence that shows the line and what to write."""
    places = re.findall(r'File "([^"]+)", line (\d+):?\n((?:.*\n)*?) +\^', text)
    return " ".join(text.split()) + repr(places)
