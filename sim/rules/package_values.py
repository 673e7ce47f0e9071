"""The value of a move carried by a package, the same for everybody.

A move is worth what it pays in itself over the horizon (`now`) and what the partner is expected to answer
(`later`). The partner's answer to a move has the probabilities counted so far, noticed the less the
smaller the step, and tilted by the pressure the step puts on the partner. A truce that the partner is
believed not to renew is lost whatever one does: near a sunset of one's own only the belief that it renews
makes restraint worth its price.
"""

from typing import Final, NamedTuple

from sim.domain.constants import ESCALATE, HOLD, NO_ACT, RELAX
from sim.domain.state import World
from sim.payoffs.politics import notice
from sim.rules.act_table import ActTable
from sim.rules.beliefs import AnswerProbabilities, expected_answers
from sim.rules.outlook import Outlook
from sim.rules.terms.attention_term import attention
from sim.rules.terms.audience_term import audience_cost, lone_step_cost, market_relief


class Package(NamedTuple):
    """What the acts of a package bring together."""

    acts: int  # how many
    act: int  # the first that is more than an extension, if any is, and its measure
    measure: int
    gain: float  # [bn USD] to the government, before attention and audiences
    pressure: float  # [bn USD/month] on the partner
    size: float  # [bn USD/month] by which the partner measures the step
    executes: float  # [bn USD/month] of the threat under a deal
    attention: float  # [bn USD] of its acts, each by itself
    routine: bool  # whether any act is more than an extension
    prepares: bool  # whether any is a new measure
    extends: bool  # whether it extends what ends soon
    lapse_gain: float  # what it takes off that of letting suspensions run out, columns of `ActRow`
    lapse_pressure: float
    first: float  # likewise of the stakes of sunsets
    rest: float
    points: float  # [share] added to the own average tariff
    minerals: int  # bit k set: it touches the supply of mineral k


NOTHING: Final = Package(
    0, NO_ACT, -1, 0.0, 0.0, 0.0, 0.0, 0.0, False, False, False, 0.0, 0.0, 0.0, 0.0, 0.0, 0
)


class MoveValue(NamedTuple):
    """A move, the package that carries it and what it is worth [bn USD]."""

    act: int  # the main one of the package
    measure: int
    acts: int  # how many
    routine: int  # 1: any of them is more than an extension
    extends: int  # 1: one of them extends what ends soon
    now: float
    later: float
    pressure: float  # [bn USD/month]
    noticed: float  # weight that the partner gives the step [0 to 1]
    points: float  # [share] added to the own average tariff
    attention: float  # [bn USD] paid in the evening, in `now`
    audience: float  # [bn USD] likewise
    probability: float  # of drawing this package in this way: this act first, then each in its turn [0 to 1]


class Reception(NamedTuple):
    """How the partner is expected to take a move."""

    as_move: int  # the kind of move that it counts it as
    pressure: float  # [bn USD/month]
    noticed: float  # weight that it gives the step [0 to 1]
    answers: AnswerProbabilities


def reception(world: World, o: Outlook, t: ActTable, move: int, package: Package) -> Reception:
    """How the partner is expected to take a move; suspensions that run out are felt as an escalation."""
    g = world.governments[o.government]
    lapse_pressure = 0.0 if package.extends else t.lapse_pressure - package.lapse_pressure
    pressure = package.pressure + lapse_pressure
    as_move, answers = move, o.to_holding if move == HOLD else o.to_relaxation
    if move == ESCALATE or (move == HOLD and lapse_pressure > 0.0):
        as_move, answers = ESCALATE, o.to_escalation
    weight = notice(package.size + lapse_pressure, g.noticed_size)
    expected = expected_answers(answers, o.to_holding, pressure, weight, g.leverage)
    return Reception(as_move, pressure, weight, expected)


def worth_of_answers(o: Outlook, t: ActTable, package: Package, p_escalate: float, p_relax: float) -> float:
    """What the partner's answers with these probabilities are worth, its sunsets included [bn USD]."""
    first, rest = t.first - package.first, t.rest - package.rest
    if t.ending > 0:  # if the partner lets its own run out too, nothing is left to answer
        restrained = p_relax * o.relief - p_escalate * o.blow - (1.0 - p_escalate) * rest
        return o.belief * restrained - (1.0 - o.belief) * first
    later = p_relax * o.relief - p_escalate * (o.blow + first - o.blow_sunset)
    return later - (1.0 - p_escalate) * ((1.0 - o.belief) * first + o.belief * rest)


def move_value(
    world: World, o: Outlook, t: ActTable, move: int, package: Package, probability: float
) -> MoveValue:
    """What a move carried by a package is worth, with the suspensions that run out meanwhile."""
    lapse_gain = 0.0 if package.extends else t.lapse_gain - package.lapse_gain
    step = reception(world, o, t, move, package)
    pressure, weight, p_relax = step.pressure, step.noticed, step.answers.relax
    spent = attention(world, o.government, package.attention, package.routine, package.prepares)
    audience = 0.0
    if move != HOLD or not o.waiting:
        audience = audience_cost(world, o, t.threat, pressure, package.executes)
    now = package.gain + lapse_gain - spent - audience
    if move == RELAX:
        returned = 1.0 if o.meeting else p_relax
        if package.extends and not package.routine:
            returned = o.belief if o.exposed else 1.0
        elif o.owed > 0.0 and not o.meeting:
            returned = 0.0  # giving way under pressure saves nobody's face
        now -= lone_step_cost(world, o.government, returned, weight)
        now += market_relief(world, o.government)
    later = worth_of_answers(o, t, package, step.answers.escalate, p_relax)
    return MoveValue(
        package.act,
        package.measure,
        package.acts,
        1 if package.routine else 0,
        1 if package.extends else 0,
        now,
        later,
        pressure,
        weight,
        package.points,
        spent,
        audience,
        probability,
    )
