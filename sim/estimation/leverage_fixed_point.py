"""What governments believe of pressure beside what it does in their world, until both agree.

A government believes (`sim.rules.beliefs.expected_answers`) that its partner answers an escalation of
pressure p [bn USD/month], of which it takes notice with weight w, with probabilities in proportion to

    (w a + (1 - w) b) exp(-s p) for escalate, exp(0) for hold, exp(s p) for relax,

where a are the answers to its escalations and b those to its holding, as it counts them. The counts being
those of this world, the slope s that makes the answers likeliest is what a government would learn that
adapts its `leverage` and nothing else. Believing it is a Berk-Nash equilibrium (Esponda and Pouzo 2016,
Econometrica 84(3)): nobody's form of belief fits the world better by another number.

Beliefs cap a tilt at e^3; the slope does not. The likelihood is concave, so that there is one maximum.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from sim.domain.constants import MOVES
from sim.domain.errors import EvidenceError
from sim.engines.run_spec import RunSpec
from sim.estimation.provocations import ProvokedAnswers, provoked_answers
from sim.statistics.logit import fit_logit

PULL: Final = np.array([-1.0, 0.0, 1.0])  # of pressure on each answer
HALF: Final = 0.5  # of a case is added to each count
PENALTY: Final = 0.01  # a normal prior with a standard deviation of 10 keeps slopes finite
PRECISE: Final = 0.5  # [months per bn USD] error up to which a slope says something though it may be 0


class PressureSlope(NamedTuple):
    """A slope and its standard error [months per bn USD]; the error holds though the form is too simple."""

    value: float
    error: float

    @property
    def telling(self) -> bool:
        """Whether it says anything: it is no matter of luck, or its error is small."""
        return abs(self.value) > 2.0 * self.error or self.error <= PRECISE

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.error:.2f})" + ("" if self.telling else ", which says nothing")


def believable_slope(answers: ProvokedAnswers) -> PressureSlope:
    """The leverage with which the answers are likeliest, given the counts of this world.

    The standard error is White's (1982), with the curvature outside and the scores' variance inside.
    """
    counts = np.full((answers.partners.max() + 1, len(MOVES)), HALF)
    np.add.at(counts, (answers.partners, answers.moves), 1.0)
    noticed = (counts / counts.sum(axis=1, keepdims=True))[answers.partners]
    weight = answers.notice[:, None]
    base = np.log(weight * noticed + (1.0 - weight) * answers.unnoticed)
    fit = fit_logit(base, answers.pressure[:, None, None] * PULL[:, None], answers.moves, np.array([PENALTY]))
    inverse = np.linalg.inv(fit.curvature)
    variance = max((inverse @ fit.scores.T @ fit.scores @ inverse)[0, 0], inverse[0, 0])
    return PressureSlope(float(fit.weights[0]), float(np.sqrt(variance)))


ROUNDS: Final = 12  # tried before it is said that there is no fixed point
DIGITS: Final = 2  # of a belief that is tried, and stored


class Beliefs(NamedTuple):
    """The leverage that governments believe in, beside the slopes of the world that results.

    All are by government [months per bn USD]; who never escalates has no slopes.
    """

    believed: Mapping[str, float]
    world: Mapping[str, PressureSlope]
    cases: Mapping[str, int]  # escalations with their answers

    def gap(self, code: str) -> float:
        """World less belief; a slope that says nothing is none, and so nothing can be believed of it."""
        return (self.world[code].value if self.world[code].telling else 0.0) - self.believed[code]

    @property
    def agree(self) -> bool:
        """Whether every belief is as close to the world as the standard error."""
        errors = {code: slope.error if slope.telling else 0.0 for code, slope in self.world.items()}
        return all(abs(self.gap(code)) <= error for code, error in errors.items())


def beliefs_of(spec: RunSpec) -> Beliefs:
    """The leverage that governments believe in, beside the slopes in runs of their scenario."""
    answers = provoked_answers(spec)
    return Beliefs(
        believed={code: g.numbers["leverage"].value for code, g in spec.load().governments.items()},
        world={code: believable_slope(a) for code, a in answers.items()},
        cases={code: len(a.moves) for code, a in answers.items()},
    )


def fixed_point(spec: RunSpec) -> Iterator[Beliefs]:
    """Beliefs set to the slopes of the world, and again, until both agree or ROUNDS are over.

    All governments change at once, and all rounds have the same luck. One whose gap changes its sign goes
    half the way from then on. Raises EvidenceError if nobody can escalate.
    """
    share: dict[str, float] = {}
    before: dict[str, float] = {}
    here = spec
    for _ in range(ROUNDS):
        beliefs = beliefs_of(here)
        if not beliefs.world:
            raise EvidenceError(f"{spec.name}: expected a government that may escalate, got none")
        yield beliefs
        if beliefs.agree:
            return
        new = []
        for code in beliefs.world:
            gap = beliefs.gap(code)
            share[code] = 0.5 if gap * before.get(code, 0.0) < 0.0 else share.get(code, 1.0)
            before[code] = gap
            new.append(f"{code}.leverage={round(beliefs.believed[code] + share[code] * gap, DIGITS)!r}")
        here = replace(spec, overrides=(*spec.overrides, *new))


def range_of(rounds: Sequence[Beliefs], code: str) -> tuple[float, float]:
    """The range in which a stored belief may lie [months per bn USD].

    From pressure that moves nobody to twice the fixed point, for the numbers of the world are as uncertain
    as that; and at least two standard errors on either side, of all later rounds if they do not agree.
    """
    last = rounds[-1]
    value, error = last.believed[code], last.world[code].error if last.world[code].telling else 0.0
    values = [value] if last.agree else [r.believed[code] for r in rounds[len(rounds) // 2 :]]
    low, high = min(values) - 2.0 * error, max(values) + 2.0 * error
    return round(min(low, 2.0 * value, 0.0), DIGITS), round(max(high, 2.0 * value, 0.0), DIGITS)
