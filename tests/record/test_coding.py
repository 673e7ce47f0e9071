"""The monthly coding gives back what is shipped, and its choices do what they say."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.constants import ESCALATE, HOLD, RELAX
from sim.record.coding import (
    OUTSIDE,
    CodedMonth,
    Scoring,
    full_months,
    monthly_table,
    months_by_legal_acts,
    months_by_score,
    withdrawn,
)
from sim.record.events import SHIPPED, Record, RecordedMove, record
from sim.record.months import month_name, month_number, month_range
from sim.record.tariffs import TariffStep

laws = settings(max_examples=100)


def event(move: str, severity: int = 3, announced: str = "2020-01-10", **more: object) -> RecordedMove:
    first = record_of().events[0]
    plain = first._replace(
        id=f"{move}{severity}{announced}",
        date_announced=date.fromisoformat(announced),
        date_effective=None,
        move=move,
        severity=severity,
        measure="us_thing",
    )
    return plain._replace(**more)  # type: ignore[arg-type]


def record_of(*events: RecordedMove) -> Record:
    if not events:
        return record()
    return Record(events, "made.csv", date(2020, 1, 1), date(2020, 12, 31))


def us(coded: list[CodedMonth]) -> list[int]:
    return [month.moves[0] for month in coded]


def test_the_shipped_table_is_given_back_to_the_byte(shipped: Record, steps: tuple[TariffStep, ...]) -> None:
    table = monthly_table(shipped, steps).to_csv(index=False, lineterminator="\n")
    assert table.splitlines() == (SHIPPED.parent / "monthly_moves.csv").read_text("utf-8").splitlines()


def test_a_month_without_rows_is_a_hold(months: list[CodedMonth]) -> None:
    quiet = [coded for coded in months if coded.rows == (0, 0)]
    assert {coded.moves for coded in quiet} == {(HOLD, HOLD)}
    assert len(quiet) == 31
    assert month_name(quiet[0].month) == "2018-11"


def test_only_covered_months_are_coded(shipped: Record) -> None:
    shorter = shipped._replace(through=date(2026, 2, 14))
    coded = months_by_score(shorter)
    assert [month.month for month in coded] == list(month_range("2018-01:2026-02"))
    assert [month.coverage for month in coded[-2:]] == ["full", "partial_to_2026-02-14"]
    assert [month.month for month in full_months(coded)] == list(month_range("2018-01:2026-01"))


@pytest.mark.parametrize(
    ("events", "move"),
    [
        ([event("escalate", 2)], ESCALATE),
        ([event("escalate", 1)], HOLD),
        ([event("relax", 2)], RELAX),
        ([event("threat", 2)], HOLD),
        ([event("threat", 3)], ESCALATE),
        ([event("agreement", 3)], RELAX),
        ([event("extension", 5), event("hold", 5)], HOLD),
        ([event("escalate", 3), event("relax", 3)], HOLD),
        ([event("escalate", 3), event("agreement", 3)], ESCALATE),
    ],
)
def test_a_month_is_the_sum_of_its_rows(events: list[RecordedMove], move: int) -> None:
    assert us(months_by_score(record_of(*events)))[0] == move


def test_legal_acts_count_by_the_gravest_and_ties_hold() -> None:
    acts = [event("escalate", 2), event("relax", 4)]
    assert us(months_by_legal_acts(record_of(*acts)))[0] == RELAX
    assert us(months_by_legal_acts(record_of(*acts, event("escalate", 4))))[0] == HOLD
    assert us(months_by_legal_acts(record_of(event("escalate", 1))))[0] == HOLD
    assert us(months_by_legal_acts(record_of(event("escalate", 1)), least_severity=1))[0] == ESCALATE
    assert us(months_by_legal_acts(record_of(event("threat", 5), event("agreement", 4))))[0] == HOLD


def test_legal_acts_count_when_they_take_effect_but_never_before_they_are_announced() -> None:
    later = event("escalate", date_effective=date(2020, 3, 1))
    assert us(months_by_legal_acts(record_of(later)))[:3] == [HOLD, HOLD, ESCALATE]
    backdated = event("relax", announced="2020-02-10", date_effective=date(2019, 10, 1))
    assert us(months_by_legal_acts(record_of(backdated)))[:2] == [HOLD, RELAX]
    beyond = event("escalate", date_effective=date(2021, 3, 1))
    assert set(us(months_by_legal_acts(record_of(beyond)))) == {HOLD}


def test_acts_withdrawn_before_they_took_effect_are_three(shipped: Record) -> None:
    assert withdrawn(shipped.events) == {"US190823", "US250113", "CN251009a"}


def test_an_act_is_withdrawn_only_by_its_own_side_and_before_its_day() -> None:
    act = event("escalate", date_effective=date(2020, 3, 1))
    assert withdrawn([act, event("relax", announced="2020-02-28")]) == {act.id}
    assert not withdrawn([act, event("relax", announced="2020-03-01")])
    assert not withdrawn([act, event("relax", announced="2020-02-28", actor="CN")])
    assert not withdrawn([act, event("relax", announced="2020-02-28", measure="us_other")])
    assert not withdrawn([event("relax", announced="2020-01-09"), act])


@pytest.mark.parametrize("instrument", OUTSIDE)
def test_rulings_and_statutes_that_end_are_nobodys_month_unless_they_are_asked_for(instrument: str) -> None:
    nobodys = record_of(event("relax", 5, instrument=instrument))
    assert us(months_by_score(nobodys))[0] == us(months_by_legal_acts(nobodys))[0] == HOLD
    assert us(months_by_score(nobodys, Scoring(without=())))[0] == RELAX
    assert us(months_by_legal_acts(nobodys, without=()))[0] == RELAX


def test_february_2026_is_an_escalation_and_not_the_ruling_s_relaxation(months: list[CodedMonth]) -> None:
    february = next(coded for coded in months if coded.month == month_number("2026-02"))
    assert february.moves == (ESCALATE, HOLD)
    assert february.rows[0] == 1  # Section 122 without the ruling of the same day


def test_the_month_of_effect_may_count_instead() -> None:
    later = record_of(event("escalate", date_effective=date(2020, 3, 1)))
    assert us(months_by_score(later, Scoring(effect=True)))[:3] == [HOLD, HOLD, ESCALATE]


@laws
@given(st.integers(0, 4), st.floats(0.5, 60), st.floats(0, 2))
def test_a_higher_threshold_only_turns_moves_into_holds(power: int, threshold: float, threat: float) -> None:
    low = us(months_by_score(record_of(), Scoring(threshold, threat=threat, power=power)))
    high = us(months_by_score(record_of(), Scoring(threshold * 1.5, threat=threat, power=power)))
    assert all(b in (a, HOLD) for a, b in zip(low, high, strict=True))


def test_a_coded_month_shows_what_its_code_rests_on(months: list[CodedMonth]) -> None:
    april = next(coded for coded in months if coded.month == month_number("2025-04"))
    assert (april.moves, april.scores, april.rows) == ((ESCALATE, ESCALATE), (77, 95), (6, 5))
