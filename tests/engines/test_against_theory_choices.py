"""In matrix games the simulator chooses and cooperates as theory says it must."""

from itertools import combinations_with_replacement

import pytest

from sim.engines.ensemble import ensemble
from sim.theory.memory_one import (
    ALWAYS_DEFECT,
    GRIM,
    TIT_FOR_TAT,
    WIN_STAY_LOSE_SHIFT,
    cooperation,
    extortioner,
    generous,
    scores,
)
from sim.theory.qre import logit
from sim.theory.repeated import linear_game
from sim.validation.theory.simulations import choice_rates, cooperation_rates, rate_of

GAME = linear_game()
ROW = [[GAME.reward, GAME.sucker], [GAME.temptation, GAME.punishment]]
COLUMN = [[GAME.reward, GAME.temptation], [GAME.sucker, GAME.punishment]]
PRECISIONS = [0.0, 0.1, 0.25, 0.5, 1.0]

# Our strategies with the chances to cooperate after CC, CD, DC and DD that they play in the long run.
CHAIN = {
    "hold": (1.0, 1.0, 1.0, 1.0),
    "always_escalate": ALWAYS_DEFECT,
    "tit_for_tat": TIT_FOR_TAT,
    "tit_for_tat:generosity=0.3333333333333333": generous(1 / 3),
    "win_stay_lose_shift": WIN_STAY_LOSE_SHIFT,
    "grim": ALWAYS_DEFECT,  # ours never forgives, so sooner or later a slip has made it escalate for ever
    "memory_one:cc=1,cd=0,dc=0,dd=0": GRIM,  # that of the chain makes peace after two slips at once
}
PAIRS = list(combinations_with_replacement(CHAIN, 2))
ERROR = 0.05


def chooses_by_logit(precision, runs):
    """Whether the share of 200 choices a run lies within three standard errors of theory's."""
    (rate,) = choice_rates([precision], runs=runs)
    expected = logit(ROW, COLUMN, precision)[0][0]
    assert rate.agrees(expected), (rate, expected)
    assert rate.std_error < 0.6 / (200 * runs) ** 0.5  # that of so many coins


@pytest.mark.parametrize("precision", PRECISIONS)
def test_a_shortsighted_government_chooses_by_logit_quantal_response(precision):
    chooses_by_logit(precision, runs=500)


@pytest.mark.slow
@pytest.mark.parametrize("precision", PRECISIONS)
def test_and_over_a_million_draws(precision):
    chooses_by_logit(precision, runs=5000)


def cooperation_agrees(first, second, runs):
    rates = cooperation_rates(first, second, ERROR, runs=runs, rounds=200, skipped=200)
    expected = cooperation(CHAIN[first], CHAIN[second], ERROR)
    for rate, want in zip(rates, expected, strict=True):
        assert rate.agrees(float(want)), (rate, want)


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_every_two_memory_one_strategies_cooperate_as_often_as_their_markov_chain(first, second):
    cooperation_agrees(first, second, runs=100)


def test_an_extortioner_gets_three_times_its_victims_surplus():
    """Press and Dyson (2012): whatever the other plays, here a forgiving one and no errors."""
    p = extortioner(3, 1 / 26)
    spelling = "memory_one:" + ",".join(
        f"{k}={float(x)!r}" for k, x in zip(("cc", "cd", "dc", "dd"), p, strict=True)
    )
    strategies = {"ROW": spelling, "COL": "memory_one:cc=0.9,cd=0.5,dc=0.9,dd=0.5"}
    played = ensemble("ipd", runs=20, seed=1, strategy=strategies, set=["game.error=0", "game.rounds=6000"])
    earned = (
        3 - played.costs.xs("economy", axis=1, level="account").to_numpy() / 6000
    )  # a round; a cost is what is missed of 3 for holding
    left = rate_of((earned[:, 0] - 1) - 3 * (earned[:, 1] - 1))
    assert left.agrees(0.0), left
    assert left.std_error < 0.03
    for place, expected in enumerate(scores(p, (0.9, 0.5, 0.9, 0.5))):
        assert rate_of(earned[:, place]).agrees(float(expected))


def test_two_who_learn_what_is_answered_come_to_the_logit_equilibrium_of_the_dilemma():
    """There what pays depends on the other, so each must have learned the other's chances."""
    spelling = "payoff_logit:precision=1,look_ahead=0"
    rates = cooperation_rates(spelling, spelling, 0.0, runs=100, rounds=200, skipped=200)
    expected = logit([[3, 0], [5, 1]], [[3, 5], [0, 1]], 1.0)[0][0]
    assert all(rate.agrees(expected) for rate in rates), (rates, expected)
