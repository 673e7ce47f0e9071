"""The same luck with and without a change."""

import math

import pytest

import sim
from sim.engines.run_spec import RunSpec
from sim.statistics.intervals import student_interval
from sim.studies.paired_comparison import compare, parting_day


def test_the_paths_part_on_the_day_of_the_change_and_not_before():
    found = compare(RunSpec.of("busan", force=["US:escalate@2026-03-02"], runs=4, until="2026-06-30"))
    assert found.parting_days == ["2026-03-02"] * 4
    assert "US towards CN: escalate by reactivate" in found.first[1]


def test_the_first_consequence_is_an_act_that_nobody_forced():
    found = compare(RunSpec.of("busan", force=["US:escalate@2026-03-02"], until="2026-06-30"))
    day, without, changed = found.then
    assert day == "2026-03-04"
    assert without == "nothing"
    assert changed.startswith("CN towards US: escalate by reactivate")
    assert found.first[1].endswith("(forced)")


def test_both_engines_compare_the_same_runs():
    asked = {"force": ["US:escalate@2026-03-02"], "runs": 3, "until": "2026-04-30"}
    found, slower = (compare(RunSpec.of("busan", **asked, engine=engine)) for engine in ("ensemble", "mesa"))
    for name in ("parting_days", "first", "then", "escalations"):
        assert getattr(found, name) == getattr(slower, name)
    assert list(found.costs) == ["economy [bn USD]", "politics [bn USD equivalents]"]
    for account, costs in slower.costs.items():
        for code, cost in costs.items():
            assert found.costs[account][code] == pytest.approx(cost, rel=1e-8)


def test_a_change_that_changes_nothing_is_said_to():
    found = compare(RunSpec.of("busan", strategy=["US=payoff_logit"], runs=2, until="2026-01-31"))
    assert found.parting_days == ["", ""]
    assert all(costs["CN"] == (0, 0, 0) for costs in found.costs.values())


def test_the_interval_is_students_on_paired_differences():
    found = student_interval([1.0, 2.0, 3.0, 4.0])
    half = 3.182446 * math.sqrt(5 / 3) / 2
    assert found == pytest.approx((2.5, 2.5 - half, 2.5 + half), rel=1e-6)


def test_a_single_pair_has_no_interval():
    found = compare(RunSpec.of("busan", force=["US:escalate@2026-03-02"], until="2026-03-10"))
    assert math.isnan(found.escalations["US"].low)
    assert all(math.isnan(costs["US"].low) for costs in found.costs.values())


def test_equal_runs_never_part():
    runs = [sim.TradeModel("busan", rng=3, until="2026-01-31").run().record for _ in range(2)]
    assert parting_day(*runs) == ""


def test_a_comparison_needs_a_change():
    with pytest.raises(sim.EngineError, match="expected a change"):
        compare(RunSpec.of("busan"))
