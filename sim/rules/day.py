"""A day of a world, from its morning to its evening: the file to read first.

The engines carry a day out in this order, and the functions below stand in it:

    morning    1. sunsets    suspensions whose last day was yesterday end: the measure is back in force
               2. entries    announced measures come into force on their day
               3. events     courts, elections and summits of the day
               4. memory     provocations that are too old are forgotten
    decision   5. due        who decides today, about whom and why; all decide on this morning's state
               6. luck       drawn by name: seed, run, day, government, partner
               7. values     what escalating, holding and relaxing are worth, each by a package of acts
               8. view       what the government may know; from it its strategy says a move
               9. move       the move that is legal, and the acts that carry it
    talks     10. meetings   couples that meet today, and do not escalate, offer and ask, and may agree
    evening   11. costs      acts and audiences at home are paid for, at once
              12. dues       what was agreed for today is carried out or refused
              13. acts       measures change
              14. memories   who saw what: answers counted, provocations noted, reactions set
              15. accounts   markets, stocks and trade go on by a day; the day's payoffs are booked
              16. calendar   when couples meet next

Between 8 and 9 an engine asks the strategy, in 10 the negotiators. A matrix game has the same
day without measures (`sim.rules.game_rounds`): it has its own values, errors and evening.
"""

from collections.abc import Sequence

from sim.domain.constants import BY_EVENT, BY_MOVE, BY_SUNSET
from sim.domain.state import Change, Force, PendingDecision, World
from sim.domain.view import View
from sim.rules.decision_costs import charge
from sim.rules.end_of_day import account
from sim.rules.game_rounds import end_round, mistaken, round_values
from sim.rules.learning import forget, remember
from sim.rules.luck import Luck, luck
from sim.rules.measure_changes import carry_out_acts, end_suspensions, enter_announced, note_changes
from sim.rules.move_values import MoveValues, move_carried, values_of_moves, write_package
from sim.rules.observation import view_of
from sim.rules.outside_events import happen
from sim.rules.schedule import due
from sim.rules.talks.bargaining import hold_meetings
from sim.rules.talks.fulfilment import settle_dues
from sim.rules.talks.meetings import call_meetings

STEADY = 1.0  # luck of a hand that makes no errors


def morning(world: World, day: int, statuses: list[tuple[int, float, int]], changes: list[Change]) -> None:
    """Steps 1 to 4; `statuses` and `changes` as of `note_changes`. Games have none."""
    if len(world.game) > 0:
        return
    end_suspensions(world, day)
    note_changes(world, statuses, changes, day, BY_SUNSET)
    enter_announced(world, day)
    note_changes(world, statuses, changes, day, BY_MOVE)
    happen(world, day)
    note_changes(world, statuses, changes, day, BY_EVENT)
    forget(world, day)


def draw(world: World, government: int, partner: int, day: int, seed: int, run: int) -> Luck:
    """Step 6: a government's luck about a partner today, in this run of a seed."""
    return luck(seed, run, day, world.governments[government].code, world.governments[partner].code)


def move_values(
    world: World,
    government: int,
    partner: int,
    day: int,
    forced: Sequence[Force],
    hand: float,
) -> MoveValues:
    """Step 7: the three moves of a government towards a partner today; arguments of `values_of_moves`."""
    if len(world.game) > 0:
        return round_values(world, government, partner)
    return values_of_moves(world, government, partner, day, forced, hand)


def observe(
    world: World,
    government: int,
    partner: int,
    day: int,
    start: int,
    reason: int,
    values: MoveValues,
    choice: float,
) -> View:
    """Step 8: what a government sees of a partner today; arguments are those of `view_of`."""
    return view_of(world, government, partner, day, start, reason, values, choice)


def decide(
    world: World,
    decision: PendingDecision,
    government: int,
    partner: int,
    day: int,
    values: MoveValues,
    requested: int,
    forced: Sequence[Force],
    hand: float,
) -> None:
    """Step 9: write down the decision that comes of a move requested; in a game it may be mistaken.

    Args:
        world: the morning's state; its measures learn of the acts of this evening.
        decision: the record to write.
        government: who decides.
        partner: about whom.
        day: today.
        values: the three moves.
        requested: the move that the strategy or the force asks for.
        forced: what is forced, if anything.
        hand: luck of the hand [0 to 1); STEADY, and it makes no error.
    """
    move = move_carried(values, requested)
    if len(world.game) > 0:
        move = mistaken(requested, world.game[0].error, hand)
    decision.government = government
    decision.partner = partner
    decision.move = move
    decision.forced = 1 if len(forced) > 0 else 0
    write_package(world, decision, values, day, forced)


def evening(
    world: World,
    decisions: Sequence[PendingDecision],
    count: int,
    day: int,
    statuses: list[tuple[int, float, int]],
    changes: list[Change],
) -> None:
    """Steps 11 to 16: let the day's first `count` decisions take effect, all at once, and close the day."""
    if len(world.game) > 0:
        end_round(world, decisions, count, day)
        return
    charge(world, decisions, count, day)
    settle_dues(world, decisions, count, day)
    carry_out_acts(world, day)
    note_changes(world, statuses, changes, day, BY_MOVE)
    remember(world, decisions, count, day)
    account(world, decisions, count, day)
    call_meetings(world, day)


__all__ = ["STEADY", "decide", "draw", "due", "evening", "hold_meetings", "morning", "move_values", "observe"]
