"""Deals that are forced: both sides give what they can on one day. Busan is replayed as one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from calling import called

import sim
from sim.domain.constants import ACTS, EXTEND, LIFT, LOWER, RELAX, SUSPEND, SUSPENDED, WITHDRAW
from sim.record.events import named_in, record
from sim.rules.measures import effective_level

EVE = sim.scenario("busan_eve")
(BUSAN,) = EVE.agreements
DEAL = f"US+CN:deal={'+'.join(BUSAN.members)}@{BUSAN.date}"
QUIET = {"US": "hold", "CN": "hold"}
MORNING_AFTER = sim.TradeModel("busan", rng=1)


def replay() -> sim.TradeModel:
    return sim.TradeModel(EVE, rng=1, until=BUSAN.date, force=DEAL, strategy=QUIET).run()


def test_one_deal_on_one_day_leads_from_the_eve_of_busan_to_its_world() -> None:
    before, after = replay().world.measures, MORNING_AFTER.world.measures
    names = MORNING_AFTER.names.measures
    assert replay().names.measures == names
    different = [n for n, a, b in zip(names, before, after, strict=True) if a.status != b.status]
    assert different == ["cn_oct9_controls"]  # announced, so withdrawn: the record has them suspended
    assert [effective_level(m) for m in before] == [effective_level(m) for m in after]
    suspended = {n for n, m in zip(names, after, strict=True) if m.status == SUSPENDED}
    assert suspended - set(BUSAN.members) == set()


def test_its_acts_are_those_of_the_record() -> None:
    acts = {EVE.measures[a.measure].id: a.act for d in replay().decisions for a in d.acts}
    assert set(acts) == set(BUSAN.members)
    threats = {"us_100pct_tariff", "us_software_controls"}
    assert {name for name, act in acts.items() if act == WITHDRAW} == threats | {"cn_oct9_controls"}
    rows = {e.id: e.move for e in record().events if "2025-10-30" < str(e.date_announced) < "2025-12-01"}
    allowed = {"extension": {EXTEND}, "relax": {SUSPEND, LOWER, LIFT, WITHDRAW}}
    for measure in MORNING_AFTER.source.measures:
        told = [rows[row] for row in named_in(measure) if row in rows]
        if measure.id in acts and told and measure.id != "cn_entity_listings":
            assert acts[measure.id] in allowed[told[-1]], (measure.id, ACTS[acts[measure.id]], told)


def test_a_deal_is_a_relaxation_of_both_and_costs_nobody_its_face() -> None:
    made = [d for d in replay().decisions if d.day == BUSAN.date.toordinal()]
    assert [d.move for d in made] == [RELAX, RELAX]
    assert [len(d.acts) for d in made] == [7, 8]
    alone = f"US:withdraw=us_100pct_tariff+suspend=us_port_fees@{BUSAN.date}"
    plain = {"set": "talks=false"}  # with talks they meet on that day anyway
    model = sim.TradeModel("busan_eve", rng=1, until=BUSAN.date, force=alone, strategy=QUIET, **plain).run()
    assert replay().cost_terms["US"]["audience"] == 0.0 < model.cost_terms["US"]["audience"]


def test_the_compiled_engine_plays_the_same_deal() -> None:
    many = sim.ensemble(EVE, 3, seed=1, force=DEAL, until="2026-03-31", record=True)
    for run, life in enumerate(many.records):
        one = sim.TradeModel(EVE, rng=1, run=run, force=DEAL, until="2026-03-31").run().record
        assert (life.moves, life.acts, life.changes) == (one.moves, one.acts, one.changes)


PLAYS: list[Callable[..., object]] = [
    lambda force: sim.TradeModel(EVE, rng=1, force=force, until="2025-11-30").run(),
    lambda force: sim.ensemble(EVE, 2, seed=1, force=force, until="2025-11-30"),
]


@pytest.mark.parametrize("play", PLAYS)
def test_a_clause_with_nothing_to_give_is_one_sentence(play: Callable[..., object]) -> None:
    with pytest.raises(sim.ForceError) as caught:
        play("US+CN:deal=us_port_fees+cn_detour_crackdown@2025-10-30")
    said = str(caught.value)
    assert said.startswith("deal on 2025-10-30: expected measures that can be lowered, suspended, extended")
    assert said.endswith("but cn_detour_crackdown cannot in run 0")


def test_the_command_says_so_with_exit_code_2_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    force = "US+CN:deal=us_chip_rule@2025-10-30"
    assert called("run", "busan_eve", "--force", force, "--out", tmp_path / "out") == 2
    assert "us_chip_rule cannot in run 0" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
