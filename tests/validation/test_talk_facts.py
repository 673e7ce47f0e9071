"""Facts of talks: what is read of a run, by hand, and that each has its tolerance."""

import pytest

import sim
from sim.domain.constants import ACCEPTED, NEVER
from sim.validation.facts import talk_facts as facts
from sim.validation.facts.fact import FactRuns


@pytest.fixture(scope="module")
def talks():
    """The talks of a run of the eve of Busan in which something is agreed."""
    return facts.talks_of(sim.TradeModel("busan_eve", rng=3).run().record)


def test_every_fact_has_a_tolerance_and_a_reading():
    assert len(facts.TOLERANCES) == len(facts.READINGS) == 11
    assert all(t.low <= t.high for t in facts.TOLERANCES)


def test_a_round_is_a_day_of_offers_and_some_end_with_a_deal(talks):
    assert talks.rounds == sorted({o.day for o in talks.run.offers})
    assert sum(facts.successes(talks)) == len({d.day for d in talks.deals}) > 0
    assert facts.gaps(talks) == [b - a for a, b in zip(talks.rounds, talks.rounds[1:], strict=False)]
    assert all(d.ending == ACCEPTED for d in talks.deals)


def test_acts_of_a_deal_are_those_of_its_due_day(talks):
    first = talks.deals[0]
    assert facts.sizes(talks)[0] == first.gives + first.gets
    assert {a.day for a in talks.acts_of(first)} == {first.due_on}


def test_days_left_are_of_deals_with_a_date_ahead(talks):
    dated = [d for d in talks.deals if d.deadline != NEVER]
    assert len(facts.days_left(talks)) == len(dated)
    assert facts.days_left(talks)[0] == float(dated[0].deadline - dated[0].day <= 5)


def test_a_run_without_talks_has_nothing_to_read():
    quiet = facts.talks_of(sim.TradeModel("busan", rng=1, until="2025-12-31").run().record)
    assert quiet.rounds == quiet.deals == facts.waits(quiet) == []


def test_facts_that_are_put_into_the_model_are_called_so():
    found = facts.talk_facts(FactRuns(5, 0), ["busan_eve"])
    assert [f.number for f in found if f.construction] == [2, 7, 9]
