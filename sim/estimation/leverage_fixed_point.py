"""What governments believe of pressure beside what it does in their world, until both agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from sim.domain.errors import EvidenceError
from sim.engines.run_spec import RunSpec
from sim.estimation.pressure_slope import PressureSlope, believable_slope, logit_slope
from sim.estimation.provocations import provoked_answers

ROUNDS: Final = 12  # tried before it is said that there is no fixed point
DIGITS: Final = 2  # of a belief that is tried, and stored


class Beliefs(NamedTuple):
    """The leverage that governments believe in, beside the slopes of the world that results.

    All are by government [months per bn USD]; who never escalates has no slopes.
    """

    believed: Mapping[str, float]
    world: Mapping[str, PressureSlope]
    logit: Mapping[str, PressureSlope]
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
        logit={code: logit_slope(a) for code, a in answers.items()},
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
