"""Talks keep the laws of any bargaining; what they come to in corners stands in `snapback theory`."""

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.domain.constants import ACCEPTED, END, NEVER
from sim.domain.run_record import OfferRecord
from sim.domain.view import Stand, TableView
from sim.negotiators.negotiator_register import find as find_negotiator
from sim.negotiators.negotiator_register import names as negotiators
from sim.protocols.protocol_register import find as find_protocol
from sim.protocols.protocol_register import names as protocols
from sim.rules.day import morning
from sim.rules.talks.frontier import acts_of, efficiency_gaps, frontier_of
from sim.rules.talks.fulfilment import fulfilment
from sim.rules.talks.meeting_round import offer_of
from sim.rules.talks.meetings import clauses_to_agree
from sim.rules.talks.package_worths import Side, home_part, package_worth, side_of
from sim.rules.talks.toughness import believed_toughness, learn_toughness

TODAY = date(2025, 10, 30).toordinal()
KNOWN = ["talks.soft=1", "talks.tough=1"]  # toughness of both is known


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
    assert model.day + 1 == TODAY
    morning(model.world, TODAY, [], [])
    us, cn = (model.names.governments.index(code) for code in ("US", "CN"))
    clauses = clauses_to_agree(model.world, us, cn, TODAY)[:8]
    sides = [side_of(model.world, i, j, clauses, TODAY) for i, j in ((us, cn), (cn, us))]
    return model.world, sides[0], sides[1], clauses


def better(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] >= other[0] and one[1] >= other[1] and one != other


@pytest.mark.parametrize("least", [0.0, 0.5, 0.8])
@pytest.mark.parametrize("guess", [0.0, 0.4])
@settings(max_examples=10)
@given(st.data())
def test_the_frontier_is_what_trying_every_package_gives(
    least: float, guess: float, data: st.DataObject
) -> None:
    world, us, cn, every = table(f"talks.least_trust={least}")
    clauses = data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=8, unique=True))
    us, cn = (side_of(world, x.government, x.partner, clauses, TODAY) for x in (us, cn))
    a, b = fulfilment(world, us.government, cn.government), fulfilment(world, cn.government, us.government)

    def believed(package: int) -> float:
        return package_worth(cn, package) + guess * home_part(cn, package)

    def enough(f: Any, gift: float, whole: float) -> bool:
        chance = 1.0 / (1.0 + math.exp(-world.talks[0].precision * (f.own * gift + f.whole * whole)))
        return least == 0.0 or chance >= least

    credible = {
        p: (package_worth(us, p), believed(p))
        for p in range(1, 1 << len(clauses))
        if min(package_worth(us, p), believed(p)) >= 0.0
        and enough(a, package_worth(us, p & us.own), package_worth(us, p))
        and enough(b, believed(p & cn.own), believed(p))
    }
    best = {p for p in credible if not any(better(q, credible[p]) for q in credible.values())}
    frontier = frontier_of(world, us, cn, guess)
    assert {p.package for p in frontier} == best
    for p in frontier:
        assert (p.own, p.partner) == pytest.approx(credible[p.package], abs=1e-7)
    assert [p.own for p in frontier] == sorted((p.own for p in frontier), reverse=True)


def test_gaps_are_what_trying_every_package_gives() -> None:
    _, us, cn, clauses = table()
    both = [(package_worth(us, p), package_worth(cn, p)) for p in range(1 << len(clauses))]
    nash = max(x * y for x, y in both if min(x, y) >= 0.0)
    for package in range(1, 1 << len(clauses), 7):
        x, y = both[package]
        if min(x, y) > 0.0:
            most = max(own for own, theirs in both if theirs >= y)
            assert efficiency_gaps(us, cn, package) == pytest.approx((1.0 - x * y / nash, most - x))


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
        package = offer_of(points, demand).package
        assert package_worth(cn, package) == max(p.partner for p in points if p.own >= demand)
    assert offer_of(points, points[0].own + 1.0).package == 0


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
        assert package_worth(us, p.package & us.own) >= -1e-3
        assert package_worth(cn, p.package & cn.own) >= -1e-3
    world, us, cn, _ = table()
    gifts = [package_worth(us, p.package & us.own) for p in frontier_of(world, us, cn, 0.0)]
    costly = [gift for gift in gifts if gift < -1e-3]
    assert costly  # with them a side fulfils what costs it something


def test_the_tough_refuse_the_likelier_and_the_partner_learns_it() -> None:
    world, us, cn, _ = table(known=())
    package = next(p.package for p in frontier_of(world, cn, us, 0.0) if home_part(us, p.package) < 0.0)
    pair = world.pairs[cn.government * len(world.governments) + us.government]
    before = pair.tough_chance
    learn_toughness(world, cn, us, package, package_worth(us, package))
    assert pair.tough_chance > before
    assert believed_toughness(world, cn) > world.governments[us.government].toughness


@settings(max_examples=50)
@given(st.integers(0, 2**20))
def test_acts_of_a_package_are_its_bits(package: int) -> None:
    assert acts_of(package) == package.bit_count()
