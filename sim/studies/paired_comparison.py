"""The same luck with and without a change: where two paths part, and what it cost each side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from sim.domain.constants import ACTS, BY_MOVE, ESCALATE, FORCED, MOVES
from sim.domain.dates import iso
from sim.domain.errors import EngineError
from sim.domain.overview import Overview, later_method
from sim.domain.run_record import DecisionRecord, RunRecord
from sim.domain.terms import ACCOUNTS, by_account
from sim.engines.recorder import with_dates
from sim.engines.run_spec import RunSpec
from sim.scenarios.initial_state import names_of
from sim.scenarios.schema import Scenario
from sim.scenarios.welfare_tables import bystanders_of
from sim.statistics.intervals import Interval, student_interval
from sim.studies.engine_choice import run_records
from sim.studies.forced_counts import ForceCounts

DIGITS = 9  # of a billion dollars
REPORT = "reports.comparison.comparison_report"


class Difference(NamedTuple):
    """What two runs of a pair did on a day."""

    run: int
    day: str
    without: str
    changed: str


@dataclass(frozen=True, repr=False)
class Comparison(Overview):
    """Runs with a change against the same runs without."""

    spec: RunSpec  # what was asked for, with the change
    both: tuple[str, ...]  # what is forced in both runs of a pair
    source: Scenario  # the scenario without the change
    forced: ForceCounts  # in how many runs what the change forces was possible
    # a row a pair: its run, whether what is forced was `possible` in it, the day on which it parts (None:
    # never), and with less without for everything that `groups` names
    pairs: pd.DataFrame
    first: Difference | None = None  # where the first pair that parts does so, None if none does
    # in it, the next act that differs and was not forced, if that is on another day
    then: Difference | None = None

    summary = property(later_method(f"{REPORT}.summary_of", "What the change does, in numbers."))
    story = later_method(f"{REPORT}.comparison_story", "What the change does, in Markdown.")
    plot = later_method(
        "reports.comparison.comparison_figure.draw_comparison",
        "The picture that `snapback compare` draws, a Figure.",
    )

    @property
    def specs(self) -> tuple[RunSpec, RunSpec]:
        """The runs without the change, and with it."""
        without = replace(self.spec, force=self.both, strategy=(), overrides=())
        return without, replace(self.spec, force=(*self.both, *self.spec.force))

    @property
    def groups(self) -> dict[str, dict[str, str]]:
        """What is compared, with its unit: for each government or bystander a column of `pairs`."""
        keys = ["cost"] if self.source.game else [f"cost_{name}" for name in ACCOUNTS]
        kinds = zip([*self.source.cost_headings, "escalations"], [*keys, "escalations"], strict=True)
        codes = self.source.governments
        groups = {name: {code: f"{key}_{code}" for code in codes} for name, key in kinds}
        regions = {name: f"bystander_{name}" for name in bystanders_of(self.source)}
        return groups | ({"bystanders [bn USD]": regions} if regions else {})

    @property
    def averaged(self) -> pd.DataFrame:
        """The pairs in which something was forced, if anything should be: all means are over them."""
        return self.pairs[self.pairs["possible"]]

    def interval(self, column: str) -> Interval:
        """The mean difference with its 95 % interval."""
        return student_interval(self.averaged[column].tolist())


def compare_runs(spec: RunSpec, both: Sequence[str] = ()) -> Comparison:
    """Simulate some runs with what the spec changes and without; `both` is forced in both runs of a pair.

    Raises EngineError if nothing is changed, and ForceError if what should be forced is possible in no run.
    """
    if not (spec.force or spec.strategy or spec.overrides):
        raise EngineError("compare: expected a change: --force, --strategy or --set, got none")
    source = replace(spec, overrides=()).load()
    c = Comparison(spec, tuple(both), source, ForceCounts(spec, source), pd.DataFrame())
    shared, rows = ForceCounts(c.specs[0], source), []
    first = then = None
    for run, (a, b) in enumerate(zip(*map(run_records, c.specs), strict=True)):
        shared.add(a)
        possible, day = c.forced.add(b), parting_day(a, b)
        if day and possible and first is None:
            first = difference_on(day, run, a, b, source)
            later = unforced_day(a, b)
            then = difference_on(later, run, a, b, source) if later not in ("", day) else None
        old, new = (values_of(x, source) for x in (a, b))
        changes = [round(y - x, DIGITS) + 0.0 for x, y in zip(old, new, strict=True)]
        rows.append([run, possible, day or None, *changes])
    shared.check()
    c.forced.check()
    columns = ["run", "possible", "parting_day", *(x for group in c.groups.values() for x in group.values())]
    pairs = with_dates(pd.DataFrame(rows, columns=columns), "parting_day")
    return replace(c, pairs=pairs, first=first, then=then)


def values_of(record: RunRecord, source: Scenario) -> list[float]:
    """What a run came to, in the order of the columns of `pairs`."""
    costs = [by_account(row) for row in record.costs]
    accounts = range(len(source.cost_headings))
    counts = [escalations(record, k) for k in range(len(costs))]
    return [*(own[k] for k in accounts for own in costs), *counts, *record.bystanders]


def parting_day(a: RunRecord, b: RunRecord) -> str:
    """The first day on which two runs differ in a decision or a measure, empty if none."""
    days = {row[0] for row in {_act(m) for m in a.moves} ^ {_act(m) for m in b.moves}}
    days |= {x.day for x in set(a.acts) ^ set(b.acts)} | {x.day for x in set(a.changes) ^ set(b.changes)}
    return iso(min(days)) if days else ""


def unforced_day(a: RunRecord, b: RunRecord) -> str:
    """The first day on which an escalation or an act differs that nobody forced, empty if none."""
    days = {row[0] for row in _unforced(a) ^ _unforced(b)}
    return iso(min(days)) if days else ""


def difference_on(day: str, run: int, a: RunRecord, b: RunRecord, source: Scenario) -> Difference:
    """What both runs of a pair did on a day."""
    return Difference(run, day, *(decisions_text(x, source, day) for x in (a, b)))


def decisions_text(record: RunRecord, source: Scenario, day: str) -> str:
    """What was decided on a day, in a line."""
    names, capitals, lines = names_of(source), [g.capital for g in source.governments.values()], []
    for m in record.moves:
        if iso(m.day) == day:
            acts: dict[str, str] = {}
            for a in record.acts:
                if a[:3] == m[:3]:
                    acts[ACTS[a.act]] = acts.get(ACTS[a.act], "") + f", `{names.measures[a.measure]}`"
            what = " and ".join(f"{word}s{ids[1:]}" for word, ids in acts.items()) or f"{MOVES[m.move]}s"
            forced = ", as it is told to" if m.reason == FORCED else ""
            lines.append(f"{capitals[m.government]} {what} towards {capitals[m.partner]}{forced}")
    changes = [x for x in record.changes if iso(x.day) == day and x.cause != BY_MOVE]
    lines += [f"`{names.measures[x.measure]}` changes by itself" for x in changes]
    return "; ".join(lines) or "nothing"


def escalations(record: RunRecord, government: int) -> float:
    """How often a government escalated."""
    return float(sum(m.government == government and m.move == ESCALATE for m in record.moves))


def _unforced(record: RunRecord) -> set[tuple[int, ...]]:
    """The escalations and acts that nobody forced."""
    forced = {m[:3] for m in record.moves if m.reason == FORCED}
    moves = {m[:3] for m in record.moves if m.move == ESCALATE} - forced
    return moves | {tuple(a) for a in record.acts if a[:3] not in forced}


def _act(m: DecisionRecord) -> tuple[int, ...]:
    return m.day, m.government, m.partner, m.move, m.act, m.measure
