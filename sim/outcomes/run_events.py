"""What may happen in a run, and the day on which it first does."""

from typing import Final, NamedTuple

from sim.domain.constants import AVAILABLE, BY_EVENT, BY_SUNSET, ESCALATE, IN_FORCE, LIFTED, NEVER, SUSPENDED
from sim.domain.run_record import RunRecord
from sim.outcomes.episodes import first_escalation, truce_day

OF_MEASURES: Final = {
    "reactivated": "a suspended measure is put back in force by a move",
    "lapsed": "its suspension runs out, so that it is back in force",
    "extended": "its suspension is prolonged",
    "suspended": "it is suspended from being in force",
    "imposed": "it comes into force, never having been",
    "raised": "its level goes up while it is in force",
    "lowered": "its level goes down while it is in force",
    "lifted": "it is ended by a move",
    "fallen": "it is ended by an outside event, such as a court",
}
OF_GOVERNMENTS: Final = {  # towards anybody, or towards one partner
    "escalation": "a government escalates",
    "reactivation": "it puts a suspended measure back in force",
    "lapse": "it lets a suspension of its own run out",
    "extension": "it prolongs a suspension of its own",
}
OF_PAIRS: Final = {
    "truce_broken": "a suspended measure of one against the other is back in force, by a move or by itself",
    "truce_reached": "both have relaxed since either last escalated, extensions left aside",
}
OF_ISSUERS: Final = {"reactivated": "reactivation", "lapsed": "lapse", "extended": "extension"}
ANYBODY: Final = -1


class RunEvent(NamedTuple):
    """What may happen: of a measure, or of a government towards a partner, or between two."""

    kind: str
    first: int  # the measure or the government
    second: int = ANYBODY  # the partner


def first_days(run: RunRecord) -> dict[RunEvent, int]:
    """The first day of everything that happens in a run, or in its matrix game, if it plays one."""
    days: dict[RunEvent, int] = {}
    for m in run.moves:
        if m.move == ESCALATE:
            days.setdefault(RunEvent("escalation", m.government), m.day)
            days.setdefault(RunEvent("escalation", m.government, m.partner), m.day)
    before = {k: (m.status, m.level, m.until) for k, m in enumerate(run.opening)}
    for c in run.changes:
        status, level, until = before[c.measure]
        before[c.measure] = (c.status, c.level, c.until)
        kind = kind_of(status, c.status, c.level - level, c.until - until, c.cause)
        if not kind:
            continue
        days.setdefault(RunEvent(kind, c.measure), c.day)
        measure = run.opening[c.measure]
        if kind in OF_ISSUERS:
            days.setdefault(RunEvent(OF_ISSUERS[kind], measure.issuer), c.day)
            days.setdefault(RunEvent(OF_ISSUERS[kind], measure.issuer, measure.target), c.day)
        if kind in ("reactivated", "lapsed"):
            pair = (min(measure.issuer, measure.target), max(measure.issuer, measure.target))
            days.setdefault(RunEvent("truce_broken", *pair), c.day)
    n = len(run.costs) if run.opening else 0  # a matrix game has no truces
    for i in range(n):
        for j in range(i + 1, n):
            if RunEvent("escalation", i, j) in days or RunEvent("escalation", j, i) in days:
                day = truce_day(run, first_escalation(run, i, j))
                if day != NEVER:
                    days[RunEvent("truce_reached", i, j)] = day
    return days


def kind_of(before: int, after: int, rise: float, longer: int, cause: int) -> str:
    """Which of `OF_MEASURES` a change of a measure from one status to another is, empty if none.

    `rise` is by how much its level goes up [share], `longer` by how much its suspension's last day moves.
    """
    if after == LIFTED:
        return "fallen" if cause == BY_EVENT else "lifted"
    if before == SUSPENDED:
        if after == IN_FORCE:
            return "lapsed" if cause == BY_SUNSET else "reactivated"
        return "extended" if after == SUSPENDED and longer > 0 else ""
    if after == SUSPENDED:
        return "suspended"
    if before in (AVAILABLE, LIFTED):
        return "imposed" if after == IN_FORCE else ""
    if rise == 0.0:
        return ""
    return "raised" if rise > 0.0 else "lowered"
