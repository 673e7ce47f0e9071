"""Packages: the acts that carry a move together, and what they bring beside each other.

The third step of a decision. A package is a sum of rows of the table of acts, corrected where tariffs of
the pair act together, or cuts meet in one mineral. It is drawn in one pass: the first act by logit over
the move's acts, then every other one, the best first, joins with a logistic probability of what it adds.
So every package has a positive probability, and at an infinite precision the best acts are taken.
"""

import math
from typing import Final, NamedTuple

from sim.domain.constants import ESCALATE, EXTEND, IMPOSE, MOVE_OF_ACT, NO_ACT, TARIFF
from sim.domain.state import ActRow, World
from sim.rules.act_table import ActTable, both_effects
from sim.rules.measures import announced_level, effective_level, level_after
from sim.rules.outlook import Outlook, share_of
from sim.rules.package_values import NOTHING, MoveValue, Package, move_value
from sim.rules.present_values import mean_flow, worth

BEST: Final = 1e6  # [per bn USD] a precision at which the best act is taken
NONE: Final = 1e-9  # [bn USD] a gain that counts as none: it may rest on the last bit of a sum


def with_act(world: World, o: Outlook, package: Package, row: ActRow) -> Package:
    """A package with one more act in it."""
    measure = world.measures[row.measure]
    gain = row.trade + row.rent + row.controls
    pressure, size, executes = row.pressure, row.size, row.executes
    tariffs = measure.kind == TARIFF and package.points != 0.0
    if tariffs or package.minerals & measure.minerals != 0:
        before, after = announced_level(measure), level_after(measure, row.act)
        own, theirs = both_effects(world, o, row.measure, before, after, package.points)
        delay = share_of(measure, row.act, o.h.rate, o.day, 0)
        gain, pressure = worth(own) * delay, mean_flow(o.h, worth(theirs)) * delay
        size = abs(pressure) if row.size == abs(row.pressure) else row.size
        executes = pressure if row.executes != 0.0 else 0.0
    points = 0.0
    if measure.kind == TARIFF:
        points = (level_after(measure, row.act) - effective_level(measure)) * measure.coverage
    extends = row.act == EXTEND
    act, number = package.act, package.measure
    if package.acts == 0 or package.act == EXTEND:
        act, number = row.act, row.measure
    routine = package.routine or not extends
    prepares = package.prepares or row.act == IMPOSE
    extends = package.extends or extends
    return Package(
        acts=package.acts + 1,
        act=act,
        measure=number,
        gain=package.gain + gain,
        pressure=package.pressure + pressure,
        size=package.size + size,
        executes=package.executes + executes,
        attention=package.attention + row.attention,
        routine=routine,
        prepares=prepares,
        extends=extends,
        lapse_gain=package.lapse_gain + row.lapse_gain,
        lapse_pressure=package.lapse_pressure + row.lapse_pressure,
        first=package.first + row.sunset_first,
        rest=package.rest + row.sunset_rest,
        points=package.points + points,
        minerals=package.minerals | measure.minerals,
    )


class Split(NamedTuple):
    """A uniform draw, split into an event of a probability and a uniform draw that is left."""

    happens: bool
    remainder: float  # [0 to 1)


def split(draw: float, probability: float) -> Split:
    """Whether an event of a probability happens, and what is left of the draw: uniform given either."""
    if draw < probability or probability >= 1.0:
        return Split(True, draw / probability)
    return Split(False, (draw - probability) / (1.0 - probability))


def join_probability(gain: float, precision: float) -> float:
    """Probability that an act which adds a gain [bn USD] joins a package [0 to 1]."""
    if precision >= BEST:
        return 1.0 if gain > NONE else 0.0
    x = 0.0 if abs(gain) <= NONE else precision * gain
    return 1.0 / (1.0 + math.exp(-x)) if x > -700.0 else 0.0


def precision_of(world: World, government: int) -> float:
    """How sharply a government tells acts apart [per bn USD]; without packages it takes the best."""
    return world.governments[government].act_precision if world.packages == 1 else BEST


class FirstAct(NamedTuple):
    """The act that opens a package."""

    row: int  # -1: the move has no act
    probability: float
    remainder: float  # of the draw [0 to 1)


def first_act(world: World, rows: int, move: int, precision: float, draw: float) -> FirstAct:
    """The first act of a package, by logit over the values of the move's acts."""
    best = -1
    for k in range(rows):
        better = best < 0 or world.acts[k].value > world.acts[best].value + NONE
        if better and stands_alone(world.acts[k], move):
            best = k
    if best < 0 or precision >= BEST:
        return FirstAct(best, 1.0, draw)
    top = world.acts[best].value
    total = 0.0
    for k in range(rows):
        row = world.acts[k]
        row.odds = math.exp(precision * (row.value - top)) if stands_alone(row, move) else 0.0
        total += row.odds
    remaining = total
    for k in range(rows):
        odds = world.acts[k].odds
        if odds > 0.0:
            opens = split(draw, min(1.0, odds / remaining))
            draw = opens.remainder
            if opens.happens:
                return FirstAct(k, odds / total, draw)
            remaining -= odds
    return FirstAct(best, 1.0 / total, draw)  # where rounding has left nothing


def stands_alone(row: ActRow, move: int) -> bool:
    """Whether an act can carry a move by itself: what nobody feels is no escalation."""
    return MOVE_OF_ACT[row.act] == move and (move != ESCALATE or row.size > NONE)


def final_move(
    world: World, o: Outlook, t: ActTable, move: int, package: Package, probability: float
) -> MoveValue:
    """A move with the package that carries it in the end.

    Only this and `larger_package` call `move_value`: compiled, it is copied into both, for its many numbers
    cost more to hand over than to copy.
    """
    return move_value(world, o, t, move, package, probability)


class LargerPackage(NamedTuple):
    """A package with one more act, and the worth of the move that it would carry [bn USD]."""

    package: Package
    value: float


def larger_package(
    world: World, o: Outlook, t: ActTable, move: int, package: Package, row: int
) -> LargerPackage:
    """What a package would be worth with one more act."""
    larger = with_act(world, o, package, world.acts[row])
    value = move_value(world, o, t, move, larger, 1.0)
    return LargerPackage(larger, value.now + value.later)


def joining(larger: LargerPackage, move: int, package: Package, value: float, precision: float) -> float:
    """Probability that an act joins a package worth a value; what nobody feels joins no escalation."""
    if move == ESCALATE and larger.package.size <= package.size + NONE:
        return 0.0
    return join_probability(larger.value - value, precision)


def drawn_package(world: World, o: Outlook, t: ActTable, move: int, draw: float) -> MoveValue:
    """A move carried by a package drawn in one pass; its rows are marked as weighed.

    Args:
        world: the morning's state.
        o: what is common to them.
        t: what they add up to.
        move: ESCALATE or RELAX.
        draw: of luck [0 to 1).
    """
    precision = precision_of(world, o.government)
    for k in range(t.rows):
        if MOVE_OF_ACT[world.acts[k].act] == move:
            world.acts[k].value = larger_package(world, o, t, move, NOTHING, k).value
    opening = first_act(world, t.rows, move, precision, draw)
    package, value, probability = NOTHING, 0.0, opening.probability
    k = opening.row
    joins, draw = 1.0, opening.remainder
    while k >= 0:
        larger = larger_package(world, o, t, move, package, k)
        if package.acts > 0:
            joins = joining(larger, move, package, value, precision)
        lot = split(draw, joins)
        draw = lot.remainder
        world.acts[k].weighed = -1
        if lot.happens:
            plan(world, k)
            package, value = larger.package, larger.value
        probability *= joins if lot.happens else 1.0 - joins
        k = next_act(world, t.rows, move) if world.packages == 1 else -1
    leave_plans(world, t.rows)
    return final_move(world, o, t, move, package, probability)


def leave_plans(world: World, rows: int) -> None:
    """Let measures stand again as they are: nothing is planned any more."""
    for k in range(rows):
        world.measures[world.acts[k].measure].planned = NO_ACT


def plan(world: World, row: int) -> None:
    """Take an act into its package: it holds for whatever else is weighed."""
    world.acts[row].weighed = 1
    world.measures[world.acts[row].measure].planned = world.acts[row].act


def next_act(world: World, rows: int, move: int) -> int:
    """The best act of a move that is not weighed yet, on a measure without a planned act; -1: none."""
    best = -1
    for k in range(rows):
        row = world.acts[k]
        if (
            row.weighed == 0
            and MOVE_OF_ACT[row.act] == move
            and world.measures[row.measure].planned == NO_ACT
            and (best < 0 or row.value > world.acts[best].value + NONE)
        ):
            best = k
    return best
