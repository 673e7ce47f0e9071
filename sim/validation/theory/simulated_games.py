"""Choices and cooperation in matrix games, as the simulator plays them, to hold against theory."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.constants import HOLD
from sim.domain.run_record import RunRecord
from sim.engines.ensemble import ensemble

PIECE = 500  # runs


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
