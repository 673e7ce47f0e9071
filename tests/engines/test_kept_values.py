"""What is kept from one decision to the next is what would be worked out anew."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_toml import quoted, toml
from random_worlds import worlds

import sim

PLAYERS = st.sampled_from(["payoff_logit", "random_move", "snapback"])


def decided(model, keeps):
    """A run's decisions and changes, with or without anything kept."""
    model.world = model.world._replace(keeps=keeps)
    model.run()
    return model.decisions, model.changes, model.costs.to_dict()


@pytest.mark.parametrize("scenario", [s for s in sim.scenario_names() if not sim.scenario(s).game])
def test_in_every_shipped_scenario(scenario):
    one, other = (sim.TradeModel(scenario, rng=2) for _ in range(2))
    assert decided(one, 0) == decided(other, 1)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(worlds(), PLAYERS, PLAYERS, st.integers(0, 2**63 - 1))
def test_in_random_worlds(tmp_path, world, us, cn, seed):
    document, forced = world
    path = tmp_path / "random.toml"
    path.write_text("\n".join(f"{quoted(k)} = {toml(v)}" for k, v in document.items()), "utf-8")
    given_to = {"rng": seed, "strategy": (f"US={us}", f"CN={cn}"), "force": forced}
    one, other = (sim.TradeModel(path, **given_to) for _ in range(2))
    assert decided(one, 0) == decided(other, 1)
