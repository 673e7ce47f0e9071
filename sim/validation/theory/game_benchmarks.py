"""Repeated games, choice, evolution and bargaining: what the code gives for each quantity of the table."""

import numpy as np
from numpy.typing import NDArray

from sim.theory import bargaining
from sim.theory.bargaining import audience_bluff, rubinstein
from sim.theory.evolution import fixation, fixation_of_fitness
from sim.theory.memory_one import cooperation, generous, scores
from sim.theory.qre import logit
from sim.theory.repeated import critical_discount, managed_trade, most_cooperative_tariff
from sim.theory.sunset import breaking_window, renewal_threshold
from sim.theory.zero_determinant import equaliser, extortioner
from sim.validation.theory import Quantities

LINEAR = (3.0, 0.0, -2.0, -5.0)
AXELROD = (5.0, 3.0, 1.0, 0.0)
VOLUMES = [1.0, 2.0]  # of managed trade
RATIOS = (1.5, 0.0278 / 0.0164, 0.0285 / 0.0511)  # linear game, United States, China
TRUCES = ((0.02, 0.99, 12), (0.05, 0.99, 12), (0.119, 0.99, 12), (0.1, 0.97, 4), (0.2, 0.97, 4))
ALLC = (1.0, 1.0, 1.0, 1.0)
ALLD = (0.0, 0.0, 0.0, 0.0)
TFT = (1.0, 0.0, 1.0, 0.0)
WSLS = (1.0, 0.0, 0.0, 1.0)
GRIM = (1.0, 0.0, 0.0, 0.0)
GENEROUS = generous(1 / 3)
ERRORS = [0.001, 0.01, 0.05]


def invasion(rounds: int) -> float:
    """Fixation of one tit-for-tat among 49 defectors, in games of so many rounds."""
    later = rounds - 1  # after the first round both defect
    return float(fixation([[5.0, 3.0 * later / rounds], [(8.0 + 3.0 * later) / rounds, 3.0]], 50, 0.1))


def bluff(weak: float, cost: float, audience: float) -> NDArray[np.float64]:
    """Probabilities of conceding, of a weak side's bluff, of a threat, and of a fight after it."""
    b = audience_bluff(weak, cost, audience)
    return np.array([b.concede, b.bluff, b.threat, b.fight])


GAME_QUANTITIES: Quantities = {
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
    "tit_for_tat": lambda: [cooperation(TFT, TFT, error)[0] for error in ERRORS],
    "win_stay_lose_shift": lambda: cooperation(WSLS, WSLS, ERRORS)[0],
    "grim": lambda: cooperation(GRIM, GRIM, ERRORS)[0],
    "generous": lambda: cooperation(GENEROUS, GENEROUS, [0.01, 0.05])[0],
    "tit_for_tat_and_generous": lambda: cooperation(TFT, GENEROUS, 0.01),
    "win_stay_and_defector": lambda: cooperation(WSLS, ALLD, 0.0)[0],
    "extortioner": lambda: extortioner(3, 1 / 26),
    "extorted": lambda: scores(extortioner(3, 1 / 26), ALLC),
    "equaliser": lambda: equaliser(2, 1 / 3),
    "fixation_of_fitness": lambda: [fixation_of_fitness(fitness, 10) for fitness in (1.1, 1.0)],
    "invasion": lambda: [invasion(rounds) for rounds in (5, 10, 20)],
    "first_offer": lambda: rubinstein([0.9, 0.95], [0.9, 0.9]),
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
}
