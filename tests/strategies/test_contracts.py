"""What every strategy promises, whoever wrote it: each is found by itself."""

import inspect
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from views import any_view, near_view, seen

import sim
from sim.engines.ensemble import ensemble
from sim.reports.run.run_folder import read_trace, write_run
from sim.strategies import Strategy, find, parse, probabilities
from sim.strategies.strategy_register import REGISTER

NAMES = sim.strategy_names()
MOVES = (sim.ESCALATE, sim.HOLD, sim.RELAX)
POINTS = 500  # of luck; probabilities are found from pieces of 1/16 on
PAST = st.lists(any_view, max_size=6)
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


def remembered(chosen: Strategy, past: list[sim.View]) -> tuple[list[int], list[float]]:
    """The moves of a strategy that has seen some views, and its memory after them."""
    memory = [0.0] * chosen.memory
    return [chosen(view, memory) for view in past], memory


@every_strategy
@settings(max_examples=25)
@given(past=PAST)
def test_it_says_and_remembers_the_same_of_the_same_past(name: str, past: list[sim.View]) -> None:
    moves, memory = remembered(find(name), past)
    assert set(moves) <= set(MOVES)
    assert all(isinstance(number, float) for number in memory)
    assert (moves, memory) == remembered(find(name), past)


@every_strategy
@settings(max_examples=25)
@given(past=PAST, view=any_view)
def test_asking_for_its_chances_leaves_its_memory_as_it_is(
    name: str, past: list[sim.View], view: sim.View
) -> None:
    chosen = find(name)
    memory = remembered(chosen, past)[1]
    before = list(memory)
    chances = probabilities(chosen, view, memory)
    assert memory == before
    if chances is not None:
        assert chances[chosen(view, memory)] > 0


@every_strategy
@pytest.mark.usefixtures("compiled_once")
@pytest.mark.parametrize(("scenario", "until"), [("ipd", None), ("triangle", "2026-03-31")])
def test_it_moves_alike_on_every_engine_and_on_replay(name: str, scenario: str, until: str | None) -> None:
    first, second = list(sim.scenario(scenario).governments)[:2]
    strategies = {first: name, second: "random_move"}
    model = sim.TradeModel(scenario, rng=5, run=2, until=until, strategy=strategies).run()
    compiled = ensemble(scenario, runs=1, seed=5, first_run=2, until=until, strategy=strategies, record=True)
    assert list(compiled.records[0].moves) == model.record.moves
    memories: dict[int, list[float]] = {}
    for d in model.decisions:
        if d.government == 0:
            memory = memories.setdefault(d.partner, [0.0] * find(name).memory)
            assert tuple(memory) == d.memory
            assert find(name)(d.view, memory) == d.requested


@every_strategy
@settings(max_examples=25)
@given(view=any_view | near_view)
def test_the_luck_of_a_move_is_in_one_piece_as_long_as_its_chance(name: str, view: sim.View) -> None:
    chosen = find(name)
    moves = [chosen(view._replace(luck=(k + 0.5) / POINTS)) for k in range(POINTS)]
    changes = sum(a != b for a, b in pairwise(moves))
    assert changes == len(set(moves)) - 1
    found = probabilities(chosen, view)
    assert (found is None) == chosen.once
    if found is not None:
        assert sum(found) == pytest.approx(1, abs=1e-12)
        for move in MOVES:
            assert found[move] == pytest.approx(moves.count(move) / POINTS, abs=0.01)


@every_strategy
@settings(max_examples=25)
@given(view=any_view | near_view)
def test_chances_in_closed_form_are_those_found_by_asking(name: str, view: sim.View) -> None:
    chosen = find(name)
    if chosen.chances is not None:
        asked = probabilities(replace(chosen, chances=None), view)
        assert probabilities(chosen, view) == pytest.approx(asked, abs=1e-12)


def calls_a_decision(monkeypatch: pytest.MonkeyPatch, name: str, **changes: object) -> set[int]:
    """How often a strategy is asked in each decision of a short run."""
    calls, chosen = [], find(name)

    def counted(*words: object, **parameters: float) -> int:
        calls.append(words[0])
        return chosen.rule(*words, **parameters)

    monkeypatch.setitem(REGISTER, name, replace(chosen, rule=counted, **changes))
    strategy = {"US": name, "CN": "hold"}
    model = sim.TradeModel("busan", rng=1, until="2025-12-31", strategy=strategy).run()
    views = [d.view for d in model.decisions if d.government == 0]
    assert len(views) >= 2
    return {sum(call._replace(luck=0.0) == view._replace(luck=0.0) for call in calls) for view in views}


@every_strategy
def test_one_that_may_be_asked_once_is_asked_exactly_once_a_decision(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert calls_a_decision(monkeypatch, name, once=True) == {1}


@pytest.mark.parametrize("name", [name for name in NAMES if find(name).chances is not None])
def test_one_that_knows_its_chances_is_asked_once_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert calls_a_decision(monkeypatch, name) == {1}


def test_the_default_knows_its_chances() -> None:
    assert find("payoff_logit").chances is not None


def test_what_may_be_asked_only_once_has_an_empty_probability(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(REGISTER, "payoff_logit", replace(find("payoff_logit"), once=True))
    model = sim.TradeModel("busan", rng=1, until="2025-12-31").run()
    assert {d.probabilities for d in model.decisions} == {None}
    assert model.moves.probability.isna().all()
    write_run(model, tmp_path / "run")
    assert ",," in (tmp_path / "run" / "moves.csv").read_text("utf-8").splitlines()[1]
    assert {row["chances"]["hold"] for row in read_trace(tmp_path / "run")} == {None}
    assert "Chance of this move" not in (tmp_path / "run" / "story.md").read_text("utf-8")


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
