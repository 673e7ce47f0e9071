"""What every strategy promises, whoever wrote it: each is found by itself."""

import inspect
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from views import any_view, near_view, seen

import sim
from sim.strategies import find, parse, probabilities

NAMES = sim.strategy_names()
MOVES = (sim.ESCALATE, sim.HOLD, sim.RELAX)
POINTS = 2000
every_strategy = pytest.mark.parametrize("name", NAMES)


def test_there_are_strategies_and_the_default_is_one() -> None:
    assert {"payoff_logit", "tit_for_tat", "hold"} <= set(NAMES)
    assert sorted(NAMES) == NAMES


@every_strategy
@given(view=any_view)
def test_it_gives_a_move_for_any_view_and_always_the_same(name: str, view: sim.View) -> None:
    move = find(name)(view)
    assert move in MOVES
    assert find(name)(view) == move


@every_strategy
@settings(max_examples=25)
@given(view=any_view | near_view)
def test_the_luck_of_a_move_is_in_one_piece(name: str, view: sim.View) -> None:
    chosen = find(name)
    moves = [chosen(view._replace(luck=k / POINTS)) for k in range(POINTS)]
    changes = sum(a != b for a, b in pairwise(moves))
    assert changes == len(set(moves)) - 1


@every_strategy
@settings(max_examples=25)
@given(view=any_view | near_view)
def test_its_chances_are_those_of_its_luck(name: str, view: sim.View) -> None:
    chosen = find(name)
    found = probabilities(chosen, view)
    assert sum(found) == pytest.approx(1, abs=1e-12)
    moves = [chosen(view._replace(luck=(k + 0.5) / POINTS)) for k in range(POINTS)]
    for move in MOVES:
        assert found[move] == pytest.approx(moves.count(move) / POINTS, abs=0.01)


@every_strategy
def test_it_says_in_a_sentence_what_it_does_and_where_it_comes_from(name: str) -> None:
    known = find(name)
    assert re.fullmatch(r"[A-Z].{9,110}\.", known.sentence)
    assert len(known.source) > 5


@every_strategy
def test_it_documents_each_parameter_with_its_unit_or_range(name: str) -> None:
    known = find(name)
    text = " ".join((inspect.getdoc(known.rule) or "").split())
    for parameter in known.parameters:
        assert re.search(rf"{parameter}: [^\[]+\[[^\]]+\]", text), parameter


@every_strategy
def test_its_defaults_lie_in_the_ranges_it_documents(name: str) -> None:
    known = find(name)
    text = " ".join((inspect.getdoc(known.rule) or "").split())
    for parameter, value in known.parameters.items():
        for low, high in re.findall(rf"{parameter}: [^\[]+\[([\d.]+) to ([\d.]+)\]", text):
            assert float(low) <= value <= float(high), parameter


@every_strategy
def test_its_name_is_that_of_its_file_and_function(name: str) -> None:
    rule = find(name).rule
    assert rule.__name__ == name
    assert rule.__module__ == f"sim.strategies.{name}"
    assert parse(name).rule is rule


@every_strategy
def test_a_world_can_be_played_with_it(name: str) -> None:
    strategy = {"US": name, "CN": name}
    model = sim.TradeModel("busan", rng=1, until="2025-12-10", strategy=strategy).run()
    assert len(model.moves) > 0


@every_strategy
def test_its_spelling_gives_it_back(name: str) -> None:
    assert parse(find(name).spelling) == find(name)


def test_a_move_with_little_luck_between_two_others_keeps_its_chance() -> None:
    found = probabilities(parse("random_move:escalate=0.501,relax=0.491"), seen())
    assert found == pytest.approx((0.501, 0.008, 0.491), abs=1e-12)


def test_a_parameter_is_spelt_as_it_is_read() -> None:
    known = parse("tit_for_tat:generosity=0.25")
    assert known.parameters == {"generosity": 0.25}
    assert known.spelling == "tit_for_tat:generosity=0.25"
