"""Tables of one size, so that objects and arrays hold the same numbers."""

from typing import Any

from sim.domain.state import World


def rectangular(world: World) -> World:
    """The world with every nest of numbers filled up to a full block, with its edge values."""
    tables: dict[str, Any] = {
        name: filled(value, sizes(value)) for name, value in world._asdict().items() if is_nest(value)
    }
    return world._replace(**tables)


def is_nest(value: Any) -> bool:
    """Whether a value is numbers in lists, however deep, and not a number or records."""
    return isinstance(value, list | tuple) and all(isinstance(v, int | float) or is_nest(v) for v in value)


def sizes(nest: Any) -> list[int]:
    """The largest length at each depth of a nest of numbers."""
    inner = [sizes(part) for part in nest if isinstance(part, list | tuple)]
    depths = max((len(found) for found in inner), default=0)
    return [len(nest), *(max(found[k] for found in inner) for k in range(depths))]


def filled(nest: Any, size: list[int]) -> Any:
    """A nest of numbers with every list as long as the largest of its depth, its last part repeated."""
    if len(size) > 1:
        nest = [filled(part, size[1:]) for part in nest]
    return [*nest, *nest[-1:] * (size[0] - len(nest))]
