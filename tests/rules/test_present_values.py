"""What a change is worth: what was worked out once and has not changed is as if it were worked out anew."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import first_day, measure_of, morning, names, rows, table

import sim
from sim.domain.constants import IN_FORCE, TARIFF
from sim.domain.state import World
from sim.rules.present_values import (
    discounting_of,
    effects,
    lasting_pressure,
    mean_flow,
    tariffs_of,
    worth,
)

US = names("busan").governments.index("US")
CN = names("busan").governments.index("CN")
DUTIES = measure_of("busan", "us_reciprocal_24")
OCTOBER = measure_of("busan", "cn_oct9_controls")
DAY = first_day("busan")
levels = st.floats(0, 1)


def change(world: World, government: int, number: int, before: float, after: float) -> float:
    measure = world.measures[number]
    partner = measure.issuer + measure.target - government
    h, rates = discounting_of(world, government), tariffs_of(world, government, partner)
    return worth(effects(world, h, government, number, before, after, rates, DAY))


@pytest.mark.parametrize("number", range(len(names("busan").measures)))
def test_no_change_is_worth_nothing(number: int) -> None:
    world = morning("busan")
    for government in (US, CN):
        for level in (0.0, 0.3):
            assert change(world, government, number, level, level) == 0


@given(levels, levels)
def test_there_and_back_again_is_worth_nothing(before: float, after: float) -> None:
    world = morning("busan")
    for government in (US, CN):
        there = change(world, government, OCTOBER, before, after)
        assert there == pytest.approx(-change(world, government, OCTOBER, after, before), abs=1e-12)


@given(levels, levels, levels)
def test_two_steps_are_worth_what_one_is(a: float, b: float, c: float) -> None:
    """For a duty the second step begins where the first has led."""
    world = morning("busan")
    measure = world.measures[DUTIES]
    whole = change(world, CN, DUTIES, a, c)
    first = change(world, CN, DUTIES, a, b)
    measure.level, measure.status = b - a, IN_FORCE
    rest = change(world, CN, DUTIES, b, c)
    assert first + rest == pytest.approx(whole, abs=1e-9)


@given(levels)
def test_the_mean_flow_of_a_lasting_loss_of_a_month_is_that_loss(loss: float) -> None:
    h = discounting_of(morning("busan"), US)
    assert mean_flow(h, -loss * h.whole) == pytest.approx(loss)


def test_pressure_is_a_months_loss_of_the_target_as_the_one_who_asks_discounts() -> None:
    world = morning("busan")
    whole = -change(world, US, OCTOBER, 0.0, 0.6) / discounting_of(world, US).whole
    assert lasting_pressure(world, US, OCTOBER, 0.0, 0.6, DAY) == pytest.approx(whole)
    world.governments[CN].horizon_months = 48.0
    assert lasting_pressure(world, CN, OCTOBER, 0.0, 0.6, DAY) > whole, "stocks run out within its sight"


def test_who_counts_nothing_to_come_feels_no_pressure() -> None:
    world = morning("busan")
    world.governments[US].discount = 0.0
    assert lasting_pressure(world, US, OCTOBER, 0.0, 0.6, DAY) == 0


@pytest.mark.parametrize("name", ["busan", "triangle", "phase_one"])
def test_what_is_kept_with_a_measure_is_what_would_be_worked_out_anew(name: str) -> None:
    """However levels, statuses and tariffs change in between: `keeps` is a switch of speed alone."""
    dice = random.Random(name)
    world = morning(name)
    fresh = world._replace(keeps=0, tariff_effects=morning(name).tariff_effects)
    n = len(world.governments)
    for _ in range(60):
        measure = dice.choice(world.measures)
        measure.status = dice.randrange(4)
        if measure.kind == TARIFF and dice.random() < 0.5:
            measure.level = dice.choice((0.0, 0.1, 0.2, measure.level))
        me = dice.randrange(n)
        you = (me + 1 + dice.randrange(n - 1)) % n
        found = []
        for place in (world, fresh):
            o, t = table(place, me, you, first_day(name))
            found.append((o, t, [repr(row) for row in rows(place, t)]))
        assert found[0] == found[1]


def test_nor_does_any_decision_of_a_run_hang_on_it() -> None:
    runs = []
    for keeps in (0, 1):
        model = sim.TradeModel("busan", rng=3, until="2026-06-30", force="US:escalate@2026-03-02")
        model.world = model.world._replace(keeps=keeps)
        model.recorder.world = model.world
        runs.append([(d.day, d.government, d.move, d.acts, d.candidates) for d in model.run().decisions])
    assert runs[0] == runs[1]
