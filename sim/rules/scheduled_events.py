"""What outside events do: courts, openings, new numbers, meetings."""

from sim.domain.constants import BALLOT, CHANGE, MEETING, NEVER, OPENING, REMOVAL
from sim.domain.state import GovernmentState, World
from sim.rules.indexing import pair_of
from sim.rules.measures import lose_basis


def happen(world: World, day: int) -> None:
    """Let the day's events take effect, in their order."""
    for event in world.events:
        if event.day != day:
            continue
        if event.kind == REMOVAL:
            remove_basis(world, event.first)
        elif event.kind == OPENING:
            world.measures[event.first].opens_on = int(event.value)
        elif event.kind == CHANGE:
            change_number(world.governments[event.first], event.second, event.value)
        elif event.kind == MEETING and meets(world, event.first, event.second, event.value, day):
            world.pairs[pair_of(world, event.first, event.second)].summit_on = day
        elif event.kind == BALLOT:
            world.governments[event.first].election_on = int(event.value)


def meets(world: World, one: int, other: int, days: float, day: int) -> bool:
    """Whether a meeting takes place: always, or if both have escalated within some days [0: always]."""
    if days <= 0.0:
        return True
    own_last = world.pairs[pair_of(world, one, other)].last_escalation_on
    other_last = world.pairs[pair_of(world, other, one)].last_escalation_on
    return own_last != NEVER and other_last != NEVER and day - min(own_last, other_last) <= days


def remove_basis(world: World, basis: int) -> None:
    """Lift every measure that rests on a legal basis a court has removed."""
    for measure in world.measures:
        if measure.basis == basis:
            lose_basis(measure)


def change_number(g: GovernmentState, number: int, value: float) -> None:
    """Give one of a government's numbers a new value.

    Args:
        g: whose number.
        number: its place in `sim.scenarios.numbers.GOVERNMENT`, the order of the lines below.
        value: in the number's unit.
    """
    if number == 0:
        g.discount = value
    elif number == 1:
        g.horizon_months = value
    elif number == 2:
        g.trade_weight = value
    elif number == 3:
        g.mineral_weight = value
    elif number == 4:
        g.political_weight = value
    elif number == 5:
        g.protection_rent = value
    elif number == 6:
        g.export_harm = value
    elif number == 7:
        g.election_weight = value
    elif number == 8:
        g.election_months = value
    elif number == 9:
        g.market_fall = value
    elif number == 10:
        g.market_days = value
    elif number == 11:
        g.market_threshold = value
    elif number == 12:
        g.market_relief = value
    elif number == 13:
        g.expectation = value
    elif number == 14:
        g.threat_cost = value
    elif number == 15:
        g.inaction_cost = value
    elif number == 16:
        g.unreturned_cost = value
    elif number == 17:
        g.routine_cost = value
    elif number == 18:
        g.new_measure_cost = value
    elif number == 19:
        g.reactivation_cost = value
    elif number == 20:
        g.leverage = value
    elif number == 21:
        g.noticed_size = value
    elif number == 22:
        g.forgetting = value
    elif number == 23:
        g.renewal_belief = value
    elif number == 24:
        g.belief_strength = value
    elif number == 25:
        g.review_days = int(value)
    elif number == 26:
        g.review_offset = int(value)
    elif number == 27:
        g.reaction_days = int(value)
    elif number == 28:
        g.notice_days = int(value)
    elif number == 29:
        g.memory_days = int(value)
