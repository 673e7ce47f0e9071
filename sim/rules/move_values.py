"""The value of a move carried by an act, the same for everybody.

A move is worth what it pays in itself over the horizon (`now`) and what the partner is
expected to answer (`later`). The partner's answer to a move has the chances counted so far,
noticed the less the smaller the step, and tilted by the pressure the step puts on the partner.
A truce that the partner is believed not to renew is lost whatever one does: near a sunset of one's own
only the belief that it renews makes restraint worth its price.
"""

from typing import NamedTuple

from sim.domain.constants import ESCALATE, EXTEND, HOLD, LIFT, NO_ACT, REACTIVATE, RELAX
from sim.domain.state import World
from sim.payoffs.politics import notice
from sim.rules.act_values import ActValue, ExpectedAnswer, answer_loss
from sim.rules.beliefs import expected_answers, renewal_belief
from sim.rules.indexing import pair_of
from sim.rules.measures import ends_soon
from sim.rules.renewal_values import OwnLapse, RenewalStakes, sunset_stake, sunsets_of, threatened
from sim.rules.terms.audience_term import audience_cost, lone_step_cost, market_relief


class CommonStakes(NamedTuple):
    """What is common to all moves of a government towards a partner today."""

    escalation: ExpectedAnswer  # what an escalation by the partner would bring
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
        escalation=answer_loss(world, government, partner, ESCALATE, day),
        relief=-answer_loss(world, government, partner, RELAX, day).loss,
        sunset=sunset_stake(world, government, partner, belief, day),
        threatened=threatened(world, partner, government),
        belief=belief,
        meeting=pair.summit_on == day or pair.favour == 1,
        owing=pair.owed > 0.0,
    )


def value_of_move(
    world: World,
    government: int,
    partner: int,
    move: int,
    step: ActValue,
    s: CommonStakes,
    lapse: OwnLapse,
    day: int,
) -> MoveValue:
    """What a move carried by an act is worth, with the suspensions that run out meanwhile."""
    g = world.governments[government]
    pair = pair_of(world, government, partner)
    extends = step.act == EXTEND
    lapse_gain = 0.0 if extends else lapse.gain
    lapse_push = 0.0 if extends else lapse.pressure
    push = step.pressure + lapse_push
    size = lapse.pressure if extends else step.size + lapse_push
    kind = move
    if move == HOLD and lapse_push > 0.0:
        kind = ESCALATE
    weight = notice(size, g.noticed_size)
    expected = expected_answers(world, pair, kind, push, weight, g.leverage)
    p_escalate, p_relax = expected.escalate, expected.relax
    now = step.gain + lapse_gain - audience_cost(world, government, partner, move, step.act, push, day)
    if move == RELAX:
        returned = 1.0 if s.meeting else p_relax
        if extends:
            returned = s.belief if s.threatened else 1.0
        elif s.owing and not s.meeting:
            returned = 0.0  # giving way under pressure saves nobody's face
        now -= lone_step_cost(world, government, returned, weight)
        now += market_relief(world, government)
    first = s.sunset.first
    rest = s.sunset.rest
    gives_up = s.threatened and step.act in (REACTIVATE, LIFT)
    if gives_up and not ends_soon(world.measures[step.measure], day, g.notice_days):
        own = sunsets_of(world, government, step.measure, s.belief, day)
        first -= own.first  # it will not come back at a sunset any more
        rest -= own.rest
    if lapse.ending > 0:  # if the partner lets its own run out too, nothing is left to answer
        restrained = p_relax * s.relief - p_escalate * s.escalation.loss - (1.0 - p_escalate) * rest
        later = s.belief * restrained - (1.0 - s.belief) * first
    else:
        later = p_relax * s.relief - p_escalate * (s.escalation.loss + first - s.escalation.sunset)
        later -= (1.0 - p_escalate) * ((1.0 - s.belief) * first + s.belief * rest)
    return MoveValue(step.act, step.measure, now, later, push, weight)


def value_of(values: MoveValues, move: int) -> MoveValue:
    """The option of a move."""
    if move == ESCALATE:
        return values.escalate
    return values.hold if move == HOLD else values.relax


def carried(values: MoveValues, requested: int) -> int:
    """The move made when a strategy says one: HOLD where no legal act carries what it said."""
    return requested if requested == HOLD or value_of(values, requested).act != NO_ACT else HOLD
