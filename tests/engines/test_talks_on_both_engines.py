"""Talks are held in the ensemble as on Mesa, offer by offer; without them a world is what it was."""

import pytest
from twins import assert_same_runs

import sim

pytestmark = pytest.mark.usefixtures("compiled_once")


@pytest.mark.parametrize("negotiator", ["quantal", "waiting", "time_based:firmness=1"])
@pytest.mark.parametrize("protocol", ["alternating_offers", "ultimatum"])
def test_every_negotiator_and_protocol_speaks_as_on_mesa(negotiator: str, protocol: str) -> None:
    changes = {"US.negotiator": negotiator, "talks.protocol": protocol}
    played = assert_same_runs("busan_eve", runs=1, seed=4, set=changes, until="2025-12-20")
    assert played.records[0].offers


def test_talks_that_are_switched_off_leave_the_world_without_them() -> None:
    assert sim.scenario("busan", ["talks=false"]).digest == sim.scenario("busan").digest
    assert not sim.TradeModel("busan_eve", rng=1, set="talks=false").world.talks
