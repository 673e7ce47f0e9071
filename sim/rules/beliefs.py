"""What a government believes of a partner."""

import math
from typing import NamedTuple

from sim.domain.state import World
from sim.rules.indexing import pair_of


def renewal_belief(world: World, government: int, partner: int) -> float:
    """Believed chance that a partner extends: the first belief, corrected by the sunsets seen.

    The mean of a Beta distribution with `belief_strength` imagined sunsets (economics 1.4).
    """
    g = world.governments[government]
    pair = world.pairs[pair_of(world, government, partner)]
    total = g.belief_strength + pair.renewed + pair.lapsed
    if total <= 0.0:
        return g.renewal_belief
    return (g.belief_strength * g.renewal_belief + pair.renewed) / total


class AnswerProbabilities(NamedTuple):
    """Probabilities of a partner's answers to a move [0 to 1]."""

    escalate: float
    hold: float
    relax: float


def counted_answers(world: World, pair: int, move: int) -> AnswerProbabilities:
    """The probabilities of a partner's answers to a move, as counted."""
    counts = world.answers[pair]
    total = counts[move * 3] + counts[move * 3 + 1] + counts[move * 3 + 2]
    if total <= 0.0:
        return AnswerProbabilities(1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0)
    return AnswerProbabilities(
        counts[move * 3] / total, counts[move * 3 + 1] / total, counts[move * 3 + 2] / total
    )


def expected_answers(
    answers: AnswerProbabilities,
    unnoticed: AnswerProbabilities,
    pressure: float,
    weight: float,
    leverage: float,
) -> AnswerProbabilities:
    """Probabilities of the answers to a step of a given weight and pressure.

    A step is answered like a hold when nobody notices it (weight 0) and like its kind when
    everybody does (1). Pressure tilts the answers: towards relaxing by exp(+leverage * pressure),
    towards escalating by its inverse.

    Args:
        answers: to the move that the step is taken for.
        unnoticed: to holding.
        pressure: that it adds on the partner [bn USD/month].
        weight: how far it is noticed [0 to 1].
        leverage: pull of a billion a month [months per bn USD].
    """
    tilt = math.exp(max(-3.0, min(3.0, leverage * pressure)))
    escalate = (weight * answers.escalate + (1.0 - weight) * unnoticed.escalate) / tilt
    hold = weight * answers.hold + (1.0 - weight) * unnoticed.hold
    relax = (weight * answers.relax + (1.0 - weight) * unnoticed.relax) * tilt
    total = escalate + hold + relax
    return AnswerProbabilities(escalate / total, hold / total, relax / total)
