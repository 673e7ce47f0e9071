"""What a day does to a world: its morning, who decides, and what their acts do to measures.

The engines do these in this order, joined in `sim.rules.turn`:

1. sunsets      suspensions whose last day was yesterday end, and the measure is back in force
2. entries      announced measures come into force on their day
3. events       courts, elections and summits of the day (`sim.rules.scheduled_events`)
4. due          old provocations are forgotten; who decides today, about whom and why
5. choices      everybody chooses on this morning's state (`sim.rules.move_values`)
6. acts         in the evening every act is paid for (`sim.rules.decision_costs`) and changes its measure
7. memories     who saw what: answers counted, provocations noted, reactions set (`sim.rules.learning`)
8. accounts     markets fall and forget, stocks are drawn and refilled, trade adjusts, the day's
                payoffs are booked (`sim.rules.end_of_day`)
"""

from collections.abc import Sequence

from sim.domain.constants import EXTEND, NEVER, NO_ACT, NOT_DUE, REACTION, REVIEW, SUNSET, SUSPENDED
from sim.domain.state import PendingDecision, World
from sim.rules.indexing import pair_of
from sim.rules.learning import count_escalation, feel_escalation
from sim.rules.measures import carry_out, come_into_force, ends_soon, enters, lapses
from sim.rules.present_values import mean_pressure


def end_suspensions(world: World, day: int) -> None:
    """Bring back every measure whose suspension ended yesterday; its target takes it as an escalation."""
    for number in range(len(world.measures)):
        measure = world.measures[number]
        if lapses(measure, day):
            push = mean_pressure(world, measure.target, number, 0.0, measure.level, 0.0, day)
            come_into_force(measure)
            remembered = world.pairs[pair_of(world, measure.target, measure.issuer)]
            if remembered.provoked_on != day:  # measures that end together are one sunset
                remembered.lapsed += 1.0
                count_escalation(world, measure.issuer, measure.target, day)
            feel_escalation(world, measure.issuer, measure.target, push, day)


def enter_announced(world: World, day: int) -> None:
    """Put announced measures in force on their day."""
    for measure in world.measures:
        if enters(measure, day):
            come_into_force(measure)


def due(world: World, government: int, partner: int, day: int, start: int) -> int:
    """Why a government decides about a partner today: REACTION, SUNSET, REVIEW, or NOT_DUE.

    Two reasons on one day make one decision, under the first of these names. A sunset is
    watched on the first day of its notice period and on its last day. While an answer is being
    prepared there is no review: the answer is the review.
    """
    g = world.governments[government]
    pair = world.pairs[pair_of(world, government, partner)]
    if pair.react_on != NEVER and pair.react_on <= day:
        return REACTION
    for measure in world.measures:
        if (
            measure.issuer == government
            and measure.target == partner
            and measure.status == SUSPENDED
            and measure.stays == 0
            and (measure.until == day or measure.until - day == g.notice_days)
        ):
            return SUNSET
    if pair.summit_on == day:
        return REVIEW
    if pair.react_on > day:
        return NOT_DUE
    if day >= start + g.review_offset and (day - start - g.review_offset) % g.review_days == 0:
        return REVIEW
    return NOT_DUE


def act(world: World, made: Sequence[PendingDecision], count: int, day: int) -> None:
    """Carry out the acts; an extension takes in all that ends within the notice period."""
    for k in range(count):
        m = made[k]
        if m.act == EXTEND and m.whole == 1:
            notice = world.governments[m.government].notice_days
            for number in range(len(world.measures)):
                measure = world.measures[number]
                mine = measure.issuer == m.government and measure.target == m.partner
                if mine and ends_soon(measure, day, notice):
                    carry_out(world, number, EXTEND, day)
        elif m.act != NO_ACT:
            carry_out(world, m.measure, m.act, day)
