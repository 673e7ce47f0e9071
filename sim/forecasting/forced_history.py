"""What happened up to a day, put into a scenario as forced moves; nothing later is looked at.

Both sides hold whenever a decision falls due, unless the record has a move that the scenario can
carry. A row carries over if it escalates, relaxes or extends, and a measure of the scenario stands
for it: the measure has the row's `measure` as its id, or names in its `source` a row of that
`measure`. A row that a measure's source names itself is in its opening already. The act is what the
measure's status leaves: to escalate reactivates what is suspended, imposes what is available, raises
what is in force; to relax withdraws what is announced, suspends if the row has a last day, else lifts;
extensions extend. It is
made on the day of announcement, with the other acts of that day as one package; where those move the
other way, on the next.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sim.domain.constants import (
    ACTS,
    AVAILABLE,
    EXTEND,
    FORCED,
    IMPOSE,
    IN_FORCE,
    LIFT,
    LIFTED,
    NO_ACT,
    RAISE,
    REACTIVATE,
    SUSPEND,
    SUSPENDED,
    WITHDRAW,
)
from sim.domain.dates import iso
from sim.domain.errors import EvidenceError, ForceError
from sim.domain.run_record import RunRecord
from sim.domain.state import Change, MeasureState
from sim.engines.ensemble import ensemble
from sim.record.coding import OUTSIDE
from sim.record.events import Record, RecordedMove, named_in
from sim.scenarios.forced_moves import forces_of
from sim.scenarios.initial_state import names_of
from sim.scenarios.schema import MeasureEntry, Scenario

IN_OPENING = "it is in the scenario's opening already"
NO_ACT_BUT = "it is no act but"
ESCALATING = {SUSPENDED: REACTIVATE, AVAILABLE: IMPOSE, IN_FORCE: RAISE}


class ForcedHistory(NamedTuple):
    """What the record puts into a scenario up to a day."""

    acts: tuple[str, ...]  # forced acts, as `--force` spells them
    carried: tuple[str, ...]  # ids of the rows they come from
    not_carried: dict[str, str]  # ids of the rows that the scenario cannot carry, each with the reason
    # ids of later rows that the scenario's own sources name: it was written with them in hand
    foreseen: tuple[str, ...]


def check_day(source: Scenario, record: Record, as_of: date) -> None:
    """Raise EvidenceError unless the scenario plays on after a day that the record covers."""
    if source.game is not None:
        raise EvidenceError(f"{source.name}: expected a scenario with measures, got a matrix game")
    if not source.start <= as_of < source.end:
        last = source.end - timedelta(days=1)
        raise EvidenceError(
            f"as-of: expected a day of {source.name} before its last ({source.start} to {last}), got {as_of}"
            "; ask a scenario of that day by --scenario, or one that extends this one with a later end"
        )
    if as_of > max(record.through, source.start):
        raise EvidenceError(
            f"as-of: expected a day that {record.file} covers (to {record.through}), got {as_of}; give later "
            "rows by --events, or ask a scenario that starts on that day"
        )


def build_history(source: Scenario, record: Record, as_of: date) -> ForcedHistory:
    """The record's moves from a scenario's first day to `as_of` as forced acts on its measures."""
    check_day(source, record, as_of)
    rows_by_id = {e.id: e for e in record.events if e.date_announced <= as_of}
    named = {row for m in source.measures for row in named_in(m)}
    acts: list[str] = []
    carried: list[str] = []
    not_carried: dict[str, str] = {}
    for event in rows_by_id.values():
        if event.date_announced < source.start:
            continue
        why = "" if event.actor in source.governments else "its side is not in the scenario"
        if event.move not in ("escalate", "relax", "extension"):
            why = f"{NO_ACT_BUT}: {event.move}"
        elif event.id in named:
            why = IN_OPENING
        elif event.instrument in OUTSIDE:
            why = "nobody chose it, and the scenario has no such event"
        elif not why:
            why = _carry(source, event, _measure(source, event, rows_by_id), as_of, acts)
        if why:
            not_carried[event.id] = why
        else:
            carried.append(event.id)
    later = [row for row in named if row[2:8] > f"{as_of:%y%m%d}"]
    return ForcedHistory(tuple(acts), tuple(carried), not_carried, tuple(sorted(later)))


def forced_moves(source: Scenario, acts: Sequence[str], as_of: date) -> tuple[str, ...] | None:
    """All forced moves up to a day: the acts, and holds wherever else a decision falls due.

    None if an act is not legal with the numbers of this scenario: they cannot have been.
    """
    run = run_holding(source, acts, as_of)
    packages = forces_of(acts, source, names_of(source)).values()
    if not {force[:3] + force[4:] for package in packages for force in package} <= set(run.acts):
        return None
    codes = list(source.governments)
    holds = [
        f"{codes[m.government]}>{codes[m.partner]}:hold@{iso(m.day)}" for m in run.moves if m.reason != FORCED
    ]
    return (*acts, *holds)


def run_holding(source: Scenario, acts: Sequence[str], until: date) -> RunRecord:
    """The run of a scenario in which everybody holds but for some acts."""
    holding = dict.fromkeys(source.governments, "hold")
    return ensemble(source, 1, until=until, force=list(acts), strategy=holding, record=True).records[0]


def state_on(run: RunRecord, measure: int, day: int) -> Change | MeasureState:
    """What says how a measure stands on an evening: its last change, else its opening."""
    changes = [c for c in run.changes if c.measure == measure and c.day <= day]
    return changes[-1] if changes else run.opening[measure]


def status_on(run: RunRecord, measure: int, day: int) -> int:
    """The status of a measure on an evening."""
    return state_on(run, measure, day).status


def _measure(
    source: Scenario, event: RecordedMove, rows_by_id: dict[str, RecordedMove]
) -> MeasureEntry | None:
    """The measure that stands for a row: by its id, else the first that names a row of its kind."""
    own = [m for m in source.measures if m.issuer == event.actor and not m.stays]
    same = [m for m in own if m.id == event.measure]
    for m in own:
        rows = [rows_by_id[row] for row in named_in(m) if row in rows_by_id]
        if any(row.actor == event.actor and row.measure == event.measure for row in rows):
            same.append(m)
    return same[0] if same else None


def _carry(
    source: Scenario, event: RecordedMove, measure: MeasureEntry | None, as_of: date, acts: list[str]
) -> str:
    """Add the act of a row to the acts; the reason if it cannot be made."""
    if measure is None:
        return "no measure of the scenario stands for it"
    number = source.measures.index(measure)
    day = event.date_announced
    run = run_holding(source, acts, day)
    status = status_on(run, number, day.toordinal())
    act = EXTEND if event.move == "extension" else LIFT
    if event.move == "escalate":
        act = ESCALATING.get(status, NO_ACT)
    elif event.move == "relax" and status == AVAILABLE:
        act = WITHDRAW
    elif event.move == "relax" and event.expires_on and measure.suspension_days and status == IN_FORCE:
        act = SUSPEND
    if act == NO_ACT or (act == LIFT and status == LIFTED):
        return "the measure is lifted in the scenario"
    while day <= as_of:
        more = _with_act(source, acts, measure, ACTS[act], day)
        try:
            run = run_holding(source, more, day)
        except ForceError:
            day += timedelta(days=1)
            continue
        if (day.toordinal(), act, number) not in {(a.day, a.act, a.measure) for a in run.acts}:
            return f"{ACTS[act]} is not legal on {measure.id} as it stands"
        acts[:] = more
        return ""
    return "acts that move the other way were made on each day left"


def _with_act(source: Scenario, acts: Sequence[str], measure: MeasureEntry, act: str, day: date) -> list[str]:
    """Forced acts and one more, in the package of its day if there is one."""
    targets = {m.id: m.target for m in source.measures}
    for k, text in enumerate(acts):
        package, _, when = text.partition("@")
        same = package.startswith(f"{measure.issuer}:") and when == str(day)
        if same and targets[package.rpartition("=")[2]] == measure.target:
            return [*acts[:k], f"{package}+{act}={measure.id}@{day}", *acts[k + 1 :]]
    return [*acts, f"{measure.issuer}:{act}={measure.id}@{day}"]
