"""Talks give the closed forms in their corners, and keep the laws of any bargaining."""

import math
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.domain.constants import ACCEPTED, END, ESCALATE, NEVER, NOT_CREDIBLE
from sim.domain.run_record import OfferRecord
from sim.domain.view import Stand, TableView
from sim.negotiators.negotiator_register import find as find_negotiator
from sim.negotiators.negotiator_register import names as negotiators
from sim.protocols.protocol_register import find as find_protocol
from sim.protocols.protocol_register import names as protocols
from sim.rules.day import morning
from sim.rules.talks.bargaining import guess_of, learn_toughness, offer_of, side_of
from sim.rules.talks.frontier import Point, Side, acts_of, frontier_of
from sim.rules.talks.fulfilment import fulfilment
from sim.rules.talks.look_ahead import Round, look_ahead
from sim.rules.talks.meetings import clauses_to_agree, days_to_deadline, meetings_ahead
from sim.theory.bargaining import rubinstein

GRAIN = 10_000
PIE = [Point(1.0 - k / GRAIN, k / GRAIN, 1, k + 1) for k in range(GRAIN + 1)]  # a finely divided prize
KNOWN = ["talks.soft=1", "talks.tough=1"]  # toughness of both is known
US, CN = 1, 0


def alternating(offers: int, meetings: int) -> list[Round]:
    return [Round(k % 2, k // offers) for k in range(offers * meetings)]


def first_share(rounds: list[Round], stay: float, wait: float, partner_wait: float) -> float:
    return look_ahead(PIE, rounds, 0, 0, stay, wait, partner_wait).own


@pytest.mark.parametrize(
    ("meetings", "share"),
    [(1, 1.0), (2, 0.1), (3, 0.91), (4, 0.181), (5, 0.8371), (10, 0.342801), (11, 0.691479)],
)
def test_before_a_deadline_the_last_offer_decides(meetings: int, share: float) -> None:
    """Stahl (1972): one offer a meeting, and 0.9 of the prize is left at the next."""
    assert first_share(alternating(1, meetings), 1.0, 0.9, 0.9) == pytest.approx(share, abs=5 / GRAIN)


@pytest.mark.parametrize(("first", "second"), [(0.9, 0.9), (0.95, 0.9)])
def test_with_many_meetings_patience_decides(first: float, second: float) -> None:
    limit = float(rubinstein(first, second))
    assert first_share(alternating(1, 300), 1.0, first, second) == pytest.approx(limit, abs=0.002)


@pytest.mark.parametrize("breakdown", [0.2, 0.05])
def test_with_a_chance_of_breakdown_the_first_offer_has_the_nash_split_and_an_edge(
    breakdown: float,
) -> None:
    """Binmore, Rubinstein and Wolinsky (1986): 1 / (2 - p), which goes to a half."""
    share = first_share(alternating(400, 1), 1.0 - breakdown, 0.0, 0.0)
    assert share == pytest.approx(1.0 / (2.0 - breakdown), abs=0.005)


def test_nobody_makes_do_with_less_than_no_deal() -> None:
    """The outside option principle: worths are beside it, so it binds only where the split would be less."""
    poor = [Point(x.own - 0.6, x.partner, 1, x.package) for x in PIE if x.own >= 0.6]
    assert look_ahead(poor, alternating(400, 1), 1, 0, 0.9, 0.0, 0.0).own >= 0.0


@given(st.floats(-20, 20), st.floats(0.05, 3.0))
def test_a_quantal_responder_accepts_with_the_logistic_chance(gain: float, precision: float) -> None:
    quantal = find_negotiator("quantal").rule
    chance = 1.0 / (1.0 + math.exp(-precision * gain)) if precision * gain > -700 else 0.0
    for luck in (chance - 1e-6, chance + 1e-6):
        if 0.0 < luck < 1.0:
            ask = quantal(view(waiting=5.0, luck=luck), precision=precision)
            assert (5.0 + gain >= ask) == (luck < chance) or abs(5.0 + gain - ask) < 1e-4


def view(**more: Any) -> TableView:
    return TableView(True, 0, 4, NEVER, 5.0, 9.0, 0.0, 1.0, 0.5, 0.1, 0.5)._replace(**more)


@pytest.mark.parametrize("name", negotiators())
@given(data=st.data())
def test_every_negotiator_says_a_finite_number(name: str, data: st.DataObject) -> None:
    played, left = data.draw(st.integers(0, 40)), data.draw(st.integers(1, 40))
    seen = view(
        proposing=data.draw(st.booleans()),
        round=played,
        rounds=played + left,
        waiting=data.draw(st.floats(0, 1e3)),
        best=data.draw(st.floats(0, 1e3)),
        luck=data.draw(st.floats(2.0**-54, 1.0 - 2.0**-53)),
    )
    assert math.isfinite(find_negotiator(name)(seen))


@pytest.mark.parametrize("name", protocols())
@given(st.integers(0, 7), st.integers(0, 1), st.integers(1, 96))
def test_every_protocol_names_a_side_or_ends(name: str, number: int, last: int, remaining: int) -> None:
    says = [find_protocol(name)(Stand(number, side, remaining)) for side in (last, 1 - last)]
    assert says[0] in (0, 1, END)
    assert says == [END, END] or says[0] == 1 - says[1]  # sides exchanged, it says the other one


def test_time_based_gives_way_from_its_best_to_nothing() -> None:
    firm = find_negotiator("time_based").rule
    demands = [firm(view(round=k, rounds=8)) for k in range(9)]
    assert demands[0] == 9.0
    assert demands[-1] == 0.0
    assert demands == sorted(demands, reverse=True)
    assert firm(view(round=4, rounds=8), firmness=0.25) < firm(view(round=4, rounds=8), firmness=1.0)


def table(*changes: str, known: Sequence[str] = KNOWN) -> tuple[Any, Side, Side, list[int]]:
    """The table of the eve of Busan on a morning up to which all held."""
    strategy = {"US": "hold", "CN": "hold"}
    model = sim.TradeModel("busan_eve", rng=1, set=[*known, *changes], strategy=strategy)
    for _ in range(10):
        model.step()
    today = model.day + 1
    morning(model.world, today, [], [])
    us, cn = (model.names.governments.index(code) for code in ("US", "CN"))
    clauses = clauses_to_agree(model.world, us, cn, today)[:8]
    sides = [side_of(model.world, i, j, clauses, today) for i, j in ((us, cn), (cn, us))]
    return model.world, sides[0], sides[1], clauses


@pytest.mark.parametrize("least", [0.0, 0.5, 0.8])
def test_the_frontier_is_what_trying_every_package_gives(least: float) -> None:
    world, us, cn, clauses = table(f"talks.least_trust={least}")
    a, b = fulfilment(world, us.government, cn.government), fulfilment(world, cn.government, us.government)

    def chance(f: Any, side: Side, package: int) -> float:
        gain = f.own * side.worths[package & side.own] + f.whole * side.worths[package]
        return 1.0 / (1.0 + math.exp(-world.talks[0].precision * gain))

    credible = [
        p
        for p in range(1, 1 << len(clauses))
        if min(us.worths[p], cn.worths[p]) >= 0.0
        and (least == 0.0 or min(chance(a, us, p), chance(b, cn, p)) >= least - 1e-12)
    ]
    best = {
        (us.worths[p], cn.worths[p])
        for p in credible
        if not any(
            us.worths[q] >= us.worths[p]
            and cn.worths[q] >= cn.worths[p]
            and (us.worths[q], cn.worths[q]) != (us.worths[p], cn.worths[p])
            for q in credible
        )
    }
    frontier = frontier_of(world, us, cn, 0.0)
    assert {(p.own, p.partner) for p in frontier} == best
    assert [p.own for p in frontier] == sorted((p.own for p in frontier), reverse=True)


def test_the_sides_exchanged_have_the_same_frontier() -> None:
    world, us, cn, _ = table()
    mine, theirs = frontier_of(world, us, cn, 0.0), frontier_of(world, cn, us, 0.0)
    assert [(p.own, p.partner, p.package) for p in mine] == [
        (p.partner, p.own, p.package) for p in theirs[::-1]
    ]


def test_an_offer_is_worth_what_is_asked_and_the_best_of_these_for_the_partner() -> None:
    world, us, cn, _ = table()
    points = frontier_of(world, us, cn, 0.0)
    for demand in (p.own for p in points):
        package = offer_of(points, demand)
        assert cn.worths[package] == max(p.partner for p in points if p.own >= demand)
    assert offer_of(points, points[0].own + 1.0) == 0


def offers_of(*changes: str, seed: int = 1, until: str = "2025-11-20") -> list[OfferRecord]:
    numbers = [*KNOWN, *changes]
    return sim.TradeModel("busan_eve", rng=seed, set=numbers, until=until).run().talks.offers


CALM = ["US.negotiator=waiting", "CN.negotiator=waiting"]


@pytest.mark.parametrize("seed", range(1, 5))
def test_known_worths_and_waiting_agree_at_once_on_the_frontier_at_no_loss_to_either(seed: int) -> None:
    talks = offers_of(*CALM, "talks.least_trust=0", seed=seed)
    sat_down = [o for o in talks if o.package]
    assert sat_down
    first = sat_down[0]
    assert (first.round, first.ending) == (0, ACCEPTED)
    assert min(first.worth, first.partner_worth) >= 0.0
    assert first.pareto_gap == pytest.approx(0.0, abs=1e-6)
    assert first.believed_worth == pytest.approx(first.partner_worth)


def test_an_ultimatum_before_a_deadline_leaves_the_other_nothing_that_could_be_taken() -> None:
    alone = ["talks.protocol=ultimatum", "talks.meetings=1", "talks.least_trust=0"]
    offer = next(o for o in offers_of(*CALM, *alone) if o.package)
    assert (offer.waiting, offer.ending) == (0.0, ACCEPTED)
    shared = next(o for o in offers_of(*CALM, "talks.meetings=1", "talks.least_trust=0") if o.package)
    assert offer.worth >= shared.worth
    assert offer.partner_worth <= shared.partner_worth


@pytest.mark.parametrize("seed", range(1, 6))
def test_no_deal_is_worth_less_than_none_to_either(seed: int) -> None:
    for offer in offers_of(seed=seed, until="2026-02-28"):
        if offer.ending == ACCEPTED:
            assert offer.worth >= 0.0
            assert offer.partner_worth >= 0.0


def test_a_new_deal_that_costs_nothing_leaves_nothing_to_fulfil() -> None:
    """Klimenko, Ramey and Watson (2008): only what pays anyway is credible."""
    free = ["talks.breach_pause_days=0", "talks.trust_deals=1000000"]
    world, us, cn, _ = table(*free)
    for p in frontier_of(world, us, cn, 0.0):
        assert us.worths[p.package & us.own] >= -1e-3
        assert cn.worths[p.package & cn.own] >= -1e-3
    costly = [p for p in frontier_of(*table()[:3], 0.0) if table()[1].worths[p.package & us.own] < -1e-3]
    assert costly  # with them a side fulfils what costs it something


def test_the_tough_refuse_the_likelier_and_the_partner_learns_it() -> None:
    world, us, cn, _ = table(known=())
    package = next(p.package for p in frontier_of(world, cn, us, 0.0) if us.home[p.package] < 0.0)
    pair = world.pairs[cn.government * len(world.governments) + us.government]
    before = pair.tough_chance
    learn_toughness(world, cn, us, package, us.worths[package])
    assert pair.tough_chance > before
    assert guess_of(world, cn) > 0.0


def test_whoever_escalates_walks_out_and_nothing_is_offered() -> None:
    model = sim.TradeModel("busan_eve", rng=1, strategy="CN=always_escalate", until="2025-11-20").run()
    days = {o.day for o in model.talks.offers}
    walks = {d.day for d in model.decisions if d.move == ESCALATE and d.day in days}
    assert {o.day for o in model.talks.offers if o.package} & walks == set()
    assert all(o.ending != NOT_CREDIBLE for o in model.talks.offers if o.day in walks)


def test_rounds_and_meetings_fit_before_the_deadline() -> None:
    world, us, cn, _ = table()
    today = 739544 + 10
    days = days_to_deadline(world, us.government, cn.government, today, 0)
    assert days == 0  # 30 October: one more day to sign, one to carry out, and 1 November is too late
    assert meetings_ahead(world, days) == 1
    assert meetings_ahead(world, 1) == 2
    assert meetings_ahead(world, NEVER) == world.talks[0].meetings


@settings(max_examples=50)
@given(st.integers(0, 2**20))
def test_acts_of_a_package_are_its_bits(package: int) -> None:
    assert acts_of(package) == package.bit_count()
