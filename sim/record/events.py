"""The record: dated moves of both sides, read from a file and checked.

A file covers every month from that of its first announcement to that of its last; the shipped one ends on the
day on which its pages were read. A covered month without rows is one in which nothing was recorded.
"""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import Field, TypeAdapter

from sim.domain.errors import EvidenceError
from sim.record import csv_rows
from sim.record.csv_rows import CsvRow, Finite, OrNothing, Word, fault
from sim.record.months import last_day, month_name, month_of
from sim.scenarios.messages import did_you_mean
from sim.scenarios.schema import MeasureEntry

SHIPPED = Path(__file__).parent / "us_china_events.csv"
SHIPPED_THROUGH: Final = date(2026, 10, 8)  # the last day whose news its pages have
SIDES: Final = ("US", "CN")
KindOfMove = Literal["escalate", "relax", "hold", "threat", "agreement", "extension"]
UNITS: Final = ("pp", "ord1-5")
ROW_ID = re.compile(r"\b[A-Z]{2}\d{6}[a-z]?\b")  # its side and date of announcement
LONGEST_SILENCE = 12  # months without a row; a longer one is taken for a mistyped year or missing rows


class RecordedMove(NamedTuple):
    """One recorded move; the attributes are the columns of the file."""

    id: Word
    date_announced: date
    date_effective: Annotated[date | None, OrNothing]
    actor: Literal["US", "CN"]
    instrument: Word
    measure: Word
    move: KindOfMove
    intensity: Annotated[
        Finite | None, OrNothing
    ]  # in `intensity_unit`, percentage points or ordinal [1 to 5]; None if not given
    intensity_unit: str
    covered_trade_usd_bn: Annotated[
        Annotated[Finite, Field(ge=0)] | None, OrNothing
    ]  # [bn USD a year], None if not given
    expires_on: Annotated[date | None, OrNothing]  # last day of a suspension or truce
    responds_to: str  # id of the partner's row that it answers, empty if none
    evidence: Literal["source", "known"]
    source: str
    note: str
    severity: Annotated[int, Field(ge=1, le=5)]  # 1 symbolic to 5 nearly all trade
    ann_date_basis: Literal["source", "known"]


ROW: Final = TypeAdapter(RecordedMove)


class Record(NamedTuple):
    """Events in order of announcement, and the days they cover."""

    events: tuple[RecordedMove, ...]
    file: str  # name of the file
    since: date  # first day covered, the first of a month
    through: date  # last day covered


def record(path: str | Path | None = None) -> Record:
    """The shipped record, or that of a file with its columns; raises EvidenceError that names the row."""
    path = Path(path or SHIPPED)
    read = csv_rows.rows(path, RecordedMove._fields)
    events = tuple(_event(row) for row in read)
    _check_order(read, events)
    _check_answers(read, events)
    first, last = events[0].date_announced, events[-1].date_announced
    through = SHIPPED_THROUGH if path == SHIPPED else last_day(month_of(last))
    return Record(events, read[0].file, first.replace(day=1), through)


def covered_months(record: Record) -> range:
    """The months that a record covers, the last of them perhaps in part."""
    return range(month_of(record.since), month_of(record.through) + 1)


def coverage(record: Record, month: int) -> str:
    """`full` if the record covers every day of a month, else `partial_to_DAY`; an error if it covers none."""
    covered = covered_months(record)
    if month not in covered:
        raise EvidenceError(
            f"{record.file}: expected rows for {month_name(month)}, but it covers "
            f"{month_name(covered[0])} to {month_name(covered[-1])}"
        )
    return "full" if last_day(month) <= record.through else f"partial_to_{record.through}"


def named_in(measure: MeasureEntry) -> list[str]:
    """The ids of the rows that a measure's source names, such as US251104b."""
    return ROW_ID.findall(measure.source)


def _event(row: CsvRow) -> RecordedMove:
    event = csv_rows.checked(row, ROW, RecordedMove._fields)
    if event.intensity is None:
        event = event._replace(intensity_unit="")
    elif event.intensity_unit not in UNITS:
        raise fault(row, "intensity_unit", " or ".join(UNITS))
    if event.intensity_unit == "ord1-5" and not 1 <= (event.intensity or 0) <= 5:
        raise fault(row, "intensity", "a number from 1 to 5, for its unit is ord1-5")
    if event.expires_on and event.expires_on < event.date_announced:
        raise fault(row, "expires_on", f"a date from {event.date_announced} on")
    return event


def _check_order(read: Sequence[CsvRow], events: Sequence[RecordedMove]) -> None:
    for row, before, event in zip(read[1:], events, events[1:], strict=False):
        if event.date_announced < before.date_announced:
            raise fault(row, "date_announced", f"{before.date_announced} or later, as in the row before")
        silence = month_of(event.date_announced) - month_of(before.date_announced) - 1
        if silence > LONGEST_SILENCE:
            raise fault(
                row,
                "date_announced",
                f"at most {LONGEST_SILENCE} months without a row before it (the last is of "
                f"{before.date_announced})",
            )


def _check_answers(read: Sequence[CsvRow], events: Sequence[RecordedMove]) -> None:
    by_id: dict[str, tuple[CsvRow, RecordedMove]] = {}
    for row, event in zip(read, events, strict=True):
        if event.id in by_id:
            raise fault(row, "id", "an id of its own", f"the one of row {by_id[event.id][0].number}")
        by_id[event.id] = row, event
    for row, event in by_id.values():
        if not event.responds_to:
            continue
        if event.responds_to not in by_id:
            hint = did_you_mean(event.responds_to, by_id)
            raise EvidenceError(f"{fault(row, 'responds_to', 'the id of a row')}; {hint}")
        answered = by_id[event.responds_to][1]
        if answered.actor == event.actor:
            raise fault(row, "responds_to", f"a row of the partner of {event.actor}")
        if answered.date_announced > event.date_announced:
            raise fault(row, "responds_to", f"a row of {event.date_announced} or before")
