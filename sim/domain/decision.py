"""A decision and everything that led to it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.domain.constants import FORCED
from sim.domain.view import View


class PackageAct(NamedTuple):
    """An act of a package, on a measure."""

    act: int
    measure: int


class Candidate(NamedTuple):
    """One of the three moves as it stood before the choice: its package and value."""

    acts: tuple[PackageAct, ...]
    now: float  # [bn USD]
    later: float  # [bn USD]
    pressure: float  # [bn USD/month]
    noticed: float  # weight that the partner gives the step [0 to 1]
    way_probability: float  # of drawing this package in this way: its first act first, each other in its turn

    @property
    def value(self) -> float:
        """What the move is worth [bn USD]."""
        return self.now + self.later


class Decision(NamedTuple):
    """What a government decided about a partner on a day, and why."""

    day: int
    government: int
    partner: int
    reason: int
    requested: int  # the move the strategy or the force asked for
    move: int  # the move made: HOLD where no legal act carries what was asked for
    act: int  # the main one of the package, an extension only if it is nothing else; NO_ACT: none
    measure: int
    acts: tuple[PackageAct, ...]  # the package, in the order of measures
    probabilities: tuple[float, float, float] | None  # of the moves under the strategy; None: unknown
    candidates: tuple[Candidate, ...]  # in the order of moves
    view: View
    reasons: Mapping[str, Any]  # payoff terms, answers expected and the table of acts, as the trace has them
    memory: tuple[float, ...] = ()  # the strategy's numbers about the partner before it was asked

    @property
    def probability(self) -> float | None:
        """Probability of the move asked for: 1 where it was forced, None where it is not known."""
        if self.reason == FORCED:
            return 1.0
        return self.probabilities[self.requested] if self.probabilities else None
