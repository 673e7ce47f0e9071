"""A world of arrays as compiled rules see it: one address, so that passing it on costs nothing.

As a tuple of arrays a world is some sixty words, copied at every call. Here it is the address of a header
that has each field's number, or the place and the sizes of its array, field by field. Of a world with two
`measures`, a `grid` of 0.05 and three rows of four numbers in `sales` it would be, in words of eight bytes:

    place of the measures, 2, the bits of 0.05, place of the sales, 3, 4

In a rule `world.measures` and every other field reads the same.
"""

import hashlib
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import (
    NativeValue,
    intrinsic,
    models,
    overload_attribute,
    register_model,
    typeof_impl,
    unbox,
)
from numba.np.arrayobj import make_array, populate_array
from numba.np.numpy_support import from_dtype

from sim.domain.state import World
from sim.engines.compiler.world_arrays import ROOM, Array, kind_of, own, parts


class PointedWorld:
    """A world of arrays with its header.

    Attributes:
        arrays: the fields; they must stay where they are.
        header: its words.
        address: of the header.
    """

    def __init__(self, arrays: World) -> None:
        self.arrays = arrays
        words = [word for name, value in arrays._asdict().items() for word in header_words(name, value)]
        self.header: Array = np.array(words, dtype=np.int64)
        self.address = self.header.ctypes.data


def header_words(name: str, value: Any) -> list[int]:
    """The words of a field in the header."""
    part, depth = parts()[name]
    if depth == 0:
        return [value if part is int else int(np.float64(value).view(np.int64))]
    if not value.flags.c_contiguous:
        raise ValueError(f"world.{name}: expected an array in one piece")
    return [value.ctypes.data, *value.shape]


class WorldType(types.Type):
    """Numba's type of a world at an address; its name tells what lies there."""

    def __init__(self) -> None:
        text = "; ".join(f"{name}: {field_type(name)}" for name in World._fields)
        super().__init__(f"World_{hashlib.sha256(text.encode()).hexdigest()[:16]}")


def number_type(kind: type) -> Any:
    """Numba's type of a number of a kind."""
    return {int: types.int64, float: types.float64, bool: types.boolean}[kind]


def field_type(name: str) -> Any:
    """Numba's type of a field of a world."""
    part, depth = parts()[name]
    if depth == 0:
        return number_type(part)
    return types.Array(from_dtype(kind_of(part)), depth, "C", readonly=not (own(name) or name in ROOM))


def first_word(name: str) -> int:
    """The place of a field's first word in the header."""
    before = World._fields[: World._fields.index(name)]
    return sum(1 + parts()[field][1] for field in before)


@typeof_impl.register(PointedWorld)
def _typeof_world(value: PointedWorld, context: Any) -> WorldType:  # noqa: ARG001
    return WORLD


register_model(WorldType)(models.OpaqueModel)


@unbox(WorldType)
def _unbox_world(kind: WorldType, value: Any, c: Any) -> NativeValue:  # noqa: ARG001
    address = c.pyapi.object_getattr_string(value, "address")
    pointer = c.pyapi.long_as_voidptr(address)
    c.pyapi.decref(address)
    return NativeValue(pointer)


def _load(builder: Any, header: Any, kind: Any, place: int) -> Any:
    """Read the word at a place of a header, as LLVM's type of some kind."""
    words = builder.bitcast(header, kind.as_pointer())
    loaded = builder.load(builder.gep(words, [ir.IntType(64)(place)]))
    loaded.set_metadata("invariant.load", builder.module.add_metadata([]))  # headers never change
    return loaded


def _load_array(context: Any, builder: Any, header: Any, kind: Any, place: int) -> Any:
    """Make an array of a Numba type from the words of a header, of which the first is at a place."""
    word = ir.IntType(64)
    sizes = [_load(builder, header, word, place + 1 + k) for k in range(kind.ndim)]
    array = make_array(kind)(context, builder)
    item = context.get_data_type(kind.dtype)
    steps = [word(context.get_abi_sizeof(item))]  # bytes from one to the next in each dimension
    for size in reversed(sizes[1:]):
        steps.insert(0, builder.mul(steps[0], size))
    populate_array(
        array,
        data=builder.inttoptr(_load(builder, header, word, place), item.as_pointer()),
        shape=cgutils.pack_array(builder, sizes),
        strides=cgutils.pack_array(builder, steps),
        itemsize=steps[-1],
        meminfo=None,
    )
    return array._getvalue()


def _reader(name: str) -> Any:
    """A compiled function that reads a field of a world."""
    kind, place, depth = field_type(name), first_word(name), parts()[name][1]

    @intrinsic
    def read(typing: Any, world: Any) -> Any:  # noqa: ARG001
        def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:  # noqa: ARG001
            if depth == 0:
                return _load(builder, values[0], context.get_value_type(kind), place)
            return _load_array(context, builder, values[0], kind, place)

        return kind(world), code

    return read


def _let_rules_read(name: str) -> None:
    """Give Numba's type of a world an attribute with the name of a field."""
    read = _reader(name)

    @overload_attribute(WorldType, name)
    def attribute(world: Any) -> Any:  # noqa: ARG001
        def value(world: Any) -> Any:
            return read(world)

        value.__qualname__ = f"{WORLD.name}_{name}"  # its name in machine code, in every process
        return value


WORLD = WorldType()
for _name in World._fields:
    _let_rules_read(_name)
