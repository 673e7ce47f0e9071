"""What it costs."""

from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY, Government, outcome
from sim.outcomes.run_queries import fits


@outcome(unit="bn USD", example="cost:government=CN")
def cost(run: RunRecord, government: Government = ANY) -> float:
    """Cost of the run against the first morning's world going on unchanged.

    Args:
        government: to whom; to all together if not given.
    """
    total = 0.0
    for k in range(len(run.costs)):
        if fits(government, k):
            total += run.costs[k]
    return total
