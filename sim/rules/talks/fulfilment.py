"""Agreed is not fulfilled: what carrying a deal out is worth beside refusing, and what follows.

Who refuses has what the partner gives until it answers, and a new deal after a pause, trusted less. If a
new deal were free, nothing that costs anything would be fulfilled (Klimenko, Ramey and Watson 2008, Journal
of International Economics 74(2)). The same closed form says what is credible when a package is offered and
what carrying it out is worth on the day on which it is due.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sim.domain.constants import DAYS_PER_MONTH, ESCALATE, EXTEND, MOVE_OF_ACT, NEVER, NO_ACT, RELAX
from sim.domain.state import PendingDecision, World
from sim.payoffs.politics import notice
from sim.payoffs.present_value import delayed
from sim.rules.indexing import pair_of
from sim.rules.package_values import MoveValue
from sim.rules.present_values import discounting_of, mean_flow
from sim.rules.talks.agenda import conceding_act, of_couple
from sim.rules.talks.deal_worth import deal_worth
from sim.rules.terms.attention_term import attention, price


class Fulfilment(NamedTuple):
    """How much more carrying a package out is worth than refusing: weights of what it is worth."""

    own: float  # of what the own clauses alone are worth, mostly a cost
    whole: float  # of what the whole package is worth


def fulfilment(world: World, government: int, partner: int) -> Fulfilment:
    """How a government weighs carrying a package out against refusing.

    With own clauses worth g and the partner's worth x, carrying out is worth g + trust x. Refusing is worth
    trust x until the partner has answered, and what a new deal is worth after the pause, g + x again, in the
    measure in which the partner still trusts.
    """
    rate = discounting_of(world, government).rate
    answered = delayed(rate, world.governments[partner].reaction_days / DAYS_PER_MONTH)
    lasting = trust(world, government, partner, 0.0) * answered
    again = delayed(rate, world.talks[0].breach_pause_days / DAYS_PER_MONTH)
    return Fulfilment(1.0 - lasting, lasting - again * trust(world, partner, government, 1.0))


def credit(f: Fulfilment, gift: float, whole: float) -> float:
    """By how much carrying a package out is better than refusing [bn USD].

    `gift` is what the own clauses alone are worth, `whole` what the whole package is [bn USD].
    """
    return f.own * gift + f.whole * whole


def trust(world: World, government: int, partner: int, refusals: float) -> float:
    """Believed chance that a partner fulfils a deal, after some more refusals of it: a Beta mean."""
    t = world.talks[0]
    pair = world.pairs[pair_of(world, government, partner)]
    deals = t.trust_deals + pair.fulfilled + pair.refused + refusals
    return (t.trust * t.trust_deals + pair.fulfilled) / deals if deals > 0.0 else t.trust


def agree(world: World, one: int, other: int, clauses: list[int], package: int, day: int) -> int:
    """Let a package be agreed: what falls due of it is the result, and nothing older asks for an answer.

    What one of the two concedes this evening anyway is not due again.
    """
    due = 0
    for k in range(len(clauses)):
        measure = world.measures[clauses[k]]
        if package >> k & 1 == 1 and measure.pending == NO_ACT:
            measure.due_on = day + world.talks[0].fulfil_days
            due |= 1 << k
    for place in (pair_of(world, one, other), pair_of(world, other, one)):
        pair = world.pairs[place]
        pair.agreed_on, pair.rounds, pair.react_on = day, 0, NEVER
        pair.owed = pair.threat_due = 0.0
    return due


def has_dues(world: World, government: int, partner: int, day: int) -> bool:
    """Whether a government has agreed to concede anything to a partner today that it still can."""
    if len(world.talks) == 0:
        return False
    for measure in world.measures:
        due = measure.due_on == day and measure.issuer == government and measure.target == partner
        if due and conceding_act(measure, day) != NO_ACT:
            return True
    return False


def plan_dues(world: World, one: int, other: int, day: int) -> None:
    """Plan what one government is due to concede another today."""
    for measure in world.measures:
        if measure.issuer == one and measure.target == other and measure.due_on == day:
            measure.planned = conceding_act(measure, day)


def plan_missed(world: World, one: int, other: int, day: int) -> int:
    """Plan what one government is due to concede another today and leaves undone; how much that is."""
    plan_dues(world, one, other, day)
    missed = 0
    for measure in world.measures:
        if MOVE_OF_ACT[measure.pending] == RELAX:
            measure.planned = NO_ACT
        missed += int(measure.planned != NO_ACT)
    return missed


def clear_plans(world: World) -> None:
    """Plan nothing."""
    for measure in world.measures:
        measure.planned = NO_ACT


def due_move(world: World, government: int, partner: int, day: int, hold: MoveValue) -> MoveValue:
    """Carrying out what is due today, as a relaxation; holding is to refuse, and is worth `hold`."""
    plan_dues(world, government, partner, day)
    act, number, prices = NO_ACT, -1, 0.0
    acts = routine = extends = 0
    for k in range(len(world.measures)):
        planned = world.measures[k].planned
        if planned != NO_ACT:
            acts += 1
            prices += price(world, k, planned)
            if act in (NO_ACT, EXTEND):
                act, number = planned, k
            routine, extends = max(routine, int(planned != EXTEND)), max(extends, int(planned == EXTEND))
    spent = attention(world, government, prices, routine == 1, False)
    own = deal_worth(world, government, partner, day) - spent
    relief = deal_worth(world, partner, government, day)
    plan_dues(world, partner, government, day)
    whole = deal_worth(world, government, partner, day) - spent
    clear_plans(world)
    now = hold.now + credit(fulfilment(world, government, partner), own, whole)
    felt = mean_flow(discounting_of(world, partner), relief)
    noticed = notice(felt, world.governments[government].noticed_size)
    audience = hold.audience
    return MoveValue(
        act, number, acts, routine, extends, now, hold.later, felt, noticed, 0.0, spent, audience, 1.0
    )


def settle_dues(world: World, decisions: Sequence[PendingDecision], count: int, day: int) -> None:
    """Count what is carried out or refused this evening, before any act.

    Whoever does not concede all that is due today refuses, even if it relaxes otherwise. A refusal is an
    escalation in memories: nothing more of the deal is due, and the couple does not talk for a while. So is
    an escalation while anything is due.
    """
    if len(world.talks) == 0:
        return
    for k in range(count):
        d = decisions[k]
        today = has_dues(world, d.government, d.partner, day)
        due = today
        for measure in world.measures:
            due = due or (measure.due_on != NEVER and of_couple(measure, d.government, d.partner))
        missed = plan_missed(world, d.government, d.partner, day) if today else 0
        if missed > 0 or (due and d.move == ESCALATE):
            refuse(world, d, day)
        elif today:
            world.pairs[pair_of(world, d.partner, d.government)].fulfilled += 1.0
    for measure in world.measures:
        if measure.due_on <= day:
            measure.due_on = NEVER


def refuse(world: World, decision: PendingDecision, day: int) -> None:
    """Let a decision count as a refusal: what was due and is missed, as planned, is added to its pressure."""
    government, partner = decision.government, decision.partner
    missed = deal_worth(world, partner, government, day)
    clear_plans(world)
    decision.move = ESCALATE
    decision.pressure -= mean_flow(discounting_of(world, partner), missed)
    world.pairs[pair_of(world, partner, government)].refused += 1.0
    for place in (pair_of(world, government, partner), pair_of(world, partner, government)):
        world.pairs[place].pause_until = day + world.talks[0].breach_pause_days
        world.pairs[place].rounds = 0
    for measure in world.measures:
        if measure.due_on > day and of_couple(measure, government, partner):
            measure.due_on = NEVER
