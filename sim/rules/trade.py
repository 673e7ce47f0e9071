"""Tariffs as they stand, and what trade under them is worth."""

from sim.domain.constants import IN_FORCE, TARIFF
from sim.domain.state import World
from sim.payoffs.interpolation import look_along, look_up
from sim.rules.indexing import pair_of, welfare_place


def tariff(world: World, importer: int, exporter: int) -> float:
    """The importer's average tariff on the exporter: the base and all its measures in force [share]."""
    rate = world.pairs[pair_of(world, importer, exporter)].base_tariff
    for measure in world.measures:
        if (
            measure.status == IN_FORCE
            and measure.kind == TARIFF
            and measure.issuer == importer
            and measure.target == exporter
        ):
            rate += measure.level * measure.coverage
    return rate


def welfare_at_once(world: World, government: int, i: int, j: int, own: float, other: float) -> float:
    """Welfare of a government from the tariffs of i on j and of j on i, at once [bn USD/month]."""
    table = world.welfare[welfare_place(world, government, i, j)]
    if i < j:
        return look_up(table, own, other, world.grid)
    return look_up(table, other, own, world.grid)


def welfare_late(world: World, government: int, i: int, j: int, own: float, other: float) -> float:
    """What it adds once trade has adjusted to these tariffs [bn USD/month]."""
    table = world.welfare_late[welfare_place(world, government, i, j)]
    if i < j:
        return look_up(table, own, other, world.grid)
    return look_up(table, other, own, world.grid)


def sales_at_once(world: World, government: int, partner: int, other: float) -> float:
    """A government's exports to a partner under the partner's tariff, at once [bn USD/month]."""
    return look_along(world.sales[pair_of(world, government, partner)], other, world.grid)


def sales_late(world: World, government: int, partner: int, other: float) -> float:
    """What is added to them once trade has adjusted to the tariff [bn USD/month]."""
    return look_along(world.sales_late[pair_of(world, government, partner)], other, world.grid)


def sold_at_once(world: World, government: int, partner: int) -> float:
    """A government's exports to a partner under the tariff as it stands, at once [bn USD/month]."""
    return sales_at_once(world, government, partner, tariff(world, partner, government))


def exports(world: World, government: int, partner: int) -> float:
    """A government's exports to a partner as trade stands [bn USD/month]."""
    return exported(world, government, partner, sold_at_once(world, government, partner))


def exported(world: World, government: int, partner: int, at_once: float) -> float:
    """A government's exports to a partner once trade has adjusted so far, never below none [bn USD/month].

    The sum of these and of `at_once`, as `sold_at_once` gives it, falls below none where a prohibitive
    tariff meets trade that has half adjusted to it.
    """
    pair = world.pairs[pair_of(world, partner, government)]
    return max(0.0, at_once + sales_late(world, government, partner, pair.adjusted))
