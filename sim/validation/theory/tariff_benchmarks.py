"""Optimal and Nash tariffs and the nine regions: what the code gives for each quantity of the table."""

from collections.abc import Iterator

import numpy as np
from scipy.optimize import brentq

from sim.statistics.arrays import Array
from sim.theory.armington import from_technology, johnson_tariff, stage_game, symmetric_nash, two_countries
from sim.theory.regions import nine_regions
from sim.theory.repeated import critical_discount
from sim.validation.theory import Quantities


def two_country_game(sigma: float, cost: float) -> tuple[float, ...]:
    """Unilateral and Nash tariff, payoffs and critical discount of a stage game of two like countries."""
    world = two_countries(sigma - 1, 1, cost)
    game = stage_game(world, 0, 1)[0]
    payoffs = game.temptation, game.sucker, game.punishment
    return world.optimal_tariff(0), world.nash([0, 1])[1, 0], *payoffs, float(critical_discount(*game))


def gain_in_autarky(elasticity: float) -> float:
    """What another tariff gains against one that ends all trade [%]."""
    low, high = two_countries(elasticity, 1, 1.3).welfare([[[0, 1e6], [t, 0]] for t in (0.1, 1)])
    return float(high[0] - low[0])


def winning_size(sigma: float, cost: float, near: float) -> float:
    """The size, near some number, from which the larger of two countries gains by a war of Nash tariffs."""

    def gain(size: float) -> float:
        world = two_countries(sigma - 1, size, cost)
        return float(world.welfare(world.nash([0, 1]))[1])

    return float(brentq(gain, 0.8 * near, 1.25 * near, xtol=1e-9))


def three_countries() -> Iterator[Array]:
    """Welfare at a tariff of 20 % by the first and its real wage [%], and incomes in free trade."""
    world = from_technology([2, 1, 1], [1, 2, 4], 2 - np.eye(3), 3)
    rates = np.zeros((3, 3))
    rates[1:, 0] = 0.2
    changes = world.changes(rates)
    yield changes.welfare
    yield changes.real_wages[:1]
    yield np.array([2, 1, 1]) * [1, 2, 4] * np.diagonal(world.shares) ** (-1 / 3)


def regional_welfare() -> Array:
    """Welfare of all regions [%] at three pairs of tariffs, the American one first."""
    rates = np.zeros((3, 9, 9))
    rates[:, 1, 0], rates[:, 0, 1] = (0.1, 0.1, 0.475), (0.0, 0.1, 0.32)
    return nine_regions().welfare(rates)


def uniform_tariff() -> tuple[float, float, float]:
    """The best uniform American tariff, what it gains [%], and the formula's tariff there."""
    world = nine_regions()
    rates = np.zeros((9, 9))
    rates[1:, 0] = best = world.optimal_tariff("USA")
    return best, world.welfare(rates)[0], world.formula_tariff("USA", rates)


def nash_of_regions(elasticity: float) -> tuple[float, ...]:
    """Nash tariffs and critical discounts, both American first."""
    world = nine_regions(elasticity)
    nash, games = world.nash(["USA", "CHN"]), stage_game(world, "USA", "CHN")
    return nash[1, 0], nash[0, 1], *(float(critical_discount(*game)) for game in games)


TARIFF_QUANTITIES: Quantities = {
    "johnson_tariff": lambda: johnson_tariff([1.5, 2, 3, 5, 6, 11]),
    "golden_ratio": lambda: symmetric_nash(2, 1)[0],
    "symmetric_nash": lambda: symmetric_nash([[1], [2], [4]], [1, 0.1]),
    "two_country_game": lambda: [two_country_game(5, 1.3), two_country_game(3, 2.0)],
    "gain_in_autarky": lambda: [gain_in_autarky(elasticity) for elasticity in (2, 3, 4)],
    "winning_size": lambda: [
        winning_size(*c) for c in ((2, 1, 10.865), (3, 1, 5.063), (2, 1.5, 23.37), (3, 1.5, 18.99))
    ],
    "three_countries": lambda: np.concatenate([*three_countries()]),
    "regional_welfare": regional_welfare,
    "uniform_tariff": uniform_tariff,
    "nash_of_regions": lambda: [nash_of_regions(elasticity) for elasticity in (2, 4, 6, 8)],
}
