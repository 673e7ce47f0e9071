"""What a run leaves behind, in numbers: what outcomes read, the same from both engines."""

from collections.abc import Sequence
from math import nan
from typing import NamedTuple

from sim.domain.state import Change, MeasureState


class DecisionRecord(NamedTuple):
    """A decision: who did what about whom, why, and by which act."""

    day: int
    government: int
    partner: int
    reason: int
    requested: int  # the move that the strategy or the force asked for
    move: int  # the move made
    act: int  # the main one of its package, an extension only if it is nothing else; NO_ACT: none
    measure: int
    pressure: float  # [bn USD/month] that the move puts on the partner


class ActRecord(NamedTuple):
    """An act of a decision's package."""

    day: int
    government: int
    partner: int
    act: int
    measure: int


class RunRecord(NamedTuple):
    """A run from its first morning to its last evening.

    Governments and measures are positions in the scenario's lists, days are ordinals.

    Attributes:
        start: first day.
        end: last day played.
        moves: all decisions, in order.
        acts: the acts of all their packages, in order.
        changes: all changes of measures, in order.
        opening: the measures on the first morning.
        tariffs: average tariffs in the evening [share], shape (days, n * n): what importer i puts on
            exporter j is at i * n + j.
        costs: to each government against the first morning's world going on, by `sim.domain.terms.COSTS`
            [bn USD, or their equivalents], shape (n, terms); `by_account` there adds them up.
        reward: what both holding pays in a round of a matrix game [payoff]; nan without one.
        bystanders: cost to every region for which no government speaks, by trade alone [bn USD].
    """

    start: int
    end: int
    moves: Sequence[DecisionRecord]
    acts: Sequence[ActRecord]
    changes: Sequence[Change]
    opening: Sequence[MeasureState]
    tariffs: Sequence[Sequence[float]]
    costs: Sequence[Sequence[float]]
    reward: float = nan
    bystanders: Sequence[float] = ()
