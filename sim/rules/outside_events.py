"""What outside events do: courts, openings, new numbers, meetings."""

from sim.domain.constants import BALLOT, CHANGE, LIFTED, MEETING, NEVER, OPENING, REMOVAL
from sim.domain.state import World
from sim.rules.indexing import pair_of
from sim.rules.learning import measure_breach
from sim.rules.measure_changes import set_status


def happen(world: World, day: int) -> None:
    """Let the day's events take effect, in their order."""
    for event in world.events:
        if event.day != day:
            continue
        if event.kind == REMOVAL:
            for measure in world.measures:
                if measure.basis == event.first:
                    set_status(measure, LIFTED)
            for government in range(len(world.governments)):
                for partner in range(len(world.governments)):
                    if partner != government:  # what the court has put right needs no answer
                        measure_breach(world, government, partner, day)
        elif event.kind == OPENING:
            world.measures[event.first].opens_on = int(event.value)
        elif event.kind == CHANGE:
            world.governments[event.first][event.second] = event.value
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
