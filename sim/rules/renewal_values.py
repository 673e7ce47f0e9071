"""What the end of a truce at its sunsets is worth over the horizon [bn USD].

A suspended measure comes back at its sunset unless it is extended, and every extension sets
another sunset: with p the believed chance of each renewal, it comes back at the k-th with chance
p^k (1 - p) (`sim.theory.sunset`).
"""

from typing import NamedTuple

from sim.domain.constants import DAYS_PER_MONTH, NEVER, SUSPENDED
from sim.domain.state import MeasureState, World
from sim.rules.measures import ends_soon
from sim.rules.present_values import mean_pressure, worth


class OwnLapse(NamedTuple):
    """What letting one's own suspensions run out would bring."""

    ending: int  # how many suspensions end
    first: int  # the measure that ends first, -1 if none
    gain: float  # [bn USD] to the issuer
    pressure: float  # [bn USD/month] on the partner


def own_lapse(world: World, government: int, partner: int, day: int, excluded: int) -> OwnLapse:
    """What comes back by itself if the suspensions that end within the notice period are left.

    Measure `excluded` (-1: none) is counted but does not come back: something else happens to it.
    """
    g = world.governments[government]
    count = 0
    first = -1
    gain = 0.0
    push = 0.0
    for k in range(len(world.measures)):
        measure = world.measures[k]
        if (
            measure.issuer == government
            and measure.target == partner
            and ends_soon(measure, day, g.notice_days)
        ):
            begin = (measure.until + 1 - day) / DAYS_PER_MONTH
            count += 1
            if k != excluded:
                gain += worth(world, government, government, k, 0.0, measure.level, begin, day)
                push += mean_pressure(world, government, k, 0.0, measure.level, begin, day)
            if first < 0 or measure.until < world.measures[first].until:
                first = k
    return OwnLapse(count, first, gain, push)


class RenewalStakes(NamedTuple):
    """What it costs a government today if a truce ends at a sunset [bn USD]."""

    first: float  # at the one that is set
    rest: float  # at one after it, by their chances if the first one is renewed


def sunset_stake(world: World, government: int, partner: int, belief: float, day: int) -> RenewalStakes:
    """What a government stands to lose if a truce ends at its sunsets; nothing where the partner has none.

    If the partner lets its suspensions run out, those of the government's own that then pay come back
    too; those that end within its notice period are left to the decision of today (`own_lapse`).
    """
    if not threatened(world, partner, government):
        return RenewalStakes(0.0, 0.0)
    g = world.governments[government]
    first = 0.0
    rest = 0.0
    for issuer, target in ((partner, government), (government, partner)):
        for k in range(len(world.measures)):
            measure = world.measures[k]
            today = issuer == government and ends_soon(measure, day, g.notice_days)
            if measure.issuer == issuer and measure.target == target and not today:
                stakes = sunsets_of(world, government, k, belief, day)
                first += stakes.first
                rest += stakes.rest
    return RenewalStakes(first, rest)


def threatened(world: World, issuer: int, target: int) -> bool:
    """Whether an issuer holds suspensions over a target that may run out."""
    for measure in world.measures:
        if measure.issuer == issuer and measure.target == target and extendable(measure):
            return True
    return False


def sunsets_of(world: World, government: int, number: int, belief: float, day: int) -> RenewalStakes:
    """What one suspended measure brings a government at its sunsets, over the horizon.

    After k renewals, believed with chance belief^k, it returns at the next with 1 - belief. A measure
    of its own counts as a gain taken back from the loss, and only if its return pays.
    """
    measure = world.measures[number]
    if not extendable(measure):
        return RenewalStakes(0.0, 0.0)
    horizon = world.governments[government].horizon_months
    first = sunset_worth(world, government, number, day, 0)
    rest = 0.0
    probability = 1.0 - belief
    k = 1
    while measure.suspension_days > 0 and probability > 1e-9:
        if (measure.until + 1 - day + k * measure.suspension_days) / DAYS_PER_MONTH >= horizon:
            break
        rest += probability * sunset_worth(world, government, number, day, k)
        probability *= belief
        k += 1
    return RenewalStakes(first, rest)


def sunset_worth(world: World, government: int, number: int, day: int, sunset: int) -> float:
    """Loss to a government from a measure's return at a sunset, the gain of its own taken off [bn USD]."""
    gain = return_worth(world, government, number, day, sunset)
    return 0.0 - (max(0.0, gain) if world.measures[number].issuer == government else gain)


def return_worth(world: World, evaluator: int, number: int, day: int, sunset: int) -> float:
    """Worth today, to its issuer or target, of a suspended measure's return at its n-th sunset [bn USD].

    Sunset 0 is the one that is set, and each extension puts the next off by the length of a suspension.
    """
    measure = world.measures[number]
    begin = (measure.until + 1 - day + sunset * measure.suspension_days) / DAYS_PER_MONTH
    return worth(world, evaluator, evaluator, number, 0.0, measure.level, max(0.0, begin), day)


def extendable(measure: MeasureState) -> bool:
    """Whether a suspension has a sunset that may be put off."""
    return measure.status == SUSPENDED and measure.until != NEVER
