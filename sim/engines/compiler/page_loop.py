"""The loop over worlds as a page calls it: numbers and arrays in, numbers and arrays out.

`experiments/build_page_rules.py` compiles it for browsers.
"""

from typing import Any

from sim.domain.constants import NEVER
from sim.domain.state import World
from sim.engines.compiler.run_loop import run_worlds


def play_page(
    world: World,
    now: Any,
    first: Any,
    pending: Any,
    seed: int,
    numbers: Any,
    start: int,
    end: int,
    strategies: Any,
    parameters: Any,
    forces: Any,
    terms: Any,
    evenings: Any,
    moves: Any,
    acts: Any,
    changes: Any,
    counts: Any,
) -> int:
    """Run worlds one after the other, all from the same first morning, and write down what each cost.

    Arguments are those of `run_worlds`, but that `first` and `parameters` have one row for all runs, and
    `moves`, `acts` and `changes` are room for rows of the last run's `DecisionRecord`, `ActRecord` and
    `Change`; `counts` gets how many of these three there are.

    Returns:
        NEVER if all went well, else what a strategy said that is no move.
    """
    nothing, nobody = terms[0][:0], terms[0][0][:0]
    for k in range(len(numbers)):
        decisions, steps, turns, _, answer = run_worlds(
            world,
            now,
            world,
            now,
            first,
            pending,
            seed,
            numbers[k : k + 1],
            start,
            end,
            strategies,
            parameters,
            None,
            forces,
            terms[k : k + 1],
            evenings,
            nobody,
            strategies[:0],
            nothing,
            nothing,
        )
        counts[0], counts[1], counts[2] = len(decisions), len(steps), len(turns)
        for row in range(min(len(decisions), len(moves))):
            d = decisions[row]
            why = (d.day, d.government, d.partner, d.reason, d.requested, d.move, d.act, d.measure)
            for column in range(len(why)):
                moves[row, column] = why[column]
            moves[row, 8] = d.pressure
        for row in range(min(len(steps), len(acts))):
            for column in range(len(steps[row])):
                acts[row, column] = steps[row][column]
        for row in range(min(len(turns), len(changes))):
            c = turns[row]
            changes[row, 0], changes[row, 1], changes[row, 2] = c.day, c.measure, c.status
            changes[row, 3], changes[row, 4], changes[row, 5] = c.level, c.until, c.cause
        if answer[0] != NEVER:
            return answer[3]
    return NEVER
