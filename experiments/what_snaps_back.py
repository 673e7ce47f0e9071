"""What makes Beijing snap back, and what beliefs do at the sunset: the figures of the README.

python experiments/what_snaps_back.py writes results/what_snaps_back.md; two minutes on two cores.
"""

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import sim
from sim.domain.words import IN_FORCE

RUNS = 200
FORCE = "US:escalate@2026-03-02"
TARIFFS = "US:reactivate=us_reciprocal_24@2026-03-02"
CASES = {
    "unprovoked": {},
    "as shipped": {"force": FORCE},
    "the 24 points come back": {"force": TARIFFS},
    "Beijing always holds": {"force": FORCE, "strategy": "CN=hold"},
    "audiences expect nothing": {"force": FORCE, "set": "CN.expectation=0"},
    "a broken threat costs nothing": {"force": FORCE, "set": "CN.threat_cost=0"},
    "a broken threat costs 4, the low end": {"force": FORCE, "set": "CN.threat_cost=4"},
    "matching is not expected": {"force": FORCE, "set": "CN.inaction_cost=0"},
    "pressure moves nobody": {"force": FORCE, "set": "CN.leverage=0"},
}


def answer(case: dict, seed: int) -> str:
    """The first measure that Beijing reactivates within seven days of 2 March 2026, or nothing."""
    model = sim.TradeModel("busan", rng=seed, until="2026-03-10", **case).run()
    moves = model.moves
    mine = moves[(moves.government == "CN") & (moves.act == "reactivate") & (moves.date >= "2026-03-02")]
    return mine.measure.iloc[0] if len(mine) else ""


def returns(beijing: float, seed: int) -> bool:
    """Whether a suspended measure is back in force within 30 days of its sunset."""
    model = sim.TradeModel(
        "busan", rng=seed, set=["US.renewal_belief=1", f"CN.renewal_belief={beijing}"]
    ).run()
    ends = {k: m.until.toordinal() for k, m in enumerate(model.source.measures) if m.until}
    back = [c for c in model.changes if c.status == IN_FORCE and c.measure in ends]
    return any(abs(c.day - ends[c.measure]) <= 30 for c in back)


def main() -> None:
    """Run all cases over the same seeds and write the page."""
    lines = [
        "# What snaps back, and what beliefs do",
        "",
        f"`python experiments/what_snaps_back.py`: {RUNS} seeds each, the same in every row, "
        f"Snapback {sim.__version__}.",
        "",
        "| Beijing, within 7 days of 2 March 2026 | reactivates | most often |",
        "|---|---:|---|",
    ]
    with ProcessPoolExecutor() as pool:
        for name, case in CASES.items():
            found = [x for x in pool.map(partial(answer, case), range(RUNS), chunksize=10) if x]
            top = max(set(found), key=found.count) if found else "-"
            most = f"`{top}`, {found.count(top)} of {len(found)}" if found else "-"
            lines.append(f"| {name} | {100 * len(found) / RUNS:.1f} % | {most} |")
        lines += [
            "",
            "| beliefs in renewal (Washington, Beijing) | a measure is back within 30 days of its sunset |",
        ]
        lines.append("|---|---:|")
        for beijing in (0.1, 0.4, 1):
            share = sum(pool.map(partial(returns, beijing), range(RUNS), chunksize=10)) / RUNS
            lines.append(f"| 1, {beijing} | {100 * share:.1f} % |")
    Path("results/what_snaps_back.md").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
