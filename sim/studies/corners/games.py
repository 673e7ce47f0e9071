"""Choices and cooperation in matrix games, as the simulator plays them, to hold against theory."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.view import View
from sim.domain.words import HOLD
from sim.engines.mesa_engine import TradeModel
from sim.rules.luck import CHOICE, luck
from sim.strategies import parse


class Rate(NamedTuple):
    """A share of moves, and its standard error."""

    rate: float
    error: float

    def agrees(self, expected: float, errors: float = 3.0) -> bool:
        """Whether a rate lies within so many standard errors; one that never varied must be met."""
        return abs(self.rate - expected) <= errors * self.error + 1e-12


def choice_rates(precisions: list[float], runs: int, rounds: int = 100, seed: int = 1) -> list[Rate]:
    """How often `payoff_logit` without look-ahead holds in the linear game, for each precision.

    A game is played in the simulator once a precision. What its governments see in a round is seen
    again in the same round of runs 0 to `runs` - 1, each with the luck that the simulator draws for
    that run, day and government: a strategy is a function of its view, luck included. (In this game
    what is seen of the past changes no difference of values.)

    Args:
        precisions: [per payoff], shape (precisions,).
        runs: whose luck is drawn; 2 * runs * rounds choices are made for each precision.
        rounds: of the game.
        seed: of all luck.
    """
    choices = [parse(f"payoff_logit:precision={p},look_ahead=0") for p in precisions]
    held = np.zeros((len(precisions), runs))
    views = [_views(choice.spelling, rounds, seed) for choice in choices]
    for run in range(runs):
        for place, seen in enumerate(views[0]):
            draw = luck(seed, run, seen.day, seen.government, seen.partner, CHOICE)
            for k, choice in enumerate(choices):
                held[k, run] += choice(views[k][place].view._replace(luck=draw)) == HOLD
    return [mean_of(row / (2 * rounds)) for row in held]


class Seen(NamedTuple):
    """What a government saw on a day of a partner; codes are those that luck is drawn by."""

    day: int
    government: int
    partner: int
    view: View


def _views(strategy: str, rounds: int, seed: int) -> list[Seen]:
    """All that both governments see in a linear game they play by a strategy."""
    model = TradeModel(
        "linear_game",
        rng=seed,
        strategy={"ROW": strategy, "COL": strategy},
        set=f"game.rounds={rounds}",
    ).run()
    codes = [g.code for g in model.world.governments]
    return [Seen(d.day, codes[d.government], codes[d.partner], d.view) for d in model.decisions]


def cooperation_rates(
    first: str, second: str, error: float, *, runs: int, rounds: int, skipped: int, seed: int = 1
) -> tuple[Rate, Rate]:
    """How often two strategies hold in the iterated dilemma when hands tremble.

    Args:
        first: a strategy's spelling.
        second: likewise.
        error: chance that a move comes out as the other one.
        runs: games with luck of their own; the standard error is that of their means.
        rounds: of each, counted ones.
        skipped: rounds before them, until the beginning is forgotten.
        seed: of all luck.
    """
    means = np.empty((2, runs))
    for run in range(runs):
        model = TradeModel(
            "ipd",
            rng=seed,
            run=run,
            strategy={"ROW": first, "COL": second},
            set=[f"game.error={error!r}", f"game.rounds={skipped + rounds}"],
        ).run()
        for place in (0, 1):
            moves = [d.move for d in model.decisions if d.government == place][skipped:]
            means[place, run] = moves.count(HOLD) / rounds
    return mean_of(means[0]), mean_of(means[1])


def mean_of(means: NDArray[np.float64]) -> Rate:
    """The mean of independent runs' means with its standard error."""
    return Rate(float(means.mean()), float(means.std(ddof=1) / np.sqrt(len(means))))
