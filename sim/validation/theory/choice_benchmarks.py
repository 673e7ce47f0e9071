"""Benchmarks of noisy choice, memory, evolution and bargaining."""

import math
from collections.abc import Iterator

from sim.theory import memory_one
from sim.theory.bargaining import audience_bluff, rubinstein
from sim.theory.evolution import fixation, fixation_of_fitness
from sim.theory.qre import logit
from sim.theory.zero_determinant import equaliser, extortioner
from sim.validation.theory.benchmark import Benchmark, rows

NOWAK = "Nowak and Sigmund (1993)"
PRESS = "Press and Dyson (2012)"
ALLC = (1.0, 1.0, 1.0, 1.0)
TFT = (1.0, 0.0, 1.0, 0.0)
WSLS = (1.0, 0.0, 0.0, 1.0)
GRIM = (1.0, 0.0, 0.0, 0.0)
ERRORS = (0.001, 0.01, 0.05)


def choice_benchmarks() -> Iterator[Benchmark]:
    """Quantal response, memory-one strategies, Moran processes, bargaining."""
    linear = [[0.0, -5.0], [3.0, -2.0]]
    turned = [[0.0, 3.0], [-5.0, -2.0]]
    for precision in (0.5, 1.0, 2.0):
        got = logit(linear, turned, precision)[0][0]
        want = 1 / (1 + math.exp(3 * precision))
        name = f"linear game, cooperation at precision {precision:g}"
        yield Benchmark(name, "McKelvey and Palfrey (1995)", want, float(got), 1e-9)
    got = logit([[3.0, 0.0], [5.0, 1.0]], [[3.0, 5.0], [0.0, 1.0]], 1.0)[0][0]
    yield Benchmark(
        "Axelrod's game, cooperation at precision 1",
        "McKelvey and Palfrey (1995)",
        0.226751,
        float(got),
        1e-6,
    )
    yield from _memory()
    yield from _zero_determinant()
    yield from _evolution()
    yield from _bargaining()


def _memory() -> Iterator[Benchmark]:
    for error in ERRORS:
        got = memory_one.cooperation(TFT, TFT, error)[0]
        yield Benchmark(f"tit-for-tat, error {error:g}", NOWAK, 0.5, float(got), 1e-9)
    names = [f"win-stay-lose-shift, error {e:g}" for e in ERRORS]
    got = memory_one.cooperation(WSLS, WSLS, list(ERRORS))[0]
    yield from rows(names, NOWAK, [0.997006, 0.970596, 0.864500], got, 1e-6)
    names = [f"grim, error {e:g}" for e in ERRORS]
    got = memory_one.cooperation(GRIM, GRIM, list(ERRORS))[0]
    yield from rows(names, NOWAK, [1.5 * e - e * e for e in ERRORS], got, 1e-6)
    third = memory_one.generous(1 / 3)
    got = memory_one.cooperation(third, third, [0.01, 0.05])[0]
    yield from rows(
        [f"generous tit-for-tat, error {e:g}" for e in (0.01, 0.05)], NOWAK, [0.971154, 0.875], got, 1e-6
    )
    both = memory_one.cooperation(TFT, third, 0.01)
    names = ["tit-for-tat against generous, error 0.01", "generous against tit-for-tat, error 0.01"]
    yield from rows(names, NOWAK, [0.944959, 0.954040], both, 1e-6)
    alone = memory_one.cooperation(WSLS, (0.0, 0.0, 0.0, 0.0), 0.0)[0]
    yield from rows(["win-stay-lose-shift against a defector"], NOWAK, 0.5, alone, 1e-9)


def _zero_determinant() -> Iterator[Benchmark]:
    extort = extortioner(3, 1 / 26)
    yield from rows(
        [f"extort-3 after {x}" for x in ("CC", "CD", "DC", "DD")],
        PRESS,
        [11 / 13, 1 / 2, 7 / 26, 0.0],
        extort,
        1e-12,
    )
    names = ["extort-3 against a cooperator", "a cooperator against extort-3"]
    yield from rows(names, PRESS, [41 / 11, 21 / 11], memory_one.scores(extort, ALLC), 1e-9)
    yield from rows(
        [f"equaliser after {x}" for x in ("CC", "CD", "DC", "DD")],
        PRESS,
        [2 / 3, 0.0, 2 / 3, 1 / 3],
        equaliser(2, 1 / 3),
        1e-12,
    )


def _evolution() -> Iterator[Benchmark]:
    moran = "Moran (1958)"
    yield Benchmark("fixation, fitness 1.1, N 10", moran, 0.147950, float(fixation_of_fitness(1.1, 10)), 1e-6)
    yield Benchmark("fixation, neutral, N 10", moran, 0.1, float(fixation_of_fitness(1.0, 10)), 1e-12)
    for rounds, want in ((5, 0.015412), (10, 0.028015), (20, 0.035685)):
        later = rounds - 1  # after the first round both defect
        meet = [[5.0, (0.0 + 3.0 * later) / rounds], [(8.0 + 3.0 * later) / rounds, 3.0]]
        name = f"tit-for-tat in defectors, {rounds} rounds, N 50"
        yield Benchmark(name, "Nowak et al. (2004)", want, float(fixation(meet, 50, 0.1)), 1e-6)


def _bargaining() -> Iterator[Benchmark]:
    yield from rows(
        ["first offer, factors 0.9 and 0.9", "first offer, factors 0.95 and 0.9"],
        "Rubinstein (1982)",
        [0.526316, 0.689655],
        rubinstein([0.9, 0.95], [0.9, 0.9]),
        1e-6,
    )
    words = ("concedes", "weak bluffs", "threat", "fight after it")
    for setting, expected in (
        ((0.2, 1.0, 0.5), (1 / 3, 0.25, 0.4, 1 / 3)),
        ((0.2, 1.0, 2.0), (2 / 3, 0.25, 0.4, 1 / 6)),
        ((0.3, 0.5, 1.0), (0.5, 0.214286, 0.45, 1 / 3)),
    ):
        b = audience_bluff(*setting)
        names = [f"{w}, (q, c, a) = {setting}" for w in words]
        yield from rows(names, "Fearon (1994)", expected, (b.concede, b.bluff, b.threat, b.fight), 1e-6)
