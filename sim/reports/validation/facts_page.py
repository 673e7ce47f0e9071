"""The facts as a page: what is required and what was measured; and the record beside free simulations."""

import math
from collections.abc import Sequence
from typing import Any

from sim.record.coding import SHIPPED_SCORING
from sim.record.truces import GRAVE
from sim.reports.templates.rendering import render
from sim.statistics.intervals import LEVEL, Interval
from sim.validation.facts import Fact
from sim.validation.moments.moment_comparison import MomentRow, ScenarioComparison, joint_tests
from sim.validation.moments.monthly_acts import UNNAMED
from sim.validation.moments.quantities import TOGETHER


def facts_page(facts: Sequence[Fact], runs: int, seed: int, version: str, talks: bool = False) -> str:
    """Markdown of all facts, or those of talks, with their parts, and what was tried for those that fail."""
    head = {"counts": facts_counts(facts), "verdict": verdict, "talks": talks}
    return render("facts.md", facts=facts, runs=runs, seed=seed, version=version, **head)


def facts_json(facts: Sequence[Fact], runs: int, seed: int) -> dict[str, Any]:
    """All facts for JSON; `kind` is `regression` where a fact passes by construction, else `fact`."""
    keys = ("number", "name", "kind", "passed", "parts", "construction")
    listed = [
        {key: getattr(f, key) for key in keys} | {"parts": [part._asdict() for part in f.parts]}
        for f in facts
    ]
    return {"runs": runs, "seed": seed, "facts": listed}


def facts_counts(facts: Sequence[Fact]) -> str:
    """How many facts pass, and beside them how many of those that do by construction."""
    real, tests = ([f.passed for f in facts if f.kind == kind] for kind in ("fact", "regression"))
    apart = f" Counted apart, {sum(tests)} of {len(tests)} regression tests pass, by construction."
    return f"{sum(real)} of {len(real)} facts pass." + (apart if tests else "")


def verdict(fact: Fact) -> str:
    """Whether a fact passes, as a table says it."""
    if not fact.construction:
        return "pass" if fact.passed else "FAIL"
    return "pass, by construction" if fact.passed else "FAIL, a regression test"


def history_page(
    compared: Sequence[ScenarioComparison], threats: tuple[int, int], runs: int, seed: int, version: str
) -> str:
    """Markdown of the joint test, then of all rows, scenario by scenario.

    `threats` are side-months of the record coded otherwise without threats and agreements, of how many.
    """
    return render(
        "facts_history.md",
        cells=cells,
        tests=joint_tests(compared),
        compared=compared,
        number=_number,
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


def history_json(compared: Sequence[ScenarioComparison], runs: int, seed: int) -> dict[str, Any]:
    """The joint tests, then every quantity, for JSON; what there is nothing to measure of is null."""
    quantities = [
        {
            "scenario": row.scenario,
            "quantity": row.name,
            "record": None if row.record is None else _or_null(row.record.mean),
            "simulated": _or_null(row.simulated.mean),
            "single_runs": [_or_null(end) for end in row.single],
            "within": row.within,
        }
        for rows, _ in compared
        for row in rows
    ]
    joint = [test._asdict() for test in joint_tests(compared)]
    return {"runs": runs, "seed": seed, "joint": joint, "quantities": quantities}


def _or_null(value: float) -> float | None:
    return None if math.isnan(value) else value


def _measured(m: Interval) -> str:
    ends = "" if math.isnan(m.low) else f" ({_number(m.low)} to {_number(m.high)})"
    return f"{_number(m.mean)}{ends}"


def _number(value: float) -> str:
    if math.isnan(value):
        return "none"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
