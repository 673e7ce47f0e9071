"""The same run on both engines, compared."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

import sim
from sim.domain.terms import COSTS
from sim.engines.ensemble import ensemble
from sim.rules.ledger import cost_of

EXACT = 1e-12  # relative


def assert_same_life(model: sim.TradeModel, life: Any, terms: Any) -> None:
    """Check that a run of the ensemble is the run that the Mesa engine has played."""
    mesa = model.record
    assert (life.start, life.end) == (mesa.start, mesa.end)
    assert list(life.moves) == list(mesa.moves)
    assert list(life.acts) == list(mesa.acts)
    assert list(life.changes) == list(mesa.changes)
    assert list(life.offers) == list(mesa.offers)
    assert life.opening == mesa.opening
    np.testing.assert_allclose(life.tariffs, mesa.tariffs, rtol=EXACT)
    for place, opening in enumerate(model.recorder.opening):
        costs = cost_of(model.world, place, opening, model.recorder.days)
        for term, cost in enumerate(costs):
            account = [*model.world.accounts[place], 0.0]
            booked = max(1.0, abs(account[term]))  # [bn USD]; a cost is a difference of two sums
            same = math.isclose(terms[place][term], cost, rel_tol=EXACT, abs_tol=EXACT * booked)
            assert same, (place, COSTS[term])


def assert_same_runs(scenario: str | Path | sim.Scenario, runs: int, seed: int, **given: Any) -> Any:
    """Play runs on both engines, check that they are the same, and give the ensemble."""
    played = ensemble(scenario, runs=runs, seed=seed, record=True, **given)
    for k in range(runs):
        run = int(played.numbers[k])
        given_to_mesa = {name: value for name, value in given.items() if name != "first_run"}
        model = sim.TradeModel(scenario, rng=seed, run=run, **given_to_mesa).run()
        assert_same_life(model, played.records[k], played.terms[k])
    return played


def pairs(names: Sequence[str]) -> list[tuple[str, str]]:
    """Every strategy with every other and itself."""
    return [(a, b) for a in names for b in names]
