"""Beliefs about pressure and their world, until they agree: in worlds that answer beliefs as we like."""

import pytest

from sim.domain.errors import EvidenceError
from sim.engines.run_spec import RunSpec
from sim.estimation import leverage_fixed_point as module
from sim.estimation.leverage_fixed_point import (
    ROUNDS,
    Beliefs,
    PressureSlope,
    beliefs_of,
    fixed_point,
    range_of,
)

FIRST = 0.35  # what everybody believes at first


@pytest.fixture
def world(monkeypatch):
    """Give the world's slopes as functions of what governments believe."""

    def set_world(error: float = 0.05, **slopes):
        def beliefs_of(spec):
            texts = dict(text.split(".leverage=") for text in spec.overrides)
            believed = {code: float(texts.get(code, FIRST)) for code in slopes}
            there = {code: PressureSlope(f(believed), error) for code, f in slopes.items()}
            return Beliefs(believed, there, dict.fromkeys(slopes, 100))

        monkeypatch.setattr(module, "beliefs_of", beliefs_of)

    return set_world


def rounds() -> list[Beliefs]:
    return list(fixed_point(RunSpec("busan")))


def test_a_world_that_does_not_mind_beliefs_is_believed_after_one_round(world):
    world(US=lambda _: -0.5, CN=lambda _: 0.2)
    played = rounds()
    assert len(played) == 2
    assert played[-1].believed == {"US": -0.5, "CN": 0.2}
    assert played[-1].agree


def test_two_who_answer_each_other_s_beliefs_come_to_agree(world):
    world(US=lambda b: -0.5 + 0.5 * b["CN"], CN=lambda b: -0.8 * b["US"])
    last = rounds()[-1]
    assert last.agree
    assert last.believed["US"] == pytest.approx(-0.5 / 1.4, abs=0.1)


def test_a_cycle_is_damped(world):
    world(CN=lambda b: -0.6 - b["CN"])
    assert rounds()[-1].believed["CN"] == pytest.approx(-0.3, abs=0.03)


def test_what_never_agrees_ends_and_gives_a_range_that_holds_the_cycle(world):
    world(error=0.01, CN=lambda b: -1.0 if b["CN"] > -0.5 else 0.0)
    played = rounds()
    assert len(played) == ROUNDS
    assert not played[-1].agree
    low, high = range_of(played, "CN")
    assert all(low <= b.believed["CN"] <= high for b in played[ROUNDS // 2 :])


def test_of_a_slope_that_says_nothing_nothing_is_believed(world):
    world(error=3.0, US=lambda _: 2.0)
    assert rounds()[-1].believed == {"US": 0.0}


def test_a_stored_belief_may_lie_between_none_and_twice_itself(world):
    world(US=lambda _: -0.5, CN=lambda _: 0.03)
    played = rounds()
    assert range_of(played, "US") == (-1.0, 0.0)
    assert range_of(played, "CN") == (-0.07, 0.13)


def test_a_scenario_in_which_nobody_can_escalate_is_refused(world):
    world()
    with pytest.raises(EvidenceError, match="a government that may escalate"):
        rounds()


@pytest.mark.parametrize("name", ["busan", "spiral_2025", "phase_one", "triangle"])
def test_shipped_governments_believe_what_is_so(name, compiled_once):
    """A number of a scenario that changes what pressure does asks for `snapback check --fixed-point` anew."""
    beliefs = beliefs_of(RunSpec(name, runs=300, seed=7))
    for code, slope in beliefs.world.items():
        assert abs(slope.value - beliefs.believed[code]) < 4 * slope.error, code
        assert beliefs.believed[code] < 0 > slope.value, code
