"""Noisy choice, memory, evolution and bargaining: what the code gives for each quantity of the table."""

import numpy as np
from numpy.typing import NDArray

from sim.theory.bargaining import audience_bluff, rubinstein
from sim.theory.evolution import fixation, fixation_of_fitness
from sim.theory.memory_one import cooperation, generous, scores
from sim.theory.qre import logit
from sim.theory.zero_determinant import equaliser, extortioner
from sim.validation.theory import Quantities

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


CHOICE_QUANTITIES: Quantities = {
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
}
