"""Repeated games and truces with a last day: what the code gives for each quantity of the table."""

from sim.theory.repeated import critical_discount, managed_trade, most_cooperative_tariff
from sim.theory.sunset import breaking_window, renewal_threshold
from sim.validation.theory import Quantities

LINEAR = (3.0, 0.0, -2.0, -5.0)
AXELROD = (5.0, 3.0, 1.0, 0.0)
VOLUMES = [1.0, 2.0]  # of managed trade
RATIOS = (1.5, 0.0278 / 0.0164, 0.0285 / 0.0511)  # linear game, United States, China
TRUCES = ((0.02, 0.99, 12), (0.05, 0.99, 12), (0.119, 0.99, 12), (0.1, 0.97, 4), (0.2, 0.97, 4))

PATIENCE_QUANTITIES: Quantities = {
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
}
