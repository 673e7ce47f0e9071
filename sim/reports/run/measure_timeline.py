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
)
from sim.reports.text.formats import short_date
from sim.scenarios.events import EventEntry, SummitEvent

if TYPE_CHECKING:
    from sim.engines.mesa_engine import TradeModel

ANNOUNCED = len(STATUSES)  # imposed, not yet in force: a status of the chart alone
MOST = 40  # rows of events, and of one government's measures
THIN = 0.3  # [share of a full bar]


class Span(NamedTuple):
    """A stretch of a measure's life, from the day `first` to before the day `end`."""

    first: int
    end: int
    status: int
    thickness: float  # [share of a full bar]: its level against its highest


class TimelineRow(NamedTuple):
    """A row of the chart: a government's heading with its moves, an event, or a measure's life."""

    label: str
    government: str = ""  # its code, empty for an event
    marks: Sequence[tuple[str, int]] = ()  # what, and on which day
    spans: Sequence[Span] = ()
    now: str = ""  # how it stands at the end of the run
    heading: bool = False


def takes_place(model: "TradeModel", event: EventEntry) -> bool:
    """Whether an outside event has taken place so far; a summit may have been called off."""
    day = event.date.toordinal()
    return model.start <= day <= model.day and (not isinstance(event, SummitEvent) or day in model.meetings)


def rows_of(model: "TradeModel") -> list[TimelineRow]:
    """The chart from top to bottom: events, then each government with its measures.

    Measures that stand in force all through the run share a row, and so do those never taken up.
    """
    events = sorted(model.source.events, key=lambda event: event.date)
    happened = [event for event in events if takes_place(model, event)]
    rows = [
        TimelineRow(event.title, marks=[("event", event.date.toordinal())], now=short_date(event.date))
        for event in happened[:MOST]
    ]
    lives = lives_of(model)
    for place, (code, government) in enumerate(model.source.governments.items()):
        moves = [d for d in model.decisions if d.government == place and d.move != HOLD]
        marks = [("forced", d.day) for d in moves if d.reason == FORCED]
        marks += [(MOVES[d.move], d.day) for d in moves]
        rows.append(TimelineRow(f"{government.capital} ({code})", code, marks, heading=True))
        mine = [life for life in lives if life.government == code]
        shown = [life for life in mine if len(life.spans) > 1 or life.spans[0].status == SUSPENDED]
        rows += shown[:MOST]
        if len(shown) > MOST:
            rows.append(TimelineRow(f"and {len(shown) - MOST} more that changed", code))
        for status, now in ((IN_FORCE, "in force throughout"), (AVAILABLE, "never taken up")):
            quiet = [life for life in mine if life not in shown and life.spans[0].status == status]
            if quiet:
                label = quiet[0].label if len(quiet) == 1 else f"{len(quiet)} other measures"
                rows.append(TimelineRow(label, code, (), [quiet[0].spans[0]._replace(thickness=THIN)], now))
    return rows


def lives_of(model: "TradeModel") -> list[TimelineRow]:
    """Every measure's life in this run, in the order of the scenario."""
    return [_life(model, number) for number in range(len(model.source.measures))]


def _life(model: "TradeModel", number: int) -> TimelineRow:
    entry = model.source.measures[number]
    until = entry.until.toordinal() if entry.until else NEVER
    steps = [(model.start, STATUSES.index(entry.status), entry.number("level"), until)]
    marks = []
    if entry.lead_days > 0:
        asked = [d.day for d in model.decisions if d.act == IMPOSE and d.measure == number]
        steps += [(day, ANNOUNCED, entry.number("level"), NEVER) for day in asked]
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
        now = f"in force at {100.0 * level:.0f} %"
    marks = [(mark, day) for mark, day in marks if day <= model.day + 1]
    marks = [(mark, day) for mark, day in marks if mark != "extended" or _suspended(spans, day)]
    return TimelineRow(entry.title, entry.issuer, marks, spans, now)


def _suspended(spans: Sequence[Span], day: int) -> bool:
    return any(span.status == SUSPENDED and span.first < day <= span.end for span in spans)
