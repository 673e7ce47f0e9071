"""Where things stand in the world's lists."""

from sim.domain.state import World


def pair_of(world: World, government: int, partner: int) -> int:
    """The place of what `government` remembers of `partner`."""
    return government * len(world.governments) + partner


def couple(countries: int, i: int, j: int) -> int:
    """The place of a couple of governments among the couples (0, 1), (0, 2) ... of all."""
    low, high = min(i, j), max(i, j)
    return low * countries - low * (low + 1) // 2 + high - low - 1


def welfare_place(world: World, government: int, i: int, j: int) -> int:
    """The place of a government's welfare table over the tariffs of a couple."""
    n = len(world.governments)
    return government * (n * (n - 1) // 2) + couple(n, i, j)


def bit(mask: int, position: int) -> bool:
    """Whether a position of a bit mask is set."""
    return (mask >> position) & 1 == 1
