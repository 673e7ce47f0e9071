"""The loop over worlds as a page calls it: numbers and arrays in, numbers and arrays out.

`sim.engines.compiler.webassembly` compiles it for browsers.
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
    """Run worlds one after the other, all from the same first morning; write down what each cost.

    Args:
        world: lies in `now`.
        now: the words of the current state.
        first: those of the first morning, shape (1, words).
        pending: room for a day's decisions.
        seed: of all luck.
        numbers: of the runs, shape (runs,).
        start: first day.
        end: last day.
        strategies: addresses of each government's strategy.
        parameters: of each government, shape (1, n, p).
        forces: forced moves in the order of day, government and partner.
        terms: room for the terms of `sim.domain.terms.COSTS` [bn USD], shape (runs, n, terms).
        evenings: room for tariffs [share], shape (days, n * n), or with no days: nothing is recorded.
        moves: room for the last run's decisions, a row each in the order of `DecisionRecord`.
        acts: likewise its acts, as `ActRecord`.
        changes: likewise its changes of measures, as `Change`.
        counts: gets how many of these three there are.

    Returns:
        NEVER if all went well, else what a strategy said that is no move.
    """
    nothing = terms[0][:0]
    for k in range(len(numbers)):
        decisions, steps, turns, answer = run_worlds(
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
            forces,
            terms[k : k + 1],
            evenings,
            strategies[:0],
            nothing,
            nothing,
        )
        counts[0], counts[1], counts[2] = len(decisions), len(steps), len(turns)
        for row in range(min(len(decisions), len(moves))):
            m = decisions[row]
            moves[row, 0] = m.day
            moves[row, 1] = m.government
            moves[row, 2] = m.partner
            moves[row, 3] = m.reason
            moves[row, 4] = m.requested
            moves[row, 5] = m.move
            moves[row, 6] = m.act
            moves[row, 7] = m.measure
            moves[row, 8] = m.pressure
        for row in range(min(len(steps), len(acts))):
            a = steps[row]
            acts[row, 0] = a.day
            acts[row, 1] = a.government
            acts[row, 2] = a.partner
            acts[row, 3] = a.act
            acts[row, 4] = a.measure
        for row in range(min(len(turns), len(changes))):
            c = turns[row]
            changes[row, 0] = c.day
            changes[row, 1] = c.measure
            changes[row, 2] = c.status
            changes[row, 3] = c.level
            changes[row, 4] = c.until
            changes[row, 5] = c.cause
        if answer[0] != NEVER:
            return answer[3]
    return NEVER
