"""Truces and what they leave: when both sides eased together, how long it lasted, what was kept."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sim.domain.errors import EvidenceError
from sim.record.events import SIDES, Record, RecordedMove
from sim.record.tariffs import TariffStep, month_end

GRAVE = 3  # severity from which a row begins or ends a truce


class RecordedTruce(NamedTuple):
    """A day on which both sides eased under one name, and what came before and after.

    Attributes:
        measure: its name in the record.
        begins: day of announcement.
        since_escalation: days from the last grave escalation of either side; None if there was none.
        ends: day of the first grave threat or escalation of either side after it; None if none came.
        ended_by: id of the row that ended it, empty if none did.
        lasted: days from begin to end, or to the last day of the record, when it is still kept.
    """

    measure: str
    begins: date
    since_escalation: int | None
    ends: date | None
    ended_by: str
    lasted: int


class Ratchet(NamedTuple):
    """A side's tariffs before, at the highest end of a month and after [per cent].

    Attributes:
        retained: share of the rise that is still there at the end.
    """

    before: float
    peak: float
    after: float
    retained: float


def truces(record: Record, grave: int = GRAVE, threats: bool = True) -> list[RecordedTruce]:
    """The record's truces in order.

    A truce begins on a day on which both sides have an agreement or a relaxation of the same
    measure, one of them grave at least. Under a name that is still kept no second one begins.

    Args:
        record: the events.
        grave: severity from which a row counts [1 to 5].
        threats: whether a threat ends a truce, or an act only.
    """
    breaking = ("escalate", "threat") if threats else ("escalate",)
    result: list[RecordedTruce] = []
    for day, measure in _joint_easings(record.events, grave):
        if any(t.measure == measure and (t.ends is None or t.ends > day) for t in result):
            continue
        before = [e for e in record.events if _is(e, ("escalate",), grave) and e.date_announced < day]
        after = [e for e in record.events if _is(e, breaking, grave) and e.date_announced > day]
        ends = after[0].date_announced if after else None
        result.append(
            RecordedTruce(
                measure,
                day,
                (day - before[-1].date_announced).days if before else None,
                ends,
                after[0].id if after else "",
                ((ends or record.through) - day).days,
            )
        )
    return result


def ratchet(steps: Sequence[TariffStep], months: range) -> tuple[Ratchet, Ratchet]:
    """How much of the rise of tariffs stays, for Washington's and Beijing's [per cent, share].

    Args:
        steps: average tariffs by date.
        months: the first month's end is before, the last one's after; the peak is that of month ends.
    """
    ends = [month_end(steps, month) for month in months]
    return _ratchet([end[0] for end in ends]), _ratchet([end[1] for end in ends])


def _ratchet(tariffs: Sequence[float]) -> Ratchet:
    before, peak, after = tariffs[0], max(tariffs), tariffs[-1]
    if peak <= before:
        raise EvidenceError(f"expected tariffs that rise above their first {before:g} per cent, got none")
    return Ratchet(before, peak, after, (after - before) / (peak - before))


def _joint_easings(events: Sequence[RecordedMove], grave: int) -> list[tuple[date, str]]:
    easing: dict[tuple[date, str], list[RecordedMove]] = {}
    for event in events:
        if event.move in ("agreement", "relax"):
            easing.setdefault((event.date_announced, event.measure), []).append(event)
    return [
        day_and_measure
        for day_and_measure, rows in easing.items()
        if {row.actor for row in rows} == set(SIDES) and max(row.severity for row in rows) >= grave
    ]


def _is(event: RecordedMove, moves: tuple[str, ...], grave: int) -> bool:
    return event.move in moves and event.severity >= grave
