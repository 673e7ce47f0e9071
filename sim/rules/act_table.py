"""The table of acts: a row for each legal act of a government on a partner, a column for what it brings.

The second step of a decision, and its explanation: packages are sums of its rows.
"""

from typing import Final, NamedTuple

from sim.domain.constants import (
    DAYS_PER_MONTH,
    ESCALATE,
    EXTEND,
    LIFT,
    MOVE_OF_ACT,
    NEVER,
    REACTIVATE,
    SUSPENDED,
)
from sim.domain.state import ActRow, World
from sim.payoffs.present_value import delayed
from sim.rules.measures import announced_level, announced_points, ends_soon, legal, level_after
from sim.rules.outlook import Outlook, share_of, sunset_stakes
from sim.rules.present_values import Effects, PairTariffs, effects, mean_flow, worth
from sim.rules.terms.attention_term import price

UNCHANGED: Final = Effects(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


class ActTable(NamedTuple):
    """What a table of acts adds up to, beside its rows."""

    rows: int
    ending: int  # own suspensions that end within the notice period
    lapse_gain: float  # [bn USD] what letting them run out would bring
    lapse_pressure: float  # [bn USD/month] on the partner
    first: float  # [bn USD] loss at the partner's sunset, own suspensions that would then end taken off
    rest: float  # [bn USD] likewise at later ones
    threat: float  # [bn USD/month] pressure of the clauses of a deal that may be put back


NO_ACTS: Final = ActTable(0, 0, 0.0, 0.0, 0.0, 0.0, 0.0)


def fill_table(world: World, o: Outlook) -> ActTable:
    """Write the rows of all legal acts, in the scenario's order of measures, and add up what they share.

    Where the partner's suspensions may run out, those of the government's own that then pay come back too;
    those that end within its notice period are left to the decision of today. Extending takes in all that
    ends soon, so it has one row.
    """
    g = world.governments[o.government]
    rows = ending = 0
    lapse_gain = lapse_pressure = first = rest = threat = 0.0
    extension = -1
    for number in range(len(world.measures)):
        measure = world.measures[number]
        if measure.issuer != o.government or measure.target != o.partner:
            continue
        soon = ends_soon(measure, o.day, g.notice_days)
        returns = measure.status == SUSPENDED and measure.until != NEVER and not soon and o.exposed
        gain = pressure = lapse = stake_first = stake_rest = 0.0
        before = last = announced_level(measure)
        own = theirs = UNCHANGED
        if measure.status == SUSPENDED:
            last = measure.level
            own, theirs = both_effects(world, o, number, before, last, 0.0)
            gain, pressure = worth(own), mean_flow(o.h, worth(theirs))
        if soon:
            delay = delayed(o.h.rate, (measure.until + 1 - o.day) / DAYS_PER_MONTH)
            ending += 1
            gain, lapse = gain * delay, pressure * delay
            lapse_gain += gain
            lapse_pressure += lapse
        if returns:
            stakes = sunset_stakes(measure, 0.0 - max(0.0, gain), o.belief, o.h.rate, o.day)
            stake_first, stake_rest = stakes.first, stakes.rest
            first += stake_first
            rest += stake_rest
        for act in range(REACTIVATE, len(MOVE_OF_ACT)):
            if not legal(measure, act, o.day, g.notice_days) or (act == EXTEND and extension >= 0):
                continue
            after = level_after(measure, act)
            if after != last:
                last = after
                own = theirs = UNCHANGED
                if after != before:
                    own, theirs = both_effects(world, o, number, before, after, 0.0)
            row = world.acts[rows]
            fill_row(world, row, o, number, act, own, theirs)
            if act == EXTEND:
                extension = rows
            elif soon:
                row.lapse_gain, row.lapse_pressure = gain, lapse
            elif returns and act in (REACTIVATE, LIFT):
                row.sunset_first, row.sunset_rest = stake_first, stake_rest
            if act == LIFT and measure.status == SUSPENDED:
                row.size = pressure
            threat += row.executes
            rows += 1
    if extension >= 0:
        world.acts[extension].size = lapse_pressure
    return ActTable(rows, ending, lapse_gain, lapse_pressure, o.first + first, o.rest + rest, threat)


def fill_row(
    world: World, row: ActRow, o: Outlook, number: int, act: int, own: Effects, theirs: Effects
) -> None:
    """Write what an act on a measure would bring by itself, given what its change brings from today on."""
    measure = world.measures[number]
    delay = share_of(measure, act, o.h.rate, o.day, 0)
    row.act, row.measure, row.weighed = act, number, 0
    row.trade, row.rent, row.controls = own.trade * delay, own.rent * delay, own.controls * delay
    row.attention = price(world, number, act)
    row.partner_trade, row.partner_harm = theirs.trade * delay, theirs.harm * delay
    row.partner_minerals = theirs.minerals * delay
    row.partner_controls, row.partner_concessions = theirs.controls * delay, theirs.concessions * delay
    row.pressure = mean_flow(o.h, worth(theirs)) * delay
    row.size = abs(row.pressure)
    row.executes = row.pressure if MOVE_OF_ACT[act] == ESCALATE and measure.clause == 1 else 0.0
    row.lapse_gain = row.lapse_pressure = row.sunset_first = row.sunset_rest = 0.0


def both_effects(
    world: World, o: Outlook, number: int, before: float, after: float, points: float
) -> tuple[Effects, Effects]:
    """What a change of an own measure from today on brings the government, and the partner [bn USD].

    `points` is what a package already adds to the own average tariff [share].
    """
    rate = o.rates.own + points + announced_points(world.measures[number])
    own = PairTariffs(rate, o.rates.other)
    theirs = PairTariffs(o.rates.other, rate)
    return (
        effects(world, o.h, o.government, number, before, after, own, o.day),
        effects(world, o.h, o.partner, number, before, after, theirs, o.day),
    )
