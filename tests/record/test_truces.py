"""Truces of the record, how long they lasted and what they left of the tariffs."""

from datetime import date

import pytest

from sim.domain.errors import EvidenceError
from sim.record.events import Record
from sim.record.months import month_range
from sim.record.tariffs import TariffStep
from sim.record.truces import ratchet, truces


def test_the_truces_of_the_record(shipped: Record) -> None:
    assert [(t.measure, t.begins.isoformat(), t.lasted, t.ended_by) for t in truces(shipped)] == [
        ("us_cn_may2018_statement", "2018-05-19", 10, "US180529"),
        ("truce_buenos_aires", "2018-12-01", 155, "US190505"),
        ("truce_osaka", "2019-06-29", 33, "US190801"),
        ("phase_one", "2019-10-11", 200, "US200428"),
        ("truce_geneva", "2025-05-12", 1, "US250513"),
        ("london_framework", "2025-06-10", 111, "US250929"),
        ("truce_busan", "2025-10-30", 62, ""),
    ]


def test_a_truce_that_is_kept_lasts_to_the_end_of_the_record(shipped: Record) -> None:
    busan = truces(shipped)[-1]
    assert busan.ends is None
    assert busan.lasted == (date(2025, 12, 31) - date(2025, 10, 30)).days


def test_truces_come_soon_after_a_grave_escalation(shipped: Record) -> None:
    assert [t.since_escalation for t in truces(shipped)] == [33, 74, 45, 4, 25, 13, 20]


def test_threats_may_be_let_pass(shipped: Record) -> None:
    may = truces(shipped, threats=False)[0]
    assert (may.lasted, may.ended_by) == (27, "US180615")


def test_lesser_meetings_count_if_they_are_asked_for(shipped: Record) -> None:
    assert {"woodside", "madrid_tiktok"} <= {t.measure for t in truces(shipped, grave=1)}


def test_one_side_alone_makes_no_truce(shipped: Record) -> None:
    americans = tuple(event for event in shipped.events if event.actor == "US")
    assert not truces(shipped._replace(events=americans))


def test_the_ratchet(steps: tuple[TariffStep, ...]) -> None:
    """Of the rise of 2018 to 2019 nine tenths stayed, of that of 2025 a quarter (month ends)."""
    washington, beijing = ratchet(steps, month_range("2018-01:2020-02"))
    assert washington == pytest.approx((3.09, 21.04, 19.29, 0.9025), abs=1e-4)
    assert beijing == pytest.approx((7.99, 21.84, 21.25, 0.9574), abs=1e-4)
    washington, beijing = ratchet(steps, month_range("2025-01:2025-12"))
    assert washington == pytest.approx((20.74, 124.77, 47.49, 0.2571), abs=1e-4)
    assert beijing == pytest.approx((21.17, 147.60, 31.88, 0.0847), abs=1e-4)


def test_without_a_rise_nothing_is_retained(steps: tuple[TariffStep, ...]) -> None:
    with pytest.raises(EvidenceError, match=r"tariffs that rise above their first 47\.49"):
        ratchet(steps, month_range("2025-11:2025-12"))
