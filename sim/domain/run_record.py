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


class OfferRecord(NamedTuple):
    """An offer in talks, or why there was none, with what both made of it; worths in bn USD."""

    day: int
    round: int  # of the meeting, from 0
    proposer: int
    responder: int
    package: int  # bit k set: the k-th clause of the day's agenda; 0: nothing was offered
    gives: int  # acts of the proposer
    gets: int  # acts of the responder
    worth: float  # to the proposer
    partner_worth: float  # to the responder
    believed_worth: float  # to the responder, as the proposer believes
    waiting: float  # what refusing is worth to the responder
    demand: float  # what the proposer asked for
    answer: float  # what the responder asked for
    nash_gap: float  # share of the largest product of worths that it misses, where it was accepted
    pareto_gap: float  # likewise: what the proposer could have had more at no loss of the responder
    ending: int  # of `ENDINGS`
    given_worth: float  # to the proposer, of its own acts by themselves
    given_partner_worth: float  # to the responder, of the same acts
    due: int  # acts of the proposer that fall due, where it was accepted
    partner_due: int  # likewise of the responder
    due_on: int  # [day] on which they do
    deadline: int  # [day] on which the next clause comes into force by itself, NEVER: none does


class RunRecord(NamedTuple):
    """A run from its first morning to its last evening.

    Governments and measures are positions in the scenario's lists, days are ordinals.
    """

    start: int  # first day
    end: int  # last day played
    moves: Sequence[DecisionRecord]  # all decisions, in order
    acts: Sequence[ActRecord]  # the acts of all their packages, in order
    changes: Sequence[Change]  # all changes of measures, in order
    opening: Sequence[MeasureState]  # the measures on the first morning
    # average tariffs in the evening [share], shape (days, n * n): what importer i puts on exporter j is
    # at i * n + j
    tariffs: Sequence[Sequence[float]]
    # to each government against the first morning's world going on, by `sim.domain.terms.COSTS` [bn USD, or
    # their equivalents], shape (n, terms); `by_account` there adds them up.
    costs: Sequence[Sequence[float]]
    reward: float = nan  # what both holding pays in a round of a matrix game [payoff]; nan without one
    # cost to every region for which no government speaks, by trade alone [bn USD]
    bystanders: Sequence[float] = ()
    offers: Sequence[OfferRecord] = ()  # what was offered in talks, in order
