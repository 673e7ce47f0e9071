"""What a government expects of an embargo is what it then pays, all else standing still."""

import pytest
from worlds import morning, names

import sim
from sim.domain.constants import DAYS_PER_MONTH, IN_FORCE
from sim.rules.end_of_day import update_stocks
from sim.rules.mineral_supply import mineral_loss
from sim.rules.present_values import supply_loss

MEASURES = [
    (number, mineral)
    for number, m in enumerate(sim.scenario("busan").measures)
    for mineral in m.minerals
    if m.kind != "crackdown"
]
HORIZON = 12.0


@pytest.mark.parametrize("stores", ["as they are", "run down"])
@pytest.mark.parametrize(("number", "mineral"), MEASURES)
def test_the_expected_loss_is_the_loss_that_is_booked(number: int, mineral: str, stores: str) -> None:
    world = morning("busan")
    us, place = names("busan").governments.index("US"), names("busan").minerals.index(mineral)
    if stores == "run down":
        world.stocks[us * world.minerals + place].stock = 0.0
    measure = world.measures[number]
    measure.level = max(measure.level, 0.6)
    expected = supply_loss(world, number, place, 0.0, measure.level, 0.0, 1.0, HORIZON)
    measure.status = IN_FORCE
    booked = 0.0
    for _ in range(round(HORIZON * DAYS_PER_MONTH)):
        update_stocks(world)
        booked += world.governments[us].mineral_weight * mineral_loss(world, us, place) / DAYS_PER_MONTH
    if stores == "run down":
        assert expected > 0
    assert booked == pytest.approx(expected, rel=0.05, abs=0.01)
