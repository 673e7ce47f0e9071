"""What a page calls: the loop over worlds and a table of talks, with numbers and arrays in and out.

`experiments/build_page_rules.py` compiles it for browsers.
"""

from typing import Any

from sim.domain.constants import NEVER
from sim.domain.state import World
from sim.engines.compiler.numbered_fields import floats
from sim.engines.compiler.run_loop import run_worlds
from sim.rules.talks.bids import table_of


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
    speakers: Any,
    phrases: Any,
    forces: Any,
    terms: Any,
    evenings: Any,
    moves: Any,
    acts: Any,
    changes: Any,
    offers: Any,
    counts: Any,
) -> int:
    """Run worlds one after the other, all from the same first morning, and write down what each cost.

    Arguments are those of `run_worlds`, but that `first` and `parameters` have one row for all runs, that
    `phrases` are the parameters of `speakers`, and that `moves`, `acts`, `changes` and `offers` are room for
    rows of the last run's `DecisionRecord`, `ActRecord`, `Change` and `OfferRecord`; `counts` gets how many
    of these four there are.

    Returns:
        NEVER if all went well, else what a strategy said that is no move.
    """
    nothing, nobody = terms[0][:0], terms[0][0][:0]
    for k in range(len(numbers)):
        decisions, steps, turns, talks, answer = run_worlds(
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
            (speakers, phrases),
            forces,
            terms[k : k + 1],
            evenings,
            nobody,
            strategies[:0],
            nothing,
            nothing,
        )
        counts[0], counts[1] = write(decisions, moves), write(steps, acts)
        counts[2], counts[3] = write(turns, changes), write(talks, offers)
        if answer[0] != NEVER:
            return answer[3]
    return NEVER


def lay_table(world: World, government: int, clauses: Any, bids: Any, counts: Any) -> int:
    """Write down what lies before a government that is asked at a table, when a run has stopped there.

    Args:
        world: as the run has left it.
        government: whose words are waited for.
        clauses: room for rows of `ActRecord`.
        bids: likewise of `Bid`.
        counts: gets how many of these two there are.
    """
    acts, words = table_of(world, government)
    counts[0], counts[1] = write(acts, clauses), write(words, bids)
    return NEVER


def write(records: Any, rows: Any) -> int:
    """Write records into rows, as many as there is room for; how many there are."""
    for row in range(min(len(records), len(rows))):
        numbers: Any = floats(records[row])  # type: ignore[call-arg]
        for column in range(len(numbers)):
            rows[row, column] = numbers[column]
    return len(records)
