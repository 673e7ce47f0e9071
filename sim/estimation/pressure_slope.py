"""How pressure moves a partner's next answer, in the form in which a government believes it.

A government believes (`sim.rules.beliefs.expected_answers`) that its partner answers an escalation of
pressure p [bn USD/month], of which it takes notice with weight w, with probabilities in proportion to

    (w a + (1 - w) b) exp(-s p) for escalate, exp(0) for hold, exp(s p) for relax,

where a are the answers to its escalations and b those to its holding, as it counts them. Two slopes s:

    believable_slope  counts being those of this world, the s that makes the answers likeliest: what a
                      government would learn that adapts its `leverage` and nothing else. Believing it is
                      a Berk-Nash equilibrium (Esponda and Pouzo 2016, Econometrica 84(3)): nobody's form of
                      belief fits the world better by another number.
    logit_slope       the same slope in a multinomial logit whose intercepts are free, without notice.

Beliefs cap a tilt at e^3; slopes do not. Likelihoods are concave, so that there is one maximum.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.constants import HOLD, MOVES
from sim.statistics.arrays import Array
from sim.statistics.logit import fit_logit

PULL: Final = np.array([-1.0, 0.0, 1.0])  # of pressure on each answer
HALF: Final = 0.5  # of a case is added to each count
PENALTY: Final = 0.01  # a normal prior with a standard deviation of 10 keeps slopes finite
PRECISE: Final = 0.5  # [months per bn USD] error up to which a slope says something though it may be 0


class ProvokedAnswers(NamedTuple):
    """What partners answered to a government's escalations; every array has a row a case."""

    partners: NDArray[np.integer]  # who answered
    pressure: Array  # [bn USD/month] that the escalation put on the partner
    notice: Array  # weight that the partner gives it [0 to 1]
    unnoticed: Array  # probabilities of the partner's answers to holding, shape (cases, 3)
    moves: NDArray[np.integer]  # the answers


class PressureSlope(NamedTuple):
    """A slope and its standard error [months per bn USD]; the error holds though the form is too simple."""

    value: float
    error: float

    @property
    def telling(self) -> bool:
        """Whether it says anything: it is no matter of luck, or its error is small."""
        return abs(self.value) > 2.0 * self.error or self.error <= PRECISE


def believable_slope(answers: ProvokedAnswers) -> PressureSlope:
    """The leverage with which the answers are likeliest, given the counts of this world."""
    counts = np.full((answers.partners.max() + 1, len(MOVES)), HALF)
    np.add.at(counts, (answers.partners, answers.moves), 1.0)
    noticed = (counts / counts.sum(axis=1, keepdims=True))[answers.partners]
    weight = answers.notice[:, None]
    base = np.log(weight * noticed + (1.0 - weight) * answers.unnoticed)
    return _slope(base, answers.pressure[:, None, None] * PULL[:, None], answers.moves)


def logit_slope(answers: ProvokedAnswers) -> PressureSlope:
    """The slope of a multinomial logit with free intercepts for every partner."""
    _, partner = np.unique(answers.partners, return_inverse=True)
    who = np.eye(partner.max() + 1)[partner]
    free = np.delete(np.eye(len(MOVES)), HOLD, axis=1)
    intercepts = np.einsum("np,ki->nkpi", who, free).reshape(len(partner), len(MOVES), -1)
    tilts = answers.pressure[:, None, None] * PULL[:, None]
    return _slope(np.zeros(tilts.shape[:2]), np.concatenate([tilts, intercepts], axis=2), answers.moves)


def _slope(base: Array, design: Array, moves: NDArray[np.integer]) -> PressureSlope:
    """The first weight of a logit P = softmax(base + design @ weights) of greatest likelihood.

    The standard error is White's (1982), with the curvature outside and the scores' variance inside.
    """
    fit = fit_logit(base, design, moves, np.full(design.shape[2], PENALTY))
    inverse = np.linalg.inv(fit.curvature)
    variance = max((inverse @ fit.scores.T @ fit.scores @ inverse)[0, 0], inverse[0, 0])
    return PressureSlope(float(fit.weights[0]), float(np.sqrt(variance)))
