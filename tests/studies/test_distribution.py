"""The spread of many runs is what their lives say, on either engine, in bounded memory."""

import dataclasses
import functools
import math

import numpy as np
import pytest

import sim
from sim.domain.constants import IN_FORCE
from sim.domain.terms import ACCOUNTS, COSTS, by_account
from sim.engines.run_spec import RunSpec
from sim.outcomes import parse
from sim.outcomes.run_events import RunEvent
from sim.studies import engine_choice
from sim.studies.distribution import (
    MOST,
    Distribution,
    distribution_of,
    repeat_by_count,
)
from sim.studies.engine_choice import run_records

PROVOKED = RunSpec("busan", runs=6, seed=3, force=("US:escalate@2026-03-02",))
PLAYED = [
    PROVOKED,
    RunSpec("triangle", runs=2),
    RunSpec("spiral_2025", runs=3),
    RunSpec("ipd", runs=4),
]
IDS = [w.scenario for w in PLAYED]


@functools.cache
def played(worlds) -> Distribution:
    return distribution_of(worlds)


@functools.cache
def lives_of(worlds):
    return list(run_records(worlds))


def asked(worlds, spelling):
    source = played(worlds).source
    outcome = parse(spelling, source, source.end.toordinal())
    return [outcome(life) for life in lives_of(worlds)]


@pytest.mark.parametrize("worlds", PLAYED, ids=IDS)
def test_both_engines_give_the_same_spread(worlds):
    one, other = played(worlds), distribution_of(dataclasses.replace(worlds, engine="mesa"))
    assert one.firsts.keys() == other.firsts.keys()
    assert all((counts == other.firsts[event]).all() for event, counts in one.firsts.items())
    for key in ("statuses", "months", "holds", "rounds_held"):
        assert (getattr(one, key) == getattr(other, key)).all(), key
    for pair, fan in one.fans.items():
        assert (fan.values == other.fans[pair].values).all()
        assert (fan.counts == other.fans[pair].counts).all()
    np.testing.assert_allclose(one.costs, other.costs, atol=2e-6)
    np.testing.assert_allclose(one.terms, other.terms, atol=2e-6)


@pytest.mark.parametrize("worlds", PLAYED, ids=IDS)
def test_chances_of_escalation_are_those_of_the_outcome(worlds):
    s = played(worlds)
    for k, code in enumerate(s.names.governments):
        days = asked(worlds, f"days_to_first_escalation:government={code}")
        expected = np.sum([np.arange(s.days) >= day for day in days if not math.isnan(day)], axis=0)
        assert (s.happened(RunEvent("escalation", k)) == expected).all()


def test_chances_of_being_in_force_costs_and_months_are_those_of_the_outcomes():
    s = played(PROVOKED)
    for k, name in list(enumerate(s.names.measures))[2:18:3]:
        for day in ("2025-11-10", "2026-03-05", "2027-01-31"):
            place = sim.scenario("busan").start.toordinal()
            when = np.datetime64(day).astype(int) + 719163 - place
            expected = sum(asked(PROVOKED, f"in_force:measure={name},on={day}"))
            assert s.statuses[k, IN_FORCE, when] == expected
    for k, code in enumerate(s.names.governments):
        for place, account in enumerate(ACCOUNTS):
            cost = asked(PROVOKED, f"cost:of={account},government={code}")
            np.testing.assert_allclose(s.costs[:, k, place], cost, atol=1e-6)
        months = repeat_by_count(s.months[k]) / (s.months.shape[1] - 1)
        np.testing.assert_allclose(months, sorted(asked(PROVOKED, f"escalating_months:government={code}")))


def test_fans_are_those_of_the_tariffs_of_all_lives():
    s = played(PROVOKED)
    tariffs = np.array([life.tariffs for life in lives_of(PROVOKED)])
    for (i, j), fan in s.fans.items():
        found = fan.quantiles([0.5])[0]
        expected = np.quantile(tariffs[:, :, i * 2 + j], 0.5, axis=0, method="inverted_cdf")
        np.testing.assert_allclose(found, expected, atol=5.1e-5)  # to a hundredth of a per cent
        np.testing.assert_allclose(fan.means, tariffs[:, :, i * 2 + j].mean(axis=0), atol=5.1e-5)


def test_terms_add_up_to_the_mean_cost():
    s = played(PROVOKED)
    sums = [by_account(terms) for terms in s.terms]
    np.testing.assert_allclose(sums, s.costs.mean(axis=0), atol=1e-5)


@pytest.mark.parametrize("worlds", PLAYED, ids=IDS)
def test_every_measure_has_one_status_in_every_run_on_every_evening(worlds):
    s = played(worlds)
    assert (s.statuses >= 0).all()
    assert (s.statuses.sum(axis=1) == s.runs).all()


def test_rounds_held_are_those_of_all_lives():
    s = played(PLAYED[3])
    assert s.holds[0, 1].sum() == repeat_by_count(s.rounds_held[0]).sum()
    assert (s.holds[0, 0] <= np.minimum(s.holds[0, 1], s.holds[1, 0])).all()
    assert s.fans == {}


def test_blocks_do_not_show(monkeypatch):
    whole = played(PROVOKED)
    monkeypatch.setattr(engine_choice, "RECORDS_AT_ONCE", 4)
    told = []
    pieces = distribution_of(PROVOKED, lambda done, of: told.append((done, of)))
    assert (pieces.costs == whole.costs).all()
    assert (pieces.statuses == whole.statuses).all()
    assert told == [(run, 6) for run in range(1, 7)]


def test_the_first_run_is_the_one_that_is_told_as_a_story():
    model = sim.TradeModel("busan", rng=3, force="US:escalate@2026-03-02").run()
    np.testing.assert_allclose(played(PROVOKED).costs[0], model.costs.to_numpy().T, atol=2e-6)


def test_what_is_counted_does_not_grow_with_the_number_of_runs():
    def size(times):
        tally = Distribution(PROVOKED)
        for _ in range(times):
            for life in lives_of(PROVOKED):
                tally.add(life, 0)
        arrays = [tally.statuses, tally.months, *tally.firsts.values()]
        return sum(a.nbytes for a in arrays) + sum(fan._steps.nbytes for fan in tally.fans.values())

    assert size(10) == size(1)


def test_a_run_of_one_day_spreads_too():
    s = distribution_of(RunSpec("busan", runs=2, until="2025-11-10"))
    assert s.days == 1
    assert s.statuses.shape[2] == 1


@pytest.mark.parametrize(
    ("worlds", "sentence"),
    [
        (RunSpec("busan", runs=0), "runs: expected 1 to 1,000,000, got 0"),
        (RunSpec("busan", runs=MOST + 1), "runs: expected 1 to 1,000,000, got 1,000,001"),
        (RunSpec("busan", runs=2, engine="mesa2"), "there is no engine 'mesa2'; did you mean mesa"),
        (RunSpec("busan", runs=2, until="2031-01-01"), "until: expected a day from"),
        (RunSpec("busan", runs=2, strategy=("UK=hold",)), "UK"),
        (RunSpec("busna", runs=2), "busna"),
    ],
)
def test_bad_input_is_told_in_a_sentence(worlds, sentence):
    with pytest.raises(sim.SnapbackError, match=sentence):
        distribution_of(worlds)


def test_costs_are_never_minus_nothing():
    tally = Distribution(PROVOKED)
    tally.add(lives_of(PROVOKED)[0]._replace(costs=[[-1e-12] * len(COSTS)] * 2), 0)
    assert not np.signbit(tally.costs[0]).any()
