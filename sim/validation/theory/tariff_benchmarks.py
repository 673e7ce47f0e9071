"""Benchmarks of optimal and Nash tariffs and of the nine regions."""

import math
from collections.abc import Iterator

import numpy as np
from scipy.optimize import brentq

from sim.theory.armington import (
    from_technology,
    johnson_tariff,
    stage_game,
    symmetric_nash,
    two_countries,
)
from sim.theory.regions import nine_regions
from sim.theory.repeated import critical_discount
from sim.validation.theory.benchmark import Benchmark, rows

OURS = "computed for this project"
NINE = "nine-region Armington, 2023"
TABLE = {
    (0.1, 0.0): [0.0275, -0.0725, 0.0040, 0.0022, 0.0000, 0.0092, 0.0232, 0.0197, -0.0053],
    (0.1, 0.1): [-0.0145, -0.0436, 0.0029, 0.0036, 0.0091, 0.0032, 0.0138, 0.0146, 0.0026],
    (0.475, 0.32): [-0.1236, -0.1816, 0.0071, 0.0078, 0.0177, 0.0096, 0.0355, 0.0357, 0.0031],
}
BY_ELASTICITY = {
    2: (0.205, 0.192, 0.635, 0.362),
    4: (0.114, 0.107, 0.628, 0.358),
    6: (0.079, 0.074, 0.625, 0.357),
    8: (0.060, 0.057, 0.624, 0.356),
}


def tariff_benchmarks() -> Iterator[Benchmark]:
    """Johnson, symmetric Nash, two and three countries, autarky, nine regions."""
    slopes = [1.5, 2, 3, 5, 6, 11]
    yield from rows(
        [f"best tariff, offer elasticity {x:g}" for x in slopes],
        "Johnson (1953)",
        [2, 1, 0.5, 0.25, 0.2, 0.1],
        johnson_tariff(slopes),
        1e-12,
    )
    yield from _symmetric()
    yield from _two_countries()
    yield from _big_countries()
    yield from _toy()
    yield from _regions()


def _symmetric() -> Iterator[Benchmark]:
    golden = (math.sqrt(5) - 1) / 2
    yield from rows(
        ["symmetric Nash tariff, elasticity 2, free trade"],
        "golden ratio less one",
        golden,
        symmetric_nash(2, 1)[0],
        1e-12,
    )
    grid = [(e, phi) for e in (1, 2, 4) for phi in (1, 0.1)]
    tariff, welfare = symmetric_nash([[1], [2], [4]], [1, 0.1])
    source = "Armington closed form"
    yield from rows(
        [f"symmetric Nash tariff, elasticity {e}, freeness {phi}" for e, phi in grid],
        source,
        [1.20556943, 1.02440096, 0.61803399, 0.51439632, 0.31385594, 0.25793681],
        tariff,
        1e-8,
    )
    yield from rows(
        [f"its welfare [%], elasticity {e}, freeness {phi}" for e, phi in grid],
        source,
        [-12.391411, -2.272397, -7.062991, -1.194965, -3.829115, -0.611351],
        welfare,
        1e-6,
    )


def _two_countries() -> Iterator[Benchmark]:
    words = ("unilateral tariff", "Nash tariff", "T [%]", "S [%]", "P [%]", "critical discount")
    for sigma, cost, expected in (
        (5, 1.3, (0.299472, 0.275888, 1.61683, -2.78189, -1.82980, 0.46910)),
        (3, 2.0, (0.573538, 0.534589, 2.26981, -4.01980, -2.67566, 0.45897)),
    ):
        world = two_countries(sigma - 1, 1, cost)
        game = stage_game(world, 0, 1)[0]
        got = (
            world.optimal_tariff(0),
            world.nash([0, 1])[1, 0],
            game.temptation,
            game.sucker,
            game.punishment,
            float(critical_discount(*game)),
        )
        yield from rows([f"{w}, sigma {sigma}, d {cost}" for w in words], OURS, expected, got, 1e-5)
    for elasticity in (2, 3, 4):
        low, high = two_countries(elasticity, 1, 1.3).welfare([[[0, 1e6], [t, 0]] for t in (0.1, 1)])
        name = f"autarky is Nash, elasticity {elasticity}: gain of another tariff [%]"
        yield Benchmark(name, "Dixit (1987)", 0.0, float(high[0] - low[0]), 1e-5)


def _big_countries() -> Iterator[Benchmark]:
    for sigma, cost, size, rounding in (
        (2, 1, 10.865, 5e-4),
        (3, 1, 5.063, 5e-4),
        (2, 1.5, 23.37, 5e-3),
        (3, 1.5, 18.99, 5e-3),
    ):
        root = brentq(_large_gain, 0.8 * size, 1.25 * size, args=(sigma, cost), xtol=1e-9)
        name = f"size from which the large one wins a war, sigma {sigma}, d {cost}"
        yield Benchmark(name, "Johnson (1953); Kennan and Riezman (1988)", size, root, rounding)


def _large_gain(size: float, sigma: float, cost: float) -> float:
    """Welfare of the larger of two countries at Nash tariffs [%]."""
    world = two_countries(sigma - 1, size, cost)
    return float(world.welfare(world.nash([0, 1]))[1])


def _toy() -> Iterator[Benchmark]:
    cost = 2 - np.eye(3)
    world = from_technology([2, 1, 1], [1, 2, 4], cost, 3)
    rates = np.zeros((3, 3))
    rates[1:, 0] = 0.2
    changes = world.changes(rates)
    expected = [1.360772, -0.814802, -0.619069, -1.810898]
    names = [f"three countries, 20 % by the first: welfare of {k} [%]" for k in (1, 2, 3)]
    names.append("three countries: real wage of 1 [%]")
    yield from rows(names, OURS, expected, [*changes.welfare, changes.real_wages[0]], 1e-6)
    levels = np.array([2, 1, 1]) * [1, 2, 4] * np.diagonal(world.shares) ** (-1 / 3)
    names = [f"three countries: free-trade real income of {k}" for k in (1, 2, 3)]
    yield from rows(names, OURS, [2.183078, 2.183078, 4.224545], levels, 1e-6)


def _regions() -> Iterator[Benchmark]:
    world = nine_regions()
    for (on_china, on_america), expected in TABLE.items():
        rates = np.zeros((9, 9))
        rates[1, 0], rates[0, 1] = on_china, on_america
        names = [f"{name} at {100 * on_china:g}/{100 * on_america:g} [%]" for name in world.names]
        yield from rows(names, NINE, expected, world.welfare(rates), 1e-3)
    best = world.optimal_tariff("USA")
    uniform = np.zeros((9, 9))
    uniform[1:, 0] = best
    yield from rows(
        ["best uniform American tariff", "what it gains [%]", "the formula's tariff there"],
        NINE,
        [0.26493, 0.4725, 0.2606],
        [best, world.welfare(uniform)[0], world.formula_tariff("USA", uniform)],
        1e-4,
    )
    words = ("American Nash tariff", "Chinese Nash tariff", "critical discount US", "critical discount CN")
    for elasticity, expected_four in BY_ELASTICITY.items():
        other = nine_regions(elasticity)
        nash = other.nash(["USA", "CHN"])
        games = stage_game(other, "USA", "CHN")
        got = (nash[1, 0], nash[0, 1], *(critical_discount(*game) for game in games))
        yield from rows([f"{w}, elasticity {elasticity}" for w in words], NINE, expected_four, got, 1e-3)
