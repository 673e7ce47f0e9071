"""Compiled, `record[k] = value` writes the k-th field of a record, as in NumPy; whole fields stay whole.

So an event changes any number of a government by its position, without a list of them.
"""

import operator
from typing import Any

from llvmlite import ir
from numba.core import cgutils
from numba.core import types as numba_types
from numba.extending import intrinsic, overload

types: Any = numba_types  # Numba is half typed
WORD = 8  # bytes of every field


@intrinsic
def write_word(typing: Any, record: Any, position: Any, value: Any) -> Any:  # noqa: ARG001
    """Write a number into the record's word at a position, as a whole number where the field is one."""
    kinds = [record.typeof(name) for name in record.fields]
    if record.size != WORD * len(kinds) or len(kinds) > 64:
        return None
    whole_fields = sum(1 << k for k, kind in enumerate(kinds) if kind == types.int64)

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
        pointer, k, number = arguments
        word = ir.IntType(64)
        whole = builder.trunc(builder.lshr(word(whole_fields), k), ir.IntType(1))
        bits = builder.select(whole, builder.fptosi(number, word), builder.bitcast(number, word))
        builder.store(bits, builder.gep(builder.bitcast(pointer, word.as_pointer()), [k]))
        return context.get_dummy_value()

    return types.void(record, types.int64, types.float64), code


@overload(operator.setitem)
def _set_number(record: Any, position: Any, value: Any) -> Any:  # noqa: ARG001
    if not isinstance(record, types.Record) or not isinstance(position, types.Integer):
        return None

    def write(record: Any, position: Any, value: Any) -> None:
        write_word(record, position, value)  # type: ignore[call-arg]

    return write


@intrinsic
def floats(typing: Any, record: Any) -> Any:  # noqa: ARG001
    """A named tuple of numbers as a tuple of floats."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        members: Any = cgutils.unpack_tuple(builder, arguments[0])  # type: ignore[no-untyped-call]
        kinds = zip(members, record.types, strict=True)
        numbers = [context.cast(builder, number, kind, types.float64) for number, kind in kinds]
        return context.make_tuple(builder, signature.return_type, numbers)

    return types.UniTuple(types.float64, len(record.types))(record), code
