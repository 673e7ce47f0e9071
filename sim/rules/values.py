"""The value of each of the three moves, and the act that would carry it: the same for everybody.

A move is worth what it pays in itself over the horizon (`now`) and what the partner is
expected to answer (`later`). The partner's answer to a move has the chances counted so far,
noticed the less the smaller the step, and tilted by the pressure the step puts on the partner.
Near a sunset of one's own, the belief that the partner renews scales how far its restraint
can be counted on.
"""

import math
from typing import NamedTuple

from sim.domain.state import World
from sim.domain.words import (
    ESCALATE,
    EXTEND,
    HOLD,
    LIFT,
    MOVE_OF_ACT,
    NO_ACT,
    REACTIVATE,
    RELAX,
)
from sim.payoffs.politics import broken_threat, notice, unanswered, unreturned
from sim.rules.flows import pair_of, renewal_belief
from sim.rules.legal import ends_soon, legal
from sim.rules.prospects import (
    Lapse,
    Prospect,
    answer_loss,
    lapse,
    prospect,
    returning_gain,
    sunset_loss,
)


class Stakes(NamedTuple):
    """What is common to all moves of a government towards a partner today."""

    blow: float  # [bn USD] loss from an escalation by the partner
    relief: float  # [bn USD] gain from a relaxation by the partner
    sunset: float  # [bn USD] expected loss from suspensions that are not renewed
    lapsing: float  # [bn USD] loss if all run out at their first sunset
    belief: float  # that it extends them
    meeting: bool  # both decide today at a summit, or it has relaxed already


class Option(NamedTuple):
    """A move, the act that carries it best and what it is worth [bn USD]."""

    act: int
    measure: int
    now: float
    later: float
    pressure: float  # [bn USD/month]
    noticed: float  # weight that the partner gives the step [0 to 1]


class Options(NamedTuple):
    """The best of each of the three moves; a move without a legal act has act NO_ACT."""

    escalate: Option
    hold: Option
    relax: Option


def answer_chance(world: World, pair: int, move: int, answer: int) -> float:
    """Counted chance of a partner's answer to a move."""
    counts = world.answers[pair]
    seen = counts[move * 3] + counts[move * 3 + 1] + counts[move * 3 + 2]
    if seen <= 0.0:
        return 1.0 / 3.0
    return counts[move * 3 + answer] / seen


def expected_answer(
    world: World, pair: int, move: int, push: float, weight: float, leverage: float, answer: int
) -> float:
    """Chance of an answer to a step of a given weight and pressure.

    A step is answered like a hold when nobody notices it (weight 0) and like its kind when
    everybody does (1). Pressure tilts the answers: towards relaxing by exp(+leverage * push),
    towards escalating by its inverse.

    Args:
        world: as it stands.
        pair: place of the memory of this partner.
        move: what the step is taken for.
        push: pressure it adds on the partner [bn USD/month].
        weight: how far it is noticed [0 to 1].
        leverage: pull of a billion a month [months per bn USD].
        answer: the move whose chance is asked for.
    """
    tilt = math.exp(max(-3.0, min(3.0, leverage * push)))
    total = 0.0
    asked = 0.0
    for k in range(3):
        chance = weight * answer_chance(world, pair, move, k)
        chance += (1.0 - weight) * answer_chance(world, pair, HOLD, k)
        if k == RELAX:
            chance *= tilt
        elif k == ESCALATE:
            chance /= tilt
        total += chance
        if k == answer:
            asked = chance
    return asked / total


def stakes(world: World, government: int, partner: int, day: int) -> Stakes:
    """What is common to all moves of a government towards a partner today."""
    pair = world.pairs[pair_of(world, government, partner)]
    belief = renewal_belief(world, government, partner)
    return Stakes(
        blow=answer_loss(world, government, partner, ESCALATE, day),
        relief=-answer_loss(world, government, partner, RELAX, day),
        sunset=sunset_loss(world, government, partner, day, belief),
        lapsing=sunset_loss(world, government, partner, day, 0.0),
        belief=belief,
        meeting=pair.summit_on == day or pair.favour == 1,
    )


def answer_to_come(world: World, government: int, partner: int, move: int, day: int) -> bool:
    """Whether a move is no answer yet: it holds, and an answer falls due on a later day."""
    pair = world.pairs[pair_of(world, government, partner)]
    return move == HOLD and pair.react_on > day


def reproach(
    world: World, government: int, partner: int, move: int, act: int, push: float, day: int
) -> float:
    """Audience cost of what an act leaves unanswered [bn USD].

    The declared threat is the measure that stands suspended: only reactivating executes it.
    Holding costs nothing while the answer is still to come.
    """
    if answer_to_come(world, government, partner, move, day):
        return 0.0
    g = world.governments[government]
    pair = world.pairs[pair_of(world, government, partner)]
    cost = broken_threat(pair.threat_due == 1, act == REACTIVATE, g.threat_cost)
    cost += unanswered(pair.owed, push, g.inaction_cost)
    return g.political_weight * g.expectation * cost


def option(
    world: World,
    government: int,
    partner: int,
    move: int,
    step: Prospect,
    s: Stakes,
    gone: Lapse,
    day: int,
) -> Option:
    """What a move carried by an act is worth, with the suspensions that run out meanwhile."""
    g = world.governments[government]
    pair = pair_of(world, government, partner)
    extends = step.act == EXTEND
    left_gain = 0.0 if extends else gone.gain
    left_push = 0.0 if extends else gone.pressure
    push = step.pressure + left_push
    size = gone.pressure if extends else step.size + left_push
    answered_as = move
    if move == HOLD and left_push > 0.0:
        answered_as = ESCALATE
    weight = notice(size, g.noticed_size)
    chance_worse = expected_answer(world, pair, answered_as, push, weight, g.leverage, ESCALATE)
    chance_better = expected_answer(world, pair, answered_as, push, weight, g.leverage, RELAX)
    now = step.gain + left_gain - reproach(world, government, partner, move, step.act, push, day)
    if move == RELAX:
        returned = s.belief if extends else (1.0 if s.meeting else chance_better)
        now -= g.political_weight * g.expectation * unreturned(g.unreturned_cost, returned, weight)
    if gone.ending > 0:
        chance_worse = 1.0 - s.belief * (1.0 - chance_worse)
        chance_better = s.belief * chance_better
    lapsing, sunset = s.lapsing, s.sunset
    if step.act in (REACTIVATE, EXTEND, LIFT):  # the step's own measure will not come back by itself
        lapsing += returning_gain(world, step.measure, day, 0.0)
        sunset += returning_gain(world, step.measure, day, s.belief)
    later = chance_better * s.relief - chance_worse * (s.blow + lapsing) - (1.0 - chance_worse) * sunset
    return Option(step.act, step.measure, now, later, push, weight)


def best_option(
    world: World, government: int, partner: int, move: int, day: int, s: Stakes, gone: Lapse
) -> Option:
    """The legal act of a kind that pays most; the first in the scenario's order among equals."""
    g = world.governments[government]
    best = Option(NO_ACT, -1, 0.0, 0.0, 0.0, 0.0)
    for number in range(len(world.measures)):
        measure = world.measures[number]
        if measure.issuer == government and measure.target == partner:
            for act in range(REACTIVATE, LIFT + 1):
                if MOVE_OF_ACT[act] == move and legal(measure, act, day, g.notice_days):
                    left = gone
                    if act != EXTEND and ends_soon(measure, day, g.notice_days):
                        left = lapse(world, government, partner, day, number)
                    step = prospect(world, number, act)
                    found = option(world, government, partner, move, step, s, left, day)
                    if best.act == NO_ACT or found.now + found.later > best.now + best.later:
                        best = found
    return best


def options(world: World, government: int, partner: int, day: int) -> Options:
    """The three moves of a government towards a partner today, each carried as well as can be."""
    s = stakes(world, government, partner, day)
    gone = lapse(world, government, partner, day, -1)
    nothing = Prospect(NO_ACT, -1, 0.0, 0.0, 0.0)
    return Options(
        escalate=best_option(world, government, partner, ESCALATE, day, s, gone),
        hold=option(world, government, partner, HOLD, nothing, s, gone, day),
        relax=best_option(world, government, partner, RELAX, day, s, gone),
    )


def option_of(found: Options, move: int) -> Option:
    """The option of a move."""
    if move == ESCALATE:
        return found.escalate
    return found.hold if move == HOLD else found.relax


def settled(found: Options, said: int) -> int:
    """The move made when a strategy says one: HOLD where no legal act carries what it said."""
    return said if said == HOLD or option_of(found, said).act != NO_ACT else HOLD


def forced(
    world: World, government: int, partner: int, act: int, number: int, day: int, found: Options
) -> Options:
    """The three moves when one must be carried by an act on measure `number`; none if it is not legal."""
    one = Option(NO_ACT, -1, 0.0, 0.0, 0.0, 0.0)
    move = MOVE_OF_ACT[act]
    if legal(world.measures[number], act, day, world.governments[government].notice_days):
        step = prospect(world, number, act)
        s = stakes(world, government, partner, day)
        gone = lapse(world, government, partner, day, number)
        one = option(world, government, partner, move, step, s, gone, day)
    if move == ESCALATE:
        return Options(one, found.hold, found.relax)
    return Options(found.escalate, found.hold, one)
