"""The record beside free runs: the same definitions, on histories made by hand and on shipped ones."""

import json
import math
from datetime import date

import pytest
from json_schemas import check_json

import sim
from sim.domain.constants import ESCALATE, HOLD, NEVER, RELAX
from sim.record.coding import months_by_score
from sim.record.months import month_number, month_range
from sim.record.tariffs import month_end
from sim.reports.validation.facts_page import history_json, history_page
from sim.validation.moments.moment_comparison import (
    compare_history,
    compare_scenario,
    joint_tests,
    threats_count,
)
from sim.validation.moments.monthly_acts import (
    Act,
    coded_months,
    recorded_history,
    severities,
    simulated_history,
    whole_months,
)
from sim.validation.moments.quantities import DOES, NAMES, quantities, truces_of


def act(day, side, move="escalate", severity=3):
    return Act(date.fromisoformat(day).toordinal(), side, move, severity)


def ended(steps, months):
    return tuple(month_end(steps, month) for month in months)


WAR, PLATEAU, YEAR, ALL = "2018-01:2020-02", "2020-03:2024-12", "2025-01:2025-12", "2018-01:2025-12"
NONE = "-"


def measured(record, steps, period):
    """The quantities of some months of the record, by name."""
    span = month_range(period)
    return {c.name: c for c in quantities(recorded_history(record, ended(steps, span), span))}


def as_text(cases):
    """The values of some quantities to two digits; a dash if there is no case."""
    return NONE if not cases[0].values else "/".join(f"{c.value:.2f}" for c in cases)


@pytest.mark.parametrize(
    ("period", "side", "shares"),
    [
        (WAR, "Washington", "0.42/0.38/0.19"),
        (WAR, "Beijing", "0.23/0.50/0.27"),
        (PLATEAU, "Washington", "0.38/0.60/0.02"),
        (PLATEAU, "Beijing", "0.21/0.79/0.00"),
        (YEAR, "Washington", "0.50/0.17/0.33"),
        (YEAR, "Beijing", "0.50/0.25/0.25"),
        (ALL, "Washington", "0.41/0.49/0.10"),
        (ALL, "Beijing", "0.25/0.65/0.10"),
    ],
)
def test_shares_of_months(shipped, steps, period, side, shares):
    cases = measured(shipped, steps, period)
    assert as_text([cases[f"{side} {does}"] for does in DOES]) == shares


@pytest.mark.parametrize(
    ("period", "side", "rows", "numbers"),
    [
        (WAR, "Beijing", ["0.55/0.36/0.09", "0.00/0.80/0.20", "0.00/0.20/0.80"], [11, 10, 5]),
        (WAR, "Washington", ["1.00/0.00/0.00", "0.31/0.62/0.08", "0.14/0.29/0.57"], [6, 13, 7]),
        (PLATEAU, "Beijing", ["0.27/0.73/0.00", "0.17/0.83/0.00", "0.00/1.00/0.00"], [22, 35, 1]),
        (PLATEAU, "Washington", ["0.50/0.50/0.00", "0.35/0.63/0.02", NONE], [12, 46, 0]),
        (YEAR, "Beijing", ["0.83/0.17/0.00", "0.50/0.00/0.50", "0.00/0.50/0.50"], [6, 2, 4]),
        (YEAR, "Washington", ["0.83/0.17/0.00", "0.33/0.00/0.67", "0.00/0.33/0.67"], [6, 3, 3]),
        (ALL, "Beijing", ["0.44/0.54/0.03", "0.15/0.79/0.06", "0.00/0.40/0.60"], [39, 47, 10]),
        (ALL, "Washington", ["0.71/0.29/0.00", "0.34/0.60/0.06", "0.10/0.30/0.60"], [24, 62, 10]),
    ],
)
def test_reactions_in_the_same_month(shipped, steps, period, side, rows, numbers):
    """Rows by the partner's move: escalate, hold, relax."""
    partner = {"Washington": "Beijing", "Beijing": "Washington"}[side]
    cases = measured(shipped, steps, period)
    table = [[cases[f"{side} {does} when {partner} {move}"] for does in DOES] for move in DOES]
    assert [as_text(row) for row in table] == rows
    assert [len(row[0].values) for row in table] == numbers


@pytest.mark.parametrize(
    ("period", "answered", "of"), [(WAR, 8, 11), (PLATEAU, 6, 21), (YEAR, 6, 6), (ALL, 21, 39)]
)
def test_china_escalates_in_the_same_or_the_next_month(shipped, steps, period, answered, of):
    """An escalation in the last month is not counted, for its answer may come after it."""
    name = "Washington's escalating months that Beijing answers in kind by the next month, share"
    values = measured(shipped, steps, period)[name].values
    assert (sum(values), len(values)) == (answered, of)


def test_days_to_an_answer(shipped, steps):
    cases = measured(shipped, steps, ALL)
    beijing, washington = (
        cases[f"{name}'s days to an escalation that answers one, median"] for name in NAMES[::-1]
    )
    assert (len(beijing.values), beijing.value, max(beijing.values)) == (25, 3, 176)
    assert sorted(washington.values) == [0, 0, 4]


@pytest.mark.parametrize(
    ("period", "side", "peak", "share"),
    [
        (WAR, "Washington", 21.04, 0.9025),
        (WAR, "Beijing", 21.84, 0.9574),
        (YEAR, "Washington", 124.77, 0.2571),
        (YEAR, "Beijing", 147.60, 0.0847),
    ],
)
def test_the_ratchet(shipped, steps, period, side, peak, share):
    """Of the rise of 2018 to 2019 nine tenths stayed, of that of 2025 a quarter (month ends)."""
    cases = measured(shipped, steps, period)
    assert cases[f"{side}'s highest tariff at a month's end, per cent"].value == pytest.approx(peak, abs=1e-4)
    left = cases[f"part of the rise of {side}'s tariffs that is left at the end, share"]
    assert left.value == pytest.approx(share, abs=1e-4)


def test_without_a_rise_nothing_is_retained(shipped, steps):
    name = "part of the rise of Washington's tariffs that is left at the end, share"
    assert not measured(shipped, steps, "2025-11:2025-12")[name].values


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


def test_a_record_told_as_acts_is_coded_as_the_record(to_2025, months, steps):
    span = month_range("2018-01:2025-12")
    history = recorded_history(to_2025, ended(steps, span), span)
    assert [c.moves for c in coded_months(list(history.acts), span)] == [
        c.moves for c in months if c.month in span
    ]


def test_a_truce_needs_both_sides_one_of_them_gravely_and_ends_with_a_grave_escalation():
    war = act("2025-01-01", 0)
    ease = [act("2025-02-01", 0, "relax"), act("2025-02-20", 1, "relax", 1)]
    (found,) = truces_of((war, *ease))
    assert (found.day - found.since, found.until) == (50, NEVER)
    assert found.day == ease[1].day
    (found,) = truces_of((war, *ease, act("2025-03-01", 1, severity=2), act("2025-03-10", 1)))
    assert found.until - found.day == 18
    assert not truces_of((war, ease[0], act("2025-02-10", 1), ease[1]))  # a grave act between
    assert not truces_of((war, ease[0], act("2025-04-01", 1, "relax")))  # too far apart
    assert not truces_of((war, *(x._replace(severity=2) for x in ease)))  # none grave
    assert not truces_of((war, ease[0]))  # one side alone


def test_the_shipped_record_has_truces_by_this_definition(shipped, steps):
    span = month_range("2018-01:2025-12")
    found = truces_of(recorded_history(shipped, ended(steps, span), span).acts)
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
    history = simulated_history(played.records[0], severities(source, shipped), span)
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
    found = [simulated_history(life, severity, whole_months(source)) for life in played.records]
    days = {a.day - a.answered for h in found for a in h.acts if a.side == 1 and a.answered}
    assert 2 in days  # Beijing's reaction time
    assert all(gap > 0 for gap in days)


def test_rows_have_values_intervals_and_a_verdict(shipped):
    rows, counts = compare_scenario("spiral_2025", shipped, 20, 0)
    again = compare_scenario("spiral_2025", shipped, 20, 0)
    assert repr(rows) == repr(again.rows)
    assert counts.shape == (21, 2)
    assert tuple(counts[0]) == (
        sum(row.within is False for row in rows),
        sum(row.within is not None for row in rows),
    )
    assert len({(r.group, r.name) for r in rows}) == len(rows)
    for row in rows:
        assert row.record is not None
        if row.runs:
            assert row.simulated.low <= row.simulated.mean <= row.simulated.high
            assert row.single[0] <= row.single[1]
        if not math.isnan(row.record.low):
            assert row.record.low <= row.record.mean <= row.record.high
        assert row.within is None or row.cases > 0


def test_a_period_that_the_record_does_not_cover_has_runs_alone(shipped):
    compared = compare_scenario("busan", shipped, 4, 0)
    assert all(row.record is None and row.within is None for row in compared.rows)
    assert compared.counts is None
    assert joint_tests([compared]) == []


def test_the_page_tells_every_row_and_every_disagreement(shipped):
    found = list(compare_history(6, 1))
    page = history_page(found, threats_count(shipped), 6, 1, "0")
    assert all(f"| | {row.name} |" in page for rows, _ in found for row in rows)
    wrong = [row for rows, _ in found for row in rows if row.within is False]
    assert page.count("on average.") == len(wrong)
    assert "not covered" in page
    document = history_json(found, 6, 1)
    check_json("facts", json.dumps(document))
    assert [test["scenarios"] for test in document["joint"]][1:] == [("phase_one",), ("spiral_2025",)]
    assert len(document["quantities"]) == 3 * 36
    joint = page.index("Could the record be one of these runs?")
    assert joint < page.index("Every quantity")
    assert page.count("p = ") == 3  # of both scenarios together, and of each


def test_threats_weigh_in_the_record_s_months(to_2025):
    changed, of = threats_count(to_2025)
    assert 0 < changed < of
    assert len(months_by_score(to_2025)) == 96
