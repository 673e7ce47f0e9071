"""The cases to predict, and predictions that need no theory: what a model must beat.

Each baseline is a function from training months to a predictor; a predictor gives the probabilities of
escalate, hold and relax in a situation. Tables count by side and start every count at one
(Laplace), so that what was never seen is not impossible.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from sim.domain.constants import HOLD, MOVES, Move
from sim.domain.errors import EvidenceError
from sim.record.coding import CodedMonth
from sim.record.events import SIDES
from sim.statistics.arrays import Array
from sim.statistics.logit import logit_probabilities, logit_weights

PRIOR = 1.0  # what every count starts from
PENALTY = 1.0  # of the logit's squared weights; the usual default, chosen before any score was seen


class Situation(NamedTuple):
    """What a side's month is predicted from."""

    side: int  # 0 for Washington, 1 for Beijing
    own_last: Move  # its move of the month before
    partner_last: Move  # the partner's move of the month before
    partner_now: Move  # the partner's move of the same month; only for predictors that may use it


class Case(NamedTuple):
    """A side's month: when, what was known, what it did."""

    month: int
    situation: Situation
    move: Move


Predictor: TypeAlias = Callable[[Situation], Array]
Baseline: TypeAlias = Callable[[Sequence[CodedMonth]], Predictor]


def cases(months: Sequence[CodedMonth], wanted: range | None = None) -> list[Case]:
    """Both sides' cases, month by month: of the wanted months, or of all that have the month before.

    Months are in order, and the month before a wanted one must be there.
    """
    by_month = {coded.month: coded for coded in months}
    followed = [month for month in by_month if month - 1 in by_month]
    result = []
    for month in followed if wanted is None else wanted:
        last, now = by_month[month - 1].moves, by_month[month].moves
        for side in range(len(SIDES)):
            partner = 1 - side
            situation = Situation(side, last[side], last[partner], now[partner])
            result.append(Case(month, situation, now[side]))
    return result


def within(months: Sequence[CodedMonth], wanted: range) -> list[CodedMonth]:
    """The coded months of a range."""
    return [coded for coded in months if coded.month in wanted]


def uniform(training: Sequence[CodedMonth]) -> Predictor:
    """Every move with the same probability, whatever happened."""
    del training
    return lambda _: np.full(len(MOVES), 1.0 / len(MOVES))


def hold_always(training: Sequence[CodedMonth]) -> Predictor:
    """Hold, as sure as if every training month had been one."""
    counts = np.full(len(MOVES), PRIOR)
    counts[HOLD] += len(training)
    return lambda _: counts / counts.sum()


def base_rates(training: Sequence[CodedMonth]) -> Predictor:
    """How often each side made each move in all the training months."""
    counts = np.full((len(SIDES), len(MOVES)), PRIOR)
    for coded in training:
        for side, move in enumerate(coded.moves):
            counts[side, move] += 1.0
    return lambda situation: counts[situation.side] / counts[situation.side].sum()


def response_table(
    training: Sequence[CodedMonth], features: Callable[[Situation], Hashable], prior: float = PRIOR
) -> Predictor:
    """How often each side made each move, given features of a situation; every count starts from `prior`.

    Training months without the month before are not counted.
    """
    counts: dict[tuple[int, Hashable], Array] = {}
    for _, situation, move in cases(training):
        key = situation.side, features(situation)
        counts.setdefault(key, np.full(len(MOVES), prior))[move] += 1.0

    def probabilities(situation: Situation) -> Array:
        row = counts.get((situation.side, features(situation)), np.full(len(MOVES), prior))
        return np.asarray(row / row.sum())

    return probabilities


def logit(training: Sequence[CodedMonth], penalty: float = PENALTY) -> Predictor:
    """A multinomial logit for each side on both sides' last moves, with an L2 penalty.

    Half the penalty times the sum of squared weights is added to the log losses. Training months without the
    month before are not counted.
    """
    by_side: list[Array] = []
    for side in range(len(SIDES)):
        own = [case for case in cases(training) if case.situation.side == side]
        if not own:
            raise EvidenceError("expected two training months that follow each other, got none")
        inputs = np.array([_dummies(case.situation) for case in own])
        by_side.append(logit_weights(inputs, np.array([case.move for case in own]), penalty))
    return lambda situation: logit_probabilities(by_side[situation.side], _dummies(situation)[None])[0]


# The table of the same month uses the partner's move: no forecast for both sides at once.
BASELINES: Final[dict[str, Baseline]] = {
    "uniform": uniform,
    "hold": hold_always,
    "base_rates": base_rates,
    "own_last": partial(response_table, features=lambda s: s.own_last),
    "partner_last": partial(response_table, features=lambda s: s.partner_last),
    "both_last": partial(response_table, features=lambda s: (s.own_last, s.partner_last)),
    "same_month": partial(response_table, features=lambda s: s.partner_now),
    "logit": logit,
}


def predictions(predictor: Predictor, wanted: Sequence[Case]) -> Array:
    """The probabilities that a predictor gives, a row a case, shape (cases, 3)."""
    return np.array([predictor(case.situation) for case in wanted]).reshape(len(wanted), len(MOVES))


def _dummies(situation: Situation) -> Array:
    """Both last moves as zeros and ones, shape (6,)."""
    return np.eye(len(MOVES))[[situation.own_last, situation.partner_last]].ravel()
