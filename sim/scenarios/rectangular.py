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
    """Whether a value is numbers in lists, however deep, and not a number or records; its parts are alike."""
    if not isinstance(value, list | tuple):
        return False
    return not value or isinstance(value[0], int | float) or is_nest(value[0])


def sizes(nest: Any) -> list[int]:
    """The largest length at each depth of a nest of numbers."""
    inner = [sizes(part) for part in nest] if nest and isinstance(nest[0], list | tuple) else []
    depths = max((len(found) for found in inner), default=0)
    return [len(nest), *(max(found[k] for found in inner) for k in range(depths))]


def filled(nest: Any, size: list[int]) -> Any:
    """A nest of numbers with every list as long as the largest of its depth, its last part repeated."""
    if len(size) > 1:
        nest = [filled(part, size[1:]) for part in nest]
    return [*nest, *nest[-1:] * (size[0] - len(nest))]
