"""A history as dated acts of two sides: the record's rows, or the decisions of a simulated run.

A decision that carries an act is a row of its government: to reactivate, raise or impose escalates, to
suspend, lower or lift relaxes, to extend is an extension. A suspension that its issuer lets lapse is an
escalation of that day. Its severity is the highest among the rows of the record that the measure's
`source` names, 2 (a narrow list) where it names none. There are no threats and agreements in a
simulated run, so those of the record are weighed and its own are not.
"""

from datetime import date
from typing import Any, Final, NamedTuple

from sim.domain.constants import BY_SUNSET, EXTEND, MOVE_OF_ACT, MOVES, REACTION
from sim.domain.run_record import RunRecord
from sim.record.coding import SHIPPED_SCORING, CodedMonth, months_by_score
from sim.record.events import SIDES, KindOfMove, Record, RecordedMove, named_in
from sim.record.months import first_day, last_day, month_of
from sim.scenarios.schema import Scenario

UNNAMED = 2  # severity of a measure that names no row
NO_ROW: Final = RecordedMove(
    *("", date.min, None, "US", "", "", "hold", None, "", None, None, "", "known", "", "", 0, "known")
)


class Act(NamedTuple):
    """What a side did on a day."""

    day: int  # day number
    side: int  # 0 for Washington, 1 for Beijing
    move: KindOfMove
    severity: int  # 1 symbolic to 5 nearly all trade
    # day of the partner's escalation that this escalation answers, None if it answers none
    answered: int | None = None


class History(NamedTuple):
    """A history over some whole months."""

    months: range  # numbers of the months
    acts: tuple[Act, ...]  # in order of their days
    coded: tuple[CodedMonth, ...]  # the months' moves
    # average tariffs at the ends of the months, Washington's and Beijing's [per cent]
    tariffs: tuple[tuple[float, float], ...]


def whole_months(source: Scenario) -> range:
    """The months that a scenario plays from their first to their last day."""
    first, last = month_of(source.start), month_of(source.end)
    return range(first + (source.start.day > 1), last + (source.end == last_day(last)))


def recorded_history(record: Record, tariffs: tuple[tuple[float, float], ...], months: range) -> History:
    """The record's history over some months that it covers, with the tariffs at their ends [per cent]."""
    by_id = {event.id: event for event in record.events}
    acts = tuple(_act(e, by_id) for e in record.events if month_of(e.date_announced) in months)
    return History(months, acts, tuple(c for c in months_by_score(record) if c.month in months), tariffs)


def severities(source: Scenario, record: Record) -> list[int]:
    """The severity of every measure of a scenario."""
    by_id = {event.id: event for event in record.events}
    worst = []
    for measure in source.measures:
        rows = [by_id[row] for row in named_in(measure) if row in by_id]
        worst.append(max((e.severity for e in rows if e.actor == measure.issuer), default=UNNAMED))
    return worst


def simulated_history(run: RunRecord, severity: list[int], months: range) -> History:
    """The history of a run of two governments, Washington the first, over whole months that it covers."""
    first, last = first_day(months[0]).toordinal(), last_day(months[-1]).toordinal()
    acts = [act for act in _decided(run, severity) if first <= act.day <= last]
    ends = [last_day(month).toordinal() - run.start for month in months]
    tariffs = tuple((100.0 * run.tariffs[k][1], 100.0 * run.tariffs[k][2]) for k in ends)
    return History(months, tuple(acts), tuple(coded_months(acts, months)), tariffs)


def coded_months(acts: list[Act], months: range) -> list[CodedMonth]:
    """Months coded from acts by the record's scoring (`sim.record.coding.months_by_score`)."""
    rows = tuple(_row(act) for act in acts)
    record = Record(rows, "a simulated life", first_day(months[0]), last_day(months[-1]))
    return months_by_score(record, SHIPPED_SCORING)


def month_of_day(day: int) -> int:
    """The number of the month that a day number is in."""
    return month_of(date.fromordinal(day))


def _decided(run: RunRecord, severity: list[int]) -> list[Act]:
    """The acts of a run and the suspensions that lapse, by day."""
    acts = []
    provoked: dict[int, int] = {}  # by side: day of its last escalation
    answers = {(m.day, m.government, m.partner) for m in run.moves if m.reason == REACTION}
    for m in run.acts:
        word: Any = "extension" if m.act == EXTEND else MOVES[MOVE_OF_ACT[m.act]]
        answer = (m.day, m.government, m.partner) in answers and word == "escalate"
        last = provoked.get(m.partner, m.day) if answer else m.day
        answered = last if last < m.day else None
        acts.append(Act(m.day, m.government, word, severity[m.measure], answered))
        if word == "escalate":
            provoked[m.government] = m.day
    acts += [
        Act(c.day, run.opening[c.measure].issuer, "escalate", severity[c.measure])
        for c in run.changes
        if c.cause == BY_SUNSET
    ]
    return sorted(acts, key=lambda act: act.day)


def _act(event: RecordedMove, by_id: dict[str, RecordedMove]) -> Act:
    answered = by_id.get(event.responds_to)
    if answered is not None and not event.move == answered.move == "escalate":
        answered = None
    day = answered.date_announced.toordinal() if answered is not None else None
    return Act(event.date_announced.toordinal(), SIDES.index(event.actor), event.move, event.severity, day)


def _row(act: Act) -> RecordedMove:
    """An act as a row of a record, with what the scoring reads of it."""
    day = date.fromordinal(act.day)
    return NO_ROW._replace(date_announced=day, actor=SIDES[act.side], move=act.move, severity=act.severity)
