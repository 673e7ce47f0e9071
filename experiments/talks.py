"""What talks come to: the eve of Busan, eleven facts of the record, and three surprises of 2025.

    python experiments/talks.py [RUNS]

writes results/talks.md, of 500 runs if not given, in some five minutes. Nothing is tuned to any of it.
"""

import math
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

import sim
from sim.domain.constants import ESCALATE, EXTEND, IN_FORCE, RELAX
from sim.domain.run_record import OfferRecord, RunRecord
from sim.engines.ensemble import Ensemble
from sim.engines.run_spec import RunSpec
from sim.forecasting.forced_history import build_history, forced_moves, state_on
from sim.outcomes.deal import first_deal
from sim.record.events import record
from sim.validation.facts import FACTS
from sim.validation.facts.fact import FactRuns
from sim.validation.facts.talk_facts import talk_facts

PAGE = Path(__file__).parents[1] / "results" / "talks.md"
RUNS = 500
EVE = sim.scenario("busan_eve")
AGREED = EVE.agreements[0]
DROPPED = ("us_100pct_tariff", "us_software_controls")  # the two threats that Busan took off the table
SETTINGS = {
    "as shipped: `quantal`": (),
    "`waiting`: nobody errs": ("*.negotiator=waiting",),
    "`time_based`, firmness 4": ("*.negotiator=time_based:firmness=4",),
    "`time_based`, firmness 0.25": ("*.negotiator=time_based:firmness=0.25",),
    "`ultimatum`: one offer a meeting": ("talks.protocol=ultimatum",),
    "every package may be offered": ("talks.least_trust=0",),
    "a breach costs nothing: no pause, no loss of trust": (
        "talks.breach_pause_days=0",
        "talks.trust_deals=100000",
        "talks.least_trust=0",
    ),
}
# What each of the first facts of `snapback facts` is read of, and its parts where they differ.
READ_OF = (
    *("`busan`, `spiral_2025`", "`busan`", "`busan`", "`spiral_2025`"),
    *(
        "`spiral_2025`",
        "`spiral_2025`",
        "`phase_one`",
        "`spiral_2025`;`spiral_2025`;`spiral_2025`, `phase_one`",
    ),
)
VERDICTS = {(True, True): "hold", (True, False): "are lost", (False, True): "are won", (False, False): "fail"}
DONE = ("escalates", "holds", "relaxes")
# The surprises: in each month what Washington did, and Beijing.
MONTHS = {"2025-05": (RELAX, RELAX), "2025-06": (1, RELAX), "2025-11": (RELAX, RELAX)}

HEAD = (
    "| who asks, and how | a deal | that day | acts | of the real package | threats dropped | Nash gap | "
    "carried out | kept a year |",
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
)
TEXT = """# What talks come to

`python experiments/talks.py {runs}`: {runs} runs of seed 0 a row, Snapback {version}. Talks are on in
`busan_eve` alone; `--set talks=true` switches them on elsewhere. Nothing is tuned to this page.

## The eve of Busan

What was agreed on {day} had {count} measures. Of the first deal of each run: how often there is one; on the
very day of Busan; acts in it at the median; the share of the real package that is carried out on the day on
which it falls due; in how many runs both threats of 1 November are taken back; how much of the largest
product of worths it misses (Nash gap, median); acts carried out of those due; and what is still no more in
force than agreed after a year.

{eve}

In the last row every package may be offered, and a refusal neither stops talks nor costs trust. That is the
warning of Klimenko, Ramey and Watson (2008): if a new deal is always one meeting away, carrying out what
costs anything does not pay.

| measure of the real package | conceded in the first deal |
|---|---:|
{clauses}

## Eleven facts of the record

Ten deals of 2018 to 2025. The tolerances were committed before talks were first run; what each reads of a
run was written after a first look at the days of deals in `busan_eve`. Read of `busan_eve`, `spiral_2025`
and `phase_one` with talks on, all deals together.

{facts}

## Would talks do in the other scenarios?

The facts of `snapback facts` that are read of runs, with talks off and on, by the same luck.
{switch}
A scenario gets talks once its facts hold at least as well with them: no part that held fails. No fact is
read of `busan_2026`, the world of `busan` a year later. `phase_one` loses none, and stays without them for
their price: up to sixteen of its tariffs act together, so that an evening of talks values 65,536 packages
for both sides, and a run takes hundreds of times as long.

{switched}

## How much of the surprise of 2025 is left

Minus the logarithm of the chance that `spiral_2025` gave to each side's net move of the month; 1.10 is a
third each. *Free runs* begin on 1 February 2025; *a month ahead* the record is forced to the eve.

| month | what was done | how | without talks | with talks |
|---|---|---|---:|---:|
{surprises}
"""


def for_both(changes: Sequence[str]) -> list[str]:
    """Changes, those that begin with a star made for each side."""
    sides = [("US", "CN") if c.startswith("*") else ("",) for c in changes]
    return [side + c.removeprefix("*") for c, codes in zip(changes, sides, strict=True) for side in codes]


def deals(worlds: Ensemble) -> list[tuple[RunRecord, OfferRecord]]:
    """The runs in which something is agreed, each with its first deal."""
    places = [(run, first_deal(run)) for run in worlds.records]
    return [(run, run.offers[k]) for run, k in places if k >= 0]


def given(run: RunRecord, deal: OfferRecord) -> set[str]:
    """The measures that were conceded on the day on which a deal fell due."""
    return {EVE.measures[a.measure].id for a in run.acts if a.day == deal.due_on}


def kept(run: RunRecord, deal: OfferRecord) -> float:
    """Share of what was conceded that is no more in force than agreed a year later."""
    numbers = [a.measure for a in run.acts if a.day == deal.due_on]
    after = [(state_on(run, k, deal.due_on), state_on(run, k, deal.due_on + 365)) for k in numbers]
    return float(
        np.mean(
            [
                late.level <= early.level if early.status == IN_FORCE else late.status != IN_FORCE
                for early, late in after
            ]
        )
    )


def eve_row(name: str, changes: Sequence[str], runs: int) -> str:
    """A line of the table of the eve of Busan."""
    worlds = sim.ensemble(EVE.name, runs, 0, record=True, set=for_both(changes), threads=2)
    found = deals(worlds)
    if not found:
        return f"| {name} | 0 % | | | | | | |"
    on_day = np.mean([d.day == AGREED.date.toordinal() for _, d in found])
    acts = [d.gives + d.gets for _, d in found]
    real = [len(given(run, d) & set(AGREED.members)) / len(AGREED.members) for run, d in found]
    dropped = np.mean([set(DROPPED) <= given(run, d) for run, d in found])
    due = [d.due + d.partner_due for _, d in found]
    carried = np.sum([len(given(run, d)) for run, d in found]) / np.sum(due)
    late = [kept(run, d) for run, d in found if given(run, d)]
    cells = (
        f"{100 * len(found) / runs:.0f} %",
        f"{100 * on_day:.0f} %",
        f"{np.median(acts):.0f}",
        f"{100 * np.mean(real):.0f} %",
        f"{100 * dropped:.0f} %",
        f"{100 * np.median([d.nash_gap for _, d in found]):.0f} %",
        f"{100 * min(1.0, carried):.0f} %",
        f"{100 * np.mean(late or math.nan):.0f} %",
    )
    return f"| {name} | {' | '.join(cells)} |"


def clause_rows(runs: int) -> list[str]:
    """How often each measure of the real package is conceded in the first deal."""
    worlds = sim.ensemble(EVE.name, runs, 0, record=True, threads=2)
    found = deals(worlds)
    counts = Counter(name for run, deal in found for name in given(run, deal))
    return [f"| `{name}` | {100 * counts[name] / len(found):.0f} % |" for name in AGREED.members]


def fact_rows(runs: int) -> list[str]:
    """The eleven facts, and how many hold."""
    facts = talk_facts(FactRuns(runs, 0))
    real = [f for f in facts if not f.construction]
    rows = ["| | fact | record | asked | measured | |", "|---:|---|---|---|---:|---|"]
    for f in facts:
        part = f.parts[0]
        shown, _, asked = part.requirement.removeprefix("record ").partition("; ")
        verdict = "yes" if part.passed else "**no**"
        verdict += ", by construction: " + f.construction if f.construction else ""
        rows.append(f"| F{f.number} | {f.name} | {shown} | {asked} | {part.measured} | {verdict} |")
    count = f"{sum(f.passed for f in real)} of {len(real)} facts hold"
    return [f"{count}, and {len(facts) - len(real)} are put into the model.", "", *rows]


def switch_rows(runs: int) -> tuple[str, list[str]]:
    """The parts of the facts that are read of runs without talks and with them, and how many hold."""
    off, on = (
        [fact(FactRuns(runs, 0, changes=(change,))) for fact in FACTS[: len(READ_OF)]]
        for change in ("talks=false", "talks=true")
    )
    rows = ["| | read of | asked | without talks | with talks | |", "|---:|---|---|---:|---:|---|"]
    held = Counter[str]()
    for before, after, scenarios in zip(off, on, READ_OF, strict=True):
        for k, (old, new) in enumerate(zip(before.parts, after.parts, strict=True)):
            verdict = VERDICTS[old.passed, new.passed]
            scenario = (scenarios.split(";") * len(before.parts))[k]
            held.update([verdict, *(verdict + name for name in scenario.split(", "))])
            first = f"**{before.number}**" if k == 0 else ""
            cells = (first, scenario, new.requirement, old.measured, new.measured, verdict)
            rows.append(f"| {' | '.join(cells)} |")
    lost = [f"{name} {held['are lost' + name]}" for name in ("`busan`", "`spiral_2025`", "`phase_one`")]
    counts = ", ".join(f"{held[verdict]} parts {verdict}" for verdict in VERDICTS.values())
    return f"{counts}; lost of {', '.join(lost)}.", rows


def score(run: RunRecord, month: str) -> list[int]:
    """The net move of each side in a month: more escalations, neither, or more relaxations."""
    nets = [0, 0]
    for m in run.moves:
        if date.fromordinal(m.day).isoformat()[:7] == month and m.act != EXTEND:
            nets[m.government] += (m.move == RELAX) - (m.move == ESCALATE)
    return [1 + (n > 0) - (n < 0) for n in nets]


def surprise(month: str, ahead: bool, talks: bool, runs: int) -> list[float]:
    """Minus the logarithm of the chance of what each side did in a month, free runs or a month ahead."""
    eve = date.fromisoformat(f"{month}-01").toordinal() - 1
    end = date.fromordinal(eve + 31)
    force: Sequence[str] = ()
    on = ["talks=true"] if talks else []
    if ahead:
        # while the past is forced nobody finds a package credible, so that no deal comes into it
        past = RunSpec.of(
            "spiral_2025", overrides=[*on, *(["talks.least_trust=0.99"] if talks else [])]
        ).load()
        found = build_history(past, record(), date.fromordinal(eve))
        force = forced_moves(past, found.acts, date.fromordinal(eve)) or ()
    worlds = sim.ensemble("spiral_2025", runs, 0, record=True, until=end, set=on, force=force, threads=2)
    nets = np.array([score(run, month) for run in worlds.records])
    did = MONTHS[month]
    return [-math.log((np.sum(nets[:, k] == did[k]) + 0.5) / (runs + 1.5)) for k in range(2)]


def surprise_rows(runs: int) -> list[str]:
    """The three surprises, without talks and with them."""
    rows = []
    for month, did in MONTHS.items():
        for ahead in (False, True):
            before, after = (surprise(month, ahead, talks, runs) for talks in (False, True))
            for k, side in enumerate(("Washington", "Beijing")):
                what = "a month ahead" if ahead else "free runs"
                rows.append(
                    f"| {month} | {side} {DONE[did[k]]} | {what} | {before[k]:.2f} | {after[k]:.2f} |"
                )
    return rows


def page(runs: int) -> str:
    """The page in Markdown."""
    switch, switched = switch_rows(runs)
    return TEXT.format(
        switch=switch,
        switched="\n".join(switched),
        runs=runs,
        version=sim.__version__,
        day=f"{AGREED.date:%-d %B %Y}",
        count=len(AGREED.members),
        eve="\n".join([*HEAD, *(eve_row(name, changes, runs) for name, changes in SETTINGS.items())]),
        clauses="\n".join(clause_rows(runs)),
        facts="\n".join(fact_rows(runs)),
        surprises="\n".join(surprise_rows(runs)),
    )


def main(runs: int = RUNS) -> None:
    """Play, and write the page."""
    PAGE.write_text(page(runs), "utf-8")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
