"""What the record says on a morning, and that it says nothing of what comes after."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.record.events import SIDES, record
from sim.record.legal_state import ACTS, controls, legal_states, renewals, rows_before, suspended_until
from sim.record.tariffs import tariff_steps

EVENTS = record()
STEPS = tariff_steps()
DAYS = st.dates(date(2018, 1, 2), date(2025, 12, 31))


def rows_of(side, morning):
    return [event for event in rows_before(EVENTS, morning) if event.actor == side]


@given(DAYS, st.integers(1, 5))
def test_later_rows_and_steps_change_nothing(morning, severity):
    known = rows_before(EVENTS, morning)
    changed = [
        e if e.date_announced < morning else e._replace(severity=severity, move="escalate", expires_on=None)
        for e in EVENTS.events
    ]
    steps = [s if s.date <= morning else s._replace(us_avg_tariff_on_cn=500.0) for s in STEPS]
    other = EVENTS._replace(events=tuple(changed))
    assert legal_states(rows_before(other, morning), steps, morning) == legal_states(known, STEPS, morning)


@given(DAYS)
def test_a_morning_knows_the_days_before_it_and_no_other(morning):
    assert all(event.date_announced < morning for event in rows_before(EVENTS, morning))
    assert len(rows_before(EVENTS, morning)) <= len(rows_before(EVENTS, morning + timedelta(1)))


@pytest.mark.parametrize(
    ("side", "morning", "until"),
    [
        ("US", "2018-12-01", None),  # the truce of Buenos Aires is announced on that day
        ("US", "2018-12-02", "2019-03-01"),
        ("CN", "2019-01-01", "2019-03-31"),
        ("US", "2019-05-05", "2029-02-21"),  # put off without a day in February
        ("US", "2019-05-06", None),  # broken
        ("CN", "2025-06-01", "2025-08-12"),
        ("CN", "2025-08-13", "2025-11-10"),
        ("US", "2025-12-31", "2026-11-10"),
        ("US", "2026-10-08", "2027-01-10"),
        ("CN", "2026-10-08", "2027-01-10"),
    ],
)
def test_a_suspension_stands_until_it_is_extended_broken_or_over(side, morning, until):
    day = date.fromisoformat(morning)
    found = suspended_until(rows_of(side, day), day)
    assert found == (None if until is None else date.fromisoformat(until))


def test_a_suspension_that_nobody_extends_is_over_on_the_day_after():
    only = [e for e in EVENTS.events if e.id == "US181201"]
    assert suspended_until(only, date(2019, 3, 1)) == date(2019, 3, 1)
    assert suspended_until(only, date(2019, 3, 2)) is None


def test_controls_add_up_by_severity_and_never_fall_below_none():
    acts = [e for e in EVENTS.events if e.instrument == "entity_list" and e.move == "escalate"][:2]
    assert controls(acts) == sum(ACTS[e.severity] for e in acts)
    assert controls([acts[0]._replace(move="relax"), acts[1]]) == ACTS[acts[1].severity]
    assert all(controls(rows_of(side, date(2026, 1, 1))) > 0 for side in SIDES)


def test_renewals_are_counted_only_where_something_stands_suspended():
    rows = rows_of("CN", date(2026, 1, 1))
    assert renewals(rows, date(2018, 1, 1), date(2019, 5, 1)) == 1
    assert renewals(rows, date(2024, 1, 1), date(2024, 12, 31)) == 0  # exclusions prolonged, no truce
    assert renewals(rows, date(2025, 8, 1), date(2025, 9, 1)) == 1


def test_tariffs_are_those_in_force_on_the_morning():
    us, cn = legal_states(rows_before(EVENTS, date(2025, 4, 30)), STEPS, date(2025, 4, 30))
    assert us.tariff > 1.2 and cn.tariff > 1.4
