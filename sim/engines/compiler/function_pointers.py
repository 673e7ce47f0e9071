"""Plain functions compiled one by one and called by their addresses from one compiled loop."""

import warnings
from collections.abc import Callable
from typing import Any

from numba.core import errors, types
from numba.extending import intrinsic

PARAMETERS = types.Array(types.float64, 1, "C")


def caller(what: str, seen: Callable[[], Any], gives: Any, failed: float) -> Any:
    """A function for compiled code: what lies at an address says to what it sees and its parameters.

    Args:
        what: lies there, for errors.
        seen: Numba's type of what it sees.
        gives: Numba's type of what it says.
        failed: what is said if it raises an error.
    """

    def call(typing: Any, address: Any, sight: Any, parameters: Any) -> Any:  # noqa: ARG001
        if (address, sight, parameters) != (types.int64, seen(), PARAMETERS):
            raise errors.TypingError(f"{what} takes {seen()} and {PARAMETERS}, got {sight}, {parameters}")

        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            taken = signature.args[1:]
            kind = context.call_conv.get_function_type(gives, taken)
            place = builder.inttoptr(given[0], kind.as_pointer())
            status, said = context.call_conv.call_function(builder, place, gives, taken, given[1:])
            return builder.select(status.is_error, context.get_constant(gives, failed), said)

        return gives(address, sight, parameters), code

    return intrinsic(call)


def made_for(twin: Any, seen: Any) -> Any:
    """The machine code of a compiled function of what is seen and an array of parameters."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", errors.NumbaWarning)  # a refusal says what matters
        twin.compile((seen, PARAMETERS))
    (made,) = twin.overloads.values()
    return made


def place_of(made: Any) -> int:
    """The address of machine code."""
    place: int = made.library.get_pointer_to_function(made.fndesc.llvm_func_name)
    return place
