"""What it costs, in one of two accounts."""

from sim.domain.run_record import RunRecord
from sim.domain.terms import by_account
from sim.outcomes.outcome_register import ANY, Account, Government, outcome
from sim.outcomes.run_queries import fits


@outcome(unit="bn USD", example="cost:of=economy,government=CN")
def cost(run: RunRecord, of: Account = 0, government: Government = ANY) -> float:
    """Cost of the run against the first morning's world going on: economy, unless of=politics.

    Args:
        of: economy, in dollars, or politics, in dollar equivalents; nothing adds up the two.
        government: to whom; to all together if not given.
    """
    total = 0.0
    for k in range(len(run.costs)):
        if fits(government, k):
            total += by_account(run.costs[k])[of]
    return total
