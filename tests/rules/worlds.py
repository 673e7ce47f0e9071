"""Mornings of shipped scenarios that a test may change, and decisions on them step by step.

The tables of welfare, which nothing changes, are shared.
"""

import copy
import functools
from collections.abc import Sequence

import sim
from sim.domain.constants import EXTEND, MOVE_OF_ACT, NO_ACT
from sim.domain.state import ActRow, Force, Names, PairState, PendingDecision, World
from sim.domain.terms import COSTS
from sim.rules.act_table import ActTable, fill_table
from sim.rules.indexing import pair_of
from sim.rules.move_values import values_of_moves, write_package
from sim.rules.outlook import Outlook, outlook
from sim.rules.package_values import NOTHING, MoveValue, Package, move_value
from sim.rules.packages import with_act
from sim.scenarios.initial_state import names_of, world_of


@functools.cache
def _first(name: str) -> World:
    return world_of(sim.scenario(name))


@functools.cache
def names(name: str) -> Names:
    """What the positions in a scenario's world stand for."""
    return names_of(sim.scenario(name))


@functools.cache
def first_day(name: str) -> int:
    """The first day of a scenario."""
    return sim.scenario(name).start.toordinal()


def morning(name: str) -> World:
    """A copy of a scenario's first morning."""
    first = _first(name)
    changing = ("measures", "governments", "pairs", "answers", "stocks", "events", "plays")
    changing += ("accounts", "cached_flows", "acts", "tariff_effects")
    return first._replace(**{part: copy.deepcopy(getattr(first, part)) for part in changing})


def measure_of(name: str, measure: str) -> int:
    """The place of a measure in a scenario's world."""
    return names(name).measures.index(measure)


def pair(world: World, government: int, partner: int) -> PairState:
    """What a government remembers of a partner."""
    return world.pairs[pair_of(world, government, partner)]


def table(world: World, government: int, partner: int, day: int) -> tuple[Outlook, ActTable]:
    """The first two steps of a decision; the rows are the world's."""
    o = outlook(world, government, partner, day)
    return o, fill_table(world, o)


def rows(world: World, t: ActTable) -> list[ActRow]:
    """The rows of a table of acts that hold for today."""
    return list(world.acts[: t.rows])


def row_of(world: World, t: ActTable, act: int, measure: int) -> ActRow:
    """The row of an act on a measure."""
    for row in rows(world, t):
        if row.act == act and (row.measure == measure or act == EXTEND):  # one row extends all that ends soon
            return row
    raise ValueError


def package_of(world: World, o: Outlook, *acts: ActRow) -> Package:
    """A package of acts, each weighed beside those before it; afterwards nothing is planned."""
    package = NOTHING
    for row in acts:
        package = with_act(world, o, package, row)
        world.measures[row.measure].planned = row.act
    for row in acts:
        world.measures[row.measure].planned = NO_ACT
    return package


def carried_by(
    world: World, government: int, partner: int, day: int, act: int, measure: int = -1
) -> MoveValue:
    """A move carried by one act; NO_ACT carries holding."""
    o, t = table(world, government, partner, day)
    acts = [] if act == NO_ACT else [row_of(world, t, act, measure)]
    return move_value(world, o, t, MOVE_OF_ACT[act], package_of(world, o, *acts), 1.0)


def made(world: World, day: int, *acts: tuple[int, int]) -> PendingDecision:
    """The decision of a measure's issuer to carry out acts on measures, forced; its measures learn of it."""
    act, measure = acts[0]
    issuer, target = world.measures[measure].issuer, world.measures[measure].target
    forced = [Force(day, issuer, target, MOVE_OF_ACT[a], a, number) for a, number in acts]
    values = values_of_moves(world, issuer, target, day, forced, 0.0)
    decision = PendingDecision(issuer, target, MOVE_OF_ACT[act])
    write_package(world, decision, values, day, forced)
    return decision


def of_term(name: str, values: Sequence[float]) -> float:
    """The number of a payoff term in a list of costs or flows."""
    return values[COSTS.index(name)]


def without_term(name: str, values: Sequence[float]) -> list[float]:
    """A list of costs or flows with nothing for a payoff term."""
    return [0.0 if term == name else value for term, value in zip(COSTS, values, strict=False)]
