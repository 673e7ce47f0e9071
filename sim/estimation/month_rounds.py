"""The recorded months played through by the rulebook: functions that are compiled as they are.

A month is a round. Washington decides on its first morning, Beijing some days later, having seen
what Washington did: the chances of both months' moves are a table of nine. Then the recorded moves
are made instead of any that the chances may favour, memories and accounts are kept by the rules,
and the next month begins with what the record says of measures.
"""

from collections.abc import Sequence
from typing import Any

from sim.domain.constants import HOLD, MOVES, NO_ACT, REVIEW
from sim.domain.state import Change, PendingDecision, World
from sim.domain.view import View
from sim.rules.day import STEADY, decide, evening, morning, move_values, observe
from sim.rules.indexing import pair_of
from sim.rules.scheduled_events import change_number
from sim.strategies.payoff_logit import weights

FIRST, SECOND = 0, 1  # Washington and Beijing


def see(world: World, government: int, day: int) -> View:
    """What a government sees of the other on a morning."""
    partner = 1 - government
    found = move_values(world, government, partner, day, NO_ACT, -1)
    return observe(world, government, partner, day, 0, REVIEW, found, 0.0)


def take(
    world: World,
    made: Sequence[PendingDecision],
    government: int,
    move: int,
    day: int,
    seen: list[tuple[int, float, int]],
    changes: list[Change],
) -> None:
    """Let a government make a move on a day, by its best act, and close the day."""
    partner = 1 - government
    found = move_values(world, government, partner, day, NO_ACT, -1)
    decide(world, made[0], government, partner, found, move, NO_ACT, STEADY)
    evening(world, made, 1, day, seen, changes)


def rest(
    world: World,
    made: Sequence[PendingDecision],
    since: int,
    until: int,
    seen: list[tuple[int, float, int]],
    changes: list[Change],
) -> None:
    """Let days pass on which nobody decides, from one to the eve of another, and the other's morning come."""
    for day in range(since, until):
        morning(world, day, seen, changes)
        evening(world, made, 0, day, seen, changes)
    morning(world, until, seen, changes)


def known(move: int) -> int:
    """A move, HOLD where it is not known."""
    return move if move >= 0 else HOLD


def stand(world: World, levels: Any) -> None:
    """Let measures stand as the record has them: status, level, last day of a suspension."""
    for k in range(len(world.measures)):
        measure = world.measures[k]
        measure.status = int(levels[k, 0])
        measure.level = levels[k, 1]
        measure.until = int(levels[k, 2])


def set_numbers(world: World, places: Any, values: Any) -> None:
    """Give both governments the numbers of a mood.

    Args:
        world: whose governments.
        places: of the numbers in `sim.scenarios.numbers.GOVERNMENT`, shape (k,).
        values: shape (2, k).
    """
    for government in range(2):
        for k in range(len(places)):
            change_number(world.governments[government], places[k], values[government, k])


def round_chances(
    world: World,
    now: Any,
    made: Sequence[PendingDecision],
    day: int,
    lag: int,
    precision: Any,
    seen: list[tuple[int, float, int]],
    changes: list[Change],
    table: Any,
) -> None:
    """The chances of both sides' moves of a round, written to `table`, shape (3, 3); nothing else changes.

    Args:
        world: on the morning of the round, lying in `now`.
        now: the bytes of its state.
        made: room for decisions.
        day: today.
        lag: days until the second one decides.
        precision: of both governments [per bn USD].
        seen: empty.
        changes: empty.
        table: room for chances, first the first one's move.
    """
    kept = now.copy()
    first = weights(see(world, FIRST, day), precision[FIRST], 1.0)
    for move in range(len(MOVES)):
        take(world, made, FIRST, move, day, seen, changes)
        rest(world, made, day + 1, day + lag, seen, changes)
        second = weights(see(world, SECOND, day + lag), precision[SECOND], 1.0)
        for answer in range(len(MOVES)):
            chance = first[move] / (first[0] + first[1] + first[2])
            table[move, answer] = chance * second[answer] / (second[0] + second[1] + second[2])
        now[:] = kept


def play_rounds(
    world: World,
    now: Any,
    made: Sequence[PendingDecision],
    days: Any,
    lag: int,
    moves: Any,
    levels: Any,
    renewed: Any,
    places: Any,
    numbers: Any,
    precision: Any,
    tables: Any,
    eves: Any,
) -> None:
    """Play recorded rounds; write the chances of each, in every mood, and the state of each morning.

    Args:
        world: before the first round, lying in `now`.
        now: the bytes of its state.
        made: room for decisions.
        days: first days of the rounds, and of the one after the last, shape (rounds + 1,).
        lag: days from the first one's decision to the second one's.
        moves: recorded, shape (rounds, 2); below 0: not known, and held.
        levels: of measures on the first morning: status, level, last day of a suspension, shape
            (rounds + 1, measures, 3); once both have moved, the next morning's hold.
        renewed: truces extended by each in the month before, shape (rounds, 2).
        places: of the numbers that moods change.
        numbers: their values, shape (moods, 2, k).
        precision: shape (moods, 2).
        tables: room for chances, shape (rounds, moods, 3, 3).
        eves: room for the states before each round, shape (rounds, bytes), or with no rows: none.
    """
    changes = [Change(0, 0, 0, 0.0, 0, 0)]
    changes.clear()
    seen = [(0, 0.0, 0)]
    seen.clear()
    for at in range(len(days) - 1):
        day = days[at]
        if len(eves) > 0:
            eves[at, :] = now
        stand(world, levels[at])
        for government in range(2):
            world.pairs[pair_of(world, 1 - government, government)].renewed += renewed[at, government]
        morning(world, day, seen, changes)
        for mood in range(len(numbers)):
            set_numbers(world, places, numbers[mood])
            round_chances(world, now, made, day, lag, precision[mood], seen, changes, tables[at, mood])
        set_numbers(world, places, numbers[0])
        take(world, made, FIRST, known(moves[at, FIRST]), day, seen, changes)
        rest(world, made, day + 1, day + lag, seen, changes)
        take(world, made, SECOND, known(moves[at, SECOND]), day + lag, seen, changes)
        stand(world, levels[at + 1])
        for later in range(day + lag + 1, days[at + 1]):
            morning(world, later, seen, changes)
            evening(world, made, 0, later, seen, changes)


def play_days(
    world: World,
    made: Sequence[PendingDecision],
    start: int,
    decisions: Any,
    levels: Any,
    places: Any,
    numbers: Any,
    precision: Any,
    chances: Any,
) -> None:
    """Play the decisions of a month on their own days; write the chances of each, in every mood.

    Those of one day see the same morning, and take effect together in its evening.

    Args:
        world: on the eve of the month.
        made: room for decisions.
        start: first day of the month.
        decisions: day, government and move, in order of day, shape (decisions, 3).
        levels: of measures on the morning of each, as of `play_rounds`, shape (decisions, measures, 3).
        places: of the numbers that moods change.
        numbers: their values, shape (moods, 2, k).
        precision: shape (moods, 2).
        chances: room for them, shape (decisions, moods, 3).
    """
    changes = [Change(0, 0, 0, 0.0, 0, 0)]
    changes.clear()
    seen = [(0, 0.0, 0)]
    seen.clear()
    at = start
    done = 0
    while done < len(decisions):
        day = decisions[done, 0]
        for past in range(at, day):
            morning(world, past, seen, changes)
            evening(world, made, 0, past, seen, changes)
        stand(world, levels[done])
        morning(world, day, seen, changes)
        count = 0
        while done + count < len(decisions) and decisions[done + count, 0] == day:
            k = done + count
            government = decisions[k, 1]
            for mood in range(len(numbers)):
                set_numbers(world, places, numbers[mood])
                found = weights(see(world, government, day), precision[mood, government], 1.0)
                for move in range(len(MOVES)):
                    chances[k, mood, move] = found[move] / (found[0] + found[1] + found[2])
            count += 1
        set_numbers(world, places, numbers[0])
        for j in range(count):
            government, move = decisions[done + j, 1], decisions[done + j, 2]
            partner = 1 - government
            options = move_values(world, government, partner, day, NO_ACT, -1)
            decide(world, made[j], government, partner, options, move, NO_ACT, STEADY)
        evening(world, made, count, day, seen, changes)
        at = day + 1
        done += count
