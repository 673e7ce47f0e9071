"""Changes of a world's measures: entries, the acts of an evening, and the list of what changed and why."""

from collections.abc import Sequence

from sim.domain.constants import EXTEND, IN_FORCE, NEVER, NO_ACT
from sim.domain.state import Change, PendingDecision, World
from sim.rules.measures import carry_out, ends_soon, set_status


def enter_announced(world: World, day: int) -> None:
    """Put announced measures in force on their day."""
    for measure in world.measures:
        if measure.enters_on != NEVER and measure.enters_on <= day:
            set_status(measure, IN_FORCE)


def carry_out_acts(world: World, decisions: Sequence[PendingDecision], count: int, day: int) -> None:
    """Carry out the acts; an extension takes in all that ends within the notice period."""
    for k in range(count):
        d = decisions[k]
        if d.act == EXTEND and d.whole == 1:
            notice = world.governments[d.government].notice_days
            for number in range(len(world.measures)):
                measure = world.measures[number]
                own = measure.issuer == d.government and measure.target == d.partner
                if own and ends_soon(measure, day, notice):
                    carry_out(world, number, EXTEND, day)
        elif d.act != NO_ACT:
            carry_out(world, d.measure, d.act, day)


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
