"""The facts as a page: what is required and what was measured; and the record beside free simulations."""

import math
from collections.abc import Iterator, Sequence

from sim.record.coding import SHIPPED_SCORING
from sim.record.truces import GRAVE
from sim.reports.templates.rendering import render
from sim.validation.facts import Fact
from sim.validation.moments.joint_test import LEVEL
from sim.validation.moments.moment_comparison import (
    MeasuredMoment,
    MomentRow,
    ScenarioComparison,
    joint_tests,
)
from sim.validation.moments.monthly_acts import UNNAMED
from sim.validation.moments.quantities import TOGETHER

COLUMNS = ("quantity", "record", "cases", "simulation", "single runs", "within")


def facts_page(facts: Sequence[Fact], runs: int, seed: int, version: str) -> str:
    """Markdown of all facts with their parts, and what was tried for those that fail."""
    return render("facts.md", facts=facts, runs=runs, seed=seed, version=version)


def history_page(
    compared: Sequence[ScenarioComparison], threats: tuple[int, int], runs: int, seed: int, version: str
) -> str:
    """Markdown of the joint test, then of all rows, scenario by scenario.

    Args:
        compared: each scenario.
        threats: side-months of the record that would be coded otherwise without threats and agreements,
            of how many.
        runs: of each scenario.
        seed: of luck and resampling.
        version: of Snapback.
    """
    return render(
        "facts_history.md",
        tables=[c.rows for c in compared],
        columns=COLUMNS,
        cells=cells,
        joint=joint_lines(compared),
        outside=outside_lines(compared),
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
    within = "" if row.within is None else ("yes" if row.within else "**no**")
    single = f"{_number(row.single[0])} to {_number(row.single[1])}" if row.runs else "none"
    record = "not covered" if row.record is None else _measured(row.record)
    return [row.name, record, str(row.cases) if row.record else "", _measured(row.simulated), single, within]


def joint_lines(compared: Sequence[ScenarioComparison]) -> Iterator[str]:
    """A line for all scenarios that the record covers together, then for each: could the record be a run?"""
    for test in joint_tests(compared):
        names = " and ".join(f"`{name}`" for name in test.scenarios)
        verdict = "the record is no such run" if test.rejects else "the record may be such a run"
        yield (
            f"- {names}: of {test.judged} quantities of the record {test.outside} lie outside the central "
            f"{100 * LEVEL:g} % of single runs. Of a simulated run treated as the record {test.mean:.1f} do "
            f"on average, more than {test.most:.0f} in one run of twenty: p = {test.p:.3f}, {verdict}."
        )


def outside_lines(compared: Sequence[ScenarioComparison]) -> Iterator[str]:
    """A line for each quantity of the record that lies outside, and for each scenario that is not covered."""
    for rows, counts in compared:
        if counts is None:
            yield f"- `{rows[0].scenario}`: the record has no whole period to compare with; runs alone."
        for row in rows:
            if row.within is False and row.record is not None:
                more = "more" if row.record.value > row.simulated.value else "less"
                yield (
                    f"- `{row.scenario}`, {row.name}: the record has {more}, {_number(row.record.value)} "
                    f"against {_number(row.simulated.value)} on average."
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
