"""Forecasts from the record alone, for the model's to be held against.

Two of them, for the record can be read in two ways: truces have hardly ever lasted a year, and no
measure that was eased has been tightened again under the same name. Both see the rows up to as-of only.
"""

import math
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sim.domain.constants import IN_FORCE
from sim.forecasting.question import BROKEN, ENDING, EXTENDED, LAPSED, NO, OPEN, YES, ForecastQuestion
from sim.record.events import Record, RecordedMove
from sim.record.truces import truces


class Baseline(NamedTuple):
    """Chances of an event's outcomes without a model."""

    name: str  # what they rest on
    probabilities: dict[str, float]  # by outcome
    note: str  # how they come about


def baselines(event: ForecastQuestion, record: Record, as_of: date) -> list[Baseline]:
    """The record's forecasts of an event, and even odds; only rows up to `as_of` are looked at."""
    even = dict.fromkeys(event.outcomes, 1.0 / len(event.outcomes))
    result = [Baseline("even", even, "all outcomes alike")]
    answerable = event.status == ENDING or (event.status == IN_FORCE and not event.on_the_day)
    if not answerable or not event.promises:
        return result
    rows = tuple(e for e in record.events if e.date_announced <= as_of)
    pauses = truces(record._replace(events=rows, through=as_of), threats=False)
    days = sum(t.lasted for t in pauses)
    if days:
        ended = sum(t.ends is not None for t in pauses)
        note = (
            f"{ended} truces were broken by a grave act of either side in {days} days of truce: promises are "
            "broken at that rate, and what lasts to its day lapses or is extended alike"
        )
        result.append(Baseline("truces", _probabilities(event, ended / days, 0.5, 1), note))
    eased, back, spent, dated = _easings(rows, as_of)
    if spent:
        note = (
            f"of {eased} measures eased {back} were tightened again under the same name in {spent} days, and "
            f"of {dated} that had a last day none lapsed on it: rule of succession, each promise alone"
        )
        odds = _probabilities(event, (back + 1) / spent, 1.0 / (dated + 2), len(event.promises))
        result.append(Baseline("measures", odds, note))
    return result


def _probabilities(event: ForecastQuestion, broken: float, lapsed: float, count: int) -> dict[str, float]:
    """The probabilities of outcomes if each of so many promises is broken [per day] and lapses at the end."""
    ends = max(p.until for p in event.promises)
    unbroken = math.exp(-broken * count * (min(ends, event.by) - event.as_of))
    lasting = (1.0 - lapsed) ** count if ends < event.by else 1.0
    if event.status == IN_FORCE:
        return {YES: 1.0 - unbroken * lasting, NO: unbroken * lasting}
    probabilities = dict.fromkeys(event.outcomes, 0.0) | {BROKEN: 1.0 - unbroken}
    if ends >= event.by:
        return probabilities | {OPEN: unbroken}
    return probabilities | {LAPSED: unbroken * (1.0 - lasting), EXTENDED: unbroken * lasting}


def _easings(rows: Sequence[RecordedMove], as_of: date) -> tuple[int, int, int, int]:
    """Measures eased, those tightened again under the same name, the days between, and dated easings over."""
    since: dict[tuple[str, str], date] = {}
    back = spent = eased = 0
    for row in rows:
        key = row.actor, row.measure
        if row.move == "relax" and key not in since:
            since[key] = row.date_announced
            eased += 1
        elif row.move == "escalate" and key in since:
            spent += (row.date_announced - since.pop(key)).days
            back += 1
    spent += sum((as_of - day).days for day in since.values())
    kinds = ("relax", "extension")
    dated = sum(row.move in kinds and row.expires_on is not None and row.expires_on < as_of for row in rows)
    return eased, back, spent, dated
