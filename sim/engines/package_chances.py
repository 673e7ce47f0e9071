"""The packages that could carry a move, with the probability of each set of acts in closed form.

A set can be drawn in as many ways as it has acts that may open it; each way is a first act and then, for
every other act in its turn, whether it joins. Say that a opens with a chance of 0.6, and b then joins with
0.5; and that b opens with 0.4, and a then joins with 0.25. Then {a} has 0.6 x 0.5 = 0.3, {b} has 0.4 x 0.75 =
0.3, and {a, b} by both ways 0.6 x 0.5 + 0.4 x 0.25 = 0.4. The rules of drawing are in `sim.rules.packages`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sim.engines.decision_reasons import DecisionCase
from sim.rules.package_values import NOTHING, Package
from sim.rules.packages import (
    BEST,
    first_act,
    joining,
    larger_package,
    next_act,
    plan,
    precision_of,
    stands_alone,
)

LEAST = 0.005  # probability of a way, from which on it is followed


class PackageWay(NamedTuple):
    """A way to a set of acts that could carry a move."""

    rows: tuple[int, ...]  # of the table of acts, in the order in which they join
    value: float  # [bn USD] of the move
    probability: float  # over all luck, if the move is made [0 to 1]


class Lot(NamedTuple):
    """What chance decides on a way: whether an act is in the package."""

    row: int  # of the table of acts
    joins: bool
    chance: float  # [0 to 1]


def opening_chances(case: DecisionCase, move: int) -> list[float]:
    """The probability of each row of the table of acts to be the first of a package of a move."""
    precision, rows = precision_of(case.world, case.o.government), case.world.acts[: case.t.rows]
    first = first_act(case.world, case.t.rows, move, precision, 0.0)
    if first.row < 0 or precision >= BEST:
        return [float(k == first.row) for k in range(case.t.rows)]
    odds = [row.odds if stands_alone(row, move) else 0.0 for row in rows]
    return [x / sum(odds) for x in odds]


def likely_packages(case: DecisionCase, move: int, most: int) -> list[PackageWay]:
    """The likeliest sets of acts of a move with the probability of each, the likeliest first."""
    sets = {frozenset(way.rows): way for way in _ways(case, move, None, NOTHING, PackageWay((), 0.0, 1.0))}
    results = [way._replace(probability=package_chance(case, move, rows)) for rows, way in sets.items()]
    return sorted(results, key=lambda way: -way.probability)[:most]


def package_chance(case: DecisionCase, move: int, rows: frozenset[int]) -> float:
    """The probability of a set of acts, over all luck, if a move is made: the sum over all ways to it."""
    ways = _ways(case, move, rows, NOTHING, PackageWay((), 0.0, 1.0))
    return sum(way.probability for way in ways if frozenset(way.rows) == rows)


def _ways(
    case: DecisionCase, move: int, rows: frozenset[int] | None, package: Package, way: PackageWay
) -> Iterator[PackageWay]:
    """All ways on from a package to a set of acts, or to any set that is likely enough.

    While a way is followed the world's table of acts and plans are as if its acts had been drawn.
    """
    world, o, t = case
    lots = _lots(case, move, package, way.value)
    if package.acts > 0 and not lots:
        yield way
    for k, joins, chance in lots:
        probability = way.probability * chance
        if not (probability > LEAST if rows is None else probability > 0.0 and joins == (k in rows)):
            continue
        measure = world.measures[world.acts[k].measure]
        planned = measure.planned
        if joins:
            larger = larger_package(world, o, t, move, package, k)
            plan(world, k)
            longer = PackageWay((*way.rows, k), larger.value, probability)
            yield from _ways(case, move, rows, larger.package, longer)
        else:
            world.acts[k].weighed = -1
            yield from _ways(case, move, rows, package, way._replace(probability=probability))
        world.acts[k].weighed, measure.planned = 0, planned


def _lots(case: DecisionCase, move: int, package: Package, value: float) -> list[Lot]:
    """What may come next: some act opens the package, or the next one joins it or not; nothing at its end."""
    world, o, t = case
    if package.acts == 0:
        return [Lot(k, True, chance) for k, chance in enumerate(opening_chances(case, move))]
    k = next_act(world, t.rows, move) if world.packages == 1 else -1
    if k < 0:
        return []
    larger = larger_package(world, o, t, move, package, k)
    chance = joining(larger, move, package, value, precision_of(world, o.government))
    return [Lot(k, True, chance), Lot(k, False, 1.0 - chance)]
