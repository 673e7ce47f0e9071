"""The facts as a page: what is required and what was measured; and the record beside free simulations."""

import math
from collections.abc import Iterator, Sequence

from sim.record.coding import SHIPPED_SCORING
from sim.record.truces import GRAVE
from sim.reports.templates.rendering import render
from sim.validation.facts import Fact
from sim.validation.moments.moment_comparison import LEVEL, MeasuredMoment, MomentRow
from sim.validation.moments.monthly_acts import UNNAMED
from sim.validation.moments.quantities import TOGETHER

COLUMNS = ("quantity", "record", "cases", "simulation", "single runs", "agrees")


def facts_page(facts: Sequence[Fact], runs: int, seed: int, version: str) -> str:
    """Markdown of all facts with their parts, and what was tried for those that fail."""
    return render("facts.md", facts=facts, runs=runs, seed=seed, version=version)


def history_page(
    tables: Sequence[Sequence[MomentRow]], threats: tuple[int, int], runs: int, seed: int, version: str
) -> str:
    """Markdown of all rows, scenario by scenario.

    Args:
        tables: rows of each scenario.
        threats: side-months of the record that would be coded otherwise without threats and agreements,
            of how many.
        runs: of each scenario.
        seed: of luck and resampling.
        version: of Snapback.
    """
    return render(
        "facts_history.md",
        tables=tables,
        columns=COLUMNS,
        cells=cells,
        verdicts=verdicts(tables),
        threats=threats,
        scoring=SHIPPED_SCORING,
        unnamed_severity=UNNAMED,
        truce_days=TOGETHER,
        truce_severity=GRAVE,
        level=f"{100 * LEVEL:g}",
        runs=runs,
        seed=seed,
        version=version,
    )


def cells(row: MomentRow) -> list[str]:
    """A row of the table, without its scenario."""
    agrees = "" if row.agrees is None else ("yes" if row.agrees else "**no**")
    single = f"{_number(row.single[0])} to {_number(row.single[1])}" if row.runs else "none"
    record = "not covered" if row.record is None else _measured(row.record)
    return [row.name, record, str(row.cases) if row.record else "", _measured(row.simulated), single, agrees]


def verdicts(tables: Sequence[Sequence[MomentRow]]) -> Iterator[str]:
    """A line for each scenario: how many quantities agree; then those that do not."""
    for rows in tables:
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
