"""What a government sees of a partner on a morning: its `View`."""

from sim.domain.constants import EXTEND, IN_FORCE, NEVER, NO_ACT, REACTIVATE, SUSPENDED
from sim.domain.state import World
from sim.domain.view import View
from sim.rules.beliefs import renewal_belief
from sim.rules.daily_payoffs import pressure
from sim.rules.indexing import pair_of
from sim.rules.measures import legal
from sim.rules.move_values import MoveValues

FAR = 1_000_000  # more days than any run has
PLENTY = 1e6  # more months than any stock covers


def measures_with(world: World, issuer: int, target: int, status: int) -> int:
    """How many measures of an issuer against a target have a status."""
    total = 0
    for measure in world.measures:
        if measure.issuer == issuer and measure.target == target and measure.status == status:
            total += 1
    return total


def days_to_sunset(world: World, issuer: int, target: int, day: int) -> int:
    """Days to the nearest end of a suspension, NEVER if there is none."""
    nearest = FAR
    for measure in world.measures:
        if (
            measure.issuer == issuer
            and measure.target == target
            and measure.status == SUSPENDED
            and measure.until - day < nearest
        ):
            nearest = measure.until - day
    return NEVER if nearest == FAR else nearest


def can_act(world: World, issuer: int, target: int, act: int, day: int) -> bool:
    """Whether an act is legal on any measure of the issuer against the target."""
    notice = world.governments[issuer].notice_days
    for measure in world.measures:
        if measure.issuer == issuer and measure.target == target and legal(measure, act, day, notice):
            return True
    return False


def scarcest(world: World, government: int) -> float:
    """Cover of the scarcest mineral [months of use], PLENTY if there are none."""
    months = PLENTY
    for k in range(world.minerals):
        months = min(months, world.stocks[government * world.minerals + k].stock)
    return months


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
    """What a government sees of a partner on a day.

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
    provoked = own.threat_due == 1 or own.owed > 0.0
    last_escalation = start if other.last_escalation_on == NEVER else other.last_escalation_on
    return View(
        reason=reason,
        now_escalate=values.escalate.now,
        now_hold=values.hold.now,
        now_relax=values.relax.now,
        later_escalate=values.escalate.later,
        later_hold=values.hold.later,
        later_relax=values.relax.later,
        can_escalate=values.escalate.act != NO_ACT,
        can_relax=values.relax.act != NO_ACT,
        can_reactivate=can_act(world, government, partner, REACTIVATE, day),
        can_extend=can_act(world, government, partner, EXTEND, day),
        provoked=provoked,
        my_last_move=own.my_last_move,
        their_last_move=own.unseen_move,
        my_escalations=own.escalations,
        my_relaxations=own.relaxations,
        their_escalations=other.escalations,
        their_relaxations=other.relaxations,
        quiet_days=day - last_escalation,
        days_to_my_sunset=days_to_sunset(world, government, partner, day),
        days_to_their_sunset=days_to_sunset(world, partner, government, day),
        my_in_force=measures_with(world, government, partner, IN_FORCE),
        my_suspended=measures_with(world, government, partner, SUSPENDED),
        their_in_force=measures_with(world, partner, government, IN_FORCE),
        their_suspended=measures_with(world, partner, government, SUSPENDED),
        my_pressure=pressure(world, government, partner, day),
        their_pressure=pressure(world, partner, government, day),
        stock_months=scarcest(world, government),
        renewal_belief=renewal_belief(world, government, partner),
        luck=luck,
    )
