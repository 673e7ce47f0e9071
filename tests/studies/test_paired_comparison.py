"""The same luck with and without a change."""

import math

import pandas as pd
import pytest

import sim
from sim.engines.run_spec import RunSpec
from sim.statistics.intervals import student_interval
from sim.studies.paired_comparison import compare_runs, parting_day

PROVOKED = "US:reactivate=us_reciprocal_24@2026-03-02"
BAN = "CN:reactivate=cn_ga_ge_sb_ban@2026-03-06"


def test_the_paths_part_on_the_day_of_the_change_and_not_before():
    found = compare_runs(RunSpec.of("busan", force=["US:escalate@2026-03-02"], runs=4, until="2026-06-30"))
    assert found.pairs.parting_day.tolist() == [pd.Timestamp("2026-03-02")] * 4
    assert found.first.changed.startswith("Washington reactivates `us_")
    assert found.first.changed.endswith("towards Beijing, as it is told to")


def test_the_first_consequence_is_an_act_that_nobody_forced():
    found = compare_runs(RunSpec.of("busan", force=["US:escalate@2026-03-02"], until="2026-06-30"))
    assert (found.first.day, found.then.day, found.then.without) == ("2026-03-02", "2026-03-04", "nothing")
    assert found.then.changed.startswith("Beijing reactivates `cn_")


def test_a_first_difference_that_nobody_forced_is_told_once():
    found = compare_runs(RunSpec.of("busan", overrides=["CN.renewal_belief=0.9"], runs=20), [PROVOKED])
    day = found.first.day
    assert found.pairs.parting_day[found.first.run] == pd.Timestamp(day)
    assert found.then is None
    assert found.first.without != found.first.changed


def test_a_move_that_is_given_is_made_in_both_runs():
    found = compare_runs(RunSpec.of("busan", strategy=["CN=hold"], runs=2, until="2026-03-10"), [PROVOKED])
    assert (found.first.day, found.then) == ("2026-03-04", None)
    assert found.first.without.startswith("Beijing reactivates")
    assert found.first.changed == "Beijing holds towards Washington"


def test_both_engines_compare_the_same_runs():
    asked = {"force": ["US:escalate@2026-03-02"], "runs": 3, "until": "2026-04-30"}
    found, slower = (compare_runs(RunSpec.of("busan", **asked, engine=name)) for name in ("ensemble", "mesa"))
    assert (found.first, found.then) == (slower.first, slower.then)
    assert list(found.groups)[:2] == ["economy [bn USD]", "politics [bn USD equivalents]"]
    assert found.pairs.run.tolist() == [0, 1, 2]
    assert found.pairs.parting_day.tolist() == slower.pairs.parting_day.tolist()
    columns = [name for group in found.groups.values() for name in group.values()]
    assert set(found.pairs.columns) == {"run", "possible", "parting_day", *columns}
    assert found.pairs[columns].to_numpy() == pytest.approx(slower.pairs[columns].to_numpy(), abs=1e-8)


def test_a_change_that_changes_nothing_is_said_to():
    found = compare_runs(RunSpec.of("busan", strategy=["US=payoff_logit"], runs=2, until="2026-01-31"))
    assert found.pairs.parting_day.isna().all()
    assert (found.first, found.interval("cost_economy_CN")) == (None, (0, 0, 0))


def test_what_is_forced_counts_in_the_runs_in_which_it_was_possible_and_no_others():
    spec = RunSpec.of("busan", force=[BAN], runs=30, until="2026-03-20")
    found = compare_runs(spec, [PROVOKED])  # after which Beijing has often put the ban back by itself
    possible = found.forced.counts[BAN]
    assert 0 < possible < 30
    assert found.forced.texts == [f"{BAN} (possible in {possible} of 30 runs)"]
    assert len(found.averaged) == possible
    assert found.averaged.parting_day.notna().all()
    assert found.interval("cost_politics_CN").mean == pytest.approx(found.averaged.cost_politics_CN.mean())


def test_what_is_possible_in_no_run_is_refused_with_the_reason():
    spec = RunSpec.of("busan", force=["US:reactivate=us_fentanyl@2026-03-02"], runs=2, until="2026-03-10")
    with pytest.raises(sim.ForceError, match=r"not possible in any of 2 runs: .* when it is in force"):
        compare_runs(spec)
    late = RunSpec.of("busan", force=["US:escalate@2026-03-02"], runs=2, until="2026-02-10")
    with pytest.raises(sim.ForceError, match="expected a day of the runs, which end on 2026-02-10"):
        compare_runs(late)
    with pytest.raises(sim.ForceError, match="not possible in any of 2 runs"):
        compare_runs(RunSpec.of("busan", strategy=["CN=hold"], runs=2, until="2026-03-10"), spec.force)


def test_a_forced_hold_is_always_possible_and_a_game_has_one_account():
    found = compare_runs(RunSpec.of("ipd", force=["ROW:hold@2000-01-05"], runs=3))
    assert list(found.forced.counts.values()) == [3]
    assert next(iter(found.groups)).startswith("cost [")
    assert "bystanders [bn USD]" not in found.groups


def test_the_interval_is_students_on_paired_differences():
    found = student_interval([1.0, 2.0, 3.0, 4.0])
    half = 3.182446 * math.sqrt(5 / 3) / 2
    assert found == pytest.approx((2.5, 2.5 - half, 2.5 + half), rel=1e-6)


def test_a_single_pair_has_no_interval():
    found = compare_runs(RunSpec.of("busan", force=["US:escalate@2026-03-02"], until="2026-03-10"))
    for name in ("escalations_US", "cost_economy_US", "bystander_JPN"):
        assert math.isnan(found.interval(name).low)


def test_equal_runs_never_part():
    runs = [sim.TradeModel("busan", rng=3, until="2026-01-31").run().record for _ in range(2)]
    assert parting_day(*runs) == ""


def test_a_comparison_needs_a_change():
    with pytest.raises(sim.EngineError, match="expected a change"):
        compare_runs(RunSpec.of("busan"))
