"""Plain functions compiled one by one and called by their addresses from one compiled loop."""

import warnings
from collections.abc import Callable
from typing import Any

from numba.core import errors, types
from numba.extending import intrinsic

PARAMETERS = types.Array(types.float64, 1, "C")


def address_caller(
    what: str, argument: Callable[[], Any], result: Any, failure: float, numbers: Any = PARAMETERS
) -> Any:
    """A function for compiled code: what lies at an address gives for an argument and numbers.

    Types are Numba's; `what` lies there, for errors, and `failure` is what it gives if it raises one.
    """

    def call(typing: Any, address: Any, value: Any, arguments: Any) -> Any:  # noqa: ARG001
        if (address, value, arguments) != (types.int64, argument(), numbers):
            raise errors.TypingError(f"{what} takes {argument()} and {numbers}, got {value}, {arguments}")

        def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            kinds = signature.args[1:]
            kind = context.call_conv.get_function_type(result, kinds)
            pointer = builder.inttoptr(values[0], kind.as_pointer())
            status, answer = context.call_conv.call_function(builder, pointer, result, kinds, values[1:])
            return builder.select(status.is_error, context.get_constant(result, failure), answer)

        return result(address, value, arguments), code

    return intrinsic(call)


def machine_code(twin: Any, argument: Any, numbers: Any = PARAMETERS) -> Any:
    """The machine code of a compiled function of an argument and numbers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", errors.NumbaWarning)  # a refusal says what matters
        twin.compile((argument, numbers))
    (overload,) = twin.overloads.values()
    return overload


def address(overload: Any) -> int:
    """The address of machine code."""
    pointer: int = overload.library.get_pointer_to_function(overload.fndesc.llvm_func_name)
    return pointer
