"""The record beside free-running simulations as a page: one table, and what agrees and what does not."""

import math
from collections.abc import Iterator, Sequence

from sim.validation.moments.moment_comparison import MeasuredMoment, MomentRow

COLUMNS = ("quantity", "record", "cases", "simulation", "single runs", "agrees")


def history_page(
    found: Sequence[Sequence[MomentRow]], threats: tuple[int, int], runs: int, seed: int, version: str
) -> str:
    """Markdown of all rows, scenario by scenario.

    Args:
        found: rows of each scenario.
        threats: side-months of the record that would be coded otherwise without threats and agreements,
            of how many.
        runs: of each scenario.
        seed: of luck and resampling.
        version: of Snapback.
    """
    lines = [
        "# The record beside free-running simulations",
        "",
        f"`snapback facts --history --runs {runs} --seed {seed} --out results/facts_history.md`, Snapback "
        f"{version}. Each scenario runs freely from its first day; whole calendar months are compared.",
        "",
        *explained(threats, runs),
        "",
        "| scenario | " + " | ".join(COLUMNS) + " |",
        "|---|---|---:|---:|---:|---:|---|",
    ]
    for rows in found:
        group = ""
        for row in rows:
            if row.group != group:
                group = row.group
                lines.append(f"| {row.scenario}, {row.period} | **{group}** | | | | | |")
            lines.append("| | " + " | ".join(cells(row)) + " |")
    lines += ["", "## What agrees, and what does not", "", *verdicts(found)]
    return "\n".join(lines) + "\n"


def explained(threats: tuple[int, int], runs: int) -> list[str]:
    """How the table is made, in Markdown."""
    changed, of = threats
    return [
        "- **Definitions** are the same on both sides (`sim/validation/moments`). A month of a simulated "
        "life is coded like one of the record: every act counts with its severity squared, escalations up, "
        "relaxations down, extensions nothing, and 4 points make a move. An act's severity is the highest "
        "of the record's rows that its measure names as its source, 2 if it names none. A suspension that "
        "its issuer lets lapse is an escalation of that day.",
        "- **Threats and agreements** count half in the record; a simulated government makes none. Without "
        f"them {changed} of the record's {of} side-months in these periods would be coded otherwise.",
        "- **Answers** by day are those that the record names (`responds_to`), and in a simulation "
        "escalations that are reactions. **Truces**: both sides ease within 30 days, one of them with "
        "severity 3 or more, with no grave escalation between; threats end none. **Ratchet**: average "
        "tariffs at the ends of months.",
        "- **Intervals** are 95 %, by bootstrap: of the record over months, of the simulation's mean over "
        f"{runs} runs. Where all cases are alike it has no width, and one case has none. *Cases* are the "
        "record's. *Single runs* is where the middle 95 % of single runs lie. *Agrees* says whether the "
        "record, one history, lies there; where single runs are spread widely that says little.",
        "- The numbers of these scenarios were set while looking at the same years: what agrees is no "
        "forecast.",
    ]


def cells(row: MomentRow) -> list[str]:
    """A row of the table, without its scenario."""
    agrees = "" if row.agrees is None else ("yes" if row.agrees else "**no**")
    single = f"{_number(row.single[0])} to {_number(row.single[1])}" if row.runs else "none"
    record = "not covered" if row.record is None else _measured(row.record)
    return [row.name, record, str(row.cases) if row.record else "", _measured(row.simulated), single, agrees]


def verdicts(found: Sequence[Sequence[MomentRow]]) -> Iterator[str]:
    """A line for each scenario: how many quantities agree; then those that do not."""
    for rows in found:
        judged = [row for row in rows if row.agrees is not None]
        if not judged:
            yield f"- `{rows[0].scenario}`: the record has no whole period to compare with; runs alone."
            continue
        wrong = [row for row in judged if not row.agrees]
        yield (
            f"- `{rows[0].scenario}`: of {len(judged)} quantities {len(judged) - len(wrong)} agree, "
            f"{len(wrong)} do not{':' if wrong else '.'}"
        )
        for row in wrong:
            assert row.record is not None
            more = "more" if row.record.value > row.simulated.value else "less"
            yield (
                f"  - {row.name}: the record has {more}, {_number(row.record.value)} against "
                f"{_number(row.simulated.value)} on average."
            )


def _measured(m: MeasuredMoment) -> str:
    if math.isnan(m.value):
        return "none"
    if math.isnan(m.low):
        return _number(m.value)
    return f"{_number(m.value)} ({_number(m.low)} to {_number(m.high)})"


def _number(value: float) -> str:
    if math.isnan(value):
        return "none"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
