"""The same luck with and without a change: where two paths part, and what it cost each side."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.domain.constants import ACTS, BY_MOVE, ESCALATE, FORCED, MOVES, NO_ACT
from sim.domain.dates import iso
from sim.domain.errors import EngineError
from sim.domain.run_record import RunRecord
from sim.domain.state import Names
from sim.scenarios.initial_state import names_of
from sim.scenarios.load import scenario as load
from sim.statistics.intervals import Interval, student_interval
from sim.studies.world_runs import ENGINES, run_records


@dataclass(frozen=True)
class Comparison:
    """Runs with a change against the same runs without."""

    runs: int
    parted: list[str]  # per run the first day on which the paths differ, empty if they never do
    first: tuple[str, str]  # in the first run that parts, on that day: without, and with
    then: tuple[str, str, str]  # the next act that differs and was not forced: day, without, with
    unit: str  # of the costs
    costs: dict[str, Interval]  # with less without, by government
    escalations: dict[str, Interval]  # likewise


def compare(
    scenario: str | Path,
    *,
    force: Sequence[str] = (),
    strategy: Sequence[str] = (),
    overrides: Sequence[str] = (),
    seed: int = 1,
    runs: int = 1,
    until: str | None = None,
    engine: str = ENGINES[0],
) -> Comparison:
    """Play runs 0 to `runs` - 1 of a seed twice, with the change and without.

    Args:
        scenario: a shipped name or a path.
        force: forced moves of the changed path.
        strategy: its strategies.
        overrides: numbers set in it.
        seed: of all luck.
        runs: how many pairs.
        until: last day of both.
        engine: `ensemble` or `mesa`; both play the same runs.

    Raises:
        EngineError: there is no change, or no run.
    """
    if not (force or strategy or overrides):
        raise EngineError("compare: expected a change: --force, --strategy or --set, got none")
    if runs < 1:
        raise EngineError(f"compare: expected at least 1 run, got {runs}")
    source = load(scenario)
    names = names_of(source)
    played = [
        run_records(scenario, runs=runs, seed=seed, until=until, engine=engine, **changed)
        for changed in ({}, {"force": force, "strategy": strategy, "overrides": overrides})
    ]
    parted, costs, counts = [], [], []
    shown: tuple[RunRecord, RunRecord, str] | None = None
    for a, b in zip(*played, strict=True):
        day = parting_day(a, b)
        parted.append(day)
        costs.append([y - x for x, y in zip(a.costs, b.costs, strict=True)])
        counts.append([escalations(b, k) - escalations(a, k) for k in range(len(names.governments))])
        if day and not shown:
            shown = a, b, day
    return Comparison(
        runs=runs,
        parted=parted,
        first=(decisions_text(shown[0], names, shown[2]), decisions_text(shown[1], names, shown[2]))
        if shown
        else ("", ""),
        then=consequence(shown[0], shown[1], names) if shown else ("", "", ""),
        unit="bn USD" if source.game is None else source.game.unit,
        costs={code: student_interval([row[k] for row in costs]) for k, code in enumerate(names.governments)},
        escalations={
            code: student_interval([row[k] for row in counts]) for k, code in enumerate(names.governments)
        },
    )


def parting_day(a: RunRecord, b: RunRecord) -> str:
    """The first day on which two runs differ in a decision or a measure, empty if none."""
    decided = {row[0] for row in set(_acts(a)) ^ set(_acts(b))}
    days = decided | {change.day for change in set(a.changes) ^ set(b.changes)}
    return iso(min(days)) if days else ""


def consequence(a: RunRecord, b: RunRecord, names: Names) -> tuple[str, str, str]:
    """The first day on which an act that nobody forced differs, and what happened without and with."""
    left, right = (
        {row for row in _acts(x) if row not in _forced(x) and (row[4] != NO_ACT or row[3] == ESCALATE)}
        for x in (a, b)
    )
    days = {row[0] for row in left ^ right}
    if not days:
        return "", "", ""
    day = iso(min(days))
    return day, decisions_text(a, names, day), decisions_text(b, names, day)


def decisions_text(life: RunRecord, names: Names, day: str) -> str:
    """What was decided on a day, in a line."""
    lines = []
    for m in life.moves:
        if iso(m.day) == day:
            how = f" by {ACTS[m.act]} {names.measures[m.measure]}" if m.act != NO_ACT else ""
            who = names.governments
            told_to = " (forced)" if m.reason == FORCED else ""
            lines.append(f"{who[m.government]} towards {who[m.partner]}: {MOVES[m.move]}{how}{told_to}")
    lines += [
        f"{names.measures[c.measure]} changes by itself"
        for c in life.changes
        if iso(c.day) == day and c.cause != BY_MOVE
    ]
    return "; ".join(lines) or "nothing"


def escalations(life: RunRecord, government: int) -> float:
    """How often a government escalated."""
    return float(sum(m.government == government and m.move == ESCALATE for m in life.moves))


def _acts(life: RunRecord) -> list[tuple[int, ...]]:
    return [(m.day, m.government, m.partner, m.move, m.act, m.measure) for m in life.moves]


def _forced(life: RunRecord) -> set[tuple[int, ...]]:
    return {row for row, m in zip(_acts(life), life.moves, strict=True) if m.reason == FORCED}
