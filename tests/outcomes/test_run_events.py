"""What happens in a run, and when first: lives made by hand."""

import pytest
from living import START, change, life, measure, move, played

import sim
from sim.domain.constants import (
    AVAILABLE,
    BY_EVENT,
    BY_MOVE,
    BY_SUNSET,
    IN_FORCE,
    LIFTED,
    SUSPENDED,
)
from sim.outcomes.run_events import OF_GOVERNMENTS, OF_MEASURES, OF_PAIRS, RunEvent, first_days, kind_of


def test_the_first_escalation_is_told_of_each_government_and_towards_each_partner():
    one = life(move(3, 0, "hold"), move(5, 0, "escalate"), move(9, 0, "escalate"), move(9, 1, "escalate"))
    assert first_days(one) == {
        RunEvent("escalation", 0): START + 5,
        RunEvent("escalation", 0, 1): START + 5,
        RunEvent("escalation", 1): START + 9,
        RunEvent("escalation", 1, 0): START + 9,
    }


def opened(*changes, target=1):
    suspended = measure(0, SUSPENDED, 30)
    suspended.target = target
    return first_days(life(opening=[suspended], changes=changes))


def test_a_suspension_that_runs_out_is_a_lapse_of_its_issuer_and_breaks_the_truce():
    assert opened(change(31, 0, IN_FORCE, BY_SUNSET)) == {
        RunEvent("lapsed", 0): START + 31,
        RunEvent("lapse", 0): START + 31,
        RunEvent("lapse", 0, 1): START + 31,
        RunEvent("truce_broken", 0, 1): START + 31,
    }


def test_a_suspension_taken_back_by_a_move_is_a_reactivation_and_breaks_the_truce():
    found = opened(change(10, 0, IN_FORCE, BY_MOVE))
    assert found[RunEvent("reactivated", 0)] == found[RunEvent("truce_broken", 0, 1)] == START + 10
    assert RunEvent("lapsed", 0) not in found


def test_an_extension_is_a_later_last_day_and_nothing_else_is():
    assert RunEvent("extended", 0) in opened(change(20, 0, SUSPENDED, BY_MOVE, until=200))
    assert opened(change(20, 0, SUSPENDED, BY_MOVE, until=30)) == {}


def test_a_lapse_after_a_reactivation_and_a_new_suspension_is_told_too():
    found = opened(
        change(10, 0, IN_FORCE, BY_MOVE),
        change(12, 0, SUSPENDED, BY_MOVE, until=40),
        change(41, 0, IN_FORCE, BY_SUNSET),
    )
    days = {event.kind: day - START for event, day in found.items()}
    assert days["reactivated"] == days["truce_broken"] == 10
    assert days["suspended"] == 12
    assert days["lapsed"] == 41


def test_a_truce_is_reached_when_both_relax_after_an_escalation():
    calm = life(move(3, 0, "escalate"), move(5, 0, "relax"), move(6, 1, "relax"), opening=[measure(0, 1)])
    assert first_days(calm)[RunEvent("truce_reached", 0, 1)] == START + 6
    assert RunEvent("truce_reached", 0, 1) not in first_days(
        life(move(3, 0, "escalate"), opening=[measure(0, 1)])
    )


@pytest.mark.parametrize(
    ("before", "after", "rise", "longer", "cause", "kind"),
    [
        (AVAILABLE, IN_FORCE, 0.0, 0, BY_MOVE, "imposed"),
        (IN_FORCE, IN_FORCE, 0.1, 0, BY_MOVE, "raised"),
        (IN_FORCE, IN_FORCE, -0.1, 0, BY_MOVE, "lowered"),
        (IN_FORCE, IN_FORCE, 0.0, 0, BY_MOVE, ""),
        (IN_FORCE, SUSPENDED, 0.0, 90, BY_MOVE, "suspended"),
        (SUSPENDED, LIFTED, 0.0, 0, BY_MOVE, "lifted"),
        (IN_FORCE, LIFTED, 0.0, 0, BY_EVENT, "fallen"),
        (AVAILABLE, AVAILABLE, 0.0, 0, BY_EVENT, ""),
    ],
)
def test_a_change_of_a_measure_has_one_name(before, after, rise, longer, cause, kind):
    assert kind_of(before, after, rise, longer, cause) == kind


@pytest.mark.parametrize("name", sim.scenario_names())
def test_all_that_happens_in_shipped_scenarios_has_a_word_and_a_day_of_the_run(name):
    _, one = played(name, 1, "")
    known = {*OF_MEASURES, *OF_GOVERNMENTS, *OF_PAIRS}
    for event, day in first_days(one).items():
        assert event.kind in known
        assert one.start <= day <= one.end
