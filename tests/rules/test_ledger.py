"""What a run has cost: every term, and nothing on a day that is like the first."""

from dataclasses import fields

import pytest

import sim
from sim.domain.state import GovernmentState
from sim.rules.daily_payoffs import Flow, flow
from sim.rules.ledger import Cost, cost_of, tariffs
from sim.scenarios.initial_state import world_of


def test_every_flow_and_every_account_has_its_cost():
    assert Cost._fields == (*Flow._fields, "audience", "acts", "game")
    accounts = [f.name for f in fields(GovernmentState) if f.default == 0.0 and f.type is float]
    accounts = [name for name in accounts if not name.startswith("cached_")]
    assert sorted(accounts) == sorted(({*Cost._fields} - {"game"}) | {"market_loss"})


def test_before_the_first_day_nothing_has_been_paid():
    world = world_of(sim.scenario("busan"))
    for place in range(len(world.governments)):
        assert cost_of(world, place, flow(world, place, 739565), 0) == pytest.approx(
            [0.0] * len(Cost._fields)
        )


def test_tariffs_are_listed_importer_by_importer_and_none_on_oneself():
    rates = tariffs(world_of(sim.scenario("triangle")))
    assert len(rates) == 9
    assert rates[0] == rates[4] == rates[8] == 0.0
    assert min(rates[1], rates[3]) > 0.0
