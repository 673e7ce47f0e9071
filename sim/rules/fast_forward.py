"""Quiet days: those on which nothing happens by itself and nobody decides.

On such a day the morning changes nothing, and the evening closes the day as the last one left
it. Whoever plays every day in full finds the same, so the Mesa engine does, and the ensemble
skips to `next_turn`; tests hold the two together.
"""

from sim.domain.constants import NEVER, SUSPENDED
from sim.domain.state import World
from sim.rules.indexing import pair_of

FAR = 1 << 40  # a day number that no run reaches


def next_turn(world: World, day: int, start: int, end: int) -> int:
    """The first day after a full one on which anything may happen or be decided, at most `end`.

    Sunsets and their notice, entries, dues, events, answers, reviews and memories that fade: never later
    than one of them falls due, sometimes earlier. Every round of a game is a turn.

    Args:
        world: in the evening.
        day: today, played in full.
        start: first day of the run; reviews count from it.
        end: last day of the run.
    """
    soonest = day + 1
    if len(world.game) > 0:
        return soonest
    turn = end
    for measure in world.measures:
        if measure.status == SUSPENDED:
            notice = world.governments[measure.issuer].notice_days
            turn = min(turn, later(soonest, measure.until + 1))
            turn = min(turn, later(soonest, measure.until))
            turn = min(turn, later(soonest, measure.until - notice))
        if measure.enters_on != NEVER:
            turn = min(turn, later(soonest, measure.enters_on))
        turn = min(turn, later(soonest, measure.due_on))
    for event in world.events:
        turn = min(turn, later(soonest, event.day))
    for government in range(len(world.governments)):
        g = world.governments[government]
        for partner in range(len(world.governments)):
            if partner != government:
                pair = world.pairs[pair_of(world, government, partner)]
                if pair.react_on != NEVER:
                    turn = min(turn, max(soonest, pair.react_on))
                if pair.provoked_on != NEVER:
                    turn = min(turn, max(soonest, pair.provoked_on + g.memory_days + 1))
                if pair.summit_on > day:
                    turn = min(turn, pair.summit_on)
        turn = min(turn, next_review(soonest, start + g.review_offset, g.review_days))
    return max(turn, soonest)


def later(soonest: int, day: int) -> int:
    """A day that is still to come, else a day that no run reaches."""
    return day if day >= soonest else FAR


def next_review(soonest: int, first: int, every: int) -> int:
    """The first review from a day on, if they begin on a day and come every so many days."""
    if soonest <= first:
        return first
    return soonest + (first - soonest) % every
