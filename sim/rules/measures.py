"""What a government may do with a measure, and what it then becomes.

available -> in force -> suspended(until) -> in force   (its date passes, or snapback)
                      -> suspended(until') (extended)    -> lifted
available -> announced(enters_on) -> in force            -> available (withdrawn)
"""

from sim.domain.constants import (
    AVAILABLE,
    EXTEND,
    IMPOSE,
    IN_FORCE,
    LIFT,
    LOWER,
    NEVER,
    POSTPONE,
    RAISE,
    REACTIVATE,
    SUSPEND,
    SUSPENDED,
    TARIFF,
    WITHDRAW,
)
from sim.domain.state import MeasureState, World

TOLERANCE = 1e-9  # of levels that are sums of steps


def legal(measure: MeasureState, act: int, day: int, notice_days: int) -> bool:
    """Whether an act on a measure is legal on a day.

    Args:
        measure: as it stands in the morning.
        act: REACTIVATE to POSTPONE.
        day: today.
        notice_days: how long before a sunset its issuer may extend [days].
    """
    if measure.stays == 1 and act != RAISE and act != LOWER:
        return False
    if act == REACTIVATE:
        return measure.status == SUSPENDED
    if act == EXTEND:
        return (
            measure.status == SUSPENDED
            and measure.suspension_days > 0
            and 0 <= measure.until - day <= notice_days
        )
    if act == IMPOSE:
        return (
            measure.status == AVAILABLE
            and measure.enters_on == NEVER
            and measure.opens_on != NEVER
            and measure.opens_on <= day
        )
    if act == LIFT:
        return measure.status == IN_FORCE or measure.status == SUSPENDED
    if act == WITHDRAW:
        return measure.enters_on != NEVER
    if act == POSTPONE:
        return measure.enters_on != NEVER and measure.suspension_days > 0
    if measure.status != IN_FORCE:
        return False
    if act == SUSPEND:
        return measure.suspension_days > 0
    if act == RAISE:
        return measure.step > 0.0 and measure.level + measure.step <= measure.ceiling + TOLERANCE
    if act == LOWER:
        return measure.step > 0.0 and measure.level - measure.step >= measure.floor - TOLERANCE
    return False


def ends_soon(measure: MeasureState, day: int, notice_days: int) -> bool:
    """Whether a suspension ends within its issuer's notice period."""
    return legal(measure, EXTEND, day, notice_days)


def measures_with(world: World, issuer: int, target: int, status: int) -> int:
    """How many measures of an issuer against a target have a status."""
    total = 0
    for measure in world.measures:
        if measure.issuer == issuer and measure.target == target and measure.status == status:
            total += 1
    return total


def effective_level(measure: MeasureState) -> float:
    """The level that is felt: the measure's own in force, else nothing [share]."""
    return measure.level if measure.status == IN_FORCE else 0.0


def announced_level(measure: MeasureState) -> float:
    """The level that is felt, or will be once what is announced is in force [share]."""
    return measure.level if measure.enters_on != NEVER else effective_level(measure)


def announced_points(measure: MeasureState) -> float:
    """What an announced tariff will add to an average tariff [share]."""
    return measure.level * measure.coverage if measure.enters_on != NEVER else 0.0


def days_until_felt(measure: MeasureState, act: int, day: int) -> int:
    """Days from an act to what it changes: those of a lead, or what is left of one."""
    if measure.enters_on != NEVER:
        return max(0, measure.enters_on - day)
    return measure.lead_days if act == IMPOSE else 0


def level_after(measure: MeasureState, act: int) -> float:
    """The level that would be felt once an act has taken effect [share]."""
    if act in (REACTIVATE, IMPOSE):
        return measure.level
    if act == RAISE:
        raised = measure.level + measure.step
        return measure.ceiling if raised > measure.ceiling - TOLERANCE else raised
    if act == LOWER:
        lowered = measure.level - measure.step
        return measure.floor if lowered < measure.floor + TOLERANCE else lowered
    if act in (SUSPEND, LIFT):
        return 0.0
    return effective_level(measure)


def points_announced(measure: MeasureState, act: int) -> float:
    """Percentage points by which an escalation by an act raises an average tariff; 0 if it is no tariff."""
    if measure.kind != TARIFF:
        return 0.0
    raised = measure.step if act == RAISE else measure.level
    return 100.0 * raised * measure.coverage
