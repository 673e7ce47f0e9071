"""The Armington world: laws that hold in every world, numbers of one toy, and what it refuses."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import root

from sim.domain.errors import ConvergenceError, SnapbackError, TheoryError
from sim.payoffs import hat_algebra
from sim.theory.armington import ArmingtonWorld, from_technology, two_countries

laws = settings(max_examples=60)
seeds = st.integers(0, 10**6)
sizes = st.integers(2, 6)
elasticities = st.floats(0.3, 10)

PAIR = ([[0.9, 0.1], [0.1, 0.9]], [100, 100], 4)


def some_world(n: int, elasticity: float, seed: int) -> ArmingtonWorld:
    luck = np.random.default_rng(seed)
    iceberg = 1 + luck.uniform(0, 2, (n, n))
    np.fill_diagonal(iceberg, 1)
    return from_technology(luck.uniform(0.5, 2, n), luck.uniform(0.2, 5, n), iceberg, elasticity)


def some_tariffs(n: int, seed: int) -> np.ndarray:
    tariffs = np.random.default_rng(seed + 1).uniform(-0.2, 1.5, (n, n))
    np.fill_diagonal(tariffs, 0)
    return tariffs


@laws
@given(sizes, elasticities, seeds)
def test_no_tariffs_change_nothing(n: int, elasticity: float, seed: int) -> None:
    changes = some_world(n, elasticity, seed).changes(np.zeros((n, n)))
    for change in (changes.welfare, changes.real_wages, changes.wages, changes.revenue):
        assert np.abs(change).max() < 1e-9


@laws
@given(sizes, elasticities, seeds)
def test_the_answer_solves_the_equations_as_they_are_printed(n: int, elasticity: float, seed: int) -> None:
    world, tariffs = some_world(n, elasticity, seed), some_tariffs(n, seed)

    def solved(log_wages: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        wages = np.exp(np.append(log_wages, 0.0))
        dear = world.shares * (wages[:, None] * (1 + tariffs)) ** -elasticity
        spent = dear / dear.sum(0)
        expenditure = wages * world.income / (1 - (tariffs / (1 + tariffs) * spent).sum(0))
        earned = (spent * expenditure / (1 + tariffs)).sum(1)
        welfare = expenditure / world.income * dear.sum(0) ** (1 / elasticity)
        return np.log(earned / (wages * world.income))[:-1], welfare

    found = root(lambda x: solved(x)[0], np.zeros(n - 1), tol=1e-13)
    assert np.abs(found.fun).max() < 1e-8
    assert world.welfare(tariffs) == pytest.approx(100 * (solved(found.x)[1] - 1), abs=1e-5)


@laws
@given(sizes, elasticities, seeds)
def test_every_country_exports_for_as_much_as_it_imports(n: int, elasticity: float, seed: int) -> None:
    flows = some_world(n, elasticity, seed).changes(some_tariffs(n, seed)).flows
    assert flows.sum(1) == pytest.approx(flows.sum(0), rel=1e-11)


@laws
@given(sizes, elasticities, seeds)
def test_new_numbers_for_the_countries_only_reorder_the_answer(n: int, elasticity: float, seed: int) -> None:
    world, tariffs = some_world(n, elasticity, seed), some_tariffs(n, seed)
    order = np.random.default_rng(seed).permutation(n)
    again = ArmingtonWorld(world.shares[np.ix_(order, order)], world.income[order], elasticity)
    assert again.welfare(tariffs[np.ix_(order, order)]) == pytest.approx(
        world.welfare(tariffs)[order], abs=1e-8
    )


@laws
@given(sizes, elasticities, seeds, st.floats(1e-6, 1e6))
def test_the_unit_of_money_does_not_matter(n: int, elasticity: float, seed: int, unit: float) -> None:
    world, tariffs = some_world(n, elasticity, seed), some_tariffs(n, seed)
    again = ArmingtonWorld(world.shares, unit * world.income, elasticity)
    assert again.welfare(tariffs) == pytest.approx(world.welfare(tariffs), abs=1e-8)
    assert again.changes(tariffs).flows == pytest.approx(unit * world.changes(tariffs).flows, rel=1e-8)


@laws
@given(sizes, elasticities, seeds)
def test_from_no_tariffs_not_everybody_can_gain(n: int, elasticity: float, seed: int) -> None:
    assert some_world(n, elasticity, seed).welfare(some_tariffs(n, seed)).min() < 1e-9


@laws
@given(sizes, elasticities, st.floats(1, 3), st.floats(0, 2))
def test_equal_countries_fare_equally(n: int, elasticity: float, cost: float, tariff: float) -> None:
    others = 1 - np.eye(n)
    world = from_technology(np.ones(n), np.ones(n), np.eye(n) + cost * others, elasticity)
    welfare = world.welfare(tariff * others)
    assert welfare == pytest.approx(np.full(n, welfare[0]), abs=1e-9)
    assert welfare[0] < 1e-9


@laws
@given(sizes, elasticities, seeds)
def test_tariffs_that_end_all_trade_cost_all_that_trade_brought(n: int, elasticity: float, seed: int) -> None:
    """Arkolakis, Costinot and Rodriguez-Clare (2012, AER 102(1), eq. 1)."""
    world = some_world(n, elasticity, seed)
    alone = 100 * (np.diag(world.shares) ** (1 / elasticity) - 1)
    tariffs = (1e4 ** (1 + 2 / elasticity)) * (1 - np.eye(n))
    assert world.welfare(tariffs) == pytest.approx(alone, abs=0.02)


@laws
@given(sizes, elasticities, seeds)
def test_many_tables_together_get_the_answers_they_get_alone(n: int, elasticity: float, seed: int) -> None:
    world = some_world(n, elasticity, seed)
    tables = np.array([[some_tariffs(n, seed + 2 * a + b) for a in range(3)] for b in range(2)])
    alone = np.array([[world.welfare(table) for table in row] for row in tables])
    assert world.welfare(tables) == pytest.approx(alone, abs=1e-10)


@laws
@given(sizes, elasticities, seeds)
def test_a_world_with_surpluses_is_balanced_first(n: int, elasticity: float, seed: int) -> None:
    luck = np.random.default_rng(seed)
    shares = luck.uniform(0.1, 1, (n, n)) + np.eye(n)
    income = luck.uniform(1, 5, n)
    world = ArmingtonWorld(shares / shares.sum(0), income, elasticity)
    assert world.imbalance > 0
    assert world.shares @ world.income == pytest.approx(world.income, rel=1e-10)
    assert world.income.sum() == pytest.approx(income.sum())
    assert ArmingtonWorld(world.shares, world.income, elasticity).imbalance < 1e-10


def test_a_third_country_gains_where_trade_is_diverted_to_it() -> None:
    world = from_technology([1, 1, 1], [1, 1, 1], np.full((3, 3), 1.5) - 0.5 * np.eye(3), 4)
    tariffs = np.zeros((3, 3))
    tariffs[1, 0] = 0.25  # the first taxes the second
    before, after = world.changes(np.zeros((3, 3))), world.changes(tariffs)
    assert after.flows[1, 0] < before.flows[1, 0]
    assert after.flows[2, 0] > before.flows[2, 0]
    assert after.welfare[1] < 0 < after.welfare[2]
    assert after.revenue == pytest.approx([0.25 * after.flows[1, 0], 0, 0])


def test_three_countries_from_their_technology() -> None:
    made, workers = np.array([2, 1, 1]), np.array([1, 2, 4])
    world = from_technology(made, workers, np.full((3, 3), 2.0) - np.eye(3), elasticity=3)
    free = made * workers * np.diag(world.shares) ** (-1 / 3)
    assert free == pytest.approx([2.183078, 2.183078, 4.224545], abs=1e-6)
    tariffs = np.zeros((3, 3))
    tariffs[1:, 0] = 0.2
    changes = world.changes(tariffs)
    assert changes.welfare == pytest.approx([1.360772, -0.814802, -0.619069], abs=1e-6)
    assert changes.real_wages[0] == pytest.approx(-1.810898, abs=1e-6)


def test_a_country_has_a_name_or_a_number() -> None:
    world = ArmingtonWorld(*PAIR, names=["Home", "Abroad"])
    assert (
        world.optimal_tariff("Abroad")
        == world.optimal_tariff(1)
        == world.optimal_tariff(1, partners=["Home"])
    )


@pytest.mark.parametrize(
    ("shares", "income", "elasticity", "why"),
    [
        ([[0.9, 0.1], [0.2, 0.9]], [1, 1], 4, r"sum of shares in column\[0\] must be 1 .*not 1\.1"),
        ([[1.1, 0.1], [-0.1, 0.9]], [1, 1], 4, r"shares\[1, 0\] must be at least 0, not -0\.1"),
        ([[0.9, np.nan], [0.1, 0.9]], [1, 1], 4, r"shares\[0, 1\] must be finite, not nan"),
        ([[0.9, 0.1], [0.1, 0.9]], [1, 1], -4, "elasticity must be above 0, not -4"),
        ([[0.9, 0.1], [0.1, 0.9]], [1, 1], [4, 4], "elasticity must be one number"),
        ([[0.9, 0.1], [0.1, 0.9]], [1, 0], 4, r"income\[1\] must be above 0, not 0"),
        ([[0.9, 0.1], [0.1, 0.9]], [1, 1, 1], 4, r"not of shapes \(2, 2\) and \(3,\)"),
        ([[0.9, 0.1], [0.1]], [1, 1], 4, "shares must be numbers in an even table"),
        ([[1.0]], [1], 4, "two or more"),
        (np.eye(2), [1, 1], 4, "some trade with none"),
    ],
)
def test_a_world_that_cannot_be_is_refused(shares: list, income: list, elasticity: float, why: str) -> None:
    with pytest.raises(TheoryError, match=why):
        ArmingtonWorld(shares, income, elasticity)


@pytest.mark.parametrize(
    ("tariffs", "why"),
    [
        ([[0, -1], [0, 0]], r"tariffs\[0, 1\] must be above -1, not -1"),
        ([[0, np.nan], [0, 0]], r"tariffs\[0, 1\] must be finite, not nan"),
        ([[0.1, 0], [0, 0]], r"tariffs\[0, 0\] must be 0 on a country's own goods, not 0\.1"),
        (np.zeros((3, 3)), r"shape \(\.\.\., 2, 2\).*not \(3, 3\)"),
        (0.1, r"not \(\)"),
        ("high", "tariffs must be numbers"),
    ],
)
def test_tariffs_that_cannot_be_are_refused(tariffs: object, why: str) -> None:
    with pytest.raises(TheoryError, match=why):
        ArmingtonWorld(*PAIR).welfare(tariffs)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        (
            lambda: ArmingtonWorld(*PAIR, names=["Home"]),
            "names must be different and as many as countries, 2",
        ),
        (
            lambda: ArmingtonWorld(*PAIR, names=["Home", "Abroad"]).nash(["Home", "Aboard"]),
            "'Aboard'.*Home, Abroad",
        ),
        (lambda: ArmingtonWorld(*PAIR).optimal_tariff(2), "no country 2; there are numbers 0 to 1"),
        (
            lambda: ArmingtonWorld(*PAIR).optimal_tariff(0, partners=[0]),
            "partners of 0 must be other countries",
        ),
        (lambda: ArmingtonWorld(*PAIR).optimal_tariff(0, np.zeros((5, 2, 2))), "one table"),
        (lambda: ArmingtonWorld(*PAIR).nash([1]), "two different countries"),
        (lambda: two_countries(4, 1, 0.9), r"iceberg\[0, 1\] must be at least 1, not 0\.9"),
        (lambda: two_countries(4, -1), "size_ratio must be above 0"),
        (lambda: from_technology([1, 1], [1, 1], [[1, 1], [1, 1.5]], 4), "must be 1 at home, not 1.5"),
        (lambda: from_technology([1, 1], [1, 1, 1], np.ones((2, 2)), 4), "two rows and a square table"),
    ],
)
def test_questions_that_make_no_sense_are_refused(ask: object, why: str) -> None:
    with pytest.raises(TheoryError, match=why):
        ask()  # type: ignore[operator]


def test_a_solver_that_does_not_converge_gives_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    world = ArmingtonWorld(*PAIR)
    monkeypatch.setattr(hat_algebra, "ITERATIONS", 2)
    with pytest.raises(ConvergenceError, match=r"after 2 iterations .* log ratio of .*, above 1e-12"):
        world.welfare([[0, 3], [0.5, 0]])
    assert issubclass(ConvergenceError, SnapbackError)


def test_a_subsidy_beyond_all_numbers_gives_no_number() -> None:
    world = two_countries(60)
    with pytest.raises(ConvergenceError, match="after 1 iterations"):
        world.welfare([[0, 1e-8 - 1], [0, 0]])
