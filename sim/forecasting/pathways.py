"""The ways that lead to an outcome: what decided it, and who had escalated before, read off each run."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import NamedTuple

from sim.domain.constants import ACTS, BY_EVENT, BY_SUNSET, ESCALATE, LIFTED, SUSPENDED
from sim.domain.run_record import RunRecord
from sim.forecasting.forced_history import status_on
from sim.forecasting.question import EXTENDED, NO, NOWHERE, YES, DecidedRun, ForecastQuestion
from sim.scenarios.schema import Scenario


class Pathway(NamedTuple):
    """A way to an outcome, in words: what decided, and what had come before."""

    outcome: str
    how: str
    before: str


@dataclass(frozen=True)
class PathwayShare:
    """A way and the runs that take it."""

    pathway: Pathway  # in words
    share: float  # of all runs
    day: int | None  # median day of what decided it [day number], None if nothing did
    example: tuple[int, int]  # draw and number of the first run that takes it


class RunPathway(NamedTuple):
    """The way that one run takes."""

    pathway: Pathway
    day: int | None
    draw: int
    run: int


def pathway_of(event: ForecastQuestion, run: RunRecord, end: DecidedRun, source: Scenario) -> Pathway:
    """The way a run takes: by rule, from its moves and changes after as-of.

    Who began is whoever escalates first after as-of, before the day that decided (on that day: somebody
    else than the measure's issuer). A partner that has let a suspension lapse before has escalated too.
    """
    return Pathway(end.outcome, _how(event, run, end, source), _before(event, run, end, source))


def pathway_shares(every_run: Sequence[RunPathway]) -> list[PathwayShare]:
    """The ways with their shares, the commonest first."""
    by_pathway: dict[Pathway, list[RunPathway]] = defaultdict(list)
    for one in every_run:
        by_pathway[one.pathway].append(one)
    paths = []
    for pathway, runs in by_pathway.items():
        days = [one.day for one in runs if one.day is not None]
        first = (runs[0].draw, runs[0].run)
        paths.append(
            PathwayShare(pathway, len(runs) / len(every_run), median_low(days) if days else None, first)
        )
    return sorted(paths, key=lambda p: (-p.share, p.pathway))


def _how(event: ForecastQuestion, run: RunRecord, end: DecidedRun, source: Scenario) -> str:
    if end.measure == NOWHERE:
        return {YES: "it happens", NO: "it does not happen"}.get(end.outcome, "it could not happen")
    entry = source.measures[end.measure]
    what = "it" if len(event.measures) == 1 else entry.id
    who = source.governments[entry.issuer].capital
    changed = [c for c in run.changes if c.measure == end.measure and c.day == end.day]
    if not changed or end.day > event.by:
        status = status_on(run, end.measure, event.by)
        return "it stays suspended" if status == SUSPENDED else "nothing happens to it"
    change = changed[-1]
    if end.outcome == EXTENDED and len(event.measures) > 1:
        return f"all are extended, {who} the first"
    if change.cause == BY_SUNSET:
        ended = [c.measure for c in run.changes if c.cause == BY_SUNSET and c.day == end.day]
        issuers = [source.measures[k].issuer for k in ended if k in event.measures]
        others = {source.governments[code].capital for code in issuers}
        if len(others) > 1:
            return f"{' and '.join(sorted(others))} let theirs lapse on the date"
        return f"{who} lets {what} lapse on its date"
    if change.cause == BY_EVENT:
        return f"an outside event {'removes' if change.status == LIFTED else 'changes'} {what}"
    for m in run.acts:
        if m.day == end.day and m.measure == end.measure:
            return f"{who} {ACTS[m.act]}s {what}"
    if change.status == SUSPENDED:
        return f"{who} extends {what}"  # with others that end as soon
    return f"{who} imposes {what}, in force as announced"


def _before(event: ForecastQuestion, run: RunRecord, end: DecidedRun, source: Scenario) -> str:
    codes = list(source.governments)
    issuer = codes.index(source.measures[end.measure].issuer) if end.measure != NOWHERE else NOWHERE
    own = {(a.day, a.government, a.partner) for a in run.acts if a.measure == end.measure}
    beginnings = [
        (m.day, m.government, "escalates")
        for m in run.moves
        if m.move == ESCALATE
        and event.as_of < m.day <= end.day
        and (m.day, m.government, m.partner) not in own
    ] + [
        (c.day, run.opening[c.measure].issuer, "lets a measure lapse")
        for c in run.changes
        if c.cause == BY_SUNSET and event.as_of < c.day < end.day and run.opening[c.measure].issuer != issuer
    ]
    beginnings = [(day, who, did) for day, who, did in beginnings if day < end.day or who != issuer]
    if not beginnings:
        return "before anybody escalates"
    first = min(day for day, _, _ in beginnings)
    whose = sorted({(who, did) for day, who, did in beginnings if day == first})
    if len({who for who, _ in whose}) > 1:
        return "after several escalate on one day"
    who, did = whose[0]
    return f"after {source.governments[codes[who]].capital} {did} first"
