"""What a change of a measure is worth over the horizon: the terms of `sim.rules.terms`, summed.

A change of a measure is given by its number, the level felt before and after, and the month in
which it begins; an evaluator takes the partner's stakes as known.
"""

from sim.domain.constants import TARIFF
from sim.domain.state import World
from sim.payoffs.adjustment import Months, months_of
from sim.payoffs.present_value import annuity
from sim.rules.terms.control_term import concessions_value, controls_value
from sim.rules.terms.harm_term import harm_value
from sim.rules.terms.mineral_term import mineral_value
from sim.rules.terms.rent_term import rent_value
from sim.rules.terms.trade_term import trade_value
from sim.rules.trade import tariff


def worth(
    world: World,
    evaluator: int,
    government: int,
    number: int,
    before: float,
    after: float,
    begin: float,
    day: int,
) -> float:
    """Worth to its issuer or its target of a change of a measure: the sum of all terms [bn USD].

    Args:
        world: as it stands.
        evaluator: whose horizon and discount factor count.
        government: the measure's issuer or its target.
        number: of the measure.
        before: level felt without the change [share].
        after: level felt with it [share].
        begin: of the change from today [months].
        day: today.
    """
    measure = world.measures[number]
    discount, horizon = world.governments[evaluator].discount, world.governments[evaluator].horizon_months
    own = other = 0.0
    if measure.kind == TARIFF:
        months = months_of(discount, world.inertia, begin, horizon)
        partner = measure.issuer + measure.target - government
        own, other = tariff(world, government, partner), tariff(world, partner, government)
    else:  # nothing but trade adjusts
        months = Months(annuity(discount, begin, horizon), 0.0)
    change = after - before
    gain = trade_value(world, government, number, change, months, own, other)
    gain += rent_value(world, government, number, change, months)
    gain += harm_value(world, government, number, change, months, other, day)
    gain += controls_value(world, government, number, change, months)
    gain += concessions_value(world, government, number, change, months)
    if measure.minerals != 0 and measure.target == government:
        for k in range(world.minerals):
            gain += mineral_value(world, number, k, before, after, begin, discount, horizon)
    return gain


def mean_pressure(
    world: World, evaluator: int, number: int, before: float, after: float, begin: float, day: int
) -> float:
    """Pressure on a measure's target from a change, averaged over the evaluator's horizon [bn USD/month]."""
    g = world.governments[evaluator]
    months = annuity(g.discount, 0.0, g.horizon_months)
    if months <= 0.0:
        return 0.0
    target = world.measures[number].target
    return (0.0 - worth(world, evaluator, target, number, before, after, begin, day)) / months
