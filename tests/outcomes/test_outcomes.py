"""What each outcome says of lives made by hand."""

import math

import pytest
from living import change, life, measure, move, paid

import sim
from sim.domain.constants import BY_MOVE, BY_SUNSET, FORCED, IN_FORCE, SUSPENDED
from sim.outcomes import find

US, CN = 0, 1


def asked(name, one, **parameters):
    return find(name).rule(one, **parameters)


def did_not_happen(value):
    return math.isnan(value)


def test_a_suspended_measure_reactivated_within_the_days_is_a_snapback():
    one = life(move(10, US, "escalate"), move(17, CN, "reactivate", 0))
    assert asked("snapback_within", one, government=CN, days=7) == 1
    assert asked("snapback_within", one, government=CN, days=6) == 0
    assert asked("snapback_within", one, government=US) == 0
    assert did_not_happen(asked("snapback_within", one, government=CN, since=1011))


def test_a_new_measure_or_one_of_the_same_day_is_no_snapback():
    one = life(move(10, US, "escalate"), move(10, CN, "reactivate", 0), move(12, CN, "impose", 1))
    assert asked("snapback_within", one, government=CN) == 0


def test_a_run_that_ends_among_the_days_says_nothing_of_snapback():
    one = life(move(95, US, "escalate"), move(97, CN, "reactivate", 0))
    assert did_not_happen(asked("snapback_within", one, days=7))
    assert asked("snapback_within", one, days=4) == 1


def test_without_an_escalation_there_is_nothing_to_answer_and_no_day_of_it():
    quiet = life(move(10, US, "hold"), move(10, CN, "relax"))
    for name in ("snapback_within", "days_to_first_escalation", "spiral_length", "truce_reached"):
        assert did_not_happen(asked(name, quiet)), name
    assert asked("escalating_months", quiet) == 0


def test_days_to_the_first_escalation_count_from_the_first_morning():
    one = life(move(0, US, "hold"), move(3, CN, "escalate"), move(9, US, "escalate"))
    assert asked("days_to_first_escalation", one) == 3
    assert asked("days_to_first_escalation", one, government=US) == 9


def test_the_peak_is_in_per_cent_and_knows_its_direction():
    rates = [[0.0, 0.1, 0.2, 0.0], [0.0, 0.4, 0.25, 0.0], [0.0, 0.3, 0.2, 0.0]]
    one = life(days=3, tariffs=rates)
    assert asked("peak_tariff", one, importer=US) == pytest.approx(40)
    assert asked("peak_tariff", one, importer=CN, exporter=US) == pytest.approx(25)
    assert asked("peak_tariff", one) == pytest.approx(40)


def test_a_suspension_lapses_only_by_its_date():
    opening = [measure(CN, SUSPENDED, 20)]
    lapsed = life(opening=opening, changes=[change(21, 0, IN_FORCE, BY_SUNSET)])
    broken = life(move(5, CN, "reactivate", 0), opening=opening, changes=[change(5, 0, IN_FORCE, BY_MOVE)])
    extended = life(opening=opening, changes=[change(15, 0, SUSPENDED, BY_MOVE, 300)])
    told = [
        (asked("lapse_at_sunset", x), asked("broken_before_sunset", x)) for x in (lapsed, broken, extended)
    ]
    assert told == [(1, 0), (0, 1), (0, 0)]
    assert did_not_happen(asked("lapse_at_sunset", lapsed, government=US))


def test_a_suspension_that_outlives_the_run_cannot_lapse_in_it():
    for last_day, told in ((98, 0), (99, None), (500, None)):
        one = life(days=100, opening=[measure(CN, SUSPENDED, last_day)])
        value = asked("lapse_at_sunset", one)
        assert did_not_happen(value) if told is None else value == told


def test_back_around_the_sunset_counts_moves_and_lapses_near_the_first_date():
    opening = [measure(CN, SUSPENDED, 50)]
    for day, told in ((19, 0), (20, 1), (51, 1), (80, 1), (81, 0)):
        one = life(opening=opening, changes=[change(day, 0, IN_FORCE, BY_MOVE)])
        assert asked("back_around_sunset", one, days=30) == told
    assert did_not_happen(asked("back_around_sunset", life(days=80, opening=opening), days=30))


def test_in_force_on_a_day_is_the_evening_s_state():
    opening = [measure(CN, SUSPENDED, 50), measure(US, IN_FORCE)]
    one = life(opening=opening, changes=[change(51, 0, IN_FORCE, BY_SUNSET)])
    assert asked("in_force", one, measure=0, on=1050) == 0
    assert asked("in_force", one, measure=0, on=1051) == 1
    assert asked("in_force", one, on=1050) == 0.5
    assert asked("in_force", one) == 1


def test_a_cost_is_one_side_s_or_the_sum_and_of_one_account():
    one = life(costs=[paid(3.0, 10.0), paid(-1.0, 20.0)])
    assert (asked("cost", one, government=US), asked("cost", one)) == (3, 2)
    assert (asked("cost", one, of=1, government=CN), asked("cost", one, of=1)) == (20, 30)


def test_months_with_an_escalation_count_once():
    one = life(*(move(day, US, "escalate") for day in (0, 1, 40, 99)), days=100)
    assert asked("escalating_months", one) == 0.75
    assert asked("escalating_months", one, government=CN) == 0


def test_decisions_are_counted_with_those_that_hold():
    one = life(move(0, US, "hold"), move(1, US, "escalate"), move(2, CN, "hold"), move(3, CN, "relax"))
    assert asked("escalating_decisions", one) == 0.25
    assert asked("escalating_decisions", one, government=US) == 0.5
    assert did_not_happen(asked("escalating_decisions", life()))


def test_tit_for_tat_has_reciprocity_one_and_a_deaf_side_none():
    words = ("escalate", "hold", "relax", "relax", "hold", "escalate")
    answered = [m for k, w in enumerate(words) for m in (move(4 * k, US, w), move(4 * k + 2, CN, w))]
    assert asked("reciprocity", life(*answered), government=CN) == pytest.approx(1)
    deaf = [m for k, w in enumerate(words) for m in (move(4 * k, US, w), move(4 * k + 2, CN, "hold"))]
    assert asked("reciprocity", life(*deaf), government=CN) == 0
    assert did_not_happen(asked("reciprocity", life(*deaf), government=US))


def test_what_the_partner_does_on_the_same_day_is_not_yet_seen_and_is_seen_once():
    one = life(
        move(10, US, "escalate"),
        move(10, CN, "hold"),
        move(20, CN, "escalate"),
        move(30, CN, "hold"),
    )
    assert asked("reciprocity", one, government=CN) == pytest.approx(1)


def test_forced_answers_are_none():
    forced = move(12, CN, "relax")._replace(reason=FORCED)
    one = life(move(10, US, "escalate"), forced, move(20, CN, "hold"), move(30, CN, "hold"))
    assert did_not_happen(asked("reciprocity", one, government=CN))


def test_a_spiral_ends_when_both_have_relaxed_since_either_escalated():
    one = life(
        move(5, US, "escalate"),
        move(8, CN, "relax"),
        move(20, CN, "escalate"),
        move(30, US, "suspend", 0),
        move(40, CN, "lower", 1),
    )
    assert asked("spiral_length", one) == 35
    assert asked("truce_reached", one, government=CN) == 1


def test_an_extension_makes_no_truce_and_a_spiral_without_one_lasts_to_the_end():
    one = life(move(10, US, "escalate"), move(20, US, "extend", 0), move(20, CN, "extend", 1), days=100)
    assert asked("spiral_length", one) == 89
    assert asked("truce_reached", one) == 0


def test_an_escalation_on_the_day_of_a_relaxation_undoes_it_in_either_order():
    ahead = (move(20, CN, "escalate"), move(20, US, "relax"))
    for same_day in (ahead, ahead[::-1]):
        one = life(move(10, US, "escalate"), *same_day, move(30, CN, "relax"))
        assert asked("truce_reached", one) == 0


def test_back_around_sunset_is_the_figure_of_the_readme():
    model = sim.TradeModel("busan", rng=1, set=["US.renewal_belief=1", "CN.renewal_belief=0.1"]).run()
    ends = {k: m.until.toordinal() for k, m in enumerate(model.source.measures) if m.until}
    back = [c for c in model.changes if c.status == IN_FORCE and c.measure in ends]
    told = any(abs(c.day - ends[c.measure]) <= 30 for c in back)
    assert asked("back_around_sunset", model.record) == told
