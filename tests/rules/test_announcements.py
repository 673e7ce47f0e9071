"""What is announced and not yet in force: taking it back, and letting it enter later."""

import math
from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import first_day, made, measure_of, morning, names, pair, row_of, table

from sim.domain.constants import DAYS_PER_MONTH, IMPOSE, NEVER, POSTPONE, RAISE, REACTIVATE, WITHDRAW
from sim.domain.state import ActRow, World
from sim.rules.measure_changes import carry_out_acts

US = names("busan").governments.index("US")
CN = names("busan").governments.index("CN")
DAY = first_day("busan") + 20
OPEN = [
    measure_of("busan", name) for name in ("us_100pct_tariff", "us_software_controls", "us_phase_one_duty")
]
FOR_BOTH = ("trade", "rent", "controls", "partner_trade", "partner_harm", "partner_controls", "pressure")


def announced(measure: int, lead: int) -> tuple[World, ActRow]:
    """A world in which Washington has announced a measure, and the row by which it did."""
    world = morning("busan")
    world.measures[measure].lead_days = lead
    row = row_of(world, table(world, US, CN, DAY)[1], IMPOSE, measure)
    before = ActRow(*astuple(row))
    made(world, DAY, (IMPOSE, measure))
    carry_out_acts(world, DAY)
    return world, before


@given(st.sampled_from(OPEN), st.integers(1, 400))
def test_taking_back_brings_both_what_announcing_had_cost_or_given_them(measure: int, lead: int) -> None:
    world, announcing = announced(measure, lead)
    back = row_of(world, table(world, US, CN, DAY)[1], WITHDRAW, measure)
    for column in FOR_BOTH:
        assert getattr(back, column) == pytest.approx(-getattr(announcing, column), rel=1e-9, abs=1e-12), (
            column
        )
    assert back.size == pytest.approx(announcing.size)


@given(st.sampled_from(OPEN), st.integers(1, 400), st.integers(1, 400))
def test_postponing_brings_the_part_of_it_that_falls_before_the_new_day(
    measure: int, lead: int, days: int
) -> None:
    world, _ = announced(measure, lead)
    world.measures[measure].suspension_days = days
    o, t = table(world, US, CN, DAY)
    back, later = row_of(world, t, WITHDRAW, measure), row_of(world, t, POSTPONE, measure)
    part = -math.expm1(-o.h.rate * days / DAYS_PER_MONTH)
    for column in FOR_BOTH:
        assert getattr(later, column) == pytest.approx(part * getattr(back, column), rel=1e-9, abs=1e-12), (
            column
        )


def test_a_measure_taken_back_is_as_if_it_had_never_been_announced() -> None:
    world = announced(OPEN[0], 14)[0]
    assert world.measures[OPEN[0]].enters_on == DAY + 14
    made(world, DAY + 13, (WITHDRAW, OPEN[0]))
    carry_out_acts(world, DAY + 13)
    fresh = morning("busan").measures[OPEN[0]]
    assert world.measures[OPEN[0]] == fresh
    assert fresh.enters_on == NEVER


def test_the_partner_looks_forward_to_a_withdrawal_of_what_is_announced() -> None:
    world = announced(OPEN[0], 14)[0]
    hope = table(world, CN, US, DAY)[0]
    without = table(morning("busan"), CN, US, DAY)[0]
    assert hope.relief > without.relief
    assert hope.blow <= without.blow  # it can no longer be announced
    assert pair(world, CN, US).owed == 0.0  # nobody has noted the evening yet


def test_of_several_acts_forced_on_one_measure_the_legal_one_is_carried_out() -> None:
    world = morning("busan")
    made(world, DAY, (IMPOSE, OPEN[0]), (REACTIVATE, OPEN[0]), (RAISE, OPEN[0]))
    assert world.measures[OPEN[0]].pending == IMPOSE
