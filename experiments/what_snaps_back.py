"""What makes Beijing snap back, and what beliefs do at the sunset: figures of the README.

python experiments/what_snaps_back.py writes results/what_snaps_back.md; half a minute, once compiled.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import sim
from sim.domain.constants import IN_FORCE, REACTIVATE
from sim.engines.ensemble import Ensemble

RUNS = 1000
PROVOKED = "US:escalate@2026-03-02"
TARIFFS = "US:reactivate=us_reciprocal_24@2026-03-02"
DAY = date(2026, 3, 2).toordinal()
FIRST = 8  # days from then on in which an answer counts
CASES = {
    "unprovoked": {},
    "as shipped": {"force": PROVOKED},
    "the 24 points come back": {"force": TARIFFS},
    "Beijing always holds": {"force": PROVOKED, "strategy": "CN=hold"},
    "audiences expect nothing": {"force": PROVOKED, "set": "CN.expectation=0"},
    "a broken threat costs nothing": {"force": PROVOKED, "set": "CN.threat_cost=0"},
    "a broken threat costs 4": {"force": PROVOKED, "set": "CN.threat_cost=4"},
    "matching is not expected": {"force": PROVOKED, "set": "CN.inaction_cost=0"},
    "pressure moves nobody": {"force": PROVOKED, "set": "CN.leverage=0"},
    "the 24 points, a broken threat costs nothing": {"force": TARIFFS, "set": "CN.threat_cost=0"},
    "the 24 points, audiences expect nothing": {"force": TARIFFS, "set": "CN.expectation=0"},
}


def answers(case: Mapping[str, str]) -> list[tuple[int, str]]:
    """The days to and the measure of the first that Beijing reactivates within a week, where it does."""
    runs = sim.ensemble("busan", runs=RUNS, until="2026-03-10", record=True, **case)
    first_answers = []
    for run in runs.records:
        own = (m for m in run.moves if m.government == 1 and m.act == REACTIVATE and m.day >= DAY)
        first = next(own, None)
        if first is not None and first.day < DAY + FIRST:
            first_answers.append((first.day - DAY, runs.names.measures[first.measure]))
    return first_answers


def percent(case: Mapping[str, str]) -> float:
    """Share of runs in which Beijing reactivates something within a week [%]."""
    return 100.0 * len(answers(case)) / RUNS


def broken(runs: Ensemble) -> float:
    """Share of runs in which a suspended measure is back in force within 30 days of its sunset."""
    ends = {k: m.until.toordinal() for k, m in enumerate(runs.source.measures) if m.until}
    back = [
        any(c.status == IN_FORCE and abs(c.day - ends.get(c.measure, 0)) <= 30 for c in run.changes)
        for run in runs.records
    ]
    return sum(back) / len(back)


def main() -> None:
    """Play all cases with the same luck and write the page."""
    lines = [
        "# What snaps back, and what beliefs do",
        "",
        f"`python experiments/what_snaps_back.py`: {RUNS} runs of seed 0 each, the same luck in every row, "
        f"Snapback {sim.__version__}.",
        "",
        "| Beijing, within 7 days of 2 March 2026 | reactivates | median lag | most often |",
        "|---|---:|---:|---|",
    ]
    for name, case in CASES.items():
        first_answers = answers(case)
        lag = (
            f"{sorted(day for day, _ in first_answers)[len(first_answers) // 2]} days"
            if first_answers
            else "-"
        )
        top = Counter(measure for _, measure in first_answers).most_common(2)
        most = ", ".join(f"`{measure}` {100 * n / len(first_answers):.0f} %" for measure, n in top) or "-"
        lines.append(f"| {name} | {100 * len(first_answers) / RUNS:.1f} % | {lag} | {most} |")
    lines += [
        "",
        "| beliefs in renewal (Washington, Beijing) | a measure is back within 30 days of its sunset |",
        "|---|---:|",
    ]
    for beijing in (0.1, 0.4, 1):
        beliefs = ["US.renewal_belief=1", f"CN.renewal_belief={beijing}"]
        share = broken(sim.ensemble("busan", runs=RUNS, record=True, set=beliefs))
        lines.append(f"| 1, {beijing} | {100 * share:.1f} % |")
    Path("results/what_snaps_back.md").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
