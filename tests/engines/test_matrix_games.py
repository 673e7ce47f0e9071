"""A matrix game in the simulator: who decides when, what is seen, what slips, what is paid."""

import pytest

import sim
from sim.domain.constants import ESCALATE, FORCED, HOLD

GAMES = [name for name in sim.scenario_names() if sim.scenario(name).game is not None]


def played(*overrides, **options):
    return sim.TradeModel("ipd", rng=1, set=["game.error=0", *overrides], **options).run()


def moves(model, place):
    return [d.move for d in model.decisions if d.government == place]


@pytest.mark.parametrize("name", GAMES)
def test_everybody_decides_in_every_round(name):
    model = sim.TradeModel(name, rng=1).run()
    rounds = len(model.state)
    assert model.state["round"].tolist() == list(range(1, rounds + 1))
    assert len(model.decisions) == 2 * rounds
    assert {d.move for d in model.decisions} <= {ESCALATE, HOLD}


def test_payoffs_are_those_of_the_table():
    model = played(strategy={"ROW": "always_escalate", "COL": "hold"})
    assert set(model.state.payoff_ROW) == {5}
    assert set(model.state.payoff_COL) == {0}
    assert model.state.earned_ROW.iloc[-1] == 5 * 200
    assert model.state.cooperation_ROW.iloc[-1] == 0
    assert model.costs.loc["economy"].to_dict() == {"ROW": -2 * 200, "COL": 3 * 200}
    assert (model.costs.loc["politics"] == 0).all()


def test_relaxing_counts_as_holding():
    model = played(strategy={"ROW": "always_relax", "COL": "hold"})
    assert {d.requested for d in model.decisions if d.government == 0} == {sim.RELAX}
    assert set(model.state.payoff_COL) == {3}


def test_both_move_on_what_the_round_before_has_shown():
    model = played(strategy={"ROW": "tit_for_tat", "COL": "tit_for_tat"}, force="ROW:escalate@2000-01-03")
    assert moves(model, 0)[:7] == [HOLD, HOLD, ESCALATE, HOLD, ESCALATE, HOLD, ESCALATE]
    assert moves(model, 1)[:7] == [HOLD, HOLD, HOLD, ESCALATE, HOLD, ESCALATE, HOLD]


@pytest.mark.parametrize("lag", [1, 2, 5, 60])
def test_a_move_is_seen_after_the_lag(lag):
    model = played(
        f"game.lag={lag}", strategy={"ROW": "hold", "COL": "grim"}, force="ROW:escalate@2000-01-10"
    )
    assert moves(model, 1) == [HOLD] * (9 + lag) + [ESCALATE] * (191 - lag)
    first = next(d for d in model.decisions if d.government == 1 and d.move == ESCALATE)
    assert first.view.their_escalations == 1
    assert first.view.quiet_days == lag


def test_hands_tremble_as_often_as_the_scenario_says_and_forced_ones_never():
    model = sim.TradeModel("ipd", rng=1, strategy={"ROW": "hold", "COL": "hold"}, set="game.error=0.25").run()
    slips = moves(model, 0).count(ESCALATE) + moves(model, 1).count(ESCALATE)
    assert 70 < slips < 130
    sure = sim.TradeModel("ipd", rng=1, set="game.error=1", force="ROW:hold@2000-01-01", until="2000-01-01")
    decided = [d.move for d in sure.run().decisions]
    assert decided == [HOLD, ESCALATE]
    assert sure.decisions[0].reason == FORCED


def test_my_last_move_is_the_one_the_trembling_hand_made():
    model = sim.TradeModel("ipd", rng=3, set="game.error=0.3").run()
    for place in (0, 1):
        mine = [d for d in model.decisions if d.government == place]
        theirs = [d for d in model.decisions if d.government != place]
        for before, other, after in zip(mine, theirs, mine[1:], strict=False):
            assert after.view.my_last_move == before.move
            assert after.view.their_last_move == other.move


def test_values_are_the_payoffs_against_what_was_answered_so_far():
    """From the second round on the counts of two who always hold say that holding is answered by holding."""
    model = played("ROW.forgetting=0", strategy={"ROW": "hold", "COL": "hold"})
    view = model.decisions[-2].view
    assert (view.now_hold, view.now_escalate) == pytest.approx((3, 5), abs=1e-12)


def test_the_same_seed_gives_the_same_game_and_another_another():
    first, again, other = (sim.TradeModel("ipd", rng=seed).run().moves for seed in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)


def test_three_players_meet_in_pairs(tmp_path):
    path = tmp_path / "three.toml"
    text = 'extends = "ipd"\n[governments.THI]\nname = "A third"\ncapital = "Third"\n'
    text += 'strategy = "always_escalate"'
    path.write_text(text, "utf-8")
    model = sim.TradeModel(path, rng=1, set="game.error=0", strategy={"ROW": "hold", "COL": "hold"}).run()
    assert set(model.state.payoff_THI) == {10}
    assert set(model.state.payoff_ROW) == {3}
