"""Benchmarks of repeated games and of truces with a last day."""

from collections.abc import Iterator

from sim.theory.repeated import critical_discount, managed_trade, most_cooperative_tariff
from sim.theory.sunset import breaking_window, renewal_threshold
from sim.validation.theory.benchmark import Benchmark, rows

LINEAR = (3.0, 0.0, -2.0, -5.0)
AXELROD = (5.0, 3.0, 1.0, 0.0)
FRIEDMAN = "Friedman (1971)"
OURS = "derived for this project"
MANAGED = {
    0.3: (0.111111, 0.444444),
    0.4: (0.025641, 0.358974),
    0.5: (0.0, 0.264298),
    0.55: (0.0, 0.210234),
    0.6: (0.0, 0.150472),
    0.65: (0.0, 0.083956),
    0.7: (0.0, 0.009376),
}
SUNSET = {
    "linear game": (1.5, (0.606061, 0.341231, 0.119261), 0.297808),
    "United States": (0.0278 / 0.0164, (0.635312, 0.369696, 0.132946), 0.325388),
    "China": (0.0285 / 0.0511, (0.361657, 0.160195, 0.047498), 0.132710),
}


def patience_benchmarks() -> Iterator[Benchmark]:
    """Grim trigger, tit-for-tat, limited punishment, lags, managed trade, renewal."""
    for name, game, grim, answer in (("linear game", LINEAR, 0.6, 0.6), ("Axelrod", AXELROD, 0.5, 2 / 3)):
        yield from rows([f"grim trigger, {name}"], FRIEDMAN, grim, critical_discount(*game), 1e-12)
        got = critical_discount(*game, strategy="tit_for_tat")
        yield from rows([f"tit-for-tat, {name}"], "Axelrod (1984)", answer, got, 1e-12)
    lengths = [2, 3, 4, 8]
    for name, game, expected in (
        ("linear game", LINEAR, (0.822876, 0.691414, 0.644471, 0.604299)),
        ("Axelrod", AXELROD, (0.618034, 0.543689, 0.518790, 0.500994)),
    ):
        got = critical_discount(*game, strategy="limited", length=lengths)
        yield from rows([f"punishment of {k}, {name}" for k in lengths], FRIEDMAN, expected, got, 1e-6)
    lags = [1, 2, 3, 4, 6, 12]
    yield from rows(
        [f"answer after {k}, linear game" for k in lags],
        OURS,
        [0.6, 0.77460, 0.84343, 0.88011, 0.91839, 0.95832],
        critical_discount(*LINEAR, lag=lags),
        6e-6,
    )
    factors = [0.1, 0.3, 0.4, 0.5, 0.55, 0.6]
    yield from rows(
        [f"most cooperative tariff at {d:g}" for d in factors],
        "Dixit (1987)",
        [0.862069, 0.555556, 0.384615, 0.2, 0.102041, 0.0],
        most_cooperative_tariff(factors),
        1e-6,
    )
    for discount, pair in MANAGED.items():
        names = [f"managed trade at {discount:g}, volume {volume}" for volume in ("low", "high")]
        yield from rows(names, "Bagwell and Staiger (1990)", pair, managed_trade([1.0, 2.0], discount), 1e-6)
    got = managed_trade([1.0, 2.0], 12 / 17 + 1e-9)
    names = ["managed trade from 12/17 on, volume low", "managed trade from 12/17 on, volume high"]
    yield from rows(names, "Bagwell and Staiger (1990)", (0.0, 0.0), got, 1e-6)
    windows = (
        (0.02, 0.99, 12, 2),
        (0.05, 0.99, 12, 1),
        (0.119, 0.99, 12, 1),
        (0.1, 0.97, 4, 2),
        (0.2, 0.97, 4, 1),
    )
    for belief, discount, length, periods in windows:
        name = f"last periods broken at belief {belief:g}, truce of {length}, factor {discount:g}"
        yield from rows([name], OURS, periods, breaking_window(belief, 1.5, discount, length), 0.0)
    for name, (ratio, monthly, quarterly) in SUNSET.items():
        names = [f"belief that keeps a truce of {m} months, {name}" for m in (1, 3, 12)]
        yield from rows(names, OURS, monthly, renewal_threshold(ratio, 0.99, [1, 3, 12]), 1e-6)
        got = renewal_threshold(ratio, 0.97, 4)
        yield from rows([f"belief, four quarters, {name}"], OURS, quarterly, got, 1e-6)
