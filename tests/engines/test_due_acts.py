"""What was agreed falls due: it is carried out or refused, on its day, by what can be conceded that day."""

from datetime import date
from typing import Any

import sim
from sim.domain.constants import DEAL, ESCALATE, EXTEND, LIFTED, NEVER, RELAX, WITHDRAW
from sim.domain.run_record import DecisionRecord
from sim.rules.indexing import pair_of
from sim.rules.measure_changes import set_status
from sim.rules.talks.meetings import clauses_to_agree

FAR = date(2030, 1, 1).toordinal()


def agreed(dues: dict[str, date], us: str, cn: str, last: date) -> sim.TradeModel:
    """The eve of Busan, in which some measures are due on some days and nobody talks any more."""
    strategies = {"US": us, "CN": cn}
    model = sim.TradeModel("busan_eve", rng=1, strategy=strategies, until=last)
    for pair in model.world.pairs:
        pair.pause_until = FAR
    for name, day in dues.items():
        measure(model, name).due_on = day.toordinal()
    return model.run()


def measure(model: sim.TradeModel, name: str) -> Any:
    return model.world.measures[model.names.measures.index(name)]


def due_decisions(model: sim.TradeModel, code: str) -> list[DecisionRecord]:
    place = model.names.governments.index(code)
    return [m for m in model.record.moves if m.reason == DEAL and m.government == place]


def pair(model: sim.TradeModel, code: str, partner: str) -> Any:
    places = model.names.governments
    return model.world.pairs[pair_of(model.world, places.index(code), places.index(partner))]


def test_a_threat_is_withdrawn_on_the_eve_of_its_day() -> None:
    due = {"us_100pct_tariff": date(2025, 10, 31)}
    model = agreed(due, "always_relax", "hold", date(2025, 11, 2))
    (decision,) = due_decisions(model, "US")
    assert (decision.move, decision.act) == (RELAX, WITHDRAW)
    assert measure(model, "us_100pct_tariff").enters_on == NEVER
    assert (pair(model, "CN", "US").fulfilled, pair(model, "CN", "US").refused) == (1, 0)


def test_a_due_day_that_is_the_last_of_a_suspension_prolongs_it_in_time() -> None:
    due = {"us_reciprocal_24": date(2025, 11, 10)}
    model = agreed(due, "always_relax", "hold", date(2025, 11, 12))
    assert [m.act for m in due_decisions(model, "US")] == [EXTEND]
    assert measure(model, "us_reciprocal_24").until > date(2025, 11, 12).toordinal()
    assert pair(model, "US", "CN").escalations == 0


def test_holding_on_the_day_is_a_refusal_and_ends_the_deal() -> None:
    due = {"us_port_fees": date(2025, 10, 24), "cn_port_fees": date(2025, 10, 28)}
    model = agreed(due, "hold", "always_relax", date(2025, 10, 29))
    (refusal,) = due_decisions(model, "US")
    assert refusal.move != RELAX
    assert pair(model, "CN", "US").refused == 1
    assert pair(model, "US", "CN").escalations == 1
    assert pair(model, "CN", "US").provoked_on == date(2025, 10, 24).toordinal()
    assert due_decisions(model, "CN") == []  # nothing more of the deal is due
    assert measure(model, "cn_port_fees").due_on == NEVER


def test_an_escalation_while_anything_is_due_breaks_the_deal() -> None:
    model = agreed({"cn_port_fees": date(2026, 1, 20)}, "hold", "always_escalate", date(2026, 1, 21))
    assert [m for m in model.record.moves if m.move == ESCALATE]
    assert date(2026, 1, 20).toordinal() not in [m.day for m in due_decisions(model, "CN")]
    assert pair(model, "US", "CN").refused >= 1


def test_a_clause_that_a_court_has_struck_is_not_due() -> None:
    model = sim.TradeModel("busan_eve", rng=1, strategy={"US": "hold", "CN": "hold"}, until="2025-10-26")
    clause = measure(model, "us_port_fees")
    clause.due_on = date(2025, 10, 24).toordinal()
    model.step()
    set_status(clause, LIFTED)
    model.run()
    assert due_decisions(model, "US") == []
    assert clause.due_on == NEVER
    assert (pair(model, "CN", "US").fulfilled, pair(model, "CN", "US").refused) == (0, 0)


def test_who_gives_nothing_has_nothing_due() -> None:
    model = agreed({"cn_port_fees": date(2025, 10, 24)}, "hold", "always_relax", date(2025, 10, 26))
    assert due_decisions(model, "US") == []
    assert [m.move for m in due_decisions(model, "CN")] == [RELAX]
    assert pair(model, "US", "CN").fulfilled == 1


def test_what_is_due_cannot_be_agreed_again() -> None:
    world = sim.TradeModel("busan_eve", rng=1).world
    day = date(2025, 10, 21).toordinal()
    clauses = clauses_to_agree(world, 0, 1, day)
    world.measures[clauses[0]].due_on = day + 1
    assert clauses_to_agree(world, 0, 1, day) == clauses[1:]


def test_what_enters_before_it_could_be_conceded_cannot_be_agreed() -> None:
    model = sim.TradeModel("busan_eve", rng=1)
    threat = model.names.measures.index("us_100pct_tariff")
    first_of_november = date(2025, 11, 1).toordinal()
    assert threat in clauses_to_agree(model.world, 0, 1, first_of_november - 2)
    assert threat not in clauses_to_agree(model.world, 0, 1, first_of_november - 1)
