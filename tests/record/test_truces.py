"""Truces of the record, and how long they lasted."""

from datetime import date

from sim.record.events import Record
from sim.record.truces import truces


def test_the_truces_of_the_record(to_2025: Record) -> None:
    assert [(t.measure, t.begins.isoformat(), t.lasted, str(t.ends)) for t in truces(to_2025)] == [
        ("us_cn_may2018_statement", "2018-05-19", 10, "2018-05-29"),
        ("truce_buenos_aires", "2018-12-01", 155, "2019-05-05"),
        ("truce_osaka", "2019-06-29", 33, "2019-08-01"),
        ("phase_one", "2019-10-11", 200, "2020-04-28"),
        ("truce_geneva", "2025-05-12", 1, "2025-05-13"),
        ("london_framework", "2025-06-10", 111, "2025-09-29"),
        ("truce_busan", "2025-10-30", 62, "None"),
    ]


def test_a_truce_that_is_kept_lasts_to_the_end_of_the_record(to_2025: Record) -> None:
    busan = truces(to_2025)[-1]
    assert busan.ends is None
    assert busan.lasted == (date(2025, 12, 31) - date(2025, 10, 30)).days


def test_threats_may_be_let_pass(to_2025: Record) -> None:
    may = truces(to_2025, threats=False)[0]
    assert (may.lasted, str(may.ends)) == (27, "2018-06-15")


def test_lesser_meetings_count_if_they_are_asked_for(to_2025: Record) -> None:
    assert {"woodside", "madrid_tiktok"} <= {t.measure for t in truces(to_2025, grave=1)}


def test_one_side_alone_makes_no_truce(to_2025: Record) -> None:
    americans = tuple(event for event in to_2025.events if event.actor == "US")
    assert not truces(to_2025._replace(events=americans))


def test_the_truce_of_busan_ends_in_the_whole_record_by_the_duty_that_only_restored_its_level(
    shipped: Record,
) -> None:
    """Truces are read from acts by their severity, which does not know that a level was only restored."""
    last = [(t.measure, t.lasted, str(t.ends)) for t in truces(shipped)[-3:]]
    assert last == [
        ("truce_busan", 113, "2026-02-20"),
        ("beijing_summit", 17, "2026-06-01"),
        ("washington_summit", 14, "None"),
    ]
