"""Answers are what one would compute by hand from the runs."""

import numpy as np
import pytest
from scipy import stats

from sim.studies.analysis import answer_table, driver_table
from sim.studies.store import results, runs_of
from sim.studies.study_runner import run_study

PROVOKED = 'force = ["US:escalate@2025-12-01"]\n'  # so that something is left to luck


def test_means_and_paired_differences_are_those_of_the_runs(ask, tmp_path) -> None:
    asked = ask()
    run_study(asked, tmp_path / "out")
    table, runs = answer_table(asked.spec, results(tmp_path / "out")), runs_of(tmp_path / "out")
    costs = table[table["outcome"] == "cost_us"].reset_index(drop=True)
    by_cell = runs.pivot(index="run", columns="cell", values="cost_us")
    assert costs["mean"].to_numpy() == pytest.approx(by_cell.mean().to_numpy())
    gaps = by_cell.sub(by_cell[0], axis=0)
    assert costs["difference"].to_numpy()[1:] == pytest.approx(gaps.mean().to_numpy()[1:])
    half = stats.t.ppf(0.975, 5) * gaps.std().to_numpy()[1:] / np.sqrt(6)
    wide = (costs["difference_high"] - costs["difference_low"]).to_numpy()[1:] / 2
    assert wide == pytest.approx(half, abs=1e-9)


def test_both_engines_give_the_same_runs(ask) -> None:
    levers = '[levers.kind]\nnumber = "CN.strategy.generosity"\nvalues = [0.0, 0.7]\n'
    levers += '[levers.washington]\nnumber = "US.renewal_belief"\nvalues = [0.2, 0.8]\n'
    head = 'title = "a"\nquestion = "b"\nuntil = 2025-12-31\nruns = 3\nstrategy = ["CN=tit_for_tat"]\n'
    quick = ask(head=head, levers=levers).run()
    plain = ask(head=head + 'engine = "mesa"\n', levers=levers).run()
    assert quick.drop(columns="cost_us").equals(plain.drop(columns="cost_us"))
    assert quick["cost_us"].to_numpy() == pytest.approx(plain["cost_us"].to_numpy(), rel=1e-12)


def test_cells_share_luck_unless_told_otherwise(ask) -> None:
    same = '[levers.which]\noptions = [{ label = "one" }, { label = "two", until = 2026-01-16 }]\n'
    head = 'title = "a"\nquestion = "b"\nuntil = 2026-01-15\nruns = 6\n' + PROVOKED
    shared = ask(head=head, levers=same).run().pivot(index="run", columns="which", values="escalations")
    own = (
        ask(head=head + 'luck = "own"\n', levers=same)
        .run()
        .pivot(index="run", columns="which", values="cost_us")
    )
    assert np.corrcoef(shared["one"], shared["two"])[0, 1] > 0.9 or shared["one"].equals(shared["two"])
    assert not np.allclose(own["one"], own["two"], rtol=0.01)


def test_more_runs_change_none_of_the_old_ones(ask) -> None:
    few = ask().run()
    more = ask(head=few_and_more()).run()
    kept = more[more["run"] < 6].reset_index(drop=True)
    assert kept.equals(few)


def few_and_more() -> str:
    """The small study with more runs in other chunks."""
    return 'title = "a"\nquestion = "b"\nscenario = "busan"\nuntil = 2026-01-15\nruns = 9\nchunk = 1000\n'


def test_a_cell_in_which_nothing_is_left_to_luck_is_played_once(ask, tmp_path) -> None:
    levers = '[levers.cn]\ngovernment = "CN"\nstrategies = ["payoff_logit", "hold"]\n'
    head = 'title = "a"\nquestion = "b"\nuntil = 2026-01-15\nruns = 6\nstrategy = ["US=hold"]\n'
    asked = ask(head=head, levers=levers)
    run_study(asked, tmp_path / "out")
    table = answer_table(asked.spec, results(tmp_path / "out"))
    costs = table[table["outcome"] == "cost_us"].reset_index(drop=True)
    assert list(costs["runs"]) == [6, 1]
    assert costs["low"][1] == costs["mean"][1] == costs["high"][1]
    runs = runs_of(tmp_path / "out").set_index(["cn", "run"])["cost_us"]
    assert costs["difference"][1] == pytest.approx(runs["hold"].iloc[0] - runs["payoff_logit"].mean())
    assert not np.isnan(costs["difference_low"][1])


def test_a_cell_ends_early_once_its_interval_is_narrow(ask, tmp_path) -> None:
    head = (
        'title = "a"\nquestion = "b"\nuntil = 2026-01-15\nruns = 80\nlook_every = 20\nprecision = 0.04\n'
        'precision_of = "escalations"\n'
    )
    asked = ask(head=head)
    run_study(asked, tmp_path / "out")
    table = answer_table(asked.spec, results(tmp_path / "out"))
    found = table[table["outcome"] == "escalations"]
    half = (found["high"] - found["low"]) / 2
    assert set(found["runs"]) <= {20, 40, 60, 80}
    assert ((half <= 0.04) | (found["runs"] == 80)).all()
    assert found["runs"].nunique() > 1


def test_an_unfinished_study_answers_with_what_is_there(ask, tmp_path) -> None:
    asked = ask()
    done = run_study(asked, tmp_path / "out", limit=8)
    assert not done.complete
    table = answer_table(asked.spec, results(tmp_path / "out"))
    assert sorted(table[table["outcome"] == "cost_us"]["runs"]) == [0, 0, 6, 6]
    assert table["of"].eq(6).all()
    assert (np.isnan(table["mean"]) == (table["runs"] == 0)).all()


def test_a_nested_design_counts_draws_and_not_runs(ask, tmp_path) -> None:
    own = 'title = "a"\nquestion = "b"\nuntil = 2026-01-15\nruns = 6\nluck = "own"\n' + PROVOKED
    levers = (
        '[levers.us]\nnumber = "US.renewal_belief"\nvalues = [0, 1]\n'
        '[uncertainties.threat]\nnumber = "deals.busan.CN.stake"\n'
    )
    asked = ask('kind = "nested"\npoints = 5', levers=levers, head=own)
    run_study(asked, tmp_path / "out")
    table = answer_table(asked.spec, results(tmp_path / "out"))
    costs = table[table["outcome"] == "cost_us"].reset_index(drop=True)
    means = runs_of(tmp_path / "out").groupby(["us", "draw"])["cost_us"].mean().unstack()
    assert costs["mean"].to_numpy() == pytest.approx(means.mean(axis=1).to_numpy())
    half = stats.t.ppf(0.975, 4) * means.std(axis=1).to_numpy() / np.sqrt(5)
    assert ((costs["high"] - costs["low"]) / 2).to_numpy() == pytest.approx(half)


def test_of_draws_that_share_their_luck_the_interval_holds_what_luck_does_too(ask, tmp_path) -> None:
    levers = (
        '[levers.us]\nnumber = "US.renewal_belief"\nvalues = [0, 1]\n'
        '[uncertainties.threat]\nnumber = "deals.busan.CN.stake"\n'
    )
    head = 'title = "a"\nquestion = "b"\nuntil = 2026-01-15\nruns = 6\n' + PROVOKED
    asked = ask('kind = "nested"\npoints = 5', levers=levers, head=head)
    run_study(asked, tmp_path / "out")
    table = answer_table(asked.spec, results(tmp_path / "out"))
    costs = table[table["outcome"] == "cost_us"].reset_index(drop=True)
    runs = runs_of(tmp_path / "out")
    for row, us in enumerate((0.0, 1.0)):
        y = runs[runs["us"] == us].pivot(index="draw", columns="run", values="cost_us").to_numpy()
        alone = y - y.mean(1, keepdims=True) - y.mean(0, keepdims=True) + y.mean()
        ours, lucks = y.mean(1).var(ddof=1) / 5, y.mean(0).var(ddof=1) / 6
        wide = ours + max(0.0, lucks - (alone**2).sum() / (4 * 5) / 30)
        half = (costs["high"][row] - costs["low"][row]) / 2
        assert 2.0 * np.sqrt(wide) * 0.97 < half < stats.t.ppf(0.975, 2) * np.sqrt(wide)
    gaps = runs.pivot(index=["draw", "run"], columns="us", values="cost_us")
    assert costs["difference"][1] == pytest.approx((gaps[1.0] - gaps[0.0]).mean())
    assert costs["difference_low"][1] < costs["difference"][1] < costs["difference_high"][1]


def test_cells_whose_strategies_could_draw_but_do_not_are_played_once(ask, tmp_path) -> None:
    levers = '[levers.generosity]\nnumber = "CN.strategy.generosity"\nvalues = [0, 0.5, 1]\n'
    head = (
        'title = "a"\nquestion = "b"\nuntil = 2026-04-30\nruns = 5\nchunk = 4\n'
        'strategy = ["US=grim", "CN=tit_for_tat"]\nforce = ["US:escalate@2026-03-02"]\n'
    )
    asked = ask(head=head, levers=levers)
    assert list(asked.spec.runs) == [1, 5, 1]
    assert len(asked.settings) == 1
    run_study(asked, tmp_path / "out")
    found = results(tmp_path / "out")
    assert found.manifest["cells_played_once"] == 2
    assert list(runs_of(tmp_path / "out").groupby("cell").size()) == [1, 5, 1]
    table = answer_table(asked.spec, found)
    assert (table["runs"] == table["of"]).all()


def test_drivers_name_what_moves_an_outcome(ask, tmp_path) -> None:
    levers = (
        '[uncertainties.us]\nnumber = "US.routine_cost"\n[uncertainties.port]\nnumber = "us_port_fees.cost"\n'
    )
    head = 'title = "a"\nquestion = "b"\nuntil = 2026-01-15\nruns = 6\n'
    head += 'force = ["US:reactivate=us_port_fees@2025-12-01"]\nstrategy = ["CN=hold"]\n'
    asked = ask('kind = "sobol"\npoints = 8', levers=levers, head=head)
    run_study(asked, tmp_path / "out")
    table = driver_table(asked.spec, results(tmp_path / "out"))
    assert table is not None
    assert set(table["name"]) == {"us", "port"}
    asked = ask('kind = "latin_hypercube"\npoints = 12', levers=levers, head=head)
    run_study(asked, tmp_path / "latin")
    shares = driver_table(asked.spec, results(tmp_path / "latin"))
    assert shares is not None
    assert shares["first"].dropna().between(0, 1).all()
