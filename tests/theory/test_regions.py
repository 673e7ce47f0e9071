"""The nine regions of 2023: what tariffs between Washington and Beijing do to everybody."""

import numpy as np
import pytest

from sim.theory.armington import ArmingtonWorld, nine_regions, stage_game
from sim.theory.repeated import critical_discount

USA, CHN = 0, 1


@pytest.fixture(scope="module")
def world() -> ArmingtonWorld:
    return nine_regions()


def bilateral(on_china: float, on_america: float) -> np.ndarray:
    tariffs = np.zeros((9, 9))
    tariffs[CHN, USA], tariffs[USA, CHN] = on_china, on_america
    return tariffs


def on_all(tariff: float) -> np.ndarray:
    tariffs = np.zeros((9, 9))
    tariffs[1:, USA] = tariff
    return tariffs


@pytest.mark.parametrize(
    ("on_china", "on_america", "welfare"),
    [
        (0.1, 0, [0.0275, -0.0725, 0.0040, 0.0022, 0.0000, 0.0092, 0.0232, 0.0197, -0.0053]),
        (0.1, 0.1, [-0.0145, -0.0436, 0.0029, 0.0036, 0.0091, 0.0032, 0.0138, 0.0146, 0.0026]),
        (0.475, 0.32, [-0.1236, -0.1816, 0.0071, 0.0078, 0.0177, 0.0096, 0.0355, 0.0357, 0.0031]),
    ],
)
def test_welfare_is_that_of_the_table(
    world: ArmingtonWorld, on_china: float, on_america: float, welfare: list[float]
) -> None:
    assert world.welfare(bilateral(on_china, on_america)) == pytest.approx(np.array(welfare), abs=1e-4)


def test_the_best_uniform_american_tariff(world: ArmingtonWorld) -> None:
    best = world.optimal_tariff("USA")
    assert best == pytest.approx(0.26493, abs=5e-6)
    assert world.welfare(on_all(best))[USA] == pytest.approx(0.4725, abs=1e-4)
    assert world.formula_tariff("USA", on_all(best)) == pytest.approx(0.2606, abs=1e-4)


@pytest.mark.parametrize(
    ("elasticity", "american", "chinese", "patience_usa", "patience_chn"),
    [
        (2, 0.205, 0.192, 0.635, 0.362),
        (4, 0.114, 0.107, 0.628, 0.358),
        (6, 0.079, 0.074, 0.625, 0.357),
        (8, 0.060, 0.057, 0.624, 0.356),
    ],
)
def test_nash_tariffs_and_patience_by_elasticity(
    elasticity: float, american: float, chinese: float, patience_usa: float, patience_chn: float
) -> None:
    """To the rounding of the table; China's patience at 6 is 0.35649, a hair below its 0.357."""
    world = nine_regions(elasticity)
    tariffs = world.nash(["USA", "CHN"])
    assert [tariffs[CHN, USA], tariffs[USA, CHN]] == pytest.approx([american, chinese], abs=5.1e-4)
    got = [critical_discount(*game) for game in stage_game(world, "USA", "CHN")]
    assert got == pytest.approx([patience_usa, patience_chn], abs=5.1e-4)


def test_the_stage_game_of_washington_and_beijing(world: ArmingtonWorld) -> None:
    usa, chn = stage_game(world, "USA", "CHN")
    assert usa == pytest.approx((0.0278, 0, -0.0164, -0.044), abs=2e-4)
    assert chn == pytest.approx((0.0285, 0, -0.0511, -0.080), abs=3e-4)


def test_american_imports_from_china_would_fall_by_85_per_cent_in_the_long_run(world: ArmingtonWorld) -> None:
    before, after = (world.changes(bilateral(*pair)).flows[CHN, USA] for pair in ((0, 0), (0.475, 0.32)))
    assert after / before - 1 == pytest.approx(-0.85, abs=0.005)


@pytest.mark.parametrize(("tariffs", "passed"), [(bilateral(0.1, 0), 0.886), (on_all(0.1), 0.47)])
def test_prices_of_chinese_goods_against_american_wages(
    world: ArmingtonWorld, tariffs: np.ndarray, passed: float
) -> None:
    """Pass-through in logs, of 10 % on China alone and on all."""
    wages = 1 + world.changes(tariffs).wages / 100
    assert np.log(1.1 * wages[CHN] / wages[USA]) / np.log(1.1) == pytest.approx(passed, abs=5e-3)


def test_the_world_at_elasticity_4_is_the_table_shipped(world: ArmingtonWorld) -> None:
    income = [26736.21, 18960.81, 18654.11, 4248.77, 1775.88, 3468.91, 3858.73, 3911.56, 23696.57]
    assert world.income == pytest.approx(np.array(income), abs=0.05)
    assert world.shares[USA, :2] == pytest.approx([0.915116, 0.013374], abs=1e-6)
    assert world.names[:2] == ("USA", "CHN")


def test_trade_before_balancing_is_the_trade_recorded() -> None:
    """At an elasticity near none balancing moves wages, not shares: exports over GDP stay BACI's."""
    gdp = np.array([27843.3, 18221.4, 18600.7, 4204.5, 1712.8, 3567.6, 3931.6, 3794.2, 23435.5])
    shares = nine_regions(1e-6).shares
    flows = shares * np.linalg.solve(shares, gdp)
    recorded = {(0, 1): 171.30, (1, 0): 443.56, (2, 0): 531.72, (6, 0): 876.18, (7, 0): 301.52}
    for (exporter, importer), bn in recorded.items():
        assert flows[exporter, importer] == pytest.approx(bn, abs=0.05)
