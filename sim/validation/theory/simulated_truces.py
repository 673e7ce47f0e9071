"""Truces that the simulator keeps or breaks: against grim, and up to a sunset."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from sim.domain.constants import DAYS_PER_MONTH, ESCALATE
from sim.engines.mesa_engine import TradeModel

PERIOD = 30  # days
GRIM_GAME = Path(__file__).parent / "known_grim.toml"
TRUCE = Path(__file__).parent / "linear_truce.toml"
START = date(2001, 1, 1)


def located(holds: Callable[[float], bool], below: float, above: float, width: float) -> float:
    """Where a condition that fails at `below` and holds at `above` begins to hold, to within `width`."""
    while above - below > width:
        midpoint = (below + above) / 2.0
        below, above = (below, midpoint) if holds(midpoint) else (midpoint, above)
    return (below + above) / 2.0


def monthly(discount: float) -> float:
    """The discount factor a month of one that is given for a period of 30 days."""
    return float(discount ** (DAYS_PER_MONTH / PERIOD))


def game_truce_holds(discount: float, lag: int) -> bool:
    """Whether a best reply keeps peace with grim in the matrix game, seen to answer after `lag` rounds.

    `discount` is a round [0 to 1], `lag` from a move to its being seen [rounds].
    """
    overrides = [f"game.discount={discount!r}", f"game.lag={lag}", f"game.rounds={3 * lag}"]
    return _keeps_peace(TradeModel(GRIM_GAME, rng=1, set=overrides))


def measure_truce_holds(discount: float, lag: int) -> bool:
    """Whether a best reply keeps peace with grim when tariffs are measures and answers take time.

    `discount` is of a period of 30 days [0 to 1], `lag` the reaction time of both [periods].
    """
    overrides = [f"{code}.discount={monthly(discount)!r}" for code in ("ONE", "TWO")]
    overrides += [f"{code}.reaction_days={PERIOD * lag}" for code in ("ONE", "TWO")]
    until = START + timedelta(days=3 * lag * PERIOD)
    return _keeps_peace(TradeModel(TRUCE, rng=1, until=until, strategy="TWO=grim", set=overrides))


def truce_reaches_sunset(
    beliefs: tuple[float, float], discount: float, length: int, horizon: float = 1e9
) -> bool:
    """Whether two best replies to each other keep a truce until the last day of their suspensions.

    Both governments' Nash tariffs stand suspended for `length` periods; both review at the start of every
    period. `beliefs` of the two are that the other renews [0 to 1], `discount` is of a period of 30 days, and
    `horizon` the mean time for which both count payoffs [periods].
    """
    last = START + timedelta(days=PERIOD * length - 1)
    overrides = []
    for code, belief in zip(("ONE", "TWO"), beliefs, strict=True):
        tariff = f"tariff_of_{code.lower()}"
        overrides += [
            f"{code}.discount={monthly(discount)!r}",
            f"{code}.horizon_months={horizon * PERIOD / DAYS_PER_MONTH!r}",
            f"{code}.renewal_belief={belief!r}",
            f"{tariff}.status=suspended",
            f"{tariff}.until={last}",
            f"{tariff}.suspension_days={PERIOD * length}",
        ]
    return _keeps_peace(TradeModel(TRUCE, rng=1, until=last - timedelta(days=1), set=overrides))


def _keeps_peace(model: TradeModel) -> bool:
    """Whether nobody escalates in a run of the model."""
    return not any(d.move == ESCALATE for d in model.run().decisions)
