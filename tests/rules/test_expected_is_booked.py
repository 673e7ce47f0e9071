"""What is expected of a term is what is booked of it, all else standing still: over every measure and term.

Standing still means, and each is something that a government leaves out when it looks ahead:

- trade adjusts at once, or never. Between the two, expectation builds up in a straight line in time where
  booking follows the tables of welfare along the tariffs in between (first order in the step);
- the election clock stays at today: a government weighs exports lost later as it does today;
- what weights add to the dollars of trade and minerals is booked apart, but expected with them: here it is
  taken out of both;
- keeping stocks costs nothing: how much to keep is a decision of its own (`sim.rules.mineral_supply`);
- exports cannot fall below none when booked (`sim.rules.trade.exported`); expectation has no such floor;
- a partner returns a relaxation for certain, or certainly not: booked is one of the two, expected their mean.
"""

from dataclasses import replace
from functools import partial

import pytest
from scipy.integrate import quad
from scipy.optimize import brentq
from worlds import first_day, morning, names

import sim
from sim.domain.constants import (
    AVAILABLE,
    CRACKDOWN,
    DAYS_PER_MONTH,
    IMPOSE,
    IN_FORCE,
    MOVE_OF_ACT,
    NO_ACT,
    REACTIVATE,
    TARIFF,
)
from sim.domain.state import PendingDecision, World
from sim.domain.terms import ACTS, AUDIENCE, MINERALS, TERMS, WEIGHTS
from sim.payoffs.adjustment import months_of
from sim.rules.act_values import ActValue, prospect
from sim.rules.daily_payoffs import flow
from sim.rules.decision_costs import charge
from sim.rules.indexing import bit, pair_of
from sim.rules.measures import effective_level, legal, level_after
from sim.rules.mineral_supply import mineral_shortfall, missing
from sim.rules.move_values import stakes, value_of_move
from sim.rules.present_values import worth
from sim.rules.renewal_values import OwnLapse
from sim.rules.terms.control_term import concessions_value, controls_value
from sim.rules.terms.harm_term import harm_value
from sim.rules.terms.mineral_term import mineral_value
from sim.rules.terms.rent_term import rent_value
from sim.rules.terms.trade_term import trade_value
from sim.rules.trade import tariff

HORIZON = 12.0
DISCOUNT = 0.99
EXACT = 1e-6
SCENARIOS = [name for name in sim.scenario_names() if sim.scenario(name).measures]
CHARGED = ("audience", "acts")  # at once, by decisions
LASTING = [term.name for term in TERMS if term.name not in CHARGED]


def still(name: str, inertia: float) -> World:
    """A first morning in which trade has adjusted and stocks cost nothing, with one horizon for all."""
    world = morning(name)._replace(inertia=inertia)
    for g in world.governments:
        g.discount, g.horizon_months = DISCOUNT, HORIZON
        g.trade_weight, g.mineral_weight = 1.3, 2.5
    for stock in world.stocks:
        stock.holding_cost = 0.0
    adjust(world)
    return world


def adjust(world: World) -> None:
    """Let trade adjust to all tariffs as they stand."""
    n = len(world.governments)
    for i in range(n):
        for j in range(n):
            if i != j:
                world.pairs[pair_of(world, i, j)].adjusted = tariff(world, i, j)


def expected(world: World, government: int, number: int, level: float, begin: float, day: int) -> list[float]:
    """What is expected of every lasting term if a measure that is not felt comes into force [bn USD]."""
    months = months_of(DISCOUNT, world.inertia, begin, HORIZON)
    change = world, government, number, level, months
    minerals = 0.0
    partner = world.measures[number].issuer + world.measures[number].target - government
    own, other = tariff(world, government, partner), tariff(world, partner, government)
    if world.measures[number].target == government:
        for k in range(world.minerals):
            minerals += mineral_value(world, number, k, 0.0, level, begin, DISCOUNT, HORIZON)
    trade, g = trade_value(*change, own, other), world.governments[government]
    values = {
        "trade": trade / g.trade_weight,
        "rent": rent_value(*change),
        "harm": harm_value(*change, other, day),
        "minerals": minerals / g.mineral_weight,
        "weights": trade * (1 - 1 / g.trade_weight) + minerals * (1 - 1 / g.mineral_weight),
        "controls": controls_value(*change),
        "concessions": concessions_value(*change),
    }
    assert worth(world, government, government, number, 0.0, level, begin, day) == pytest.approx(
        sum(values.values()), rel=1e-12
    )
    return [values[name] for name in LASTING]


def booked(world: World, government: int, begin: float, day: int) -> list[float]:
    """What is booked of every lasting term from a month on, if nothing changes [bn USD]."""
    full = flow(world._replace(stocks=[replace(s, stock=1e6) for s in world.stocks]), government, day)
    weight = quad(lambda t: DISCOUNT**t, begin, HORIZON, epsabs=0, epsrel=1e-11)[0]
    sums = [x * weight for x in full[: len(LASTING)]]
    for term in (MINERALS, WEIGHTS):
        sums[term] += minerals_booked(world, government, begin, day, term, full[term])
    return sums


def minerals_booked(world: World, government: int, begin: float, day: int, term: int, rest: float) -> float:
    """What missing minerals add to a term from a month on, each stock drawn by the day's rule [bn USD].

    `rest` is the term's flow as long as nothing is missing [bn USD/month].
    """
    total = 0.0
    for k in range(world.minerals):
        stock = world.stocks[government * world.minerals + k]
        supply = mineral_shortfall(world, government, k, -1)
        if supply.cut <= 0.0:
            continue
        age, full = stock.cut_months, stock.stock

        def deficit(months: float, stock=stock, supply=supply, age=age, full=full) -> float:
            rate = partial(missing, stock, supply.cut, supply.closed)
            return quad(lambda t: rate(age + t), 0, months, epsrel=1e-11)[0] - full

        months = HORIZON - begin
        if deficit(months) <= 0.0:
            continue
        empty = 0.0 if full <= 0.0 else brentq(deficit, 0.0, months, xtol=1e-11)
        alone = world._replace(stocks=[replace(s, stock=1e6) for s in world.stocks])
        own = alone.stocks[government * world.minerals + k]

        def today(t: float, alone=alone, own=own, age=age) -> float:
            own.stock, own.cut_months = 0.0, age + t
            return DISCOUNT ** (begin + t) * (flow(alone, government, day)[term] - rest)

        total += quad(today, empty, months, epsabs=0, epsrel=1e-10)[0]
    return total


def difference(world: World, government: int, number: int, begin: float, day: int) -> list[float]:
    """What is booked more if a measure is in force than if it is not, term by term [bn USD]."""
    without_it = booked(world, government, begin, day)
    world.measures[number].status = IN_FORCE
    if world.inertia == 0.0:
        adjust(world)
    with_it = booked(world, government, begin, day)
    return [a - b for a, b in zip(with_it, without_it, strict=True)]


def cases() -> list[tuple[str, int]]:
    """Every measure of every shipped scenario."""
    return [(name, k) for name in SCENARIOS for k in range(len(names(name).measures))]


@pytest.mark.parametrize("begin", [0.0, 2.5])
@pytest.mark.parametrize("inertia", [0.0, 1.0], ids=["adjusts at once", "never adjusts"])
@pytest.mark.parametrize(("name", "number"), cases())
def test_what_is_expected_of_a_measure_is_what_is_booked(
    name: str, number: int, inertia: float, begin: float
) -> None:
    world = still(name, inertia)
    measure, day = world.measures[number], first_day(name)
    measure.status = AVAILABLE
    measure.level = measure.level or measure.ceiling or 0.5
    if measure.kind == CRACKDOWN:
        if begin > 0.0:
            return  # until then the ban that it sharpens would go on drawing stocks
        enforce_bans(world, measure.minerals)
    adjust(world)
    for government in (measure.issuer, measure.target):
        hope = expected(world, government, number, measure.level, begin, day)
        paid = difference(world, government, number, begin, day)
        for term, e, b in zip(LASTING, hope, paid, strict=True):
            assert b == pytest.approx(e, rel=EXACT, abs=1e-9), (term, names(name).measures[number])
        measure.status = AVAILABLE
        adjust(world)


def enforce_bans(world: World, minerals: int) -> None:
    """Put every ban on some minerals in force, some months ago, with no stocks left."""
    for other in world.measures:
        if other.kind not in (CRACKDOWN, TARIFF) and other.minerals & minerals:
            other.status = IN_FORCE
    for k in range(world.minerals):
        if bit(minerals, k):
            for government in range(len(world.governments)):
                stock = world.stocks[government * world.minerals + k]
                stock.stock, stock.cut_months = 0.5, 2.0


@pytest.mark.parametrize("stores", [0.0, 1.0, 3.0])
@pytest.mark.parametrize("name", SCENARIOS)
def test_so_it_is_whatever_is_in_store(name: str, stores: float) -> None:
    lost = 0.0
    for number in range(len(names(name).measures)):
        world = still(name, 1.0)
        measure, day = world.measures[number], first_day(name)
        if measure.minerals == 0 or measure.kind == CRACKDOWN:
            continue
        for stock in world.stocks:
            stock.stock = stores
        measure.status, measure.level = AVAILABLE, max(measure.level, 0.6)
        hope = expected(world, measure.target, number, measure.level, 0.0, day)[MINERALS]
        paid = difference(world, measure.target, number, 0.0, day)[MINERALS]
        assert paid == pytest.approx(hope, rel=EXACT, abs=1e-9)
        lost -= hope
    bans = [m for m in sim.scenario(name).measures if m.minerals and m.kind != "crackdown"]
    assert lost > 0 or stores > 0 or not bans


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_is_expected_of_an_act_and_its_audience_is_what_is_charged(name: str) -> None:
    day = first_day(name)
    charged = 0
    for number in range(len(names(name).measures)):
        for act in (NO_ACT, *range(REACTIVATE, len(MOVE_OF_ACT))):
            world = morning(name)
            measure = world.measures[number]
            me, you = measure.issuer, measure.target
            g, pair = world.governments[me], world.pairs[pair_of(world, me, you)]
            pair.owed, pair.threat_due, g.market_loss = 0.3, 1, g.market_threshold + 1.0
            g.renewal_belief, pair.lapsed, pair.renewed = 1.0, 0.0, 0.0
            if act != NO_ACT and not legal(measure, act, day, g.notice_days):
                continue
            step = ActValue(NO_ACT, -1, 0.0, 0.0, 0.0)
            lasting = 0.0
            if act != NO_ACT:
                step = prospect(world, number, act, day)
                before, after = effective_level(measure), level_after(measure, act)
                begin = measure.lead_days / DAYS_PER_MONTH if act == IMPOSE else 0.0
                lasting = worth(world, me, me, number, before, after, begin, day)
            move, common = MOVE_OF_ACT[act], stakes(world, me, you, day)
            value = value_of_move(world, me, you, move, step, common, OwnLapse(0, -1, 0.0, 0.0), day)
            decision = PendingDecision(me, you, move, act, number, 0, value.pressure, value.noticed)
            charge(world, [decision], 1, day)
            paid = world.accounts[me][ACTS] + world.accounts[me][AUDIENCE]
            assert value.now - lasting == pytest.approx(paid, rel=EXACT, abs=1e-9)
            charged += paid < 0.0
    assert charged > 0
