"""Best and Nash tariffs: closed forms, the table of two countries, and what holds everywhere."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.errors import ConvergenceError, TheoryError
from sim.theory import best_tariffs
from sim.theory.armington import ArmingtonWorld, from_technology, stage_game, two_countries
from sim.theory.best_tariffs import johnson_tariff, symmetric_nash
from sim.theory.repeated import critical_discount

laws = settings(max_examples=15)
elasticities = st.floats(0.3, 10)
costs = st.floats(1, 2.5)


def test_johnsons_offer_curves_give_these_tariffs() -> None:
    tariffs = johnson_tariff([1.5, 2, 3, 5, 6, 11])
    assert tariffs == pytest.approx([2, 1, 0.5, 0.25, 0.2, 0.1], abs=1e-12)


def test_the_golden_ratio_is_a_nash_tariff() -> None:
    assert symmetric_nash(2, 1)[0] == pytest.approx((math.sqrt(5) - 1) / 2, abs=1e-12)


def test_symmetric_nash_tariffs_are_those_of_the_table() -> None:
    tariff, welfare = symmetric_nash([[1], [2], [4]], [1, 0.1])
    table = [[1.20556943, 1.02440096], [0.61803399, 0.51439632], [0.31385594, 0.25793681]]
    assert tariff == pytest.approx(np.array(table), abs=1e-8)
    losses = [[-12.391411, -2.272397], [-7.062991, -1.194965], [-3.829115, -0.611351]]
    assert welfare == pytest.approx(np.array(losses), abs=1e-6)


@laws
@given(elasticities)
def test_closed_countries_would_put_one_over_the_elasticity(elasticity: float) -> None:
    tariff, welfare = symmetric_nash(elasticity, 0)
    assert tariff == pytest.approx(1 / elasticity, rel=1e-12)
    assert welfare == 0


@laws
@given(elasticities, costs)
def test_the_solver_finds_the_closed_form(elasticity: float, cost: float) -> None:
    world = two_countries(elasticity, 1, cost)
    tariffs = world.nash([0, 1])
    tariff, welfare = symmetric_nash(elasticity, cost**-elasticity)
    assert tariffs == pytest.approx(np.array([[0, tariff], [tariff, 0]]), abs=1e-10)
    assert world.welfare(tariffs) == pytest.approx([welfare, welfare], abs=1e-9)


@pytest.mark.parametrize(
    ("sigma", "cost", "alone", "nash", "temptation", "sucker", "punishment", "patience"),
    [
        (5, 1.3, 0.299472, 0.275888, 1.61683, -2.78189, -1.82980, 0.46910),
        (3, 2.0, 0.573538, 0.534589, 2.26981, -4.01980, -2.67566, 0.45897),
    ],
)
def test_two_equal_countries_are_in_this_dilemma(
    sigma: int,
    cost: float,
    alone: float,
    nash: float,
    temptation: float,
    sucker: float,
    punishment: float,
    patience: float,
) -> None:
    world = two_countries(sigma - 1, 1, cost)
    assert [world.optimal_tariff(0), world.optimal_tariff(1)] == pytest.approx([alone, alone], abs=1e-6)
    assert world.nash([0, 1]) == pytest.approx(np.array([[0, nash], [nash, 0]]), abs=1e-6)
    for game in stage_game(world, 0, 1):
        assert game == pytest.approx((temptation, 0, punishment, sucker), abs=1e-5)
        assert critical_discount(*game) == pytest.approx(patience, abs=1e-5)


def test_equal_countries_at_twice_the_cost_spend_four_fifths_at_home() -> None:
    assert two_countries(2, 1, 2.0).shares == pytest.approx(np.array([[0.8, 0.2], [0.2, 0.8]]), abs=1e-12)


@pytest.mark.parametrize(
    ("sigma", "cost", "ratio", "rounding"),
    [(2, 1, 10.865, 5e-4), (3, 1, 5.063, 5e-4), (2, 1.5, 23.37, 5e-3), (3, 1.5, 18.99, 5e-3)],
)
def test_a_country_wins_the_tariff_war_from_this_size(
    sigma: int, cost: float, ratio: float, rounding: float
) -> None:
    """Johnson (1953) and Kennan and Riezman (1988): big countries can win."""
    for size, wins in ((ratio - rounding, False), (ratio + rounding, True)):
        world = two_countries(sigma - 1, 1 / size, cost)
        assert (world.welfare(world.nash([0, 1]))[0] > 0) == wins


@pytest.mark.parametrize("elasticity", [2, 3, 4])
def test_no_trade_is_an_equilibrium_too(elasticity: float) -> None:
    """Dixit (1987): once the partner's tariff ends trade, no answer is better than another."""
    low, high = two_countries(elasticity, 1, 1.3).welfare([[[0, 1e6], [t, 0]] for t in (0.1, 1)])
    assert low[0] == pytest.approx(high[0], abs=1e-5)


@laws
@given(elasticities, st.floats(0.1, 10), costs, st.floats(0, 5))
def test_for_two_countries_the_formula_is_exact(
    elasticity: float, ratio: float, cost: float, theirs: float
) -> None:
    world = two_countries(elasticity, ratio, cost)
    best = world.optimal_tariff(0, [[0, theirs], [0, 0]])
    assert world.formula_tariff(0, [[0, theirs], [best, 0]]) == pytest.approx(best, rel=1e-9)


@laws
@given(elasticities, st.integers(0, 10**6))
def test_no_other_tariff_is_better_than_the_best(elasticity: float, seed: int) -> None:
    luck = np.random.default_rng(seed)
    world = from_technology(
        *luck.uniform(0.5, 2, (2, 3)), 1 + (1 - np.eye(3)) * luck.uniform(0, 1), elasticity
    )
    tariffs = luck.uniform(0, 0.5, (3, 3)) * (1 - np.eye(3))
    for partners in ([1], [1, 2]):
        best = world.optimal_tariff(0, tariffs, partners)
        tried = np.repeat(tariffs[None], 60, axis=0)
        tried[:, partners, 0] = np.append(np.linspace(-0.5, 3 * best + 0.5, 59), best)[:, None]
        welfare = world.welfare(tried)[:, 0]
        assert welfare[-1] >= welfare.max() - 1e-10


@laws
@given(elasticities, st.integers(0, 10**6))
def test_nash_tariffs_of_three_are_best_replies_and_leave_the_fourth_alone(
    elasticity: float, seed: int
) -> None:
    luck = np.random.default_rng(seed)
    world = from_technology(*luck.uniform(0.5, 2, (2, 4)), 1.5 - 0.5 * np.eye(4), elasticity)
    players = [0, 1, 3]
    tariffs = world.nash(players)
    assert not tariffs[2].any()
    assert not tariffs[:, 2].any()
    for player in players:
        others = [k for k in players if k != player]
        best = world.optimal_tariff(player, tariffs, others)
        assert tariffs[others, player] == pytest.approx([best, best], abs=1e-9)


def test_the_formula_needs_the_same_tariff_on_all() -> None:
    world = from_technology([1, 1, 1], [1, 1, 1], np.ones((3, 3)), 4)
    with pytest.raises(TheoryError, match=r"tariffs\[0, 2\] must be the same on all partners"):
        world.formula_tariff(0, [[0, 0, 0.1], [0, 0, 0.2], [0.3, 0, 0]])


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        (lambda: johnson_tariff([2, 1]), r"offer_elasticity\[1\] must be above 1, not 1"),
        (lambda: symmetric_nash(-1, 0.5), "elasticity must be above 0, not -1"),
        (lambda: symmetric_nash(4, 1.5), "freeness must be from 0 to 1, not 1.5"),
        (lambda: symmetric_nash([1, 2], [0.1, 0.2, 0.3]), r"elasticity \(2,\), freeness \(3,\)"),
    ],
)
def test_closed_forms_refuse_what_they_cannot_use(ask: object, why: str) -> None:
    with pytest.raises(TheoryError, match=why):
        ask()  # type: ignore[operator]


def test_best_replies_that_do_not_settle_give_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(best_tariffs, "ROUNDS", 2)
    with pytest.raises(ConvergenceError, match="after 2 rounds of best replies a tariff still moves by"):
        two_countries(4).nash([0, 1])


def test_where_trade_has_ended_there_is_no_best_tariff() -> None:
    world = ArmingtonWorld([[0.5, 0.5], [0.5, 0.5]], [1, 1], 20)
    with pytest.raises(ConvergenceError):
        world.optimal_tariff(0, [[0, 1e40], [0, 0]])
