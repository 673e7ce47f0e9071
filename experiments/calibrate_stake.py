"""What Beijing has staked on the deal of Busan, so that it answers grave breaches as often as it did in 2025.

    python experiments/calibrate_stake.py [RUNS]

In the record Beijing answered all six of Washington's escalations of 2025 of severity 4 or 5 within a
fortnight (1 February, 3 March, 2, 8 and 9 April, 29 September): by Laplace's rule of succession the next
grave one is answered with a probability of 7/8. The stake is the one at which the rulebook answers the 24
points and the affiliates rule, put back on 2 March 2026, as often, on average.
"""

import sys
from datetime import date

from scipy.optimize import brentq

import sim

BREACHES = ("us_reciprocal_24", "us_affiliates_50pct")
GRAVE, ANSWERED = 6, 6  # of the record
TARGET = (ANSWERED + 1) / (GRAVE + 2)
DAY, WITHIN = "2026-03-02", 14  # [days]


def answered(stake: float, runs: int) -> float:
    """Share of grave breaches that Beijing answers by an escalation within a fortnight [0 to 1]."""
    day = date.fromisoformat(DAY).toordinal()
    count = breaches = 0
    for measure in BREACHES:
        ensemble = sim.ensemble(
            "busan",
            runs=runs,
            seed=1,
            until="2026-03-20",
            force=f"US:reactivate={measure}@{DAY}",
            set=f"deals.busan.CN.stake={stake}",
            record=True,
        )
        for run in ensemble.records:
            escalations = {(m.government, m.day) for m in run.moves if m.move == sim.ESCALATE}
            if (0, day) in escalations:  # else it had put the measure back before
                breaches += 1
                count += any((1, day + k) in escalations for k in range(1, WITHIN + 1))
    return count / breaches


if __name__ == "__main__":
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    stake = brentq(lambda x: answered(x, runs) - TARGET, 0.0, 40.0, xtol=0.05)
    print(f"stake {stake:.1f} bn USD: {100 * answered(stake, runs):.1f} % answered, aim {100 * TARGET:.1f} %")
