"""The Moran process: the chance that one mutant's strategy takes over a population.

Each step one individual reproduces, chosen in proportion to fitness, and its child replaces one
chosen at random (Moran 1958, Mathematical Proceedings of the Cambridge Philosophical Society
54(1)). Leading dimensions of payoffs are more games.
"""

import numpy as np
from numpy.typing import ArrayLike

from sim.domain.errors import TheoryError
from sim.theory.admissible import Array, check, lengths, numbers, positive, probabilities, together


def fixation(payoffs: ArrayLike, population: int, selection: ArrayLike = 1.0, *, mutants: int = 1) -> Array:
    """Chance that mutants playing the first strategy take over residents playing the second.

    With i mutants in a population of N, who meet everybody but themselves, and payoffs a, b, c, d,

        f_i = 1 - w + w [a (i - 1) + b (N - i)] / (N - 1)
        g_i = 1 - w + w [c i + d (N - i - 1)] / (N - 1)
        rho = 1 / (1 + sum_k prod_(j <= k) g_j / f_j),  k from 1 to N - 1

    (Nowak, Sasaki, Taylor and Fudenberg 2004, Nature 428). From m mutants the numerator is
    1 + sum_k prod_(j <= k) g_j / f_j with k from 1 to m - 1 (Karlin and Taylor 1975).

    `payoffs` ((a, b), (c, d)) are of the strategy in the row against that in the column, the mutants' first,
    shape (..., 2, 2); `population` N is a whole number of at least 2, `selection` w the weight of payoffs in
    fitness, 0 for neutral drift [0 to 1], shape (...), and `mutants` from 1 to N at the start. Raises
    TheoryError if an argument is out of its range, or a fitness is not above zero.

    >>> round(float(fixation([[1.1, 1.1], [1, 1]], 10)), 6)  # fitness 1.1 against 1
    0.14795
    """
    size, start = _population(population), lengths("mutants", mutants)
    for name, count in (("population", size), ("mutants", start)):
        check(name, count, count.ndim == 0, "one number here")
    check("mutants", start, start <= size, f"at most the population, {size:g}")
    game = _games(payoffs)
    weight = probabilities("selection", selection)
    together(payoffs=game[..., 0, 0], selection=weight)
    i = np.arange(1.0, float(size))
    a, b, c, d = np.moveaxis(game.reshape(*game.shape[:-2], 4, 1), -2, 0)
    base, weight = 1.0 - weight[..., None], weight[..., None]
    mutant = base + weight * (a * (i - 1.0) + b * (size - i)) / (size - 1.0)
    resident = base + weight * (c * i + d * (size - i - 1.0)) / (size - 1.0)
    for name, fitness in (("fitness of mutants", mutant), ("fitness of residents", resident)):
        check(name, fitness, fitness > 0.0, "above 0: add to the payoffs or lower selection")
    odds = np.cumsum(np.log(resident) - np.log(mutant), axis=-1)
    odds = np.concatenate([np.zeros((*odds.shape[:-1], 1)), odds], axis=-1)
    terms = np.exp(odds - odds.max(-1, keepdims=True))
    rate: Array = terms[..., : int(start)].sum(-1) / terms.sum(-1)
    return rate


def fixation_of_fitness(ratio: ArrayLike, population: ArrayLike) -> Array:
    """Chance that one mutant of constant fitness takes over, (1 - 1/r) / (1 - r^-N), 1/N at r = 1.

    Moran (1958); Lieberman, Hauert and Nowak (2005, Nature 433). `ratio` r is fitness of the mutant over that
    of the residents, above 0, `population` N a whole number of at least 2, shape (...) each.

    >>> round(float(fixation_of_fitness(1.1, 10)), 6)
    0.14795
    """
    r, size = together(ratio=positive("ratio", ratio), population=_population(population))
    log = np.where(r == 1.0, 1.0, np.log(r))
    worse = np.minimum(log, 0.0)  # r^(N-1) (1 - r) / (1 - r^N), the same, does not overflow below one
    falling = np.exp((size - 1.0) * worse)
    rate: Array = falling * np.expm1(-np.abs(log)) / np.expm1(-size * np.abs(log))
    return np.where(r == 1.0, 1.0 / size, rate)


def _population(values: ArrayLike) -> Array:
    """Population sizes of at least two."""
    size = lengths("population", values)
    check("population", size, size >= 2.0, "a whole number of at least 2")
    return size


def _games(values: ArrayLike) -> Array:
    """Payoffs of shape (..., 2, 2)."""
    payoffs = numbers("payoffs", values)
    if payoffs.shape[-2:] != (2, 2):
        raise TheoryError(
            f"payoffs must end in two rows and two columns, not have the shape {payoffs.shape}."
        )
    return payoffs
