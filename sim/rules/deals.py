"""Deals: what they give, how far they are broken, and what a side said that it would do about it.

A deal joins measures of both sides, its clauses. What each side suspended under it is also its threat: if
the other breaks the deal, it comes back. A breach is measured on the level against the deal, not on the
act: a duty that only restores the level agreed breaks nothing.
"""

from typing import Final

from sim.domain.constants import NEVER, SUSPENDED, TARIFF
from sim.domain.state import MeasureState, World
from sim.rules.indexing import pair_of
from sim.rules.measures import announced_level, effective_level
from sim.rules.present_values import PairTariffs, discounting_of, effects, mean_flow, tariffs_of, worth
from sim.rules.terms.harm_term import harm_value
from sim.rules.terms.trade_term import trade_change, trade_value

NONE: Final = 1e-9  # [bn USD/month] a breach that counts as none: it may rest on the last bit of a sum


def binds(world: World, government: int, partner: int, day: int) -> bool:
    """Whether a deal binds two governments on a day."""
    since = world.pairs[pair_of(world, government, partner)].deal_since
    return since != NEVER and since <= day


def full_level(measure: MeasureState) -> float:
    """The level to which a clause would go without its deal [share]."""
    return measure.ceiling if measure.step > 0.0 else measure.level


def excess(world: World, issuer: int, target: int, day: int) -> float:
    """What an issuer's measures cost their target above the level of the deal [bn USD/month].

    Below 0 where it has gone beyond what it agreed. All its measures count, clauses or not: a new duty in
    place of an old one is no breach.
    """
    return above_deal(world, issuer, target, False, day)


def concession(world: World, issuer: int, target: int, day: int) -> float:
    """What a deal gives a target: the pressure of the issuer's clauses if there were none [bn USD/month]."""
    return above_deal(world, issuer, target, True, day)


def above_deal(world: World, issuer: int, target: int, full: bool, day: int) -> float:
    """Pressure on a target above the deal, of the levels as they stand or of all clauses in full."""
    h = discounting_of(world, target)
    rates = tariffs_of(world, target, issuer)
    agreed = reached = world.pairs[pair_of(world, issuer, target)].base_tariff
    gain = 0.0
    for k in range(len(world.measures)):
        measure = world.measures[k]
        if measure.issuer != issuer or measure.target != target:
            continue
        level = announced_level(measure)
        if full:
            level = full_level(measure) if measure.clause == 1 else measure.agreed_level
        if measure.kind == TARIFF:
            agreed += measure.agreed_level * measure.coverage
            reached += level * measure.coverage
        elif level != measure.agreed_level:
            gain += worth(effects(world, h, target, k, measure.agreed_level, level, rates, day))
    if reached != agreed:  # tariffs act together
        change = trade_change(world, target, issuer, rates.own, agreed, rates.own, reached)
        gain += trade_value(world, h, target, change) + harm_value(world, h, target, change, day)
    flow = mean_flow(h, gain)
    return flow if abs(flow) > NONE else 0.0


def part_due(world: World, government: int, partner: int, day: int) -> float:
    """The part of a government's threat that a partner's breach makes due [0 to 1].

    All of it once the breach reaches the tolerance, as a share of what the deal gives; in proportion below.
    """
    over = excess(world, partner, government, day)
    if over <= 0.0:
        return 0.0
    worth_of_deal = concession(world, partner, government, day)
    tolerance = world.pairs[pair_of(world, government, partner)].tolerance
    if over >= tolerance * worth_of_deal:
        return 1.0
    return over / (tolerance * worth_of_deal)


def executed(world: World, government: int, partner: int, day: int) -> float:
    """Pressure of the clauses that a government has put back already [bn USD/month]."""
    h = discounting_of(world, government)
    rates = tariffs_of(world, partner, government)
    gain = 0.0
    for k in range(len(world.measures)):
        measure = world.measures[k]
        if measure.issuer == government and measure.target == partner and measure.clause == 1:
            level = effective_level(measure)
            if level > measure.agreed_level and measure.status != SUSPENDED:
                back = (level - measure.agreed_level) * measure.coverage
                before = PairTariffs(rates.own, rates.other - back)
                gain += worth(effects(world, h, partner, k, measure.agreed_level, level, before, day))
    return mean_flow(h, gain)
