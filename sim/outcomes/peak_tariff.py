"""How high tariffs go."""

from math import nan

from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY, Government, outcome
from sim.outcomes.run_queries import fits


@outcome(unit="per cent", example="peak_tariff:importer=US,exporter=CN")
def peak_tariff(run: RunRecord, importer: Government = ANY, exporter: Government = ANY) -> float:
    """Highest average tariff of an importer on an exporter's goods on any evening.

    Args:
        importer: who puts it on; anybody if not given.
        exporter: on whose goods; anybody's if not given.
    """
    n = len(run.costs)
    highest = nan
    for day in range(len(run.tariffs)):
        for i in range(n):
            for j in range(n):
                if i != j and fits(importer, i) and fits(exporter, j):
                    rate = 100.0 * run.tariffs[day][i * n + j]
                    if not rate <= highest:  # true also of the first, for nothing is at most nan
                        highest = rate
    return highest
