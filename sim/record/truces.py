"""Truces of the record: when both sides eased together, and how long it lasted."""

from datetime import date
from typing import NamedTuple

from sim.domain.constants import ESCALATE, RELAX
from sim.outcomes import episodes
from sim.outcomes.episodes import Step
from sim.record.events import SIDES, Record

GRAVE = 3  # severity from which a row begins or ends a truce


class RecordedTruce(NamedTuple):
    """A day on which both sides eased under one name, and what came before and after."""

    measure: str  # its name in the record
    begins: date  # day of announcement
    ends: date | None  # day of the first grave threat or escalation of either side after it, if any came
    lasted: int  # days from begin to end, or to the last day of the record, if nothing has ended it


def truces(record: Record, grave: int = GRAVE, threats: bool = True) -> list[RecordedTruce]:
    """The record's truces in order.

    A truce begins on a day on which both sides have an agreement or a relaxation of the same measure, one
    of them grave at least [severity 1 to 5]. While it lasts, no second one begins under its name. A grave
    act ends it, or a grave threat, if threats count.
    """
    breaking = ("escalate", "threat") if threats else ("escalate",)
    breaks = [e for e in record.events if e.move in breaking and e.severity >= grave]
    ends = [Step(e.date_announced.toordinal(), SIDES.index(e.actor), ESCALATE) for e in breaks]
    by_name: dict[str, list[Step]] = {}
    for e in record.events:
        if e.move in ("agreement", "relax"):
            step = Step(e.date_announced.toordinal(), SIDES.index(e.actor), RELAX, e.severity)
            by_name.setdefault(e.measure, []).append(step)
    result = []
    for measure, easings in by_name.items():
        days = {step.day for step in easings}  # what else happens on the day itself undoes no agreement
        for truce in episodes.truces([*easings, *(e for e in ends if e.day not in days)], 0, grave):
            day = date.fromordinal(truce.day)
            end = next((e.date_announced for e in breaks if e.date_announced > day), None)
            result.append(RecordedTruce(measure, day, end, ((end or record.through) - day).days))
    return sorted(result, key=lambda truce: truce.begins)
