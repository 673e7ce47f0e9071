"""What it costs."""

from sim.domain.life import Life
from sim.studies.outcomes.reading import fits
from sim.studies.outcomes.register import ANY, Government, outcome


@outcome(unit="bn USD", example="cost:government=CN")
def cost(life: Life, government: Government = ANY) -> float:
    """Cost of the run against the first morning's world going on unchanged.

    Args:
        government: to whom; to all together if not given.
    """
    total = 0.0
    for k in range(len(life.costs)):
        if fits(government, k):
            total += life.costs[k]
    return total
