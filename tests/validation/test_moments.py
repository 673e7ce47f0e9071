"""The record beside free runs: the same definitions, on histories made by hand and on shipped ones."""

import math
from datetime import date

import pytest

import sim
from sim.domain.constants import ESCALATE, HOLD, RELAX
from sim.domain.errors import EvidenceError
from sim.record.coding import months_by_score
from sim.record.months import month_number, month_range
from sim.record.reactions import PERIODS, move_shares, reaction_matrix
from sim.record.situations import within
from sim.record.tariffs import month_end
from sim.reports.validation.moments_page import history_page
from sim.validation.moments.moment_comparison import compare_history, rows_of, threats_count
from sim.validation.moments.monthly_acts import (
    Act,
    coded_months,
    recorded_history,
    severities,
    simulated_history,
    whole_months,
)
from sim.validation.moments.quantities import pauses, quantities


def act(day, side, move="escalate", severity=3):
    return Act(date.fromisoformat(day).toordinal(), side, move, severity)


def ended(steps, months):
    return tuple(month_end(steps, month) for month in months)


def test_the_record_s_own_facts_come_out(shipped, months, steps):
    span = month_range(PERIODS[0])
    found = {c.name: c.value for c in quantities(recorded_history(shipped, ended(steps, span), span))}
    here = within(months, span)
    assert found["Washington holds"] == move_shares(here, "US")[HOLD]
    matrix = reaction_matrix(here, "CN")
    assert found["Beijing escalates when Washington escalates"] == pytest.approx(matrix[ESCALATE, ESCALATE])
    assert found["Beijing relaxes when Washington holds"] == pytest.approx(matrix[HOLD, RELAX])


def test_months_of_acts_are_coded_as_the_record_s():
    span = range(month_number("2025-01"), month_number("2025-04"))
    acts = [
        act("2025-01-05", 0, severity=2),
        act("2025-01-20", 1, severity=1),
        act("2025-02-03", 0, "relax", 2),
        act("2025-02-28", 1, "extension", 5),
        act("2025-03-01", 0, "escalate", 3),
        act("2025-03-31", 0, "relax", 3),
    ]
    coded = coded_months(acts, span)
    assert [c.moves for c in coded] == [(ESCALATE, HOLD), (RELAX, HOLD), (HOLD, HOLD)]


def test_a_record_told_as_acts_is_coded_as_the_record(shipped, months, steps):
    span = month_range("2018-01:2025-12")
    history = recorded_history(shipped, ended(steps, span), span)
    assert [c.moves for c in coded_months(list(history.acts), span)] == [c.moves for c in months]


def test_a_truce_needs_both_sides_one_of_them_gravely_and_ends_with_a_grave_escalation():
    last = date(2025, 12, 31).toordinal()
    war = act("2025-01-01", 0)
    ease = [act("2025-02-01", 0, "relax"), act("2025-02-20", 1, "relax", 1)]
    (found,) = pauses((war, *ease), last)
    assert (found.since, found.broken) == (50, False)
    assert found.lasted == last - ease[1].day
    (found,) = pauses((war, *ease, act("2025-03-01", 1, severity=2), act("2025-03-10", 1)), last)
    assert (found.lasted, found.broken) == (18, True)
    assert not pauses((war, ease[0], act("2025-02-10", 1), ease[1]), last)  # a grave act between
    assert not pauses((war, ease[0], act("2025-04-01", 1, "relax")), last)  # too far apart
    assert not pauses((war, *(x._replace(severity=2) for x in ease)), last)  # none grave
    assert not pauses((war, ease[0]), last)  # one side alone


def test_the_shipped_record_has_truces_by_this_definition(shipped, steps):
    span = month_range("2018-01:2025-12")
    found = pauses(recorded_history(shipped, ended(steps, span), span).acts, date(2025, 12, 31).toordinal())
    days = [date.fromordinal(p.day).isoformat() for p in found]
    assert {"2018-12-01", "2019-06-29", "2025-05-12", "2025-10-30"} <= set(days)


def test_a_measure_is_as_grave_as_the_rows_its_source_names(shipped):
    source = sim.scenario("busan")
    found = dict(zip([m.id for m in source.measures], severities(source, shipped), strict=True))
    assert found["us_reciprocal_24"] == 5
    assert found["cn_ga_ge_sb_ban"] == 4
    assert found["cn_detour_crackdown"] == 2  # names none


def test_a_life_becomes_a_history_of_whole_months(shipped):
    source = sim.scenario("busan")
    span = whole_months(source)
    assert (span[0], span[-1]) == (month_number("2025-12"), month_number("2027-01"))
    forced = ["US:escalate@2026-03-02", "CN:reactivate=cn_ga_ge_sb_ban@2026-03-04"]
    played = sim.ensemble("busan", runs=1, seed=1, force=forced, strategy=["US=hold", "CN=hold"], record=True)
    history = simulated_history(played.lives[0], severities(source, shipped), span)
    march = history.coded[3]
    assert march.month == month_number("2026-03")
    assert march.moves[1] == ESCALATE
    lapses = [a for a in history.acts if date.fromordinal(a.day) == date(2026, 11, 11)]
    assert lapses
    assert all(a.move == "escalate" and a.answered is None for a in lapses)
    assert len(history.tariffs) == len(span) == len(history.coded)


def test_answers_are_reactions_to_the_partner_s_last_escalation(shipped):
    source = sim.scenario("busan")
    played = sim.ensemble("busan", runs=20, seed=1, force="US:escalate@2026-03-02", record=True)
    severity = severities(source, shipped)
    found = [simulated_history(life, severity, whole_months(source)) for life in played.lives]
    days = {a.day - a.answered for h in found for a in h.acts if a.side == 1 and a.answered}
    assert 2 in days  # Beijing's reaction time
    assert all(gap > 0 for gap in days)


def test_rows_have_values_intervals_and_a_verdict(shipped):
    rows = rows_of("spiral_2025", shipped, 20, 0)
    assert repr(rows) == repr(rows_of("spiral_2025", shipped, 20, 0))
    assert len({(r.group, r.name) for r in rows}) == len(rows)
    for row in rows:
        assert row.record is not None
        if row.runs:
            assert row.simulated.low <= row.simulated.value <= row.simulated.high
            assert row.single[0] <= row.single[1]
        if not math.isnan(row.record.low):
            assert row.record.low <= row.record.value <= row.record.high
        assert row.agrees is None or row.cases > 0


def test_a_period_that_the_record_does_not_cover_has_runs_alone(shipped):
    rows = rows_of("busan", shipped, 4, 0)
    assert all(row.record is None and row.agrees is None for row in rows)


def test_the_page_tells_every_row_and_every_disagreement(shipped):
    found = list(compare_history(6, 1))
    page = history_page(found, threats_count(shipped), 6, 1, "0")
    assert all(f"| | {row.name} |" in page for rows in found for row in rows)
    wrong = [row for rows in found for row in rows if row.agrees is False]
    assert page.count("on average.") == len(wrong)
    assert "not covered" in page


def test_one_run_is_too_few(shipped):
    with pytest.raises(EvidenceError, match="at least 2 runs"):
        next(compare_history(1))


def test_threats_weigh_in_the_record_s_months(shipped):
    changed, of = threats_count(shipped)
    assert 0 < changed < of
    assert len(months_by_score(shipped)) == 96
