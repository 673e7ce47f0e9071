"""Escalations and the truces that end them: the one definition, with its thresholds as arguments."""

from collections.abc import Iterable
from typing import NamedTuple

from sim.domain.constants import ESCALATE, EXTEND, NEVER, RELAX
from sim.domain.run_record import RunRecord
from sim.outcomes.run_queries import between


class Step(NamedTuple):
    """What one of two sides does on a day: it escalates, or it relaxes with a weight."""

    day: int
    side: int
    move: int
    weight: float = 0.0


class Truce(NamedTuple):
    """A time in which both sides have relaxed and none escalates."""

    day: int  # on which the second one relaxes
    since: int  # day of the last escalation before it, NEVER if there was none
    until: int  # day of the next escalation after it, NEVER if none came


def truces(steps: Iterable[Step], together: int, least: float) -> list[Truce]:
    """The truces in the steps of two sides, escalations and relaxations, in order.

    A truce begins on the day on which both have relaxed within `together` days, and one of them with a
    weight of at least `least`, with no escalation since the first of these; on the day of an escalation
    nobody is taken to relax. It lasts until somebody escalates.
    """
    by_day: dict[int, list[Step]] = {}
    for step in steps:
        by_day.setdefault(step.day, []).append(step)
    result: list[Truce] = []
    escalated, in_truce = NEVER, False
    relaxed: dict[int, int] = {}  # last day, by side
    weighty = NEVER  # last day
    for day in sorted(by_day):
        if any(step.move == ESCALATE for step in by_day[day]):
            if in_truce:
                result[-1] = result[-1]._replace(until=day)
            escalated, in_truce, relaxed, weighty = day, False, {}, NEVER
            continue
        for step in by_day[day]:
            relaxed[step.side] = day
            weighty = day if step.weight >= least else weighty
        both = len(relaxed) == 2 and day - min(relaxed.values()) <= together
        if both and weighty != NEVER and day - weighty <= together and not in_truce:
            result.append(Truce(day, escalated, NEVER))
            in_truce = True
    return result


def first_escalation(run: RunRecord, government: int, partner: int) -> int:
    """Position of the first escalation between two governments in a run's moves, -1 if there is none."""
    for k in range(len(run.moves)):
        m = run.moves[k]
        if m.move == ESCALATE and between(government, partner, m.government, m.partner):
            return k
    return -1


def truce_day(run: RunRecord, first: int) -> int:
    """The day on which both sides of an escalation have relaxed since either last escalated, else NEVER.

    `first` is the escalation's position in the run's moves. The day is that of the first of the `truces`
    between them, however far apart and light, as compiled outcomes need it: in numbers alone. An extension
    keeps a truce and makes none.
    """
    one, other = run.moves[first].government, run.moves[first].partner
    escalated = run.moves[first].day
    one_relaxed = NEVER
    other_relaxed = NEVER
    for k in range(first, len(run.moves)):
        m = run.moves[k]
        if between(one, other, m.government, m.partner):
            if m.move == ESCALATE:
                escalated = m.day
            elif m.move == RELAX and m.act != EXTEND:
                if m.government == one:
                    one_relaxed = m.day
                else:
                    other_relaxed = m.day
        last = k + 1 == len(run.moves) or run.moves[k + 1].day != m.day
        if last and one_relaxed > escalated and other_relaxed > escalated:
            return m.day
    return NEVER
