"""What a government believes of a partner."""

import math
from typing import NamedTuple

from sim.domain.constants import ESCALATE, HOLD, RELAX
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


def answer_probability(world: World, pair: int, move: int, answer: int) -> float:
    """Counted chance of a partner's answer to a move."""
    counts = world.answers[pair]
    total = counts[move * 3] + counts[move * 3 + 1] + counts[move * 3 + 2]
    if total <= 0.0:
        return 1.0 / 3.0
    return counts[move * 3 + answer] / total


class AnswerProbabilities(NamedTuple):
    """Chances of a partner's answers [0 to 1]; the rest is for holding."""

    escalate: float
    relax: float


def expected_answers(
    world: World, pair: int, move: int, push: float, weight: float, leverage: float
) -> AnswerProbabilities:
    """Chances of the answers to a step of a given weight and pressure.

    A step is answered like a hold when nobody notices it (weight 0) and like its kind when
    everybody does (1). Pressure tilts the answers: towards relaxing by exp(+leverage * push),
    towards escalating by its inverse.

    Args:
        world: as it stands.
        pair: place of the memory of this partner.
        move: what the step is taken for.
        push: pressure it adds on the partner [bn USD/month].
        weight: how far it is noticed [0 to 1].
        leverage: pull of a billion a month [months per bn USD].
    """
    tilt = math.exp(max(-3.0, min(3.0, leverage * push)))
    escalate = noticed_probability(world, pair, move, weight, ESCALATE) / tilt
    hold = noticed_probability(world, pair, move, weight, HOLD)
    relax = noticed_probability(world, pair, move, weight, RELAX) * tilt
    total = escalate + hold + relax
    return AnswerProbabilities(escalate / total, relax / total)


def noticed_probability(world: World, pair: int, move: int, weight: float, answer: int) -> float:
    """Counted chance of an answer to a step that is noticed so far, and else taken for a hold."""
    probability = weight * answer_probability(world, pair, move, answer)
    return probability + (1.0 - weight) * answer_probability(world, pair, HOLD, answer)
