"""Quiet days: nothing falls due on them, so the day may be closed as the last full one left it."""

import pytest

import sim
from sim.domain.constants import NOT_DUE
from sim.rules.fast_forward import next_review, next_turn
from sim.rules.schedule import due


@pytest.mark.parametrize("first", [3, 40])
@pytest.mark.parametrize("every", [1, 7, 30])
def test_the_next_review_is_the_first_day_on_which_one_comes(first, every):
    reviews = {first + k * every for k in range(100)}
    for soonest in range(90):
        assert next_review(soonest, first, every) == min(day for day in reviews if day >= soonest)


@pytest.mark.parametrize("name", sim.scenario_names())
def test_nothing_changes_and_nobody_decides_before_the_next_turn(name):
    forces = ["US:escalate@2026-03-02"] if name == "busan" else []
    model = sim.TradeModel(name, rng=3, run=4, force=forces)
    n = len(model.world.governments)
    turn = model.start
    while model.day < model.end:
        changes, decisions = len(model.changes), len(model.decisions)
        model.step()
        forced = any(day == model.day for day, _, _ in model.forces)
        quiet = model.day < turn and not forced
        if quiet:
            assert len(model.changes) == changes
            assert len(model.decisions) == decisions
            reasons = [due(model.world, i, j, model.day, model.start, False)
                       for i in range(n) for j in range(n) if i != j]  # fmt: skip
            assert set(reasons) == {NOT_DUE}
        else:
            turn = next_turn(model.world, model.day, model.start, model.end)
            assert turn > model.day


def test_most_days_of_busan_are_quiet():
    model = sim.TradeModel("busan", rng=1)
    turns, turn = 0, model.start
    while model.day < model.end:
        model.step()
        if model.day >= turn:
            turns += 1
            turn = next_turn(model.world, model.day, model.start, model.end)
    assert turns < 0.25 * (model.end - model.start)
