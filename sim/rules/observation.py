"""What a government sees of a partner on a morning: its `View`."""

from sim.domain.constants import (
    ESCALATE,
    EXTEND,
    HOLD,
    IN_FORCE,
    NEVER,
    NO_ACT,
    REACTIVATE,
    RELAX,
    SUSPENDED,
)
from sim.domain.state import World
from sim.domain.view import View
from sim.rules.beliefs import renewal_belief
from sim.rules.daily_payoffs import pressure
from sim.rules.game_rounds import move_ago
from sim.rules.indexing import pair_of
from sim.rules.measures import legal, measures_with
from sim.rules.move_values import MoveValues

PLENTY = 1e6  # more months than any stock covers


def days_to_sunsets(world: World, issuer: int, target: int, day: int) -> tuple[int, int]:
    """Days to the nearest and to the last end of a suspension, NEVER if there is none."""
    nearest = last = NEVER
    for measure in world.measures:
        if measure.issuer == issuer and measure.target == target and measure.status == SUSPENDED:
            days = measure.until - day
            nearest = days if nearest == NEVER else min(nearest, days)
            last = max(last, days)
    return nearest, last


def others_last_move(world: World, government: int, partner: int) -> int:
    """The last move of third governments towards a partner, as in `View`; of one day's, the worst."""
    move, latest = HOLD, NEVER
    for third in range(len(world.governments)):
        if third in (government, partner):
            continue
        pair = world.pairs[pair_of(world, third, partner)]
        if len(world.game) > 0:
            move = min(move, move_ago(world, third, partner, world.game[0].lag))
            continue
        if pair.last_relaxation_on > latest:
            move, latest = RELAX, pair.last_relaxation_on
        if pair.last_escalation_on != NEVER and pair.last_escalation_on >= latest:
            move, latest = ESCALATE, pair.last_escalation_on
    return move


def can_act(world: World, issuer: int, target: int, act: int, day: int) -> bool:
    """Whether an act is legal on any measure of the issuer against the target."""
    notice = world.governments[issuer].notice_days
    for measure in world.measures:
        if measure.issuer == issuer and measure.target == target and legal(measure, act, day, notice):
            return True
    return False


def view_of(
    world: World,
    government: int,
    partner: int,
    day: int,
    start: int,
    reason: int,
    values: MoveValues,
    luck: float,
) -> View:
    """What a government sees of a partner on a day, or in a round of a game.

    Args:
        world: the morning's state.
        government: who looks.
        partner: at whom.
        day: today.
        start: first day of the run; quiet days count from it.
        reason: why a decision is due.
        values: the three moves with their acts and values.
        luck: the draw of this decision.
    """
    own = world.pairs[pair_of(world, government, partner)]
    other = world.pairs[pair_of(world, partner, government)]
    game = len(world.game) > 0
    provoked = own.owed > 0.0 or own.threat_due > 0.0
    last_move, escalations, escalated_on = own.unseen_move, other.escalations, other.last_escalation_on
    if game:  # a partner's move is seen `lag` rounds later
        play = world.plays[pair_of(world, government, partner)]
        last_move = move_ago(world, partner, government, world.game[0].lag)
        provoked = last_move == ESCALATE
        escalations, escalated_on = play.observed, play.observed_on
    own_pressure = partner_pressure = 0.0
    my_sunset = my_last_sunset = their_sunset = their_last_sunset = NEVER
    if not game:
        my_sunset, my_last_sunset = days_to_sunsets(world, government, partner, day)
        their_sunset, their_last_sunset = days_to_sunsets(world, partner, government, day)
        own_pressure = pressure(world, government, partner, day)
        partner_pressure = pressure(world, partner, government, day)
    can_escalate = game or values.escalate.act != NO_ACT
    quiet_since = start if escalated_on == NEVER else escalated_on
    months = PLENTY
    for k in range(world.minerals):
        months = min(months, world.stocks[government * world.minerals + k].stock)
    return View(
        reason=reason,
        day=day - start,
        game=game,
        now_escalate=values.escalate.now,
        now_hold=values.hold.now,
        now_relax=values.relax.now,
        later_escalate=values.escalate.later,
        later_hold=values.hold.later,
        later_relax=values.relax.later,
        can_escalate=can_escalate,
        can_relax=values.relax.act != NO_ACT,
        can_reactivate=can_act(world, government, partner, REACTIVATE, day),
        can_extend=can_act(world, government, partner, EXTEND, day),
        provoked=provoked,
        my_last_move=own.my_last_move,
        their_last_move=last_move,
        others_last_move=others_last_move(world, government, partner),
        my_escalations=own.escalations,
        my_relaxations=own.relaxations,
        their_escalations=escalations,
        their_relaxations=other.relaxations,
        quiet_days=day - quiet_since,
        days_to_my_sunset=my_sunset,
        days_to_their_sunset=their_sunset,
        days_to_my_last_sunset=my_last_sunset,
        days_to_their_last_sunset=their_last_sunset,
        my_in_force=measures_with(world, government, partner, IN_FORCE),
        my_suspended=measures_with(world, government, partner, SUSPENDED),
        their_in_force=measures_with(world, partner, government, IN_FORCE),
        their_suspended=measures_with(world, partner, government, SUSPENDED),
        my_pressure=own_pressure,
        their_pressure=partner_pressure,
        stock_months=months,
        renewal_belief=renewal_belief(world, government, partner),
        luck=luck,
    )
