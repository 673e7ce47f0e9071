"""What outcomes say of deals: of lives made by hand, and of runs on both engines."""

import math

import numpy as np
import pytest
from living import START, life, move

import sim
from sim.domain.constants import ACCEPTED, BELOW_ASK, NEVER
from sim.domain.run_record import OfferRecord
from sim.engines.compiler.outcome_functions import CompiledOutcome
from sim.engines.ensemble import ensemble
from sim.outcomes import find, names, parse

US, CN = 0, 1
OF_DEALS = [name for name in names() if find(name).rule.__module__ == "sim.outcomes.deal"]


def offer(day: int, proposer: int, ending: int = ACCEPTED, **given: float) -> OfferRecord:
    """An offer on a day after the start; what is agreed falls due the day after."""
    numbers = dict.fromkeys(OfferRecord._fields, 0) | {"deadline": NEVER, "due_on": START + day + 1}
    about = {"day": START + day, "proposer": proposer, "responder": 1 - proposer, "ending": ending}
    return OfferRecord(**{**numbers, **about, **given})


def asked(name, one, **parameters):
    return find(name).rule(one, **parameters)


# Washington's offer is turned down. Beijing's is agreed: three acts of its own, two of Washington's, one of
# which Washington does that evening anyway. Of what is due Beijing carries out two of three acts.
KEPT_IN_PART = life(
    move(13, CN, "suspend", 0),
    move(13, CN, "withdraw", 1),
    move(14, CN, "suspend", 2),
    offers=[
        offer(5, US, BELOW_ASK, gives=1, gets=4, nash_gap=0.9),
        offer(
            12, CN, gives=3, gets=2, due=3, partner_due=1, deadline=START + 15, nash_gap=0.25, pareto_gap=1.5
        ),
        offer(99, US, gives=9, gets=9, due=9, partner_due=9),
    ],
)
# A deal without a deadline, all of which both carry out, on one day with acts of others and escalations.
KEPT = life(
    move(2, US, "lower", 0),
    move(2, CN, "extend", 1),
    move(2, US, "reactivate", 2, partner=2),
    offers=[offer(1, US, gives=1, gets=1, due=1, partner_due=1)],
)


def test_the_first_deal_of_a_run_that_keeps_it_in_part():
    assert [asked(name, KEPT_IN_PART) for name in ("deal", "deal_day", "days_to_deadline")] == [1, 12, 3]
    assert [asked(name, KEPT_IN_PART) for name in ("nash_gap", "pareto_gap")] == [0.25, 1.5]
    assert [asked("acts_given", KEPT_IN_PART, government=k) for k in (US, CN)] == [2, 3]
    assert asked("acts_given", KEPT_IN_PART) == 5


def test_the_share_is_of_acts_due_in_the_run_and_each_is_carried_out_on_its_day_or_not():
    assert asked("fulfilled_share", KEPT_IN_PART, government=CN) == pytest.approx(2 / 3)
    assert asked("fulfilled_share", KEPT_IN_PART, government=US) == 0
    assert asked("fulfilled_share", KEPT_IN_PART) == 0.5
    assert asked("fulfilled_share", KEPT) == 1


def test_what_no_deadline_hurries_has_no_days_to_it():
    assert asked("deal_day", KEPT) == 1
    assert math.isnan(asked("days_to_deadline", KEPT))


def test_without_a_deal_there_is_nothing_to_say_but_that_there_is_none():
    talk = life(offers=[offer(5, US, BELOW_ASK, gives=1, due=1)])
    assert asked("deal", talk) == 0
    assert all(math.isnan(asked(name, talk)) for name in OF_DEALS if name != "deal")


def test_both_engines_say_the_same_of_deals():
    pytest.importorskip("numba")
    given = {"until": "2025-12-20"}
    models = [sim.TradeModel("busan_eve", rng=2, run=run, **given).run() for run in range(2)]
    source, end = models[0].source, models[0].day
    known = [parse(find(name).example, source, end) for name in OF_DEALS]
    readings = [CompiledOutcome(o.rule, tuple(o.parameters.values())) for o in known]
    played = ensemble("busan_eve", runs=2, seed=2, readings=readings, **given)
    on_mesa = np.array([[o(model.record) for o in known] for model in models])
    assert len(known) == 7
    assert np.isfinite(on_mesa).all()
    np.testing.assert_allclose(played.readings, on_mesa, rtol=1e-12)
