"""The iterated prisoner's dilemma in other libraries: 200 turns, tit-for-tat against random, noise 0.05.

Axelrod-Python lets both hands tremble. EGTtools has no noise of its own, but two players of
tit-for-tat that err, `EpsilonTFT` and `ImperfectTFT`; a random player's errors change nothing, so
all these matches are the same in law. The two differ in speed by a factor of thirty: the first
is what comparisons of simulators have timed, the second what EGTtools can do.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

TURNS = 200
NOISE = 0.05
Play = Callable[[int, int], Any]  # some matches of a seed


def axelrod() -> Play:
    """Matches in Axelrod-Python; raises ImportError if it is not installed."""
    axl = import_module("axelrod")

    def play(matches: int, seed: int) -> None:
        for k in range(matches):
            players = (axl.TitForTat(), axl.Random(0.5))
            axl.Match(players, turns=TURNS, noise=NOISE, seed=seed * 1_000_003 + k).play()

    return play


def egttools(player: str) -> Play:
    """Matches of one of its players of tit-for-tat in EGTtools; raises ImportError if it is not installed."""
    egt = import_module("egttools")
    two = import_module("egttools.behaviors.NormalForm.TwoActions")
    noisy = {
        "EpsilonTFT": lambda: two.EpsilonTFT(0.0, NOISE),  # 0: the chance that it begins by defecting
        "ImperfectTFT": lambda: two.ImperfectTFT(NOISE),
    }
    strategies = [noisy[player](), two.Random()]  # the game does not keep them alive
    game = egt.games.NormalFormGame(TURNS, np.array([[1.0, 5.0], [0.0, 3.0]]), strategies)

    def play(matches: int, seed: int) -> Any:  # noqa: ARG001
        paid = [0.0, 0.0]
        for _ in range(matches):
            game.play([0, 1], paid)
        return strategies

    return play
