"""What the trade of others costs regions that are not at the table."""

import numpy as np
import pytest

import sim
from sim.domain.constants import DAYS_PER_MONTH
from sim.domain.errors import OutcomeError
from sim.engines.run_spec import RunSpec
from sim.outcomes import parse
from sim.payoffs.adjustment import adjusted
from sim.payoffs.trade_data import economy, regions, welfare
from sim.scenarios.welfare_tables import bystanders_of, table_of
from sim.studies.engine_choice import outcome_values

PROVOKED = {"force": "US:reactivate=us_reciprocal_24@2025-12-02", "until": "2026-01-31"}


def exact_costs(model):
    """The same from an equilibrium solved for every evening, with no table between."""
    s = model.source
    places = tuple(regions().index(g.region) for g in s.governments.values())
    short, long = (economy(s.economy.numbers[f"elasticity_{key}"].value) for key in ("short", "long"))

    def flow(rates, late):
        now, then = (table_of(tuple(map(tuple, np.reshape(x, (2, 2)))), places) for x in (rates, late))
        return welfare(short, now) + welfare(long, then) - welfare(short, then)

    late = [pair.adjusted for pair in model.recorder.first_pairs]
    first = flow(model.recorder.first_tariffs, late)
    costs = np.zeros(len(regions()))
    for rates in model.record.tariffs:
        gone = s.economy.numbers["inertia"].value, 1 / DAYS_PER_MONTH
        late = [adjusted(z, t, *gone) for z, t in zip(late, rates, strict=True)]
        costs += (first - flow(rates, late)) / DAYS_PER_MONTH
    return dict(zip(regions(), costs, strict=True))


def test_bystanders_cost_what_the_equilibrium_of_every_evening_says():
    model = sim.TradeModel("busan", rng=8, **PROVOKED).run()
    names, exact = bystanders_of(model.source), exact_costs(model)
    assert names == ["EU27", "JPN", "KOR", "IND", "CANMEX", "ASEAN", "ROW"]
    assert max(map(abs, model.record.bystanders)) > 0.02
    assert model.record.bystanders == pytest.approx([exact[name] for name in names], abs=2e-3)


def test_compiled_runs_cost_bystanders_the_same_and_all_of_them_are_the_sum():
    s = sim.scenario("busan")
    end = s.end.toordinal()
    asked = [parse(text, s, end) for text in ("bystander:region=EU27", "bystander", "cost")]
    spec = RunSpec.of("busan", **PROVOKED, seed=8, runs=2)
    values = outcome_values(spec, asked)
    records = [sim.TradeModel("busan", rng=8, run=run, **PROVOKED).run().record for run in range(2)]
    assert values[:, 0] == pytest.approx([r.bystanders[0] for r in records], rel=1e-9)
    assert values[:, 1] == pytest.approx([sum(r.bystanders) for r in records], rel=1e-9)
    lone = outcome_values(spec, asked[2:])  # nothing reads what bystanders pay, so it is not worked out
    assert lone[:, 0] == pytest.approx(values[:, 2], rel=1e-12)


def test_a_region_at_the_table_is_no_bystander_and_a_linear_world_has_none():
    s = sim.scenario("busan")
    with pytest.raises(OutcomeError, match="there is no region 'USA'; expected one of ASEAN, CANMEX, EU27"):
        parse("bystander:region=USA", s, s.end.toordinal())
    game = sim.scenario("ipd")
    with pytest.raises(OutcomeError, match="expected a world whose economy is armington"):
        parse("bystander:region=JPN", game, game.end.toordinal())
    assert sim.TradeModel("ipd", rng=1).run().record.bystanders == []
