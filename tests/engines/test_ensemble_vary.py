"""Numbers that differ in every run."""

import numpy as np
import pytest
from twins import assert_same_life

import sim
from sim.engines.ensemble import ensemble

pytestmark = pytest.mark.usefixtures("compiled_once")

RUNS = 4
SHORT = "2026-04-30"
dice = np.random.default_rng(1)
VARY = {
    "US.renewal_belief": dice.uniform(0, 1, RUNS),
    "US.gallium.stock": dice.uniform(0.1, 4, RUNS),
    "CN.review_days": dice.integers(20, 60, RUNS),
    "cn_port_fees.cost": dice.uniform(0.1, 0.4, RUNS),
    "cn_port_fees.suspension_days": dice.integers(100, 300, RUNS),
}


def test_every_run_has_its_own_numbers():
    played = ensemble("busan", runs=RUNS, seed=3, until=SHORT, vary=VARY, record=True)
    for k in range(RUNS):
        overrides = [f"{path}={values[k]}" for path, values in VARY.items()]
        model = sim.TradeModel("busan", rng=3, run=k, until=SHORT, set=overrides).run()
        assert_same_life(model, played.records[k], played.terms[k])


def test_every_run_has_its_own_parameters_of_strategies():
    precision = [0.1, 1.0, 3.0, 20.0]
    played = ensemble(
        "busan", runs=RUNS, seed=3, until=SHORT, vary={"CN.strategy.precision": precision}, record=True
    )
    for k, value in enumerate(precision):
        strategy = f"CN=payoff_logit:precision={value}"
        model = sim.TradeModel("busan", rng=3, run=k, until=SHORT, strategy=strategy).run()
        assert_same_life(model, played.records[k], played.terms[k])


def test_a_number_that_does_not_vary_is_as_if_set():
    varied = ensemble("busan", runs=2, seed=3, until=SHORT, vary={"US.renewal_belief": [0.4, 0.4]})
    given = ensemble("busan", runs=2, seed=3, until=SHORT, set="US.renewal_belief=0.4")
    assert (varied.terms == given.terms).all()


@pytest.mark.parametrize(
    ("path", "values", "said"),
    [
        ("US.CN.imports", [400, 500], "it does not go into the world as it is"),
        ("economy.elasticity_short", [1, 2], "it changes tables that all runs share"),
        ("US.nothing", [0, 1], "there is no number 'nothing'"),
        ("US.renewal_belief", [0, 2], "expected 0 to 1"),
        ("US.renewal_belief", [0.1, 0.2, 0.3], "one a run"),
        ("US.renewal_belief", [0.1, float("nan")], "finite"),
        ("US.renewal_belief", ["a", "b"], "expected numbers"),
        ("CN.review_days", [20.5, 40.0], "expected a whole number"),
        ("CN.review_days", np.linspace(20, 41, 3)[:2], "expected a whole number"),
        ("CN.strategy.foo", [0, 1], "payoff_logit has no parameter 'foo'"),
    ],
)
def test_what_cannot_vary_is_refused(path, values, said):
    with pytest.raises(sim.SnapbackError, match=said) as caught:
        ensemble("busan", runs=2, vary={path: values})
    assert len(str(caught.value).splitlines()) == 1


def test_numbers_of_a_loaded_scenario_cannot_vary_but_parameters_can():
    loaded = sim.scenario("busan")
    with pytest.raises(sim.EngineError, match="by name or path"):
        ensemble(loaded, runs=2, vary={"US.renewal_belief": [0, 1]})
    ensemble(loaded, runs=2, until=SHORT, vary={"US.strategy.precision": [0, 1]})
