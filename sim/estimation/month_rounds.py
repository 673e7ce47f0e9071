"""The recorded months played through by the rulebook: functions that are compiled as they are.

A month is a round. Washington decides on its first morning, Beijing some days later, having seen
what Washington did: the probabilities of both months' moves are a table of nine. Then the recorded moves
are made instead of any that the probabilities may favour, memories and accounts are kept by the rules,
and the next month begins with what the record says of measures.
"""

from collections.abc import Sequence
from typing import Any

from sim.domain.constants import HOLD, MOVES, REVIEW
from sim.domain.state import Change, Force, PendingDecision, World
from sim.domain.view import View
from sim.rules.day import STEADY, decide, evening, morning, move_values, observe
from sim.rules.indexing import pair_of
from sim.strategies.payoff_logit import weights

FIRST, SECOND = 0, 1  # Washington and Beijing
NOTHING_FORCED: tuple[Force, ...] = ()


def observe_partner(world: World, government: int, day: int) -> View:
    """What a government sees of the other on a morning."""
    partner = 1 - government
    values = move_values(world, government, partner, day, NOTHING_FORCED, 0.0)
    return observe(world, government, partner, day, 0, REVIEW, values, 0.0)


def make_move(world: World, decision: PendingDecision, government: int, move: int, day: int) -> None:
    """Let a government make a move on a day, by its package; below 0 it is not known, and it holds."""
    partner = 1 - government
    values = move_values(world, government, partner, day, NOTHING_FORCED, 0.0)
    requested = move if move >= 0 else HOLD
    decide(world, decision, government, partner, day, values, requested, NOTHING_FORCED, STEADY)


def quiet_days(
    world: World,
    pending: Sequence[PendingDecision],
    since: int,
    until: int,
    observed: list[tuple[int, float, int]],
    changes: list[Change],
) -> None:
    """Let days pass on which nobody decides, from one to the eve of another."""
    for day in range(since, until):
        morning(world, day, observed, changes)
        evening(world, pending, 0, day, observed, changes)


def set_measures(world: World, levels: Any) -> None:
    """Let measures stand as the record has them: status, level, last day of a suspension."""
    for k in range(len(world.measures)):
        measure = world.measures[k]
        measure.status = int(levels[k, 0])
        measure.level = levels[k, 1]
        measure.until = int(levels[k, 2])


def set_numbers(world: World, places: Any, values: Any) -> None:
    """Give both governments the numbers of a regime, shape (2, k).

    Their places, shape (k,), are those in `sim.domain.parameters.GOVERNMENT`.
    """
    for government in range(2):
        for k in range(len(places)):
            world.governments[government][places[k]] = values[government, k]


def round_probabilities(
    world: World,
    now: Any,
    pending: Sequence[PendingDecision],
    day: int,
    lag: int,
    precision: Any,
    observed: list[tuple[int, float, int]],
    changes: list[Change],
    table: Any,
) -> None:
    """Write the probabilities of both sides' moves of a round to `table`, shape (3, 3); nothing else changes.

    The world is on the morning of the round and lies in `now`; the second one decides `lag` days after the
    first. `precision` is that of both governments [per bn USD]; `observed` and `changes` are empty.
    """
    stored_state = now.copy()
    first = weights(observe_partner(world, FIRST, day), precision[FIRST], 1.0)
    for move in range(len(MOVES)):
        make_move(world, pending[0], FIRST, move, day)
        evening(world, pending, 1, day, observed, changes)
        quiet_days(world, pending, day + 1, day + lag, observed, changes)
        morning(world, day + lag, observed, changes)
        second = weights(observe_partner(world, SECOND, day + lag), precision[SECOND], 1.0)
        for answer in range(len(MOVES)):
            probability = first[move] / (first[0] + first[1] + first[2])
            table[move, answer] = probability * second[answer] / (second[0] + second[1] + second[2])
        now[:] = stored_state


def run_rounds(
    world: World,
    now: Any,
    pending: Sequence[PendingDecision],
    days: Any,
    lag: int,
    moves: Any,
    levels: Any,
    renewed: Any,
    places: Any,
    numbers: Any,
    precision: Any,
    tables: Any,
    states_before: Any,
) -> None:
    """Play recorded rounds; write the probabilities of each, in every regime, and the state of each morning.

    Args:
        world: before the first round, lying in `now`.
        now: the bytes of its state.
        pending: room for decisions.
        days: first days of the rounds, and of the one after the last, shape (rounds + 1,).
        lag: days from the first one's decision to the second one's.
        moves: recorded, shape (rounds, 2); below 0: not known, and held.
        levels: of measures on the first morning: status, level, last day of a suspension, shape
            (rounds + 1, measures, 3); once both have moved, the next morning's hold.
        renewed: truces extended by each in the month before, shape (rounds, 2).
        places: of the numbers that regimes change.
        numbers: their values, shape (regimes, 2, k).
        precision: shape (regimes, 2).
        tables: room for probabilities, shape (rounds, regimes, 3, 3).
        states_before: room for the states before each round, shape (rounds, bytes), or with no rows: none.
    """
    changes = [Change(0, 0, 0, 0.0, 0, 0)]
    changes.clear()
    observed = [(0, 0.0, 0)]
    observed.clear()
    for at in range(len(days) - 1):
        day = days[at]
        if len(states_before) > 0:
            states_before[at, :] = now
        set_measures(world, levels[at])
        for government in range(2):
            world.pairs[pair_of(world, 1 - government, government)].renewed += renewed[at, government]
        morning(world, day, observed, changes)
        for regime in range(len(numbers)):
            set_numbers(world, places, numbers[regime])
            round_probabilities(
                world, now, pending, day, lag, precision[regime], observed, changes, tables[at, regime]
            )
        set_numbers(world, places, numbers[0])
        make_move(world, pending[0], FIRST, moves[at, FIRST], day)
        evening(world, pending, 1, day, observed, changes)
        quiet_days(world, pending, day + 1, day + lag, observed, changes)
        morning(world, day + lag, observed, changes)
        make_move(world, pending[0], SECOND, moves[at, SECOND], day + lag)
        evening(world, pending, 1, day + lag, observed, changes)
        set_measures(world, levels[at + 1])
        quiet_days(world, pending, day + lag + 1, days[at + 1], observed, changes)


def run_days(
    world: World,
    pending: Sequence[PendingDecision],
    start: int,
    decisions: Any,
    levels: Any,
    places: Any,
    numbers: Any,
    precision: Any,
    probabilities: Any,
) -> None:
    """Play the decisions of a month on their own days; write the probabilities of each, in every regime.

    Those of one day see the same morning, and take effect together in its evening. `world` is on the eve of
    the month, which begins on `start`; `decisions` are day, government and move in order of day, shape
    (decisions, 3), `probabilities` room for theirs, shape (decisions, regimes, 3), and `levels` of measures
    on the morning of each. The rest is as of `run_rounds`.
    """
    changes = [Change(0, 0, 0, 0.0, 0, 0)]
    changes.clear()
    observed = [(0, 0.0, 0)]
    observed.clear()
    at = start
    index = 0
    while index < len(decisions):
        day = decisions[index, 0]
        quiet_days(world, pending, at, day, observed, changes)
        set_measures(world, levels[index])
        morning(world, day, observed, changes)
        count = 0
        while index + count < len(decisions) and decisions[index + count, 0] == day:
            k = index + count
            government = decisions[k, 1]
            for regime in range(len(numbers)):
                set_numbers(world, places, numbers[regime])
                values = weights(observe_partner(world, government, day), precision[regime, government], 1.0)
                for move in range(len(MOVES)):
                    probabilities[k, regime, move] = values[move] / (values[0] + values[1] + values[2])
            count += 1
        set_numbers(world, places, numbers[0])
        for j in range(count):
            make_move(world, pending[j], decisions[index + j, 1], decisions[index + j, 2], day)
        evening(world, pending, count, day, observed, changes)
        at = day + 1
        index += count
