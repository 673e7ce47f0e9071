"""Where things stand in the world's lists."""

from sim.domain.state import World


def pair_of(world: World, government: int, partner: int) -> int:
    """The place of what `government` remembers of `partner`."""
    return government * len(world.governments) + partner


def welfare_place(world: World, government: int, i: int, j: int) -> int:
    """The place of a government's welfare table over the tariffs of i and j: (0, 1), (0, 2) ..."""
    n = len(world.governments)
    first, second = min(i, j), max(i, j)
    return government * (n * (n - 1) // 2) + first * n - first * (first + 1) // 2 + second - first - 1


def bit(mask: int, position: int) -> bool:
    """Whether a position of a bit mask is set."""
    return (mask >> position) & 1 == 1
