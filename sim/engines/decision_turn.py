"""A decision in Python, in two halves: what a government is asked, and what comes of its answer."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.domain.constants import FORCED, MOVE_OF_ACT, MOVES
from sim.domain.decision import Candidate, Decision, PackageAct
from sim.domain.run_record import ActRecord
from sim.domain.state import Force, PendingDecision, World
from sim.domain.view import View
from sim.rules.day import STEADY, decide, move_values, observe
from sim.rules.indexing import pair_of
from sim.rules.luck import Luck
from sim.rules.measure_changes import note_acts
from sim.rules.move_values import MoveValues, value_of
from sim.strategies.strategy_register import Strategy, probabilities


class DecisionTurn(NamedTuple):
    """A government that is to decide about a partner today, on this morning's state."""

    government: int
    partner: int
    day: int
    reason: int
    forced: Sequence[Force]
    luck: Luck
    values: MoveValues
    view: View


def turn_of(
    world: World,
    who: tuple[int, int],
    when: tuple[int, int],
    reason: int,
    luck: Luck,
    forced: Sequence[Force] = (),
) -> DecisionTurn:
    """What somebody (`who`) decides on about a partner, on a day of a run that began on another (`when`).

    The world's table of acts is that of this decision from now on.
    """
    values = move_values(world, *who, when[0], forced, luck.hand)
    view = observe(world, *who, *when, reason, values, luck.choice)
    return DecisionTurn(*who, when[0], reason, forced, luck, values, view)


def decision_of(
    world: World, turn: DecisionTurn, strategy: Strategy, answer: int | None = None
) -> tuple[Decision, PendingDecision]:
    """The decision, with its trace but for `reasons`, and what it does in the evening.

    The world has the table of acts of this turn. Its move is the forced one, else the `answer` that a person
    gives, else the strategy's, which remembers what it writes down.
    """
    who = turn.government, turn.partner, turn.day
    memory = world.memories[pair_of(world, turn.government, turn.partner)]
    before = tuple(memory[: strategy.memory])
    if turn.forced:
        answer = turn.forced[0].move
    elif answer is None:
        answer = strategy(turn.view, memory)
    pending = PendingDecision()
    hand = STEADY if turn.reason == FORCED else turn.luck.hand
    decide(world, pending, *who, turn.values, answer, turn.forced, hand)
    acts: list[ActRecord] = []
    note_acts(world, *who, acts)
    package = tuple(PackageAct(a.act, a.measure) for a in acts)
    chances = probabilities(strategy, turn.view, before)
    candidates = tuple(_candidate(world, turn.values, k) for k in range(len(MOVES)))
    about = turn.day, turn.government, turn.partner, turn.reason
    what = answer, pending.move, pending.act, pending.measure
    return Decision(*about, *what, package, chances, candidates, turn.view, {}, before), pending


def _candidate(world: World, values: MoveValues, move: int) -> Candidate:
    """A move as it stood before the choice, with its package."""
    rows = [r for r in world.acts[: values.table.rows] if r.weighed == 1 and MOVE_OF_ACT[r.act] == move]
    acts, v = tuple(PackageAct(row.act, row.measure) for row in rows), value_of(values, move)
    return Candidate(acts, v.now, v.later, v.pressure, v.noticed, v.probability)
