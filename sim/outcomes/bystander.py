"""What it costs those who are not at the table."""

from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY, Region, outcome
from sim.outcomes.run_queries import fits


@outcome(unit="bn USD", example="bystander:region=JPN")
def bystander(run: RunRecord, region: Region = ANY) -> float:
    """Cost to a bystander by the trade of others, against the first morning's world going on.

    Args:
        region: for which no government speaks, such as JPN; all together if not given.
    """
    total = 0.0
    for k in range(len(run.bystanders)):
        if fits(region, k):
            total += run.bystanders[k]
    return total
