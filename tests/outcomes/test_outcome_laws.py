"""What holds between outcomes of any life, also of one that no scenario would give."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from living import START, as_arrays, change, compiled, life, measure, move, paid

from sim.domain.constants import ACTS, MOVES, NEVER, STATUSES
from sim.outcomes import find, names

DAYS = 60
NAMES = names()  # before any test registers one of its own
laws = settings(max_examples=60)


@st.composite
def any_life(draw):
    """A life of two governments and three measures, at random."""
    day = st.integers(0, DAYS - 1)
    opening = [measure(k % 2, draw(st.integers(0, 3)), draw(st.integers(0, 90))) for k in range(3)]
    moves = [
        move(
            when, draw(st.integers(0, 1)), draw(st.sampled_from((*MOVES, *ACTS[1:]))), draw(st.integers(0, 2))
        )
        for when in sorted(draw(st.lists(day, max_size=20)))
    ]
    changes = []
    for when in sorted(draw(st.lists(day, max_size=8))):
        status = draw(st.integers(0, len(STATUSES) - 1))
        until = draw(st.integers(when, 90)) if STATUSES[status] == "suspended" else NEVER
        changes.append(change(when, draw(st.integers(0, 2)), status, draw(st.integers(0, 2)), until))
    rates = st.lists(st.floats(0, 2), min_size=4, max_size=4)
    return life(
        *moves,
        days=DAYS,
        opening=opening,
        changes=changes,
        tariffs=[draw(rates) for _ in range(3)],
        costs=[paid(draw(st.floats(-100, 100)), draw(st.floats(-100, 100))) for _ in range(2)],
    )


def ask(name, one, **parameters):
    return find(name).rule(one, **parameters)


@laws
@given(one=any_life())
def test_chances_are_nought_or_one_and_shares_between(one):
    for name in NAMES:
        value, unit = find(name)(one), find(name).unit
        assert math.isnan(value) or unit != "chance" or value in (0, 1), name
        assert math.isnan(value) or unit != "share" or 0 <= value <= 1, name
        assert math.isnan(value) or unit != "days" or 0 <= value < DAYS, name


@laws
@given(one=any_life())
def test_anybody_is_the_first_the_highest_or_the_sum_of_all(one):
    first = [ask("days_to_first_escalation", one, government=k) for k in (0, 1)]
    known = [x for x in first if not math.isnan(x)]
    assert ask("days_to_first_escalation", one) == pytest.approx(min(known, default=math.nan), nan_ok=True)
    highest = [ask("peak_tariff", one, importer=k) for k in (0, 1)]
    assert ask("peak_tariff", one) == max(highest)
    for of in (0, 1):
        assert ask("cost", one, of=of) == sum(ask("cost", one, of=of, government=k) for k in (0, 1))


@laws
@given(one=any_life(), days=st.integers(0, 20), more=st.integers(0, 20))
def test_more_days_never_make_a_snapback_less_likely(one, days, more):
    sooner, later = (ask("snapback_within", one, days=n) for n in (days, days + more))
    assert math.isnan(later) or sooner <= later


@laws
@given(one=any_life())
def test_a_spiral_has_a_length_exactly_if_somebody_escalates(one):
    length, start = ask("spiral_length", one), ask("days_to_first_escalation", one)
    assert math.isnan(length) == math.isnan(start) == math.isnan(ask("truce_reached", one))
    assert math.isnan(length) or START + start + length <= one.end


@settings(laws, max_examples=25)
@given(one=any_life())
def test_compiled_outcomes_say_the_same(one):
    pytest.importorskip("numba")
    for name in NAMES:
        known = find(name)
        fast = compiled(known.rule)(as_arrays(one), *known.parameters.values())
        assert fast == pytest.approx(known(one), rel=1e-12, nan_ok=True), name
