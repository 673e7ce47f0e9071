"""The Mesa engine as a user of Mesa meets it."""

import gc
import re
import subprocess
import sys
import weakref
from datetime import date

import mesa
import numpy as np
import pandas as pd
import pytest

import sim
from sim.scenarios.load import HERE

SHORT = "2025-12-31"
NEW_BATCH_RUN = tuple(int(x) for x in mesa.__version__.split(".")[:2]) >= (3, 4)


def test_governments_are_mesa_agents_reached_through_the_model():
    model = sim.TradeModel("busan", rng=1, until=SHORT).run()
    assert [agent.code for agent in model.agents] == ["US", "CN"]
    assert all(isinstance(agent, sim.Government) for agent in model.agents)
    assert all(isinstance(agent, mesa.Agent) for agent in model.agents)


def test_the_data_collector_has_a_row_a_day_for_the_model_and_for_every_agent():
    model = sim.TradeModel("busan", rng=1, until=SHORT).run()
    days = model.datacollector.get_model_vars_dataframe()
    agents = model.datacollector.get_agent_vars_dataframe()
    assert len(days) == model.end - model.start + 1
    assert len(agents) == 2 * len(days)
    assert list(agents.columns) == ["government", "economy", "politics"]
    last = agents[agents.government == "CN"].iloc[-1]
    assert last.economy == model.state.cost_economy_CN.iloc[-1] == model.costs["CN"]["economy"]
    assert last.politics == model.state.cost_politics_CN.iloc[-1] == model.costs["CN"]["politics"]


def test_it_stops_on_the_last_day_whoever_drives_it():
    model = sim.TradeModel("busan", rng=1, until=SHORT)
    steps = 0
    while model.running:
        model.step()
        steps += 1
    assert steps == model.end - model.start + 1
    assert model.state.date.iloc[[0, -1]].tolist() == [pd.Timestamp("2025-11-10"), pd.Timestamp(SHORT)]


BATCH_RUN = pytest.mark.skipif(not hasattr(mesa, "batch_run"), reason="this Mesa has no batch_run")
BATCHES = {
    "the seed among the parameters": ({"rng": 7}, {}),
    "a NumPy seed among them": ({"rng": np.int64(7)}, {}),
    "iterations, all of one seed": ({"rng": 7}, {"iterations": 2}),
    **(
        {"the seed given to Mesa": ({}, {"rng": 7}), "as a list": ({}, {"rng": [7]})}
        if NEW_BATCH_RUN
        else {"Mesa's old word": ({"seed": 7}, {})}
    ),
}


@BATCH_RUN
@pytest.mark.filterwarnings("ignore:The `iterations` keyword")
@pytest.mark.parametrize("scenario", ["busan", "ipd"])
@pytest.mark.parametrize("batch", BATCHES)
def test_a_batch_run_is_the_runs_of_its_seed_to_the_last_day(batch, scenario):
    parameters, more = BATCHES[batch]
    until = {"until": SHORT} if scenario == "busan" else {}
    parameters = {"scenario": scenario, "run": range(3), **until, **parameters}
    rows = pd.DataFrame(mesa.batch_run(sim.TradeModel, parameters, display_progress=False, **more))
    assert len(rows) == 3 * 2 * more.get("iterations", 1)
    for run, ended in rows.groupby("run"):
        model = sim.TradeModel(scenario, rng=7, run=run, **until).run()
        for code, of in ended.groupby("government"):
            for account, cost in model.costs[code].items():
                assert of[account].tolist() == [cost] * len(of)


@BATCH_RUN
def test_a_row_for_each_day_has_the_numbers_of_its_day():
    parameters = {"scenario": "busan", "until": SHORT, "rng": 7, "strategy": ["CN=hold", "CN=grim"]}
    rows = pd.DataFrame(
        mesa.batch_run(sim.TradeModel, parameters, data_collection_period=1, display_progress=False)
    )
    days = (date.fromisoformat(SHORT) - date(2025, 11, 10)).days + 1
    us = rows[rows.government == "US"]
    assert us.groupby("strategy").size().tolist() == [days, days]
    assert "tariff_US_on_CN" in us
    model = sim.TradeModel("busan", rng=7, until="2025-11-20", strategy="CN=hold").run()
    there = us[(us.strategy == "CN=hold") & (us.date.astype(str) == "2025-11-20")]
    assert there.economy.tolist() == [model.costs["US"]["economy"]]


def test_two_seeds_are_refused():
    with pytest.raises(sim.EngineError, match="expected one seed, got two"):
        sim.TradeModel("ipd", rng=1, seed=2)
    assert sim.TradeModel("ipd", seed=2).seed_used == 2


def test_three_governments_decide_about_each_other():
    model = sim.TradeModel("triangle", rng=1).run()
    pairs = set(zip(model.moves.government, model.moves.partner, strict=True))
    assert pairs == {(a, b) for a in ("US", "CN", "EU") for b in ("US", "CN", "EU") if a != b}


def test_the_order_of_the_governments_changes_nothing(tmp_path):
    """Everybody decides on the morning's state, so nobody is first."""
    text = (HERE / "busan.toml").read_text("utf-8")
    us, cn = (re.search(rf"\[governments\.{code}\]\n(?:.+\n)+", text).group() for code in ("US", "CN"))
    text = text.replace(cn, "").replace(us, cn + "\n" + us)
    path = tmp_path / "turned.toml"
    path.write_text(text, "utf-8")
    for seed in range(3):
        straight = sim.TradeModel("busan", rng=seed).run()
        turned = sim.TradeModel(path, rng=seed).run()
        assert [a.code for a in turned.agents] == ["CN", "US"]
        by = ["date", "government"]
        left = straight.moves.sort_values(by).reset_index(drop=True)
        right = turned.moves.sort_values(by).reset_index(drop=True)
        pd.testing.assert_frame_equal(left, right, rtol=1e-9)
        pd.testing.assert_frame_equal(straight.costs, turned.costs[["US", "CN"]], rtol=1e-12)


def test_both_sides_move_on_the_mornings_state():
    """Forced onto one day, each side's values are those it has when the other does nothing."""
    day = "2026-03-02"
    both = sim.TradeModel("busan", rng=1, force=[f"US:escalate@{day}", f"CN:escalate@{day}"], until=day).run()
    one = sim.TradeModel("busan", rng=1, force=f"CN:escalate@{day}", until=day).run()
    columns = ["value_escalate", "value_hold", "value_relax", "measure"]
    left = both.moves[(both.moves.date == day) & (both.moves.government == "CN")][columns]
    right = one.moves[(one.moves.date == day) & (one.moves.government == "CN")][columns]
    assert left.to_numpy().tolist() == right.to_numpy().tolist()


@pytest.mark.parametrize("seed", [np.int64(5), np.uint8(5), 5])
def test_seeds_may_come_from_numpy(seed):
    assert sim.TradeModel("busan", rng=seed, until=SHORT).seed_used == 5


def test_without_a_seed_two_models_differ_and_say_their_seed():
    one, two = sim.TradeModel("busan", until=SHORT), sim.TradeModel("busan", until=SHORT)
    assert one.seed_used != two.seed_used
    again = sim.TradeModel("busan", rng=one.seed_used, until=SHORT).run()
    assert again.moves.equals(one.run().moves)


@pytest.mark.parametrize("seed", [-1, 2**63, "many", True])
def test_a_seed_that_is_none_is_refused(seed):
    with pytest.raises(sim.EngineError, match="rng: expected a seed"):
        sim.TradeModel("busan", rng=seed)


def test_a_finished_model_can_be_forgotten():
    model = sim.TradeModel("busan", rng=1, until="2025-11-12").run()
    ghost = weakref.ref(model)
    model.remove_all_agents()
    del model
    gc.collect()
    assert ghost() is None


def test_stocks_grow_with_doubt_and_are_drawn_by_a_ban():
    """A government that trusts renewal keeps no buffer; an embargo eats what there is."""
    held, room = ("US=hold", "CN=hold"), ("CN.refill_licence=1", "US.rare_earths.capacity=6")

    def states(belief: float) -> pd.DataFrame:
        changed = (*room, f"US.renewal_belief={belief}")
        return sim.TradeModel("busan", rng=1, strategy=held, set=changed).run().state

    trusting, doubtful = states(1), states(0.3)
    before = trusting.date == "2026-11-10"
    assert doubtful.stock_US_rare_earths[before].item() > trusting.stock_US_rare_earths[before].item() + 1
    assert trusting.stock_US_rare_earths.iloc[-1] < trusting.stock_US_rare_earths[before].item()


NOTEBOOK = """
import sys, types
shell = types.ModuleType("IPython")
shell.get_ipython = lambda: None
sys.modules |= {"IPython": shell, "ipykernel.zmqshell": types.ModuleType("ipykernel.zmqshell")}
import sim
sim.TradeModel("ipd", rng=1)
"""


def test_the_first_cell_of_a_notebook_shows_no_warning():
    done = subprocess.run([sys.executable, "-c", NOTEBOOK], capture_output=True, text=True, check=True)
    assert done.stderr == ""
