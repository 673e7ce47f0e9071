"""A game that people play is the world of the Mesa engine in which somebody says the same moves."""

import random
from dataclasses import replace
from datetime import date

import pytest

import sim
from sim.domain.constants import MOVES
from sim.engines.live_game import LiveGame
from sim.engines.run_spec import RunSpec

SCENARIOS = ("busan", "spiral_2025", "phase_one", "triangle", "busan_2026", "busan_eve")


def played(name, run, people=(0, 1)):
    """A game to its end, in which people say whatever comes to their mind, or let their strategy say it."""
    spec = RunSpec.of(name)
    source, whims = spec.load(), random.Random(run)
    game = LiveGame(source, spec.strategies(source), people, seed=7, run=run)
    while game.questions:
        number = whims.choice([n for n in game.questions if n not in game.answers])
        game.answer(number, whims.choice([None, *range(len(MOVES)), 1, 1]))
    return game


def twin(name, run, said, people=(0, 1)):
    """The Mesa engine with the same moves, said in their order."""
    model, moves = sim.TradeModel(name, rng=7, run=run), iter(said)
    for agent in model.agents:
        if agent.place in people:
            agent.strategy = replace(
                agent.strategy, rule=lambda view: next(moves), parameters={}, memory=0, once=True
            )
    return model.run()


def bare(decisions):
    """Decisions without what is known of the strategy, and without the reasons of the trace."""
    return [d._replace(reasons={}, probabilities=None, memory=()) for d in decisions]


def assert_twins(name, run, people=(0, 1)):
    game = played(name, run, people)
    model = twin(name, run, game.said, people)
    assert bare(game.decisions) == bare(model.decisions)
    assert [game.costs(k) for k in range(len(model.names.governments))] == model.record.costs


@pytest.mark.parametrize("name", SCENARIOS)
def test_games_are_those_of_the_mesa_engine(name):
    for run in range(2):
        assert_twins(name, run)


def test_one_person_may_play_against_strategies():
    assert_twins("triangle", 1, people=(1,))


def test_a_matrix_game_is_asked_of_both_at_once():
    source = sim.scenario("ipd")
    game = LiveGame(source, RunSpec.of("ipd").strategies(source), (0, 1), seed=1)
    assert sorted(q.government for q in game.questions.values()) == [0, 1]
    game.answer(1, 0)
    assert game.day == game.start  # the day waits for the other
    game.answer(0, 1)
    assert game.day == game.start + 1


def test_what_a_strategy_answers_is_what_it_would_have_played():
    spec = RunSpec.of("busan")
    game = LiveGame(spec.load(), spec.strategies(spec.load()), (0, 1), seed=1)
    while game.questions:
        game.answer(min(game.questions.keys() - game.answers.keys()), None)
    model = sim.TradeModel("busan", rng=1).run()
    assert game.decisions == [d._replace(reasons={}) for d in model.decisions]


def test_acts_that_somebody_chooses_are_those_of_a_forced_move():
    spec = RunSpec.of("busan")
    source = spec.load()
    game = LiveGame(source, spec.strategies(source), (0, 1), seed=1)
    while game.questions:
        number = min(game.questions.keys() - game.answers.keys())
        turn = game.questions[number]
        chosen = number == 1 and turn.view.can_escalate
        measure = game.names.measures.index("us_reciprocal_24" if turn.government == 0 else "cn_port_fees")
        if chosen:
            code, day = game.names.governments[turn.government], turn.day
            force = f"{code}:reactivate={game.names.measures[measure]}@{date.fromordinal(day)}"
        game.answer(number, 0 if chosen else 1, [(1, measure)] if chosen else ())
    people = ["US=hold", "CN=hold"]
    model = sim.TradeModel("busan", rng=1, force=force, strategy=people).run()
    assert bare(game.decisions) == bare(model.decisions)
