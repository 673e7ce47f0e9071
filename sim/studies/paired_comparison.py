"""The same luck with and without a change: where two paths part, and what it cost each side."""

from dataclasses import dataclass, replace

from sim.domain.constants import ACTS, BY_MOVE, ESCALATE, FORCED, MOVES, NO_ACT
from sim.domain.dates import iso
from sim.domain.errors import EngineError
from sim.domain.run_record import DecisionRecord, RunRecord
from sim.domain.state import Names
from sim.domain.terms import HEADINGS, by_account
from sim.engines.run_spec import RunSpec
from sim.scenarios.initial_state import names_of
from sim.statistics.intervals import Interval, student_interval
from sim.studies.engine_choice import run_records


@dataclass(frozen=True)
class Comparison:
    """Runs with a change against the same runs without."""

    runs: int
    parting_days: list[str]  # per run the first day on which the paths differ, empty if they never do
    first: tuple[str, str]  # in the first run that parts, on that day: without, and with
    then: tuple[str, str, str]  # the next act that differs and was not forced: day, without, with
    costs: dict[str, dict[str, Interval]]  # with less without, by account with its unit, and government
    escalations: dict[str, Interval]  # the same


def compare(spec: RunSpec) -> Comparison:
    """Simulate some runs twice, with what the spec changes and without; it must change something."""
    if not (spec.force or spec.strategy or spec.overrides):
        raise EngineError("compare: expected a change: --force, --strategy or --set, got none")
    unchanged = replace(spec, force=(), strategy=(), overrides=())
    source = unchanged.load()
    names = names_of(source)
    headings = HEADINGS if source.game is None else (f"cost [{source.game.unit}]",)  # a game has one payoff
    days: list[str] = []
    costs, counts = [], []
    first, then = ("", ""), ("", "", "")
    for a, b in zip(run_records(unchanged), run_records(spec), strict=True):
        day = parting_day(a, b)
        if day and not any(days):
            first = decisions_text(a, names, day), decisions_text(b, names, day)
            then = consequence(a, b, names)
        days.append(day)
        pairs = list(zip(a.costs, b.costs, strict=True))
        costs.append([[y - x for x, y in zip(*map(by_account, pair), strict=True)] for pair in pairs])
        counts.append([escalations(b, k) - escalations(a, k) for k in range(len(names.governments))])
    return Comparison(
        runs=spec.runs,
        parting_days=days,
        first=first,
        then=then,
        costs={
            heading: _intervals(names, [[own[k] for own in run] for run in costs])
            for k, heading in enumerate(headings)
        },
        escalations=_intervals(names, counts),
    )


def _intervals(names: Names, rows: list[list[float]]) -> dict[str, Interval]:
    """The mean of each government's column."""
    return {code: student_interval([row[k] for row in rows]) for k, code in enumerate(names.governments)}


def parting_day(a: RunRecord, b: RunRecord) -> str:
    """The first day on which two runs differ in a decision or a measure, empty if none."""
    decided = {row[0] for row in {_act(m) for m in a.moves} ^ {_act(m) for m in b.moves}}
    days = decided | {change.day for change in set(a.changes) ^ set(b.changes)}
    return iso(min(days)) if days else ""


def consequence(a: RunRecord, b: RunRecord, names: Names) -> tuple[str, str, str]:
    """The first day on which an act that nobody forced differs, and what happened without and with."""
    without, changed = (
        {_act(m) for m in x.moves if m.reason != FORCED and (m.act != NO_ACT or m.move == ESCALATE)}
        for x in (a, b)
    )
    days = {row[0] for row in without ^ changed}
    if not days:
        return "", "", ""
    day = iso(min(days))
    return day, decisions_text(a, names, day), decisions_text(b, names, day)


def decisions_text(record: RunRecord, names: Names, day: str) -> str:
    """What was decided on a day, in a line."""
    lines = []
    for m in record.moves:
        if iso(m.day) == day:
            package = [a for a in record.acts if a[:3] == (m.day, m.government, m.partner)]
            how = " and ".join(f"{ACTS[a.act]} {names.measures[a.measure]}" for a in package)
            how = f" by {how}" if how else ""
            who = names.governments
            forced = " (forced)" if m.reason == FORCED else ""
            lines.append(f"{who[m.government]} towards {who[m.partner]}: {MOVES[m.move]}{how}{forced}")
    lines += [
        f"{names.measures[c.measure]} changes by itself"
        for c in record.changes
        if iso(c.day) == day and c.cause != BY_MOVE
    ]
    return "; ".join(lines) or "nothing"


def escalations(record: RunRecord, government: int) -> float:
    """How often a government escalated."""
    return float(sum(m.government == government and m.move == ESCALATE for m in record.moves))


def _act(m: DecisionRecord) -> tuple[int, ...]:
    return m.day, m.government, m.partner, m.move, m.act, m.measure
