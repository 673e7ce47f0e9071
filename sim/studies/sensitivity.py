"""What an answer rests on: the question, and what came of moving each assumption."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.outcomes import Outcome
from sim.scenarios.numbers import Number
from sim.scenarios.schema import Scenario
from sim.statistics.paired import PairedDifference


@dataclass(frozen=True)
class SensitivitySpec:
    """What is asked, and of which worlds: enough to ask it again.

    Attributes:
        scenario: a shipped name or a path.
        outcome: its spelling, such as `cost:government=CN`.
        runs: runs 0 to runs - 1 are played for every value.
        seed: of all luck.
        until: last day, the scenario's end if None.
        force: forced moves.
        strategy: strategies of governments.
        overrides: numbers set; they are no assumptions any more, and stay.
    """

    scenario: str
    outcome: str
    runs: int = 20
    seed: int = 1
    until: str | None = None
    force: tuple[str, ...] = ()
    strategy: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True)
class RangeEnd:
    """An end of an assumption's range, and what it does to the outcome.

    Attributes:
        value: in the assumption's unit.
        shift: of the outcome, against the shipped value; None if it could not be run.
        real: whether luck alone hardly explains it, all ends that were tested taken together.
        fault: why it could not be run, empty if it was.
    """

    value: float
    shift: PairedDifference | None
    real: bool = False
    fault: str = ""

    @property
    def move(self) -> float:
        """How far it moves the mean outcome; 0 if that is not known."""
        mean = self.shift.interval.mean if self.shift else 0.0
        return 0.0 if math.isnan(mean) else mean


class AssumptionEffect(NamedTuple):
    """An assumption with a range, moved to its ends; None where there is no end."""

    path: str
    number: Number
    low: RangeEnd | None
    high: RangeEnd | None

    @property
    def ends(self) -> list[RangeEnd]:
        """Those there are."""
        return [end for end in (self.low, self.high) if end is not None]

    @property
    def span(self) -> float:
        """How far the mean outcome moves from one end over the shipped value to the other."""
        moves = [0.0, *(end.move for end in self.ends)]
        return max(moves) - min(moves)


@dataclass(frozen=True)
class OneAtATime:
    """An answer and what it rests on.

    Attributes:
        question: what was asked.
        source: the scenario.
        outcome: the outcome, its names and dates resolved.
        base: the outcome run by run with all values as shipped; not a number where it did not happen.
        tested: assumptions with a range, the one that moves the mean outcome most first.
        silent: assumptions without a range, of which this says nothing.
    """

    question: SensitivitySpec
    source: Scenario
    outcome: Outcome
    base: tuple[float, ...]
    tested: tuple[AssumptionEffect, ...]
    silent: dict[str, Number]

    @property
    def mean(self) -> float:
        """Of the outcome with all values as shipped, over the runs in which it happened."""
        return float(np.nanmean(self.base))

    @property
    def happened(self) -> int:
        """In how many runs it did."""
        return sum(not math.isnan(x) for x in self.base)

    @property
    def judged(self) -> int:
        """How many ends were run, and judged together."""
        return sum(bool(end.shift) and end.value != t.number.value for t in self.tested for end in t.ends)
