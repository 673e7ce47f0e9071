"""What a day does to a world.

The engines call these in this order, joined in `sim.rules.turn`:

1. sunsets      suspensions whose last day was yesterday end, and the measure is back in force
2. entries      announced measures come into force on their day
3. events       courts, elections and summits of the day (`sim.rules.events`)
4. due          who decides today, about whom and why
5. choices      everybody chooses on this morning's state (`sim.rules.values`)
6. acts         in the evening every act changes its measure
7. memories     who saw what: answers counted, provocations noted, reactions set
8. accounts     markets fall and forget, stocks are drawn and refilled, trade adjusts, the day's
                payoffs are booked
"""

import math
from collections.abc import Sequence

from sim.domain.state import Made, World
from sim.domain.words import (
    DAYS_PER_MONTH,
    ESCALATE,
    EXTEND,
    HOLD,
    NEVER,
    NO_ACT,
    NOT_DUE,
    REACTION,
    RELAX,
    REVIEW,
    SUNSET,
    SUSPENDED,
)
from sim.payoffs.adjustment import drawn, gap_left, pull_of
from sim.payoffs.minerals import next_stock
from sim.payoffs.politics import market_bonus, unreturned
from sim.rules.commerce import tariff
from sim.rules.flows import flow, keep
from sim.rules.legal import carry_out, come_into_force, ends_soon, enters, lapses, points_announced
from sim.rules.losses import mean_pressure
from sim.rules.places import pair_of
from sim.rules.prospects import price
from sim.rules.seeing import count
from sim.rules.supply import detours_closed, missing, supply_cut, wanted_stock
from sim.rules.values import answer_to_come, reproach


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


def forget(world: World, day: int) -> None:
    """Let provocations older than a government's memory go."""
    for government in range(len(world.governments)):
        for partner in range(len(world.governments)):
            pair = world.pairs[pair_of(world, government, partner)]
            old = day - pair.provoked_on > world.governments[government].memory_days
            if pair.provoked_on != NEVER and old:
                pair.owed = 0.0
                pair.threat_due = 0
                pair.provoked_on = NEVER


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


def account(world: World, made: Sequence[Made], count: int, day: int, anew: bool = True) -> None:
    """Close the day: markets, stocks, trade and the payoffs of everybody.

    Args:
        world: after the acts of the evening.
        made: the day's decisions.
        count: how many.
        day: today.
        anew: False on a day on which no measure, number or belief has changed: what these decide alone
            is then as it was when it was last worked out.
    """
    feel_markets(world, made, count)
    keep_stocks(world, anew)
    adjust_trade(world, anew)
    book_day(world, day, anew)


def relaxes(made: Sequence[Made], count: int, government: int, partner: int) -> bool:
    """Whether a government relaxes towards a partner on this evening."""
    for k in range(count):
        m = made[k]
        if m.government == government and m.partner == partner and m.move == RELAX:
            return True
    return False


def charge(world: World, made: Sequence[Made], count: int, day: int) -> None:
    """Charge what decisions cost at once, before they take effect."""
    for k in range(count):
        m = made[k]
        book(world, m, day, relaxes(made, count, m.partner, m.government))


def act(world: World, made: Sequence[Made], count: int, day: int) -> None:
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


def remember(world: World, made: Sequence[Made], count: int, day: int) -> None:
    """Let everybody note what they and their partners did."""
    for k in range(count):
        note_own(world, made[k], day)
    for k in range(count):
        m = made[k]
        note_partner(world, m, day, relaxes(made, count, m.partner, m.government))


def book(world: World, m: Made, day: int, returned: bool) -> None:
    """Charge what a decision costs at once: the act, and the audiences it disappoints.

    Args:
        world: before the acts of the evening.
        m: what was decided.
        day: today.
        returned: whether the partner relaxed on the same evening.
    """
    g = world.governments[m.government]
    pair = world.pairs[pair_of(world, m.government, m.partner)]
    meeting = pair.summit_on == day or pair.favour == 1
    if m.act != NO_ACT:
        g.acts -= price(world, m.measure, m.act)
    g.audience -= reproach(world, m.government, m.partner, m.move, m.act, m.pressure, day)
    if m.move == RELAX:
        g.audience += g.political_weight * market_bonus(g.market_loss, g.market_threshold, g.market_relief)
    if m.move == RELAX and m.act != EXTEND and not meeting and not returned:
        disappoint(world, m.government, m.noticed)


def disappoint(world: World, government: int, noticed: float) -> None:
    """Charge the audience cost of a relaxation that stayed alone."""
    g = world.governments[government]
    alone = unreturned(g.unreturned_cost, 0.0, noticed)
    g.audience -= g.political_weight * g.expectation * alone


def learn_answer(world: World, learner: int, partner: int, asked: int, answer: int) -> None:
    """Count a partner's answer to the learner's move, older answers fading."""
    counts = world.answers[pair_of(world, learner, partner)]
    fade = world.governments[learner].forgetting
    for k in range(3):
        counts[asked * 3 + k] = fade * counts[asked * 3 + k] + (1.0 if k == answer else 0.0)


def note_own(world: World, m: Made, day: int) -> None:
    """What a decision changes in the memory of who made it; the partner counts it as an answer.

    An escalation works off what was owed; any other move lets it pass, at the price booked. While
    an answer is still to come, holding is none and nothing is forgotten.
    """
    pair = world.pairs[pair_of(world, m.government, m.partner)]
    pair.my_last_move = m.move
    if answer_to_come(world, m.government, m.partner, m.move, day):
        return
    learn_answer(world, m.partner, m.government, pair.unseen_move, m.move)
    pair.unseen_move = HOLD
    pair.react_on = NEVER
    pair.threat_due = 0
    pair.owed = 0.0
    if m.move == ESCALATE:
        count_escalation(world, m.government, m.partner, day)
    elif m.move == RELAX:
        pair.relaxations += 1
        pair.favour = 0
        if m.act == EXTEND:
            note_extension(world, m)


def note_extension(world: World, m: Made) -> None:
    """Note a renewal with the partner; whoever extends first awaits that the other does."""
    mine = world.pairs[pair_of(world, m.government, m.partner)]
    theirs = world.pairs[pair_of(world, m.partner, m.government)]
    theirs.renewed += 1.0
    if theirs.awaiting > 0.0:
        theirs.awaiting = 0.0
    elif count(world, m.partner, m.government, SUSPENDED) > 0:
        mine.awaiting = m.noticed


def note_partner(world: World, m: Made, day: int, joint: bool) -> None:
    """What a move changes in the memory of the partner it was made towards.

    Args:
        world: after the acts of the evening and everybody's `note_own`.
        m: the move.
        day: today.
        joint: whether the partner relaxed on the same evening; a joint step needs no answer.
    """
    if m.move == ESCALATE:
        feel_escalation(world, m.government, m.partner, m.pressure, day)
    elif m.move == RELAX:
        pair = world.pairs[pair_of(world, m.partner, m.government)]
        pair.unseen_move = RELAX
        pair.owed = max(0.0, pair.owed - abs(m.pressure))
        if not joint:
            pair.favour = 1
            react(world, m.partner, m.government, day)


def count_escalation(world: World, government: int, partner: int, day: int) -> None:
    """Count an escalation, or a sunset that its issuer let come, on the issuer's own account."""
    pair = world.pairs[pair_of(world, government, partner)]
    pair.escalations += 1
    pair.last_escalation_on = day


def feel_escalation(world: World, government: int, partner: int, push: float, day: int) -> None:
    """Note with the partner that a government escalated with a pressure [bn USD/month]."""
    pair = world.pairs[pair_of(world, partner, government)]
    if pair.awaiting > 0.0:  # its extension has been answered by this
        disappoint(world, partner, pair.awaiting)
        pair.awaiting = 0.0
    pair.unseen_move = ESCALATE
    pair.favour = 0
    pair.owed += max(0.0, push)
    if count(world, partner, government, SUSPENDED) > 0:
        pair.threat_due = 1
    pair.provoked_on = day
    react(world, partner, government, day)


def react(world: World, government: int, partner: int, day: int) -> None:
    """Let a government's answer fall due after its reaction time, unless one is due already."""
    pair = world.pairs[pair_of(world, government, partner)]
    if pair.react_on == NEVER:
        pair.react_on = day + max(1, world.governments[government].reaction_days)


def keep_stocks(world: World, anew: bool = True) -> None:
    """Draw and refill every stock of minerals for a day; `anew` as in `account`."""
    step = 1.0 / DAYS_PER_MONTH
    for government in range(len(world.governments)):
        for k in range(world.minerals):
            stock = world.stocks[government * world.minerals + k]
            if stock.supplier < 0:
                continue
            if anew:
                stock.kept_cut = supply_cut(world, government, k)
                stock.kept_closed = detours_closed(world, government, k)
                stock.kept_wanted = wanted_stock(world, government, k)
            stock.cut_months = stock.cut_months + step if stock.kept_cut > 0.0 else 0.0
            short = 0.0
            if stock.kept_cut > 0.0:
                short = missing(stock, stock.kept_cut, stock.kept_closed, stock.cut_months)
            stock.stock = next_stock(stock.stock, stock.kept_wanted, short, stock.refill_months, step)


def feel_markets(world: World, made: Sequence[Made], count: int) -> None:
    """Let markets fall over the tariffs announced this evening, and forget older falls."""
    for government in range(len(world.governments)):
        g = world.governments[government]
        if g.market_loss > 0.0:
            g.market_loss *= math.exp(-1.0 / g.market_days)
        for k in range(count):
            m = made[k]
            if m.move == ESCALATE and (m.government == government or m.partner == government):
                g.market_loss += g.market_fall * points_announced(world.measures[m.measure], m.act)


def adjust_trade(world: World, anew: bool = True) -> None:
    """Let trade adjust to today's tariffs by a day's part of the gap; `anew` as in `account`."""
    left = gap_left(world.inertia, 1.0 / DAYS_PER_MONTH)
    for importer in range(len(world.governments)):
        for exporter in range(len(world.governments)):
            if importer != exporter:
                pair = world.pairs[pair_of(world, importer, exporter)]
                if anew:
                    pair.kept_pull = pull_of(tariff(world, importer, exporter), left)
                pair.adjusted = drawn(pair.adjusted, left, pair.kept_pull)


def book_day(world: World, day: int, anew: bool = True) -> None:
    """Add a day's payoffs to every government's account; `anew` as in `account`."""
    if anew:
        keep(world)
    for government in range(len(world.governments)):
        g = world.governments[government]
        f = flow(world, government, day, False)
        g.trade += f.trade / DAYS_PER_MONTH
        g.rent += f.rent / DAYS_PER_MONTH
        g.harm += f.harm / DAYS_PER_MONTH
        g.minerals += f.minerals / DAYS_PER_MONTH
        g.controls += f.controls / DAYS_PER_MONTH
        g.concessions += f.concessions / DAYS_PER_MONTH
