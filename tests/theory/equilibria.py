"""Nash equilibria of two-player matrix games: pure ones exactly, mixed ones from corners, ties marked."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import HalfspaceIntersection

from sim.domain.errors import ConvergenceError
from sim.theory.admissible import Array, bimatrix

TOLERANCE = 1e-9  # of a chance, and of a payoff as a share of the payoffs' range


class Equilibrium(NamedTuple):
    """A pair of strategies that are best replies to each other."""

    row: Array  # chances of the row player's actions, shape (rows,)
    column: Array  # chances of the column player's actions, shape (columns,)
    # a player has a best reply that it does not use, so the equilibrium may be the corner of a continuum
    tied: bool


class Equilibria(NamedTuple):
    """The equilibria of a game."""

    # pure equilibria in the order of the table, then mixed ones, most of the first action first
    profiles: list[Equilibrium]
    # an action has two best replies, or an equilibrium is tied. If so, there may be continua of equilibria,
    # of which `profiles` holds the corners.
    degenerate: bool


def equilibria(payoffs_row: ArrayLike, payoffs_column: ArrayLike) -> Equilibria:
    """All Nash equilibria of a game without ties, the corners of their continua in one with ties.

    Pure equilibria are found by comparing payoffs as they are. Mixed ones are pairs of corners of
    the best-reply polytopes that together have every label (von Stengel 2007, in Algorithmic
    Game Theory, algorithm 3.5), on payoffs moved to [1, 2]. Support enumeration is not used:
    rounding hides equilibria from it even in games without ties (a chance that should be zero
    comes out as -1e-17 and the support is dropped). Each pair is then checked to be an equilibrium
    to 1e-9 of the payoffs' range, and pairs closer than 1e-9 are one. A game without ties has an
    odd number of equilibria (Wilson 1971, SIAM Journal on Applied Mathematics 21(1)): any other
    number is refused.

    Made for small games: the number of corners grows exponentially with the actions. Payoffs have the shape
    (rows, columns).

    Raises:
        TheoryError: if the payoffs are no game.
        ConvergenceError: if equilibria are missing, because payoffs are close to ties.

    >>> found = equilibria([[0, 7], [2, 6]], [[0, 2], [7, 6]])  # chicken
    >>> [profile.row.round(6).tolist() for profile in found.profiles]
    [[1.0, 0.0], [0.0, 1.0], [0.333333, 0.666667]]
    """
    row, column = bimatrix(payoffs_row, payoffs_column)
    best_row, best_column = row == row.max(0), column == column.max(1, keepdims=True)
    rows, columns = row.shape
    pairs = [(np.eye(rows)[i], np.eye(columns)[j]) for i, j in np.argwhere(best_row & best_column)]
    pure = len(pairs)
    row, column = _from_one_to_two(row), _from_one_to_two(column)
    if min(rows, columns) > 1:  # with one action on a side, every corner is pure
        for pair in _complete_pairs(row, column):
            if max(np.count_nonzero(pair[0]), np.count_nonzero(pair[1])) > 1 and _new(pair, pairs):
                pairs.append(pair)
    pairs[pure:] = sorted(pairs[pure:], key=lambda pair: tuple(-np.concatenate(pair).round(9)))
    profiles = []
    for p, q in pairs:
        slack = np.concatenate([(row @ q).max() - row @ q, (p @ column).max() - p @ column])
        used = np.concatenate([p, q]) > 0.0
        if (slack[used] <= TOLERANCE).all():
            profiles.append(Equilibrium(p, q, bool((slack[~used] <= TOLERANCE).any())))
    ties = bool((best_row.sum(0) > 1).any() or (best_column.sum(1) > 1).any())
    degenerate = ties or any(profile.tied for profile in profiles)
    if not profiles or (len(profiles) % 2 == 0 and not degenerate):
        raise ConvergenceError(
            f"Found {len(profiles)} equilibria where their number must be odd: "
            f"the payoffs are too close to ties to tell them apart."
        )
    return Equilibria(profiles, degenerate)


def _from_one_to_two(payoffs: Array) -> Array:
    """Payoffs moved to [1, 2], which changes no equilibrium."""
    scaled: Array = (payoffs - payoffs.min()) / (np.ptp(payoffs) or 1.0) + 1.0
    return scaled


def _complete_pairs(row: Array, column: Array) -> Iterator[tuple[Array, Array]]:
    """Pairs of corners in which every action of both players is a best reply or not used."""
    corners = _corners(row)
    for x, binding in _corners(column.T):
        for y, binds in corners:
            if (np.roll(binding, len(row)) | binds).all():
                yield _strategy(x), _strategy(y)


def _corners(payoffs: Array) -> list[tuple[Array, NDArray[np.bool_]]]:
    """Corners but the origin of all x >= 0 with payoffs @ x <= 1, and which of the two bind there."""
    actions, size = payoffs.shape
    sides, limits = np.vstack([payoffs, -np.eye(size)]), np.repeat([1.0, 0.0], [actions, size])
    inside = np.full(size, 0.25 / size)
    corners = HalfspaceIntersection(np.column_stack([sides, -limits]), inside).intersections
    return [(x, np.isclose(sides @ x, limits)) for x in corners if x.max() > TOLERANCE]


def _strategy(corner: Array) -> Array:
    """The strategy that a corner stands for, without chances that are rounding errors."""
    strategy: Array = corner / corner.sum()
    strategy[strategy <= TOLERANCE] = 0.0
    strategy /= strategy.sum()
    return strategy


def _new(pair: tuple[Array, Array], pairs: list[tuple[Array, Array]]) -> bool:
    """Whether none of the pairs of strategies is the same."""
    one = np.concatenate(pair)
    return not any(np.abs(one - np.concatenate(other)).max() <= TOLERANCE for other in pairs)
