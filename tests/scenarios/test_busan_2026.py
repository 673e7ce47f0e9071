"""The world of 26 November 2026: the record's averages, its dates, and nothing that is gone."""

from datetime import date

import pytest

import sim
from sim.record.events import named_in, record
from sim.record.tariffs import step_on, tariff_steps

TODAY = sim.scenario("busan_2026")
MEASURES = {m.id: m for m in TODAY.measures}


def test_average_tariffs_of_the_first_morning_are_those_of_the_record():
    life = sim.TradeModel(TODAY, rng=1, until=TODAY.start).run().record
    step = step_on(tariff_steps(), TODAY.start)
    assert [100 * rate for rate in life.tariffs[0][1:3]] == pytest.approx([36.5, 31.0], abs=0.05)
    assert (step.us_avg_tariff_on_cn, step.cn_avg_tariff_on_us) == (36.5, 31.0)


def test_the_emergency_duties_are_gone_and_a_section_301_duty_stands_in_their_place():
    assert not [m.id for m in TODAY.measures if "IEEPA" in m.basis]
    duty = MEASURES["us_s301_forced_labour"]
    assert (duty.status, duty.number("level"), duty.number("coverage")) == ("in_force", 0.125, 1.0)


def test_the_truce_stands_to_10_january_and_the_metals_to_tomorrow():
    ends = {m.id: m.until for m in TODAY.measures if m.status == "suspended"}
    assert {k for k, day in ends.items() if day == date(2026, 11, 27)} == {
        "cn_ga_ge_sb_ban",
        "cn_graphite_checks",
    }
    assert {day for day in ends.values() if day != date(2026, 11, 27)} == {
        date(2027, 1, 10),
        date(2028, 12, 31),
    }
    assert set(TODAY.deals[0].members) <= set(MEASURES)


def test_every_row_that_a_measure_names_is_in_the_record_and_known_by_then():
    rows = {e.id: e for e in record().events}
    named = [row for m in TODAY.measures for row in named_in(m)]
    assert all(row in rows for row in named)
    assert any(row.startswith("US26") for row in named) and any(row.startswith("CN26") for row in named)


def test_beijing_decides_on_the_ban_before_it_comes_back_by_itself():
    life = sim.TradeModel(TODAY, rng=1, until="2026-11-28", strategy="CN=hold").run().record
    ban = list(MEASURES).index("cn_ga_ge_sb_ban")
    assert [m.day for m in life.moves if m.government == 1] == [date(2026, 11, 27).toordinal()]
    assert [date.fromordinal(c.day) for c in life.changes if c.measure == ban] == [date(2026, 11, 28)]
