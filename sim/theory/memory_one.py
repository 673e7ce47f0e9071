"""Memory-one strategies with errors: how often they cooperate and what they score, in the long run.

A strategy is its four chances to cooperate after CC, CD, DC and DD, **its own action first**.
An action comes out reversed with chance `error`. Two strategies make a Markov chain over the four
outcomes (Nowak and Sigmund 1990, Acta Applicandae Mathematicae 20; Press and Dyson 2012, PNAS
109(26)); the long run is its average over the rounds, which is its stationary distribution where
there is only one, and depends on the first round otherwise.

Leading dimensions are more pairs: strategies have shape (..., 4), errors (...). Zero-determinant
strategies fix a line between the two scores (Press and Dyson 2012): one with (p1 - 1, p2 - 1, p3, p4) =
a S_X + b S_Y + c, S_X and S_Y its own and the other's payoffs after CC, CD, DC, DD, makes
a s_X + b s_Y + c = 0 for the scores s of the long run, whatever the other does.
"""

import numpy as np
from numpy.typing import ArrayLike

from sim.domain.errors import TheoryError
from sim.theory.admissible import Array, check, numbers, probabilities, together

AXELROD = (3.0, 0.0, 5.0, 1.0)  # payoffs after CC, CD, DC, DD (Axelrod 1984)
ALWAYS_DEFECT = (0.0, 0.0, 0.0, 0.0)
TIT_FOR_TAT = (1.0, 0.0, 1.0, 0.0)
WIN_STAY_LOSE_SHIFT = (1.0, 0.0, 0.0, 1.0)
GRIM = (1.0, 0.0, 0.0, 0.0)

DOUBLINGS = 128
EXCHANGED = [0, 2, 1, 3]  # the four outcomes with the partner's action first

ROUNDING = 1e-12  # by which a chance may miss [0, 1]
REPEATED = np.array([1.0, 1.0, 0.0, 0.0])  # the strategy that repeats its own action


def cooperation(
    p: ArrayLike, q: ArrayLike, error: ArrayLike = 0.0, *, first: tuple[ArrayLike, ArrayLike] = (1, 1)
) -> tuple[Array, Array]:
    """Shares of the rounds in which p and q cooperate in the long run (errors counted as played).

    `p` and `q` are chances to cooperate after CC, CD, DC, DD, own action first, shape (..., 4), `error` the
    chance that an action comes out reversed, `first` chances that both mean to cooperate in the first round;
    it has no influence where every outcome can follow from every other. The rates of p and of q have the
    shape (...). Raises TheoryError if a chance is not one, or the shapes do not fit.

    >>> first, second = cooperation(TIT_FOR_TAT, ALWAYS_DEFECT, 0.01)
    >>> round(float(first), 6), round(float(second), 6)
    (0.0198, 0.01)
    """
    outcomes = long_run(p, q, error, first=first)
    both, own, other = outcomes[..., 0], outcomes[..., 1], outcomes[..., 2]
    return np.minimum(both + own, 1.0), np.minimum(both + other, 1.0)


def scores(
    p: ArrayLike,
    q: ArrayLike,
    payoffs: ArrayLike = AXELROD,
    error: ArrayLike = 0.0,
    *,
    first: tuple[ArrayLike, ArrayLike] = (1, 1),
) -> tuple[Array, Array]:
    """What p and q earn a round in the long run, shape (...) each, in the unit of the payoffs.

    `payoffs` are of a player after CC, CD, DC, DD: reward, sucker, temptation, punishment. The rest is as of
    `cooperation`.
    """
    outcomes, paid = long_run(p, q, error, first=first), four_payoffs(payoffs)
    return outcomes @ paid, outcomes @ paid[EXCHANGED]


def long_run(
    p: ArrayLike, q: ArrayLike, error: ArrayLike = 0.0, *, first: tuple[ArrayLike, ArrayLike] = (1, 1)
) -> Array:
    """Shares of the rounds with CC, CD, DC, DD, the action of p first, shape (..., 4).

    The average over the first 2^128 rounds, by doubling: it counts chances below about 1e-30 as
    never, and is exact to rounding for others. All sums are of positive numbers, so that a rare
    error keeps its relative size (the idea of Grassmann, Taksar and Heyman 1985, OR 33(5)).
    Arguments are those of `cooperation`.
    """
    own = _actions("p", p, error)
    other = [side[..., EXCHANGED] for side in _actions("q", q, error)]
    steps = _outcomes(own, other)  # from the outcome in the row to the one in the column
    starts = [_reversed(probabilities("first", value), probabilities("error", error)) for value in first]
    together(p=steps[..., 0, 0], first=starts[0][0], first_of_q=starts[1][0])
    average = np.broadcast_to(np.eye(4), steps.shape)
    for _ in range(DOUBLINGS):
        average = _rows_to_one(average + steps @ average)
        steps = _rows_to_one(steps @ steps)
    return (_outcomes(*starts)[..., None, :] @ average)[..., 0, :]


def generous(generosity: ArrayLike) -> Array:
    """Generous tit-for-tat: cooperates after C, and after D with chance `generosity`, shape (..., 4).

    Nowak and Sigmund (1992, Nature 355).

    >>> generous(0.25).tolist()
    [1.0, 0.25, 1.0, 0.25]
    """
    pardon = probabilities("generosity", generosity)
    return np.stack([np.ones_like(pardon), pardon] * 2, axis=-1)


def four_payoffs(value: ArrayLike) -> Array:
    """Payoffs after CC, CD, DC, DD as an array of shape (4,), or a TheoryError."""
    payoffs = numbers("payoffs", value)
    if payoffs.shape != (4,):
        raise TheoryError(f"payoffs must be four, after CC, CD, DC and DD, not of shape {payoffs.shape}.")
    return payoffs


def _actions(name: str, strategy: ArrayLike, error: ArrayLike) -> list[Array]:
    """Chances that C and that D are played after each outcome, shape (..., 4) each."""
    meant = probabilities(name, strategy)
    if meant.ndim == 0 or meant.shape[-1] != 4:
        raise TheoryError(
            f"{name} must end in four chances, after CC, CD, DC and DD, not have the shape {meant.shape}."
        )
    return _reversed(meant, probabilities("error", error)[..., None])


def _reversed(meant: Array, error: Array) -> list[Array]:
    """Chances that C and that D are played when C is meant with a chance, each summed on its own."""
    meant, error = together(chances=meant, error=error)
    return [meant * (1.0 - error) + (1.0 - meant) * error, (1.0 - meant) * (1.0 - error) + meant * error]


def _outcomes(own: list[Array], other: list[Array]) -> Array:
    """Chances of CC, CD, DC, DD from the chances of C and D on each side, shape (..., 4)."""
    together(p=own[0], q=other[0])
    return np.stack([own_chance * other_chance for own_chance in own for other_chance in other], axis=-1)


def _rows_to_one(table: Array) -> Array:
    """The table with every row scaled to add to one."""
    scaled: Array = table / table.sum(-1, keepdims=True)
    return scaled


def extortioner(chi: float, phi: float, payoffs: ArrayLike = AXELROD) -> Array:
    """The strategy that makes s_X - P = chi (s_Y - P), whatever the other does.

    p - (1, 1, 0, 0) = phi [(S_X - P) - chi (S_Y - P)] (Press and Dyson 2012, extortionate
    strategies; they count phi in units of 1 / (P - S)). With chi = 1 it is fair.

    `chi` is the own surplus over punishment per unit of the other's, at least 1, `phi` a scale above 0 whose
    largest value depends on the rest [per unit of payoff], `payoffs` after CC, CD, DC, DD: reward R, sucker
    S, temptation T, punishment P. Chances to cooperate after these have the shape (4,). Raises TheoryError if
    chi or phi is out of its range; the sentence gives the largest phi.

    >>> extortioner(3, 1 / 26).round(6).tolist()  # 11/13, 1/2, 7/26, 0
    [0.846154, 0.5, 0.269231, 0.0]
    """
    own = four_payoffs(payoffs)
    factor = numbers("chi", chi)
    check("chi", factor, (factor.ndim == 0) & (factor >= 1.0), "one number of at least 1")
    return _line((own - own[3]) - float(factor) * (own[EXCHANGED] - own[3]), phi)


def equaliser(score: float, phi: float, payoffs: ArrayLike = AXELROD) -> Array:
    """The strategy that makes the other score `score`, whatever the other does.

    p - (1, 1, 0, 0) = -phi (S_Y - score) (Press and Dyson 2012, "X unilaterally sets Y's score";
    Boerlijst, Nowak and Sigmund 1997, American Mathematical Monthly 104(4), who call it equaliser).

    `score` is the other's in the long run, from punishment to reward; the rest is as of `extortioner`. Raises
    TheoryError if score or phi is out of its range; the sentence gives the largest phi.

    >>> equaliser(2, 1 / 3).round(6).tolist()
    [0.666667, 0.0, 0.666667, 0.333333]
    """
    own = four_payoffs(payoffs)
    pinned = numbers("score", score)
    allowed = (pinned >= min(own[0], own[3])) & (pinned <= max(own[0], own[3]))
    check(
        "score",
        pinned,
        allowed & (pinned.ndim == 0),
        f"one number between punishment {own[3]:g} and reward {own[0]:g}",
    )
    return _line(float(pinned) - own[EXCHANGED], phi)


def _line(direction: Array, phi: float) -> Array:
    """The strategy (1, 1, 0, 0) + phi direction, or a TheoryError if a chance leaves [0, 1]."""
    scale = numbers("phi", phi)
    into = direction * (1.0 - 2.0 * REPEATED)  # how far each chance leaves 0 or 1, inwards if positive
    if (into < -ROUNDING * np.abs(direction).max()).any() or not into.any():
        raise TheoryError(
            f"With payoffs like these no strategy draws such a line: off by {direction.tolist()}."
        )
    largest = 1.0 / float(into.max())
    check(
        "phi",
        scale,
        (scale.ndim == 0) & (scale > 0.0) & (scale <= largest * (1.0 + ROUNDING)),
        f"one number above 0 and at most {largest:.6g}",
    )
    return np.clip(REPEATED + float(scale) * direction, 0.0, 1.0)
