"""What is expected of a term is what is booked of it, all else standing still: over every measure and term.

Standing still means, and each is something that a government leaves out when it looks ahead:

- trade adjusts at once, or never. Between the two, expectation builds up in a straight line in time where
  booking follows the tables of welfare along the tariffs in between (first order in the step);
- the election clock stays at today: a government weighs exports lost later as it does today;
- what its weight adds to the dollars of minerals is booked apart, but expected with them: here it is taken
  out;
- keeping stocks costs nothing: how much to keep is a decision of its own (`sim.rules.mineral_supply`);
- exports cannot fall below none when booked (`sim.rules.trade.exported`); expectation has no such floor;
- a partner returns a relaxation for certain, or certainly not: booked is one of the two, expected their mean.

Booked is every day to come, by what it counts for today: nobody knows when the dispute ends.
"""

import math
from dataclasses import replace
from functools import partial

import pytest
from scipy.integrate import quad
from scipy.optimize import brentq
from worlds import carried_by, first_day, morning, names, package_of, pair, row_of, table

import sim
from sim.domain.constants import (
    AVAILABLE,
    CRACKDOWN,
    IMPOSE,
    IN_FORCE,
    MOVE_OF_ACT,
    NEVER,
    NO_ACT,
    POSTPONE,
    REACTIVATE,
    TARIFF,
)
from sim.domain.state import PendingDecision, World
from sim.domain.terms import ACTS, AUDIENCE, MINERALS, SECURITY, TERMS
from sim.payoffs.present_value import delayed
from sim.rules.daily_payoffs import flow
from sim.rules.decision_costs import charge
from sim.rules.indexing import bit
from sim.rules.measures import legal, level_after
from sim.rules.mineral_supply import mineral_shortfall, missing
from sim.rules.present_values import discounting_of, effects, tariffs_of, worth
from sim.rules.terms.mineral_term import mineral_losses, minerals_flow, security_flow
from sim.rules.trade import tariff

HORIZON = 12.0
DISCOUNT = 0.99
RATE = -math.log(DISCOUNT) + 1 / HORIZON
FOREVER = 60 / RATE  # [months] after which nothing counts any more
EXACT = 1e-6
SCENARIOS = [name for name in sim.scenario_names() if sim.scenario(name).measures]
CHARGED = ("audience", "acts")  # at once, by decisions
LASTING = [term.name for term in TERMS if term.name not in CHARGED]


def still(name: str, inertia: float) -> World:
    """A first morning in which trade has adjusted and stocks cost nothing, with one horizon for all."""
    world = morning(name)._replace(inertia=inertia)
    for g in world.governments:
        g.discount, g.horizon_months = DISCOUNT, HORIZON
        g.trade_factor, g.mineral_weight = 1.3, 2.5
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
                pair(world, i, j).adjusted = tariff(world, i, j)


def expected(
    world: World, government: int, number: int, before: float, after: float, begin: float, day: int
) -> list[float]:
    """What is expected of every lasting term if the level felt of a measure changes some months on."""
    measure, g = world.measures[number], world.governments[government]
    partner = measure.issuer + measure.target - government
    h, rates = discounting_of(world, government), tariffs_of(world, government, partner)
    of = effects(world, h, government, number, before, after, rates, day)
    values = {
        "trade": of.trade,
        "rent": of.rent,
        "harm": of.harm,
        "minerals": of.minerals / g.mineral_weight,
        "security": of.minerals * (1 - 1 / g.mineral_weight),
        "controls": of.controls,
        "concessions": of.concessions,
    }
    assert worth(of) == pytest.approx(sum(values.values()), rel=1e-12)
    return [values[name] * delayed(h.rate, begin) for name in LASTING]


def booked(world: World, government: int, begin: float, day: int) -> list[float]:
    """What is booked of every lasting term from a month on, if nothing changes [bn USD]."""
    full = flow(world._replace(stocks=[replace(s, stock=1e6) for s in world.stocks]), government, day)
    weight = quad(lambda t: math.exp(-RATE * t), begin, FOREVER, epsabs=0, epsrel=1e-11, limit=200)[0]
    sums = [x * weight for x in full[: len(LASTING)]]
    for term in (MINERALS, SECURITY):
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
            return quad(lambda t: rate(age + t), 0, months, epsrel=1e-11, limit=200)[0] - full

        if deficit(FOREVER) <= 0.0:
            continue
        empty = 0.0 if full <= 0.0 else brentq(deficit, 0.0, FOREVER, xtol=1e-11)
        alone = world._replace(stocks=[replace(s, stock=1e6) for s in world.stocks])
        own = alone.stocks[government * world.minerals + k]

        def today(t: float, alone=alone, own=own, age=age) -> float:
            own.stock, own.cut_months = 0.0, age + t
            return math.exp(-RATE * (begin + t)) * (mineral_part(alone, government, term) - rest)

        today(empty)
        assert mineral_part(alone, government, term) == flow(alone, government, day)[term]
        for start, end in ((empty, empty + 60.0), (empty + 60.0, empty + FOREVER)):
            total += quad(today, start, end, epsabs=0, epsrel=1e-9)[0]
    return total


def mineral_part(world: World, government: int, term: int) -> float:
    """One of the two terms of missing minerals alone, which takes less time than all [bn USD/month]."""
    part = minerals_flow if term == MINERALS else security_flow
    return part(world, government, mineral_losses(world, government))


def difference(
    world: World, government: int, number: int, before: float, after: float, begin: float, day: int
) -> list[float]:
    """What is booked more if a measure is felt at one level than at another, term by term [bn USD]."""
    sums = []
    for level in (before, after):
        feel(world, number, level)
        sums.append(booked(world, government, begin, day))
    feel(world, number, before)
    return [b - a for a, b in zip(*sums, strict=True)]


def feel(world: World, number: int, level: float) -> None:
    """Let a measure be felt at a level [share], 0: it is only available, and trade with it."""
    measure = world.measures[number]
    measure.status = IN_FORCE if level > 0.0 else AVAILABLE
    measure.level = level or measure.level
    if world.inertia == 0.0:
        adjust(world)


def cases() -> list[tuple[str, int]]:
    """Every measure of every shipped scenario; once where several have it with the same numbers."""
    first = {
        (measure.id, repr(measure.numbers)): (name, k)
        for name in reversed(SCENARIOS)
        for k, measure in enumerate(sim.scenario(name).measures)
    }
    return sorted(first.values())


@pytest.mark.parametrize(
    ("inertia", "begin"),
    [(0.0, 0.0), (1.0, 0.0), (1.0, 2.5)],
    ids=["adjusts at once", "never adjusts", "never adjusts, later"],
)
@pytest.mark.parametrize(("name", "number"), cases())
def test_what_is_expected_of_a_measure_is_what_is_booked(
    name: str, number: int, inertia: float, begin: float
) -> None:
    world = still(name, inertia)
    measure = world.measures[number]
    level = measure.level or measure.ceiling or 0.5
    if measure.kind == CRACKDOWN:
        if begin > 0.0:
            return  # until then the ban that it sharpens would go on drawing stocks
        enforce_bans(world, measure.minerals)
    feel(world, number, 0.0)
    adjust(world)
    check(world, name, number, 0.0, level, begin)


def check(world: World, name: str, number: int, before: float, after: float, begin: float) -> None:
    """Compare what both sides expect of a change of level with what they are paid, term by term."""
    measure, day = world.measures[number], first_day(name)
    for government in (measure.issuer, measure.target):
        hope = expected(world, government, number, before, after, begin, day)
        paid = difference(world, government, number, before, after, begin, day)
        for term, e, b in zip(LASTING, hope, paid, strict=True):
            assert b == pytest.approx(e, rel=EXACT, abs=1e-9), (term, names(name).measures[number])


@pytest.mark.parametrize("inertia", [0.0, 1.0], ids=["adjusts at once", "never adjusts"])
@pytest.mark.parametrize(("name", "number"), cases())
def test_nor_does_it_matter_from_where_a_level_is_raised_or_lowered(
    name: str, number: int, inertia: float
) -> None:
    world = still(name, inertia)
    measure = world.measures[number]
    if measure.kind == CRACKDOWN:
        enforce_bans(world, measure.minerals)
    low, high = (0.3, 0.9) if measure.minerals or measure.kind == TARIFF else (0.5, 1.0)
    for stock in world.stocks:
        stock.stock = min(stock.stock, 0.5)
    for before, after in ((low, high), (high, low)):
        feel(world, number, before)
        adjust(world)
        if measure.minerals and measure.kind != CRACKDOWN:
            for other in world.measures:  # the sharpest of two cuts holds: leave this one alone
                if other is not measure and other.minerals & measure.minerals:
                    other.status = AVAILABLE
        check(world, name, number, before, after, 0.0)


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
        level = max(measure.level, 0.6)
        feel(world, number, 0.0)
        hope = expected(world, measure.target, number, 0.0, level, 0.0, day)[MINERALS]
        paid = difference(world, measure.target, number, 0.0, level, 0.0, day)[MINERALS]
        assert paid == pytest.approx(hope, rel=EXACT, abs=1e-9)
        lost -= hope
    bans = [m for m in sim.scenario(name).measures if m.minerals and m.kind != "crackdown"]
    assert lost > 0 or stores > 0 or not bans


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_row_of_the_table_says_what_is_expected_of_its_act(name: str) -> None:
    day, found = first_day(name), 0
    world = still(name, 0.97)
    for me in range(len(world.governments)):
        for you in range(len(world.governments)):
            if me == you:
                continue
            o, t = table(world, me, you, day)
            for row in world.acts[: t.rows]:
                measure = world.measures[row.measure]
                before = measure.level if measure.status == IN_FORCE else 0.0
                begin = measure.lead_days / 30.4375 if row.act == IMPOSE else 0.0
                after, status = level_after(measure, row.act), measure.status
                if measure.enters_on != NEVER:  # what is announced is taken for certain
                    before, begin = measure.level, (measure.enters_on - day) / 30.4375
                    measure.status = IN_FORCE
                own = expected(world, me, row.measure, before, after, begin, day)
                theirs = expected(world, you, row.measure, before, after, begin, day)
                measure.status = status
                if row.act == POSTPONE:  # it comes all the same, only later
                    lasts = 1.0 - delayed(o.h.rate, measure.suspension_days / 30.4375)
                    own, theirs = [x * lasts for x in own], [x * lasts for x in theirs]
                assert row.trade + row.rent + row.controls == pytest.approx(sum(own), rel=1e-9, abs=1e-12)
                assert row.pressure * o.h.whole == pytest.approx(-sum(theirs), rel=1e-9, abs=1e-12)
                found += 1
    assert found > 0


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_is_expected_of_an_act_and_its_audience_is_what_is_charged(name: str) -> None:
    day, first = first_day(name), morning(name)
    notice_days = [first.governments[measure.issuer].notice_days for measure in first.measures]
    charged = 0
    for number in range(len(names(name).measures)):
        for act in (NO_ACT, *range(REACTIVATE, len(MOVE_OF_ACT))):
            if act != NO_ACT and not legal(first.measures[number], act, day, notice_days[number]):
                continue
            world = morning(name)
            measure = world.measures[number]
            me, you = measure.issuer, measure.target
            g, memory = world.governments[me], pair(world, me, you)
            memory.owed, memory.threat_due, g.market_loss = 0.3, 1.0, g.market_threshold + 1.0
            g.renewal_belief, memory.lapsed, memory.renewed = 1.0, 0.0, 0.0
            value = carried_by(world, me, you, day, act, number)
            o, t = table(world, me, you, day)
            lasting = t.lapse_gain
            if act != NO_ACT:
                package = package_of(world, o, row_of(world, t, act, number))
                lasting = package.gain + (0.0 if package.extends else t.lapse_gain - package.lapse_gain)
            decision = PendingDecision(
                government=me,
                partner=you,
                move=MOVE_OF_ACT[act],
                routine=value.routine,
                noticed=value.noticed,
                attention=value.attention,
                audience=value.audience,
            )
            charge(world, [decision], 1, day)
            paid = world.accounts[me][ACTS] + world.accounts[me][AUDIENCE]
            assert value.now - lasting == pytest.approx(paid, rel=EXACT, abs=1e-9)
            charged += paid < 0.0
    assert charged > 0
