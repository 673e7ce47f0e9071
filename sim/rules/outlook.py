"""What is common to all acts of a government towards a partner today: the first step of a decision.

How it discounts, the tariffs between them, what the partner's next escalation or relaxation would bring,
what the partner's sunsets put at stake, and what the partner's own moves have made due.
"""

from typing import NamedTuple

from sim.domain.constants import (
    DAYS_PER_MONTH,
    ESCALATE,
    HOLD,
    MOVE_OF_ACT,
    NEVER,
    POSTPONE,
    REACTIVATE,
    RELAX,
    SUSPENDED,
)
from sim.domain.state import MeasureState, World
from sim.payoffs.present_value import Discounting, delayed
from sim.rules.beliefs import AnswerProbabilities, counted_answers, renewal_belief
from sim.rules.deals import binds, executed
from sim.rules.indexing import pair_of
from sim.rules.measures import announced_level, announced_points, days_until_felt, legal, level_after
from sim.rules.present_values import PairTariffs, discounting_of, effects, tariffs_of, worth


class Outlook(NamedTuple):
    """What is common to all moves of a government towards a partner today."""

    government: int
    partner: int
    day: int
    h: Discounting
    rates: PairTariffs  # own, and the partner's
    to_escalation: AnswerProbabilities  # the partner's answers to each move of the government, as counted
    to_holding: AnswerProbabilities
    to_relaxation: AnswerProbabilities
    blow: float  # [bn USD] what an escalation by the partner would cost
    blow_sunset: float  # [bn USD] the part of it that the next sunset would bring anyway
    relief: float  # [bn USD] what a relaxation by the partner would bring
    first: float  # [bn USD] loss if the partner's suspensions end at the sunset that is set
    rest: float  # [bn USD] and at later ones, by their probabilities if the first is renewed
    exposed: bool  # whether the partner holds suspensions that may run out
    belief: float  # that it extends them [0 to 1]
    meeting: bool  # both decide today at a summit, or it has relaxed already
    waiting: bool  # an answer falls due on a later day, so that holding today is none
    owed: float  # [bn USD/month] pressure of the partner's escalations that has had no answer
    due: float  # part of the threat under the deal that is due [0 to 1]
    executed: float  # [bn USD/month] pressure of it that is back already
    stake: float  # [bn USD] what leaving it unexecuted costs


class SunsetStakes(NamedTuple):
    """What the return of a suspended measure brings at its sunsets [bn USD]."""

    first: float  # at the one that is set
    rest: float  # at later ones, by their probabilities if the first is renewed


def outlook(world: World, government: int, partner: int, day: int) -> Outlook:
    """What a government faces with a partner on a morning.

    What the partner's next move of a kind would bring is the mean over its legal acts of that kind that
    are felt at all, for nobody knows which it will take.
    """
    h = discounting_of(world, government)
    rates = tariffs_of(world, government, partner)
    p = world.governments[partner]
    belief = renewal_belief(world, government, partner)
    blow = ended = relief = first = rest = 0.0
    blows = reliefs = 0
    exposed = False
    for k in range(len(world.measures)):
        measure = world.measures[k]
        if measure.issuer != partner or measure.target != government:
            continue
        before = last = announced_level(measure)
        announced = PairTariffs(rates.own, rates.other + announced_points(measure))
        back = gain = 0.0
        if measure.status == SUSPENDED and measure.until != NEVER:
            exposed = True
            last = measure.level
            gain = worth(effects(world, h, government, k, before, last, announced, day))
            back = 0.0 - gain
            stakes = sunset_stakes(measure, back, belief, h.rate, day)
            first += stakes.first
            rest += stakes.rest
        for act in range(REACTIVATE, len(MOVE_OF_ACT)):
            after = level_after(measure, act)
            if after == before or not legal(measure, act, day, p.notice_days):
                continue
            if after != last:
                last = after
                gain = worth(effects(world, h, government, k, before, after, announced, day))
            if gain == 0.0:
                continue
            answer = gain * share_of(measure, act, h.rate, day, p.reaction_days)
            if MOVE_OF_ACT[act] == ESCALATE:
                blow -= answer
                blows += 1
                if act == REACTIVATE:
                    ended += first_stake(measure, back, h.rate, day)
            else:
                relief += answer
                reliefs += 1
    place = pair_of(world, government, partner)
    pair = world.pairs[place]
    due = pair.threat_due if binds(world, government, partner, day) else 0.0
    back_already = executed(world, government, partner, day) if due > 0.0 else 0.0
    meeting = pair.summit_on == day or pair.favour == 1
    return Outlook(
        government=government,
        partner=partner,
        day=day,
        h=h,
        rates=rates,
        to_escalation=counted_answers(world, place, ESCALATE),
        to_holding=counted_answers(world, place, HOLD),
        to_relaxation=counted_answers(world, place, RELAX),
        blow=blow / max(1, blows),
        blow_sunset=ended / max(1, blows),
        relief=relief / max(1, reliefs),
        first=first,
        rest=rest,
        exposed=exposed,
        belief=belief,
        meeting=meeting,
        waiting=pair.react_on > day,
        owed=pair.owed,
        due=due,
        executed=back_already,
        stake=pair.stake,
    )


def share_of(measure: MeasureState, act: int, rate: float, day: int, wait: int) -> float:
    """What an act that is made after some days brings, as a part of what it would bring for good from today.

    Postponing brings it until the measure comes into force after all.
    """
    days = wait + days_until_felt(measure, act, day + wait)
    share = delayed(rate, days / DAYS_PER_MONTH)
    if act == POSTPONE:
        share -= delayed(rate, (days + measure.suspension_days) / DAYS_PER_MONTH)
    return share


def sunset_stakes(measure: MeasureState, back: float, belief: float, rate: float, day: int) -> SunsetStakes:
    """What a suspended measure brings at its sunsets, if its return from today on brings `back`.

    After k renewals, each believed with probability p, it returns at the next with 1 - p. With L months
    from one sunset to the next, what later ones bring adds up to (1 - p) e^(-rL) / (1 - p e^(-rL)) of the
    first (`sim.theory.sunset`).

    Args:
        measure: that is suspended until a day.
        back: worth of its return if it came today [bn USD].
        belief: that it is renewed at a sunset [0 to 1].
        rate: at which what is to come is discounted [per month].
        day: today.
    """
    first = first_stake(measure, back, rate, day)
    if measure.suspension_days == 0:
        return SunsetStakes(first, 0.0)
    later = delayed(rate, measure.suspension_days / DAYS_PER_MONTH)
    return SunsetStakes(first, first * (1.0 - belief) * later / max(1e-12, 1.0 - belief * later))


def first_stake(measure: MeasureState, back: float, rate: float, day: int) -> float:
    """What a suspended measure's return at the sunset that is set brings today [bn USD]."""
    return back * delayed(rate, (measure.until + 1 - day) / DAYS_PER_MONTH)
