"""The value of each of the three moves, and the act that would carry it: the same for everybody.

A move is worth what it pays in itself over the horizon (`now`) and what the partner is
expected to answer (`later`). The partner's answer to a move has the chances counted so far,
noticed the less the smaller the step, and tilted by the pressure the step puts on the partner.
A truce that the partner is believed not to renew is lost whatever one does: near a sunset of one's own
only the belief that it renews makes restraint worth its price.
"""

from typing import NamedTuple

from sim.domain.constants import (
    ESCALATE,
    EXTEND,
    HOLD,
    LIFT,
    MOVE_OF_ACT,
    NO_ACT,
    REACTIVATE,
    RELAX,
    SUSPENDED,
)
from sim.domain.state import World
from sim.payoffs.politics import broken_threat, market_bonus, notice, unanswered, unreturned
from sim.rules.act_values import ActValue, ExpectedAnswer, answer_loss, prospect
from sim.rules.beliefs import expected_answers, renewal_belief
from sim.rules.indexing import pair_of
from sim.rules.measures import ends_soon, legal
from sim.rules.present_values import mean_pressure
from sim.rules.renewal import OwnLapse, RenewalStakes, lapse, sunset_stake, sunsets_of, threatened


class CommonStakes(NamedTuple):
    """What is common to all moves of a government towards a partner today."""

    blow: ExpectedAnswer  # what an escalation by the partner would bring
    relief: float  # [bn USD] gain from a relaxation by the partner
    sunset: RenewalStakes  # what the end of the truce at a sunset would bring
    threatened: bool  # whether the partner has suspensions that may run out
    belief: float  # that it extends them
    meeting: bool  # both decide today at a summit, or it has relaxed already
    owing: bool  # the partner has escalated and has had no answer


class MoveValue(NamedTuple):
    """A move, the act that carries it best and what it is worth [bn USD]."""

    act: int
    measure: int
    now: float
    later: float
    pressure: float  # [bn USD/month]
    noticed: float  # weight that the partner gives the step [0 to 1]


class MoveValues(NamedTuple):
    """The best of each of the three moves; a move without a legal act has act NO_ACT."""

    escalate: MoveValue
    hold: MoveValue
    relax: MoveValue


def stakes(world: World, government: int, partner: int, day: int) -> CommonStakes:
    """What is common to all moves of a government towards a partner today."""
    pair = world.pairs[pair_of(world, government, partner)]
    belief = renewal_belief(world, government, partner)
    return CommonStakes(
        blow=answer_loss(world, government, partner, ESCALATE, day),
        relief=-answer_loss(world, government, partner, RELAX, day).loss,
        sunset=sunset_stake(world, government, partner, belief, day),
        threatened=threatened(world, partner, government),
        belief=belief,
        meeting=pair.summit_on == day or pair.favour == 1,
        owing=pair.owed > 0.0,
    )


def answer_to_come(world: World, government: int, partner: int, move: int, day: int) -> bool:
    """Whether a move is no answer yet: it holds, and an answer falls due on a later day."""
    pair = world.pairs[pair_of(world, government, partner)]
    return move == HOLD and pair.react_on > day


def reproach(
    world: World, government: int, partner: int, move: int, act: int, push: float, day: int
) -> float:
    """Audience cost of what an act leaves unanswered [bn USD].

    The declared threats are the measures that stand suspended: only reactivating executes them.
    Holding costs nothing while the answer is still to come.
    """
    if answer_to_come(world, government, partner, move, day):
        return 0.0
    g = world.governments[government]
    pair = world.pairs[pair_of(world, government, partner)]
    cost = unanswered(pair.owed, push, g.inaction_cost)
    if pair.threat_due == 1:
        executed = push if act == REACTIVATE else 0.0
        deserved = min(pair.owed, threatened_pressure(world, government, partner, day))
        cost += broken_threat(True, executed, deserved, g.threat_cost)
    return g.political_weight * g.expectation * cost


def threatened_pressure(world: World, government: int, partner: int, day: int) -> float:
    """Pressure of all measures that a government holds suspended over a partner [bn USD/month]."""
    push = 0.0
    for k in range(len(world.measures)):
        measure = world.measures[k]
        if measure.issuer == government and measure.target == partner and measure.status == SUSPENDED:
            push += mean_pressure(world, government, k, 0.0, measure.level, 0.0, day)
    return push


def option(
    world: World,
    government: int,
    partner: int,
    move: int,
    step: ActValue,
    s: CommonStakes,
    gone: OwnLapse,
    day: int,
) -> MoveValue:
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
    expected = expected_answers(world, pair, answered_as, push, weight, g.leverage)
    chance_worse, chance_better = expected.escalate, expected.relax
    now = step.gain + left_gain - reproach(world, government, partner, move, step.act, push, day)
    if move == RELAX:
        returned = 1.0 if s.meeting else chance_better
        if extends:
            returned = s.belief if s.threatened else 1.0
        elif s.owing and not s.meeting:
            returned = 0.0  # giving way under pressure saves nobody's face
        now -= g.political_weight * g.expectation * unreturned(g.unreturned_cost, returned, weight)
        now += g.political_weight * market_bonus(g.market_loss, g.market_threshold, g.market_relief)
    first = s.sunset.first
    rest = s.sunset.rest
    gives_up = s.threatened and step.act in (REACTIVATE, LIFT)
    if gives_up and not ends_soon(world.measures[step.measure], day, g.notice_days):
        mine = sunsets_of(world, government, step.measure, s.belief, day)
        first -= mine.first  # it will not come back at a sunset any more
        rest -= mine.rest
    if gone.ending > 0:  # if the partner lets its own run out too, nothing is left to answer
        restrained = chance_better * s.relief - chance_worse * s.blow.loss - (1.0 - chance_worse) * rest
        later = s.belief * restrained - (1.0 - s.belief) * first
    else:
        later = chance_better * s.relief - chance_worse * (s.blow.loss + first - s.blow.sunset)
        later -= (1.0 - chance_worse) * ((1.0 - s.belief) * first + s.belief * rest)
    return MoveValue(step.act, step.measure, now, later, push, weight)


def best_option(
    world: World, government: int, partner: int, move: int, day: int, s: CommonStakes, gone: OwnLapse
) -> MoveValue:
    """The legal act of a kind that pays most; the first in the scenario's order among equals."""
    g = world.governments[government]
    best = MoveValue(NO_ACT, -1, 0.0, 0.0, 0.0, 0.0)
    for number in range(len(world.measures)):
        measure = world.measures[number]
        if measure.issuer == government and measure.target == partner:
            for act in range(REACTIVATE, LIFT + 1):
                if MOVE_OF_ACT[act] == move and legal(measure, act, day, g.notice_days):
                    left = gone
                    if act != EXTEND and ends_soon(measure, day, g.notice_days):
                        left = lapse(world, government, partner, day, number)
                    step = prospect(world, number, act, day)
                    if move == ESCALATE and step.size <= 0.0:
                        continue  # what nobody feels is no escalation
                    found = option(world, government, partner, move, step, s, left, day)
                    if best.act == NO_ACT or found.now + found.later > best.now + best.later:
                        best = found
    return best


def options(world: World, government: int, partner: int, day: int) -> MoveValues:
    """The three moves of a government towards a partner today, each carried as well as can be."""
    s = stakes(world, government, partner, day)
    gone = lapse(world, government, partner, day, -1)
    nothing = ActValue(NO_ACT, -1, 0.0, 0.0, 0.0)
    return MoveValues(
        escalate=best_option(world, government, partner, ESCALATE, day, s, gone),
        hold=option(world, government, partner, HOLD, nothing, s, gone, day),
        relax=best_option(world, government, partner, RELAX, day, s, gone),
    )


def option_of(found: MoveValues, move: int) -> MoveValue:
    """The option of a move."""
    if move == ESCALATE:
        return found.escalate
    return found.hold if move == HOLD else found.relax


def settled(found: MoveValues, said: int) -> int:
    """The move made when a strategy says one: HOLD where no legal act carries what it said."""
    return said if said == HOLD or option_of(found, said).act != NO_ACT else HOLD


def forced(
    world: World, government: int, partner: int, act: int, number: int, day: int, found: MoveValues
) -> MoveValues:
    """The three moves when one must be carried by an act on measure `number`; none if it is not legal."""
    one = MoveValue(NO_ACT, -1, 0.0, 0.0, 0.0, 0.0)
    move = MOVE_OF_ACT[act]
    if legal(world.measures[number], act, day, world.governments[government].notice_days):
        step = prospect(world, number, act, day)
        s = stakes(world, government, partner, day)
        gone = lapse(world, government, partner, day, number)
        one = option(world, government, partner, move, step, s, gone, day)
    if move == ESCALATE:
        return MoveValues(one, found.hold, found.relax)
    return MoveValues(found.escalate, found.hold, one)
