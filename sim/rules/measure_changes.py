"""Changes of measures: sunsets, entries, acts (snapback is one), and the list of what changed and why."""

from sim.domain.constants import (
    EXTEND,
    IMPOSE,
    IN_FORCE,
    LIFT,
    LIFTED,
    LOWER,
    NEVER,
    NO_ACT,
    POSTPONE,
    RAISE,
    REACTIVATE,
    SUSPEND,
    SUSPENDED,
    WITHDRAW,
)
from sim.domain.run_record import ActRecord
from sim.domain.state import Change, MeasureState, World
from sim.rules.indexing import pair_of
from sim.rules.learning import count_escalation, note_provocation
from sim.rules.measures import level_after
from sim.rules.present_values import lasting_pressure


def enter_announced(world: World, day: int) -> None:
    """Put announced measures in force on their day."""
    for measure in world.measures:
        if measure.enters_on != NEVER and measure.enters_on <= day:
            set_status(measure, IN_FORCE)


def carry_out_acts(world: World, day: int) -> None:
    """Carry out the acts of this evening."""
    for measure in world.measures:
        if measure.pending != NO_ACT:
            carry_out(measure, measure.pending, day)
            measure.pending = NO_ACT


def note_acts(world: World, government: int, partner: int, day: int, acts: list[ActRecord]) -> None:
    """Add the acts of a government's package of this evening to the record."""
    for number in range(len(world.measures)):
        measure = world.measures[number]
        own = measure.issuer == government and measure.target == partner
        if own and measure.pending != NO_ACT:
            acts.append(ActRecord(day, government, partner, measure.pending, number))


def statuses_of(world: World) -> list[tuple[int, float, int]]:
    """Of every measure its status, its level and the last day of its suspension."""
    return [(measure.status, measure.level, measure.until) for measure in world.measures]


def note_changes(
    world: World, statuses: list[tuple[int, float, int]], changes: list[Change], day: int, cause: int
) -> None:
    """Add every measure that is no longer as it was last noted to the changes.

    Args:
        world: after what may have changed measures.
        statuses: of measures as last noted, brought up to date; if empty, nothing is noted.
        changes: all changes so far.
        day: today.
        cause: BY_MOVE, BY_SUNSET or BY_EVENT.
    """
    for number in range(len(statuses)):
        measure = world.measures[number]
        now = (measure.status, measure.level, measure.until)
        if now != statuses[number]:
            statuses[number] = now
            changes.append(Change(day, number, measure.status, measure.level, measure.until, cause))


def end_suspensions(world: World, day: int) -> None:
    """Bring back every measure whose suspension ended yesterday; its target takes it as an escalation."""
    for number in range(len(world.measures)):
        measure = world.measures[number]
        if measure.status == SUSPENDED and measure.until < day:
            pressure = lasting_pressure(world, measure.target, number, 0.0, measure.level, day)
            set_status(measure, IN_FORCE)
            pair = world.pairs[pair_of(world, measure.target, measure.issuer)]
            if pair.provoked_on != day:  # measures that end together are one sunset
                pair.lapsed += 1.0
                count_escalation(world, measure.issuer, measure.target, day)
            note_provocation(world, measure.issuer, measure.target, pressure, day)


def carry_out(measure: MeasureState, act: int, day: int) -> None:
    """Let an act change its measure, in the evening of a day.

    An imposed measure with a lead time is announced: it stays available and enters into
    force on its day. An extension runs from the old end, a suspension from today; what is
    postponed comes into force by the length of a suspension later.
    """
    if act == IMPOSE and measure.lead_days > 0:
        measure.enters_on = day + measure.lead_days
    elif act in (REACTIVATE, IMPOSE):
        set_status(measure, IN_FORCE)
    elif act == WITHDRAW:
        measure.enters_on = NEVER
    elif act == POSTPONE:
        measure.enters_on = measure.enters_on + measure.suspension_days
    elif act in (RAISE, LOWER):
        measure.level = level_after(measure, act)
    elif act == SUSPEND:
        measure.status = SUSPENDED
        measure.until = day + measure.suspension_days
    elif act == EXTEND:
        measure.until = measure.until + measure.suspension_days
    elif act == LIFT:
        set_status(measure, LIFTED)


def set_status(measure: MeasureState, status: int) -> None:
    """Give a measure a status, any suspension or announcement of it over."""
    measure.status = status
    measure.until = NEVER
    measure.enters_on = NEVER
