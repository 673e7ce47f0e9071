"""Choose what pays, with a margin of error: the default."""

import math

from sim.domain.constants import ESCALATE, HOLD, RELAX, Move
from sim.domain.view import View
from sim.strategies.strategy_register import strategy


def weights(view: View, precision: float, look_ahead: float) -> tuple[float, float, float]:
    """What the chances of escalating, holding and relaxing are proportional to, the largest 1."""
    escalate = view.now_escalate + look_ahead * view.later_escalate
    hold = view.now_hold + look_ahead * view.later_hold
    relax = view.now_relax + look_ahead * view.later_relax
    top = hold
    if view.can_escalate:
        top = max(top, escalate)
    if view.can_relax:
        top = max(top, relax)
    worse = math.exp(precision * (escalate - top)) if view.can_escalate else 0.0
    same = math.exp(precision * (hold - top))
    better = math.exp(precision * (relax - top)) if view.can_relax else 0.0
    return worse, same, better


def logit_chances(view: View, precision: float, look_ahead: float) -> tuple[float, float, float]:
    """The probabilities of escalating, holding and relaxing, over all luck."""
    worse, same, better = weights(view, precision, look_ahead)
    total = worse + same + better
    return worse / total, same / total, better / total


@strategy(source="McKelvey and Palfrey (1995), logit quantal response; economics 1.4", chances=logit_chances)
def payoff_logit(view: View, precision: float = 0.5, look_ahead: float = 1.0) -> Move:
    """Choose each move with a chance proportional to exp(precision * value).

    The value of a move is what it pays in itself plus what the partner is expected to answer.

    Args:
        precision: how sharply values are told apart [per bn USD]; 0 throws dice.
        look_ahead: weight of the expected answer [0 to 1].
    """
    worse, same, better = weights(view, precision, look_ahead)
    draw = view.luck * (worse + same + better)
    if draw < worse:
        return ESCALATE
    return HOLD if draw < worse + same else RELAX
