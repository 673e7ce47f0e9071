"""What the simulator does where theory has the answer: choices, cooperation, and truces kept or broken."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.constants import DAYS_PER_MONTH, ESCALATE, HOLD
from sim.domain.run_record import RunRecord
from sim.engines.ensemble import ensemble
from sim.engines.mesa_engine import TradeModel

PIECE = 500  # runs

PERIOD = 30  # days
GRIM_GAME = Path(__file__).parent / "known_grim.toml"
TRUCE = Path(__file__).parent / "linear_truce.toml"
START = date(2001, 1, 1)


class CooperationRate(NamedTuple):
    """A share of moves, and its standard error."""

    rate: float
    std_error: float

    def agrees(self, expected: float, errors: float = 3.0) -> bool:
        """Whether a rate lies within so many standard errors; one that never varied must be met."""
        return abs(self.rate - expected) <= errors * self.std_error + 1e-12


def choice_rates(
    precisions: list[float], runs: int, rounds: int = 100, seed: int = 1
) -> list[CooperationRate]:
    """How often `payoff_logit` without look-ahead means to hold in the linear game, for each precision.

    For precisions [per payoff], shape (precisions,); 2 * runs * rounds choices are made for each.
    """
    rates = []
    for precision in precisions:
        who = f"payoff_logit:precision={precision!r},look_ahead=0"
        records = _records("linear_game", (who, who), runs, seed, [f"game.rounds={rounds}"])
        shares = [sum(m.requested == HOLD for m in run.moves) / (2 * rounds) for run in records]
        rates.append(rate_of(np.array(shares)))
    return rates


def cooperation_rates(
    first: str, second: str, error: float, *, runs: int, rounds: int, skipped: int, seed: int = 1
) -> tuple[CooperationRate, CooperationRate]:
    """How often two strategies hold in the iterated dilemma when hands tremble.

    Strategies are given by their spelling; `error` is the chance that a move comes out as the other one, and
    rounds are counted after those `skipped`, until the beginning is forgotten. Runs are games with luck of
    their own, and the standard error is that of their means.
    """
    means: tuple[list[float], list[float]] = [], []
    overrides = [f"game.error={error!r}", f"game.rounds={skipped + rounds}"]
    for run in _records("ipd", (first, second), runs, seed, overrides):
        for place in (0, 1):
            moves = [m.move for m in run.moves if m.government == place][skipped:]
            means[place].append(moves.count(HOLD) / rounds)
    return rate_of(np.array(means[0])), rate_of(np.array(means[1]))


def _records(
    game: str, strategies: tuple[str, str], runs: int, seed: int, overrides: list[str]
) -> Iterator[RunRecord]:
    """The records of runs of a game, a few hundred in memory at a time."""
    players = dict(zip(("ROW", "COL"), strategies, strict=True))
    for first in range(0, runs, PIECE):
        count = min(PIECE, runs - first)
        many = ensemble(
            game, runs=count, seed=seed, first_run=first, strategy=players, set=overrides, record=True
        )
        yield from many.records


def rate_of(means: NDArray[np.float64]) -> CooperationRate:
    """The mean of independent runs' means with its standard error."""
    return CooperationRate(float(means.mean()), float(means.std(ddof=1) / np.sqrt(len(means))))


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
