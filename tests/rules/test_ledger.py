"""What a run has cost: every term, and nothing on a day that is like the first."""

import pytest

import sim
from sim.domain.terms import COSTS, TERMS
from sim.rules import daily_payoffs
from sim.rules.ledger import cost_of, tariffs
from sim.scenarios.initial_state import world_of


def test_every_term_has_a_flow_an_account_and_a_cost():
    world = world_of(sim.scenario("busan"))
    opening = daily_payoffs.flow(world, 0, 739565)
    assert len(opening) == len(world.accounts[0]) == len(world.cached_flows[0]) == len(TERMS)
    assert len(cost_of(world, 0, opening, 1)) == len(COSTS)


def test_before_the_first_day_nothing_has_been_paid():
    world = world_of(sim.scenario("busan"))
    for place in range(len(world.governments)):
        opening = daily_payoffs.flow(world, place, 739565)
        assert cost_of(world, place, opening, 0) == pytest.approx([0.0] * len(COSTS))


def test_tariffs_are_listed_importer_by_importer_and_none_on_oneself():
    rates = tariffs(world_of(sim.scenario("triangle")))
    assert len(rates) == 9
    assert rates[0] == rates[4] == rates[8] == 0.0
    assert min(rates[1], rates[3]) > 0.0
