"""Logit quantal response equilibria of two-player matrix games, on the principal branch.

McKelvey and Palfrey (1995, Games and Economic Behavior 10(1)): with precision L, payoffs A of the
row player and B of the column player, mixed strategies p and q answer each other with errors,

    p_i = exp(L (A q)_i) / sum_k exp(L (A q)_k)        q_j = exp(L (p B)_j) / sum_k exp(L (p B)_k)

At L = 0 both are uniform. The **principal branch** is the curve of solutions that starts there;
in almost every game it leads to one Nash equilibrium as L grows (their Theorem 3). It is followed
by arc length in (log p, log q, L) with a tangent predictor and a Newton corrector, as in Turocy
(2005, GEB 51(2)), so it may turn back in L without being left. A step that turns by much, or whose
prediction misses the branch by much, is taken again at half the length.

Where the branch passes the same precision more than once, the first passage is the answer. Where
a symmetry makes it fork (a coordination game with equal prizes, chicken), it goes straight on, and
keeps the symmetry: the theorem leaves these games out.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.domain.errors import ConvergenceError
from sim.theory.admissible import Array, bimatrix, check, numbers

TOLERANCE = 1e-12  # largest Newton step left in a chance when an answer is given
FIRST_STEP = 0.0314  # of arc length, odd so that steps do not land on the forks of round games
LONGEST_STEP = 0.1  # of the distance from the origin, plus one
SHORTEST_STEP = 1e-11  # likewise
SHARPEST_TURN = 0.99  # cosine of the angle between neighbouring tangents
LARGEST_MISS = 0.01  # of a predicted chance
STEPS = 50_000
NEWTON_ROUNDS = 12


class Branch(NamedTuple):
    """Points of a principal branch, in the order in which it is travelled."""

    precision: Array  # per unit of payoff, shape (points,); it may fall where the branch turns back
    row: Array  # chances of the row player's actions, shape (points, rows)
    column: Array  # chances of the column player's actions, shape (points, columns)


def logit(payoffs_row: ArrayLike, payoffs_column: ArrayLike, precision: float) -> tuple[Array, Array]:
    """Mixed strategies (row, column) that answer each other by logit, on the principal branch.

    Payoffs are of shape (rows, columns), `precision` L is 0 for random play [per unit of payoff]. Chances of
    the actions, shapes (rows,) and (columns,), are exact to 1e-12. Raises TheoryError if the payoffs are no
    game or the precision is negative, and ConvergenceError if the branch could not be followed to the
    precision.

    >>> row, column = logit([[3, 0], [5, 1]], [[3, 5], [0, 1]], precision=1)
    >>> row.round(6).tolist()  # chances of cooperating and defecting
    [0.226751, 0.773249]
    """
    game, goal = _question(payoffs_row, payoffs_column, precision)
    end = game.uniform()
    for before, after in pairwise(_points(game, goal)):
        end = _landing(game, before, after, goal) if after[-1] >= goal else after
    return game.probabilities(end)


def branch(payoffs_row: ArrayLike, payoffs_column: ArrayLike, precision: float) -> Branch:
    """The principal branch from uniform play to the first passage of `precision`, to draw it.

    Arguments and errors are those of `logit`. Points lie close enough to be joined by lines: in
    random games no chance differs by more than 0.1 between neighbours.
    """
    game, goal = _question(payoffs_row, payoffs_column, precision)
    states = list(_points(game, goal))
    if states[-1][-1] > goal:
        states[-1] = _landing(game, states[-2], states[-1], goal)
    mixed = [game.probabilities(state) for state in states]
    return Branch(
        precision=np.array([state[-1] for state in states]) / game.range,
        row=np.array([row for row, _ in mixed]),
        column=np.array([column for _, column in mixed]),
    )


class _Game(NamedTuple):
    """Payoffs with range one and the range [payoff]; a state is (log p, log q, L times range)."""

    row: Array
    column: Array
    range: float

    def uniform(self) -> Array:
        rows, columns = self.row.shape
        return np.repeat([-np.log(rows), -np.log(columns), 0.0], [rows, columns, 1])

    def probabilities(self, state: Array) -> tuple[Array, Array]:
        rows = len(self.row)
        row, column = np.exp(state[:rows]), np.exp(state[rows:-1])
        return row / row.sum(), column / column.sum()

    def misfit(self, state: Array) -> tuple[Array, Array]:
        """Log chances less those of the logit answers, shape (n,), and its slopes, shape (n, n + 1)."""
        rows, precision = len(self.row), state[-1]
        p, q = np.exp(state[:rows]), np.exp(state[rows:-1])
        slopes = np.eye(state.size - 1, state.size)
        misfit = state[:-1].copy()
        for own, partner, payoffs, probabilities in (
            (slice(0, rows), slice(rows, -1), self.row, q),
            (slice(rows, state.size - 1), slice(0, rows), self.column.T, p),
        ):
            value = payoffs @ probabilities
            scaled = precision * (value - value.max())
            answer = scaled - np.log(np.exp(scaled).sum())
            weights = np.exp(answer)
            misfit[own] -= answer
            slopes[own, partner] = -precision * (payoffs - weights @ payoffs) * probabilities
            slopes[own, -1] = -(value - weights @ value)
        return misfit, slopes


def _question(payoffs_row: ArrayLike, payoffs_column: ArrayLike, precision: float) -> tuple[_Game, float]:
    """The game with payoffs of range one, and the precision in its units."""
    row, column = bimatrix(payoffs_row, payoffs_column)
    goal = numbers("precision", precision)
    check("precision", goal, (goal.ndim == 0) & (goal >= 0.0), "one number of at least 0")
    largest = float(max(np.ptp(row), np.ptp(column))) or 1.0
    return _Game((row - row.min()) / largest, (column - column.min()) / largest, largest), float(
        goal
    ) * largest


def _points(game: _Game, goal: float) -> Iterator[Array]:
    """States along the branch from uniform play until the precision is at least `goal`."""
    state = game.uniform()
    tangent = _tangent(game, state, np.eye(state.size)[-1])
    yield state
    step = FIRST_STEP
    for _ in range(STEPS):
        if state[-1] >= goal:
            return
        scale = 1.0 + float(np.linalg.norm(state))
        step = min(step, LONGEST_STEP * scale)
        if step < SHORTEST_STEP * scale:
            break
        after = _corrected(game, state + step * tangent, tangent)
        direction = None if after is None else _tangent(game, after, tangent)
        if after is None or direction is None or direction @ tangent < SHARPEST_TURN:
            step /= 2.0
        elif direction[-1] * tangent[-1] < 0.0 and step > 1e-5 * scale:
            step /= 2.0  # a turn in precision: come close, so that its peak is not passed unseen
        else:
            state, tangent, step = after, direction, 1.5 * step
            yield state
    raise ConvergenceError(
        f"The principal branch was lost at precision {state[-1] / game.range:.6g} "
        f"on the way to {goal / game.range:.6g}."
    )


def _tangent(game: _Game, state: Array, along: Array) -> Array:
    """Unit direction of the branch at a state, on the side of `along`."""
    slopes = np.vstack([game.misfit(state)[1], along])
    direction: Array = np.linalg.lstsq(slopes, np.eye(state.size)[-1], rcond=None)[0]
    return direction / np.linalg.norm(direction)


def _landing(game: _Game, before: Array, after: Array, goal: float) -> Array:
    """The state between two neighbours at which the precision is `goal`."""
    part = (goal - before[-1]) / (after[-1] - before[-1])
    guess = before + part * (after - before)
    guess[-1] = goal
    state = _corrected(game, guess, np.eye(guess.size)[-1])
    if state is None:
        raise ConvergenceError(
            f"No point of the principal branch found at precision {goal / game.range:.6g}."
        )
    return state


def _corrected(game: _Game, guess: Array, normal: Array) -> Array | None:
    """The state of the branch in the plane through `guess` with `normal`, None if Newton fails."""
    state: Array = guess
    size = guess.size - 1
    for _ in range(NEWTON_ROUNDS):
        misfit, slopes = game.misfit(state)
        step = np.linalg.lstsq(np.vstack([slopes, normal]), np.append(-misfit, 0.0), rcond=None)[0]
        state = np.add(state, step)
        if not np.isfinite(state).all() or state[:size].max() > 1.0:
            return None
        probabilities = np.exp(state[:size])
        if np.abs(probabilities - np.exp(guess[:size])).max() > LARGEST_MISS:
            return None
        if np.abs(probabilities * step[:size]).max() <= TOLERANCE / 10.0:
            return state
    return None
