"""What people say in talks: bids, on a page as in a game that goes on from its code."""

import base64
import random

import numpy as np
import pytest
from page_twins import CLOSE, needs_node, played_in_node

from sim.domain.run_record import OfferRecord
from sim.engines.compiler.prepared_scenario import prepare
from sim.engines.live_game import LiveGame
from sim.engines.page_rules import page_world
from sim.engines.run_spec import RunSpec
from sim.engines.talks import speakers_of
from sim.rules.talks.bids import DELEGATE, PARTS, REFUSE, TAKE_ALL, bids_of, demand_of, table_of
from sim.rules.talks.frontier import Point

POINTS = [Point(30.0, 0.5, 2, 3), Point(29.5, 1.0, 1, 1), Point(10.0, 4.0, 1, 4), Point(0.0, 5.0, 2, 5)]


def spoken_game(spec, talkers, words, seed):
    """A game in which nobody is asked for a move, and some say words in talks."""
    source = spec.load()
    return LiveGame(source, spec.strategies(source), (), seed, talkers=talkers, words=words)


def test_each_bid_asks_for_more_than_the_one_before():
    demands = [demand_of(bid, 7.5) for bid in range(TAKE_ALL, REFUSE + 1)]
    assert demands == sorted(set(demands))
    assert (demands[TAKE_ALL], demands[PARTS]) == (0.0, 7.5) and demands[REFUSE] > 1e100


def test_bids_name_each_package_once_from_the_own_best_on():
    assert [(b.bid, b.package) for b in bids_of(POINTS)] == [(30, 3), (29, 1), (10, 4), (0, 5)]
    assert bids_of(POINTS[:1]) == [(30, 30.0, 0.5, 3)]
    assert bids_of([]) == []


def test_what_lies_on_the_table_is_what_is_then_offered(monkeypatch):
    spec, tables = RunSpec.of("busan_eve"), []

    def note(bid, best):
        if bid != TAKE_ALL:
            tables.append(table_of(world[0], 0))
        return demand_of(bid, best)

    monkeypatch.setattr("sim.engines.talks.demand_of", note)
    world = []
    monkeypatch.setattr("sim.engines.live_game.world_of", kept(world))
    game = spoken_game(spec, (0,), [PARTS - 4], seed=3)
    (clauses, bids), offer = tables[0], game.talks.offers[0]
    chosen = next(b for b in bids if b.bid <= PARTS - 4)
    if offer.proposer == 0:
        assert (offer.package, offer.worth, offer.believed_worth) == (
            chosen.package,
            chosen.own,
            chosen.partner,
        )
    assert clauses == game.talks.agendas[offer.day, 0, 1]


def kept(worlds):
    """What makes worlds, and keeps them in a list."""
    from sim.scenarios.initial_state import world_of

    def make(*arguments):
        worlds.append(world_of(*arguments))
        return worlds[-1]

    return make


def assert_same_words_on_pages(folder, games, seed):
    """Play games of random words in both; how many words were said, how many deals there were."""
    spec, drawn = RunSpec.of("busan_eve"), random.Random(seed)
    source, ready = spec.load(), prepare(spec)
    layout, content = page_world(ready)
    negotiators, protocols = speakers_of(source)
    players = [
        [{"name": p.name, "numbers": list(p.parameters.values())} for p in some]
        for some in (spec.strategies(source).values(), (*negotiators, *protocols))
    ]
    wishes, lives = [], []
    for _ in range(games):
        talkers, luck = drawn.choice([(0,), (1,), (0, 1)]), drawn.getrandbits(63)
        words = [
            drawn.choice([TAKE_ALL, REFUSE, drawn.randrange(REFUSE)]) for _ in range(drawn.randrange(30))
        ]
        lives.append(spoken_game(spec, talkers, [*words, DELEGATE, 3], luck))
        about = {"players": players[0], "speakers": players[1], "forces": [], "numbers": [], "watched": False}
        wishes.append({"seed": str(luck), "run": 0, "talkers": talkers, "words": words} | about)
    bytes_of = base64.b64encode(content).decode()
    answers = played_in_node(folder, {"layout": layout, "bytes": bytes_of, "wishes": wishes})
    for game, answer in zip(lives, answers, strict=True):
        ours = [[d.day, d.government, d.partner, d.requested, d.move] for d in game.decisions]
        assert ours == [[m[0], m[1], m[2], m[4], m[5]] for m in answer["moves"]]
        shape = (-1, len(OfferRecord._fields))
        np.testing.assert_allclose(
            np.reshape(game.talks.offers, shape), np.reshape(answer["offers"], shape), atol=CLOSE
        )
        costs = [cost for k in range(len(game.strategies)) for cost in game.costs(k)]
        np.testing.assert_allclose(costs, answer["costs"], atol=CLOSE)
    said = sum(answer["said"] for answer in answers)
    return said, sum(o.ending == 0 for game in lives for o in game.talks.offers)


@needs_node
def test_words_that_people_say_make_the_same_world_on_a_page(tmp_path):
    said, deals = assert_same_words_on_pages(tmp_path, games=2, seed=1)
    assert said > 2 and deals > 0


@pytest.mark.slow
@needs_node
def test_many_games_with_words_are_the_same_on_a_page(tmp_path):
    said, deals = assert_same_words_on_pages(tmp_path, games=48, seed=2)
    assert said > 200 and deals > 48
