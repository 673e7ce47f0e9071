"""The numbers of theory that the code must give back: the rows of `benchmarks.csv`."""

import csv
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from sim.statistics.arrays import Array
from sim.theory import bargaining, memory_one
from sim.theory.armington import from_technology, nine_regions, stage_game, two_countries
from sim.theory.best_tariffs import johnson_tariff, symmetric_nash
from sim.theory.evolution import fixation, fixation_of_fitness
from sim.theory.memory_one import (
    GRIM,
    TIT_FOR_TAT,
    WIN_STAY_LOSE_SHIFT,
    cooperation,
    equaliser,
    extortioner,
    scores,
)
from sim.theory.qre import logit
from sim.theory.repeated import critical_discount, managed_trade, most_cooperative_tariff
from sim.theory.sunset import breaking_window, renewal_threshold
from sim.validation.theory.bargaining_corners import CORNERS

LINEAR = (3.0, 0.0, -2.0, -5.0)
AXELROD = (5.0, 3.0, 1.0, 0.0)
VOLUMES = [1.0, 2.0]  # of managed trade
RATIOS = (1.5, 0.0278 / 0.0164, 0.0285 / 0.0511)  # linear game, United States, China
TRUCES = ((0.02, 0.99, 12), (0.05, 0.99, 12), (0.119, 0.99, 12), (0.1, 0.97, 4), (0.2, 0.97, 4))
GENEROUS = memory_one.generous(1 / 3)
ERRORS = [0.001, 0.01, 0.05]


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


def invasion(rounds: int) -> float:
    """Fixation of one tit-for-tat among 49 defectors, in games of so many rounds."""
    later = rounds - 1  # after the first round both defect
    return float(fixation([[5.0, 3.0 * later / rounds], [(8.0 + 3.0 * later) / rounds, 3.0]], 50, 0.1))


def bluff(weak: float, cost: float, audience: float) -> NDArray[np.float64]:
    """Probabilities of conceding, of a weak side's bluff, of a threat, and of a fight after it."""
    b = bargaining.audience_bluff(weak, cost, audience)
    return np.array([b.concede, b.bluff, b.threat, b.fight])


QUANTITIES: Mapping[str, Callable[[], ArrayLike]] = {  # computed numbers, by quantity of the table
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
    "grim_and_tit_for_tat": lambda: [
        critical_discount(*game, strategy=strategy)
        for game in (LINEAR, AXELROD)
        for strategy in ("grim", "tit_for_tat")
    ],
    "limited_punishment": lambda: [
        critical_discount(*game, strategy="limited", length=[2, 3, 4, 8]) for game in (LINEAR, AXELROD)
    ],
    "late_answers": lambda: critical_discount(*LINEAR, lag=[1, 2, 3, 4, 6, 12]),
    "cooperative_tariff": lambda: most_cooperative_tariff([0.1, 0.3, 0.4, 0.5, 0.55, 0.6]),
    "managed_trade": lambda: [
        managed_trade(VOLUMES, factor) for factor in (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 12 / 17 + 1e-9)
    ],
    "broken_periods": lambda: [
        breaking_window(belief, 1.5, discount, length) for belief, discount, length in TRUCES
    ],
    "renewal_threshold": lambda: [
        [*renewal_threshold(ratio, 0.99, [1, 3, 12]), renewal_threshold(ratio, 0.97, 4)] for ratio in RATIOS
    ],
    "logit_linear_game": lambda: [
        logit([[0.0, -5.0], [3.0, -2.0]], [[0.0, 3.0], [-5.0, -2.0]], precision)[0][0]
        for precision in (0.5, 1.0, 2.0)
    ],
    "logit_axelrod": lambda: logit([[3.0, 0.0], [5.0, 1.0]], [[3.0, 5.0], [0.0, 1.0]], 1.0)[0][0],
    "tit_for_tat": lambda: [cooperation(TIT_FOR_TAT, TIT_FOR_TAT, error)[0] for error in ERRORS],
    "win_stay_lose_shift": lambda: cooperation(WIN_STAY_LOSE_SHIFT, WIN_STAY_LOSE_SHIFT, ERRORS)[0],
    "grim": lambda: cooperation(GRIM, GRIM, ERRORS)[0],
    "generous": lambda: cooperation(GENEROUS, GENEROUS, [0.01, 0.05])[0],
    "tit_for_tat_and_generous": lambda: cooperation(TIT_FOR_TAT, GENEROUS, 0.01),
    "win_stay_and_defector": lambda: cooperation(WIN_STAY_LOSE_SHIFT, memory_one.ALWAYS_DEFECT, 0.0)[0],
    "extortioner": lambda: extortioner(3, 1 / 26),
    "extorted": lambda: scores(extortioner(3, 1 / 26), [1.0] * 4),
    "equaliser": lambda: equaliser(2, 1 / 3),
    "fixation_of_fitness": lambda: [fixation_of_fitness(fitness, 10) for fitness in (1.1, 1.0)],
    "invasion": lambda: [invasion(rounds) for rounds in (5, 10, 20)],
    "first_offer": lambda: bargaining.rubinstein([0.9, 0.95], [0.9, 0.9]),
    "bluff": lambda: np.stack([bluff(0.2, 1.0, 0.5), bluff(0.2, 1.0, 2.0), bluff(0.3, 0.5, 1.0)]),
    "breakdown": lambda: [
        *bargaining.breakdown([0.2, 0.05, 0.01], 0.3, 0.1),
        bargaining.breakdown(0.05, 0.3, 0.1, 0.99, 0.99),
    ],
    "outside_option": lambda: bargaining.outside_option(0.9, 0.9, [0.3, 0.473684, 0.5, 0.6, 0.8]),
    "deadline": lambda: bargaining.deadline(0.9, [1, 2, 3, 4, 5, 10, 11]),
    "variable_threats": lambda: bargaining.variable_threats([0.0, 1.0], [-0.2, 0.3], [-0.8, 0.1]),
    "one_sided_offer": lambda: np.ravel(
        [bargaining.one_sided_offer(1.0, 0.2, low, high) for low, high in ((0.1, 0.6), (0.3, 0.4))]
    ),
    "logit_acceptance": lambda: bargaining.logit_acceptance(0.5, [2.0, 0.0]),
    "second_best": lambda: bargaining.second_best(),
    **CORNERS,
}


class Benchmark(NamedTuple):
    """A number with its source, what the code gives, and how far apart they may be."""

    name: str
    source: str
    expected: float
    computed: float
    tolerance: float

    @property
    def passed(self) -> bool:
        """Whether the code gives the number within the tolerance."""
        return abs(self.computed - self.expected) <= self.tolerance


def benchmarks() -> list[Benchmark]:
    """All benchmarks in the order of the table, its numbers of a quantity in that of the computed ones."""
    text = Path(__file__).with_name("benchmarks.csv").read_text("utf-8")
    results = []
    for quantity, rows in groupby(csv.DictReader(text.splitlines()), lambda row: row["quantity"]):
        computed = np.ravel(np.asarray(QUANTITIES[quantity](), dtype=float))
        for row, number in zip(rows, computed.tolist(), strict=True):
            expected, tolerance = float(row["expected"]), float(row["tolerance"])
            results.append(Benchmark(row["name"], row["source"], expected, number, tolerance))
    return results
