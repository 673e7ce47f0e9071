"""What an act promises, and what an answer threatens."""

from typing import NamedTuple

from sim.domain.constants import (
    DAYS_PER_MONTH,
    IMPOSE,
    LIFT,
    MOVE_OF_ACT,
    REACTIVATE,
    SUSPENDED,
)
from sim.domain.state import World
from sim.rules.measures import effective_level, legal, level_after
from sim.rules.present_values import mean_pressure, worth
from sim.rules.renewal_values import return_worth
from sim.rules.terms.attention_term import price


class ActValue(NamedTuple):
    """An act on a measure and what it promises."""

    act: int
    measure: int
    gain: float  # [bn USD] to the issuer, act's own cost included
    pressure: float  # [bn USD/month] added on the partner, averaged over the horizon
    size: float  # [bn USD/month] by which the partner measures the step


def prospect(world: World, number: int, act: int, day: int) -> ActValue:
    """What an act on one measure promises its issuer."""
    measure = world.measures[number]
    before = effective_level(measure)
    after = level_after(measure, act)
    begin = measure.lead_days / DAYS_PER_MONTH if act == IMPOSE else 0.0
    gain = worth(world, measure.issuer, measure.issuer, number, before, after, begin, day)
    gain -= price(world, number, act)
    push = mean_pressure(world, measure.issuer, number, before, after, begin, day)
    size = abs(push)
    if act == LIFT and measure.status == SUSPENDED:
        size = mean_pressure(world, measure.issuer, number, 0.0, measure.level, begin, day)
    return ActValue(act, number, gain, push, size)


class ExpectedAnswer(NamedTuple):
    """What an answer of a kind by the partner would bring."""

    loss: float  # [bn USD] negative for relaxations, which bring a gain
    sunset: float  # [bn USD] the part that the next sunset would bring anyway


def answer_loss(world: World, government: int, partner: int, move: int, day: int) -> ExpectedAnswer:
    """Loss that an answer of a kind by the partner would bring after its reaction time.

    The mean over the partner's legal acts of that kind that are felt at all, for nobody knows
    which it will take.
    """
    p = world.governments[partner]
    total = 0.0
    ended = 0.0
    felt = 0
    for k in range(len(world.measures)):
        measure = world.measures[k]
        if measure.issuer == partner and measure.target == government:
            for act in range(REACTIVATE, len(MOVE_OF_ACT)):
                if MOVE_OF_ACT[act] == move and legal(measure, act, day, p.notice_days):
                    before = effective_level(measure)
                    after = level_after(measure, act)
                    begin = p.reaction_days / DAYS_PER_MONTH
                    if act == IMPOSE:
                        begin += measure.lead_days / DAYS_PER_MONTH
                    gain = worth(world, government, government, k, before, after, begin, day)
                    if gain != 0.0:
                        total -= gain
                        felt += 1
                        if act == REACTIVATE:
                            ended -= return_worth(world, government, k, day, 0)
    if felt == 0:
        return ExpectedAnswer(0.0, 0.0)
    return ExpectedAnswer(total / felt, ended / felt)
