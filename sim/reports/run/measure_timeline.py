"""What happened to every measure in a run, as the rows of a chart: no drawing here."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sim.domain.constants import (
    AVAILABLE,
    BY_SUNSET,
    FORCED,
    HOLD,
    IMPOSE,
    IN_FORCE,
    LIFTED,
    MOVES,
    NEVER,
    STATUSES,
    SUSPENDED,
    WITHDRAW,
)
from sim.domain.decision import PackageAct
from sim.reports.text.formats import short_date
from sim.scenarios.event_kinds import EventEntry, SummitEvent

if TYPE_CHECKING:
    from sim.engines.mesa_engine import TradeModel

ANNOUNCED = len(STATUSES)  # imposed, not yet in force: a status of the chart alone
MOST = 40  # rows of events, and of one government's measures
THIN = 0.3  # [share of a full bar]


class Span(NamedTuple):
    """A stretch in which a measure keeps its status, from the day `first` to before the day `end`."""

    first: int
    end: int
    status: int
    thickness: float  # [share of a full bar]: its level against its highest


class TimelineRow(NamedTuple):
    """A row of the chart: a government's heading with its moves, an event, or a measure."""

    label: str
    government: str = ""  # its code, empty for an event
    marks: Sequence[tuple[str, float]] = ()  # what, and on which day
    spans: Sequence[Span] = ()
    now: str = ""  # its status at the end of the run
    heading: bool = False


def takes_place(model: "TradeModel", event: EventEntry) -> bool:
    """Whether an outside event has taken place so far; a summit may have been called off."""
    day = event.date.toordinal()
    return model.start <= day <= model.day and (not isinstance(event, SummitEvent) or day in model.meetings)


def rows_of(model: "TradeModel") -> list[TimelineRow]:
    """The chart from top to bottom: events, then each government with its measures.

    Measures that are in force all through the run share a row, and so do those never taken up.
    """
    events = sorted(model.source.events, key=lambda event: event.date)
    happened = [event for event in events if takes_place(model, event)]
    rows = [
        TimelineRow(event.title, marks=[("event", event.date.toordinal())], now=short_date(event.date))
        for event in happened[:MOST]
    ]
    measures = measure_rows(model)
    for place, (code, government) in enumerate(model.source.governments.items()):
        moves = [d for d in model.decisions if d.government == place and d.move != HOLD]
        marks = [("forced", d.day) for d in moves if d.reason == FORCED]
        marks += [(MOVES[d.move], d.day) for d in moves]
        rows.append(TimelineRow(f"{government.capital} ({code})", code, marks, heading=True))
        own = [row for row in measures if row.government == code]
        changed = [row for row in own if len(row.spans) > 1 or row.spans[0].status == SUSPENDED]
        rows += changed[:MOST]
        if len(changed) > MOST:
            rows.append(TimelineRow(f"and {len(changed) - MOST} more that changed", code))
        for status, now in ((IN_FORCE, "in force throughout"), (AVAILABLE, "never taken up")):
            quiet = [row for row in own if row not in changed and row.spans[0].status == status]
            if quiet:
                label = quiet[0].label if len(quiet) == 1 else f"{len(quiet)} other measures"
                rows.append(TimelineRow(label, code, (), [quiet[0].spans[0]._replace(thickness=THIN)], now))
    return rows


def rows_apart(models: Sequence["TradeModel"]) -> list[list[TimelineRow]]:
    """A chart for each of two runs of a scenario: moves, and measures that did not fare the same."""
    tables = [measure_rows(model) for model in models]
    apart = [k for k, (one, other) in enumerate(zip(*tables, strict=True)) if one != other]
    others = len(tables[0]) - len(apart)
    charts = []
    for model, table in zip(models, tables, strict=True):
        rows = []
        for heading in (row for row in rows_of(model) if row.heading):
            own = [table[k] for k in apart if table[k].government == heading.government]
            rows += [heading, *own[:MOST]]
        charts.append([*rows, TimelineRow(f"{others} other measures: the same in both")])
    return charts


def measure_rows(model: "TradeModel") -> list[TimelineRow]:
    """What happened to every measure in this run, in the order of the scenario."""
    return [_measure_row(model, number) for number in range(len(model.source.measures))]


def _measure_row(model: "TradeModel", number: int) -> TimelineRow:
    entry = model.source.measures[number]
    level, until = entry.number("level"), entry.until.toordinal() if entry.until else NEVER
    steps = [(model.start, ANNOUNCED if entry.enters else STATUSES.index(entry.status), level, until)]
    marks = []
    becomes = {WITHDRAW: AVAILABLE} | ({IMPOSE: ANNOUNCED} if entry.lead_days > 0 else {})
    for act, status in becomes.items():
        days = [d.day for d in model.decisions if PackageAct(act, number) in d.acts]
        steps += [(day, status, level, NEVER) for day in days]
    for change in model.changes:
        if change.measure != number:
            continue
        if change.status == SUSPENDED and steps[-1][1] == SUSPENDED:
            marks.append(("extended", steps[-1][3] + 1))
        elif change.cause == BY_SUNSET:
            marks.append(("sunset", change.day))
        elif change.status == LIFTED:
            marks.append(("lifted", change.day))
        steps.append((change.day, change.status, change.level, change.until))
    steps.sort(key=lambda step: step[0])
    full = max(entry.number("ceiling"), *(level for _, _, level, _ in steps)) or 1.0
    days = [*(day for day, *_ in steps), model.day + 1]
    spans = [
        Span(first, end, status, max(THIN, level / full))
        for (first, end), (_, status, level, _) in zip(pairwise(days), steps, strict=True)
    ]
    _, status, level, until = steps[-1]
    now = (*STATUSES, "announced")[status].replace("_", " ")
    if status == SUSPENDED:
        now = f"suspended to {short_date(date.fromordinal(until))}"
        marks.append(("sunset", until + 1))
    elif status == IN_FORCE and entry.number("step") > 0.0:
        now = f"in force at {100.0 * level:.4g} %"
    suspensions = [span for span in spans if span.status == SUSPENDED]
    marks = [
        (mark, day)
        for mark, day in marks
        if day <= model.day + 1
        and (mark != "extended" or any(span.first < day <= span.end for span in suspensions))
    ]
    return TimelineRow(entry.title, entry.issuer, marks, spans, now)
