"""What a matrix game pays."""

from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY, Government, outcome
from sim.outcomes.run_queries import fits


@outcome(unit="points", example="points:government=CN")
def points(run: RunRecord, government: Government = ANY) -> float:
    """What a matrix game pays over all its rounds, in the unit of its payoffs.

    Not a number in a world of measures.

    Args:
        government: to whom; to all together if not given.
    """
    total = 0.0
    partners = len(run.costs) - 1
    for k in range(len(run.costs)):
        if fits(government, k):
            total += run.reward * partners * (run.end - run.start + 1) - run.costs[k][-1]
    return total
