"""How much an answer rests on what nobody has measured, on worlds whose answer is known."""

import math

import few_ranges
import pytest

import sim
from sim.domain.errors import OutcomeError
from sim.domain.run_record import RunRecord
from sim.engines.run_spec import RunSpec
from sim.scenarios import Number
from sim.scenarios.assumptions import assumptions_of
from sim.studies import engine_choice, one_at_a_time
from sim.studies.one_at_a_time import range_ends, sensitivity

KEPT = ("new_measure_cost", "review_days", "discount")


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """Ask for the cost in worlds where it is a plain sum; gives the question's answer."""
    few = few_ranges.written(tmp_path, *KEPT)

    def records(spec):
        source = spec.load()
        us, cn = (source.governments[code].numbers for code in ("US", "CN"))
        if us["new_measure_cost"].value == 12:
            raise sim.EngineError("twelve is too much")
        for run in range(spec.runs):
            luck = (run * 7 + spec.seed) % 5
            cost = us["review_days"].value + 100 * cn["discount"].value + luck
            cost += (luck - 2) * (cn["new_measure_cost"].value - 4)
            costs = [[cost], [math.nan if luck == 1 else luck]]  # of trade alone
            yield RunRecord(1, 2, [], [], [], [], [[0.0] * 4] * 2, costs)

    monkeypatch.setattr(one_at_a_time, "run_records", records)

    def ask(outcome="cost:government=US", **given):
        return sensitivity(RunSpec(few, **{"runs": 20, **given}), outcome)

    return ask


def test_each_assumption_moves_alone_by_what_it_does_and_the_largest_comes_first(asked):
    found = asked()
    told = {t.path: (t.low.move, t.high.move) for t in found.tested if t.low}
    assert told["US.review_days"] == pytest.approx((-16, 60))
    assert told["CN.discount"] == pytest.approx((-9, 0.9))
    assert told["US.discount"] == told["CN.review_days"] == (0, 0)
    assert [t.path for t in found.tested[:2]] == ["US.review_days", "CN.discount"]
    assert [t.span for t in found.tested] == sorted((t.span for t in found.tested), reverse=True)


def test_what_luck_alone_explains_is_not_taken_for_real(asked):
    ends = {t.path: t for t in asked().tested}
    assert ends["US.review_days"].high.real
    assert not ends["CN.new_measure_cost"].high.real
    low, high = ends["CN.new_measure_cost"].high.shift.interval[1:]
    assert low < 0 < high
    assert not ends["US.discount"].low.real


def test_an_end_that_cannot_be_run_says_why_and_the_others_go_on(asked):
    (broken,) = (t for t in asked().tested if t.path == "US.new_measure_cost")
    assert broken.high.fault == "twelve is too much"
    assert broken.high.shift is None
    assert broken.low.shift.interval.mean == 0


def test_a_number_without_a_range_is_told_and_not_moved(asked):
    found = asked()
    assert "US.renewal_belief" in found.silent
    paths = {t.path for t in found.tested} | set(found.silent)
    assert paths == set(assumptions_of(found.source))


def test_half_a_range_is_moved_half(asked):
    (half,) = (t for t in asked().tested if t.path == "midterm.political_weight")
    assert half.low is None
    assert half.high.value == 0.9


def test_a_number_that_the_user_sets_is_no_assumption_and_stays(asked):
    found = asked(overrides=("US.review_days=50",))
    assert "US.review_days" not in [*(t.path for t in found.tested), *found.silent]
    assert found.mean == pytest.approx(asked().mean + 20)


def test_an_outcome_that_happens_in_no_run_cannot_be_compared(asked):
    with pytest.raises(OutcomeError, match="did not happen in any of 20 runs"):
        asked("days_to_first_escalation")


def test_an_end_that_is_the_value_itself_is_not_run_again(tmp_path, monkeypatch):
    few = few_ranges.written(tmp_path, "mineral_weight")  # value 1, low 1
    played = []
    monkeypatch.setattr(
        one_at_a_time,
        "outcome_by_run",
        lambda spec, outcome, overrides=(): played.append(overrides) or [1.0, 2.0],
    )
    found = sensitivity(RunSpec(few, runs=2), "cost")
    assert ["CN.mineral_weight=5.0"] in played
    assert ["CN.mineral_weight=1.0"] not in played
    (weight,) = (t for t in found.tested if t.path == "CN.mineral_weight")
    assert (weight.low.value, weight.low.move, weight.low.real) == (1, 0, False)
    assert found.judged == len(played) - 1


def test_days_stay_whole_within_their_range():
    days = Number(value=3.0, unit="days", source="assumption", low=1.2, high=4.9)
    assert range_ends(days) == (2, 4)
    assert range_ends(days.model_copy(update={"unit": "months"})) == (1.2, 4.9)
    assert range_ends(days.model_copy(update={"low": None, "high": None})) == (None, None)


def test_what_an_election_changes_can_be_moved_too():
    found = assumptions_of(sim.scenario("phase_one"))["us_midterm.political_weight"]
    changed = sim.scenario("phase_one", [f"us_midterm.political_weight={range_ends(found)[1]!r}"])
    assert "us_midterm.political_weight" not in assumptions_of(changed)


def test_lives_are_those_of_the_engine_run_by_run():
    found = list(
        engine_choice.run_records(
            RunSpec("busan", runs=2, seed=3, until="2026-01-31", overrides=("US.discount=0.95",))
        )
    )
    alone = sim.TradeModel("busan", rng=3, run=1, until="2026-01-31", set="US.discount=0.95").run()
    assert len(found) == 2
    assert found[1]._replace(costs=[]) == alone.record._replace(costs=[])
    for costs, other in zip(found[1].costs, alone.record.costs, strict=True):
        assert costs == pytest.approx(other, rel=1e-8)


def test_processes_give_the_same_answer_as_none(tmp_path):
    spec = RunSpec(few_ranges.written(tmp_path, "reaction_days"), runs=2, until="2026-02-15")
    counted = []
    alone = sensitivity(spec, "cost", progress=lambda done, of: counted.append((done, of)))
    assert sensitivity(spec, "cost", workers=2) == alone
    assert counted[-1][0] == counted[-1][1] == len(counted)
