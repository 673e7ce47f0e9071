"""A day's turn: what both engines do on a morning, for a decision, and in an evening.

`sim.rules.day` has the day's rules and their order; here they are joined, and what measures
do is taken down with its cause.
"""

from collections.abc import Sequence

from sim.domain.constants import BY_EVENT, BY_MOVE, BY_SUNSET, FORCED, NO_ACT
from sim.domain.state import Change, PendingDecision, World
from sim.domain.view import View
from sim.rules.day import act, due, end_suspensions, enter_announced
from sim.rules.decision_costs import charge
from sim.rules.end_of_day import account
from sim.rules.game_rounds import due as round_due
from sim.rules.game_rounds import evening as end_round
from sim.rules.game_rounds import options as round_options
from sim.rules.game_rounds import played
from sim.rules.game_rounds import view_of as round_view
from sim.rules.learning import forget, remember
from sim.rules.luck import Luck, luck
from sim.rules.move_values import MoveValues, forced, option_of, options, settled
from sim.rules.observation import view_of
from sim.rules.scheduled_events import happen

STEADY = 1.0  # luck of a hand that does not tremble


def standing(world: World) -> list[tuple[int, float, int]]:
    """How every measure stands: its status, its level and the last day of its suspension."""
    return [(measure.status, measure.level, measure.until) for measure in world.measures]


def note_changes(
    world: World, seen: list[tuple[int, float, int]], changes: list[Change], day: int, cause: int
) -> None:
    """Take down every measure that stands otherwise than it was last seen.

    Args:
        world: after what may have changed measures.
        seen: how measures stood, brought up to date; an empty list, and nothing is taken down.
        changes: all changes so far.
        day: today.
        cause: BY_MOVE, BY_SUNSET or BY_EVENT.
    """
    for number in range(len(seen)):
        measure = world.measures[number]
        now = (measure.status, measure.level, measure.until)
        if now != seen[number]:
            seen[number] = now
            changes.append(Change(day, number, measure.status, measure.level, measure.until, cause))


def morning(world: World, day: int, seen: list[tuple[int, float, int]], changes: list[Change]) -> None:
    """What happens by itself: sunsets, entries, events; old provocations are forgotten. No game has any."""
    if len(world.game) > 0:
        return
    end_suspensions(world, day)
    note_changes(world, seen, changes, day, BY_SUNSET)
    enter_announced(world, day)
    note_changes(world, seen, changes, day, BY_MOVE)
    happen(world, day)
    note_changes(world, seen, changes, day, BY_EVENT)
    forget(world, day)


def reason_today(world: World, government: int, partner: int, day: int, start: int, force: bool) -> int:
    """Why a government decides about a partner today: FORCED where it is forced to, else as it is due."""
    if force:
        return FORCED
    if len(world.game) > 0:
        return round_due(world, government, partner, day, start)
    return due(world, government, partner, day, start)


def offered(world: World, government: int, partner: int, day: int, act: int, number: int) -> MoveValues:
    """The three moves of a government towards a partner today.

    Args:
        world: the morning's state.
        government: who decides.
        partner: about whom.
        day: today.
        act: the act that is forced, NO_ACT if none is.
        number: the measure it is forced on.
    """
    if len(world.game) > 0:
        return round_options(world, government, partner, day)
    found = options(world, government, partner, day)
    if act == NO_ACT:
        return found
    return forced(world, government, partner, act, number, day, found)


def draw(world: World, government: int, partner: int, day: int, seed: int, run: int) -> Luck:
    """A government's luck about a partner today, in this run of a seed."""
    return luck(seed, run, day, world.governments[government].code, world.governments[partner].code)


def sight(
    world: World,
    government: int,
    partner: int,
    day: int,
    start: int,
    reason: int,
    found: MoveValues,
    choice: float,
) -> View:
    """What a government sees of a partner today, with its luck for this choice."""
    if len(world.game) > 0:
        return round_view(world, government, partner, day, start, reason, found, choice)
    return view_of(world, government, partner, day, start, reason, found, choice)


def decide(
    world: World,
    made: PendingDecision,
    government: int,
    partner: int,
    found: MoveValues,
    said: int,
    act: int,
    error: float,
) -> None:
    """Write down the decision that comes of a move said; in a game a hand may tremble.

    Args:
        world: the morning's state.
        made: the record to write.
        government: who decides.
        partner: about whom.
        found: the three moves.
        said: the move that the strategy or the force asks for.
        act: the act that is forced, NO_ACT if none is.
        error: luck of the hand [0 to 1); STEADY, and it does not tremble.
    """
    move = settled(found, said)
    if len(world.game) > 0:
        move = played(said, world.game[0].error, error)
    carried = option_of(found, move)
    made.government = government
    made.partner = partner
    made.move = move
    made.act = carried.act
    made.measure = carried.measure
    made.whole = 1 if act == NO_ACT else 0
    made.pressure = carried.pressure
    made.noticed = carried.noticed


def evening(
    world: World,
    made: Sequence[PendingDecision],
    count: int,
    day: int,
    seen: list[tuple[int, float, int]],
    changes: list[Change],
) -> None:
    """Let the day's first `count` decisions take effect, all at once, and close the day."""
    if len(world.game) > 0:
        end_round(world, made, count, day)
        return
    charge(world, made, count, day)
    act(world, made, count, day)
    note_changes(world, seen, changes, day, BY_MOVE)
    remember(world, made, count, day)
    account(world, made, count, day)
