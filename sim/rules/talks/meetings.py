"""When two governments meet: every so many days while something is on the table, and before deadlines."""

from sim.domain.constants import NEVER, NO_ACT
from sim.domain.state import World
from sim.rules.indexing import pair_of
from sim.rules.talks.agenda import MOST_CLAUSES, agenda, conceding_act, of_couple
from sim.rules.talks.deal_worth import days_to_return


def call_meetings(world: World, day: int) -> None:
    """In the evening, let every couple note when it meets next; summits of the scenario come on their day."""
    n = len(world.governments) if len(world.talks) > 0 else 0
    for one in range(n):
        for other in range(one + 1, n):
            when = next_meeting(world, one, other, day)
            world.pairs[pair_of(world, one, other)].summit_on = when
            world.pairs[pair_of(world, other, one)].summit_on = when


def in_talks(world: World, one: int, other: int, day: int) -> bool:
    """Whether two governments meet today to talk."""
    pair, back = world.pairs[pair_of(world, one, other)], world.pairs[pair_of(world, other, one)]
    return len(world.talks) > 0 and pair.summit_on == day and back.summit_on == day


def next_meeting(world: World, one: int, other: int, day: int) -> int:
    """The day of a couple's next meeting, NEVER while nothing is on the table.

    It meets `gap_days` after the last time, and after an escalation, while something is announced or an
    escalation has had no deal; and at the last moment before a deadline, which an escalation does not move.
    """
    t = world.talks[0]
    pair, back = world.pairs[pair_of(world, one, other)], world.pairs[pair_of(world, other, one)]
    escalated = max(pair.last_escalation_on, back.last_escalation_on)
    earliest = max(day + 1, pair.pause_until)
    unsettled = escalated > pair.agreed_on
    for measure in world.measures:
        unsettled = unsettled or (measure.enters_on != NEVER and of_couple(measure, one, other))
    days = days_to_deadline(world, one, other, day, earliest - day)
    when = day + days if days != NEVER else NEVER
    if unsettled:
        regular = max(earliest, max(pair.met_on, escalated) + t.gap_days)
        when = regular if when == NEVER else min(when, regular)
    return when


def days_to_deadline(world: World, one: int, other: int, day: int, least: int) -> int:
    """Days to a couple's last meeting before something it can concede comes into force by itself.

    So that it is conceded in time. At least some days from today; NEVER if there is no such day.
    """
    ahead = 1 + world.talks[0].fulfil_days
    when = entry_day(world, one, other, day, least + ahead)
    return when - day - ahead if when != NEVER else NEVER


def entry_day(world: World, one: int, other: int, day: int, least: int) -> int:
    """The next day, some days from today at least, on which a clause comes into force by itself, or NEVER."""
    soonest = NEVER
    for measure in world.measures:
        when = day + days_to_return(measure, day)
        sooner = when >= day + least and (soonest == NEVER or when < soonest)
        if sooner and of_couple(measure, one, other) and conceding_act(measure, day) != NO_ACT:
            soonest = when
    return soonest


def meetings_ahead(world: World, days: int) -> int:
    """Meetings that are looked ahead, today's included, with some days to the last before a deadline."""
    t = world.talks[0]
    return t.meetings if days == NEVER else min(t.meetings, 1 + (days + t.gap_days - 1) // t.gap_days)


def clauses_to_agree(world: World, one: int, other: int, day: int) -> list[int]:
    """The measures that a couple can put into a deal today: nothing that is due already, or too late.

    As many as a table has room for, in the scenario's order.
    """
    clauses: list[int] = []
    for number in agenda(world, one, other, day):
        wait = days_to_return(world.measures[number], day)
        in_time = wait == 0 or wait > world.talks[0].fulfil_days
        if in_time and world.measures[number].due_on == NEVER and len(clauses) < MOST_CLAUSES:
            clauses.append(number)
    return clauses
