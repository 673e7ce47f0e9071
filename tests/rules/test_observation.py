"""What a government sees: the day, its sunsets, and what third parties do."""

from datetime import date

import pytest

import sim
from sim.domain.constants import ESCALATE, HOLD, NEVER, RELAX, SUSPENDED
from sim.rules.observation import days_to_sunsets

QUIET = dict.fromkeys(("US", "CN", "EU"), "hold")


def views(model: sim.TradeModel, who: str, partner: str) -> dict[int, sim.View]:
    """What a government has seen of another, by the day of the run."""
    me, other = (model.names.governments.index(code) for code in (who, partner))
    return {d.day - model.start: d.view for d in model.decisions if (d.government, d.partner) == (me, other)}


def test_days_count_from_the_first_of_the_run() -> None:
    model = sim.TradeModel("busan", rng=1, until="2026-03-31").run()
    assert all(d.view.day == d.day - model.start for d in model.decisions)
    assert not any(d.view.game for d in model.decisions)


def test_rounds_of_a_game_count_from_nought() -> None:
    model = sim.TradeModel("ipd", rng=1).run()
    assert [d.view.day for d in model.decisions] == [k // 2 for k in range(400)]
    assert all(d.view.game for d in model.decisions)


def test_sunsets_are_the_nearest_and_the_last_of_the_suspensions() -> None:
    model = sim.TradeModel("busan", rng=1)
    for issuer, target in [(0, 1), (1, 0)]:
        days = [
            m.until - model.start for m in model.world.measures if (m.issuer, m.status) == (issuer, SUSPENDED)
        ]
        assert len(set(days)) > 1
        assert days_to_sunsets(model.world, issuer, target, model.start) == (min(days), max(days))


def test_who_has_suspended_nothing_has_no_sunset() -> None:
    model = sim.TradeModel("ipd", rng=1)
    assert days_to_sunsets(model.world, 0, 1, model.start) == (NEVER, NEVER)


def test_where_there_are_two_no_third_moves() -> None:
    model = sim.TradeModel("busan", rng=1, force="US:escalate@2026-03-02").run()
    assert {d.view.others_last_move for d in model.decisions} == {HOLD}


def test_the_last_move_of_a_third_towards_the_partner_is_seen_until_its_next() -> None:
    force = ["EU>CN:escalate@2026-01-15", "EU>CN:relax@2026-03-16"]
    model = sim.TradeModel("triangle", rng=1, strategy=QUIET, force=force, until="2026-06-30").run()
    assert [d.move for d in model.decisions if d.move != HOLD] == [ESCALATE, RELAX]
    first, second = (d.day - model.start for d in model.decisions if d.move != HOLD)
    for day, view in views(model, "US", "CN").items():
        assert view.others_last_move == (HOLD if day <= first else ESCALATE if day <= second else RELAX)
    for who, partner in [("EU", "CN"), ("US", "EU"), ("CN", "EU")]:
        assert {view.others_last_move for view in views(model, who, partner).values()} == {HOLD}


def test_a_sunset_that_a_third_lets_come_is_seen_as_its_escalation() -> None:
    model = sim.TradeModel("triangle", rng=1, strategy=QUIET, until="2026-06-30").run()
    sunset = date(2026, 2, 7).toordinal() - model.start  # eu_countermeasures
    for day, view in views(model, "CN", "US").items():
        assert view.others_last_move == (ESCALATE if day >= sunset else HOLD)


@pytest.mark.parametrize("lag", [1, 3])
def test_in_a_game_a_third_is_seen_in_the_round_that_the_lag_lets_be_seen(lag: int, tmp_path) -> None:
    path = tmp_path / "three.toml"
    path.write_text('extends = "ipd"\n[governments.THI]\nname = "A third"\ncapital = "Third"', "utf-8")
    strategy = dict.fromkeys(("ROW", "COL", "THI"), "hold")
    model = sim.TradeModel(
        path, rng=1, strategy=strategy, force="THI>COL:escalate@2000-01-05",
        set=["game.error=0", f"game.lag={lag}"], until="2000-01-20",
    ).run()  # fmt: skip
    seen = [day for day, view in views(model, "ROW", "COL").items() if view.others_last_move == ESCALATE]
    assert seen == [4 + lag]
    assert {view.others_last_move for view in views(model, "COL", "ROW").values()} == {HOLD}
