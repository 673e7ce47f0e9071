"""The shipped record, and files of the same columns."""

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.errors import EvidenceError
from sim.record.events import SHIPPED, KindOfMove, Record, RecordedMove, coverage, covered_months, record
from sim.record.months import month_name, month_number, month_range

PLAIN = {
    "id": "US180122",
    "date_announced": "2018-01-22",
    "date_effective": "2018-02-07",
    "actor": "US",
    "instrument": "tariff",
    "measure": "us_washers",
    "move": "escalate",
    "intensity": "30",
    "intensity_unit": "pp",
    "covered_trade_usd_bn": "10",
    "expires_on": "",
    "responds_to": "",
    "evidence": "known",
    "source": "",
    "note": "solar, and washers",
    "severity": "2",
    "ann_date_basis": "known",
}
ANSWER = PLAIN | {"id": "CN180204", "actor": "CN", "date_announced": "2018-02-04", "responds_to": "US180122"}
LATER = PLAIN | {"id": "US180308", "date_announced": "2018-03-08"}


def written(folder: Path, *rows: dict[str, str], columns: tuple[str, ...] = RecordedMove._fields) -> Path:
    path = folder / "mine.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_the_record_has_225_moves_of_105_months_and_a_part_of_one(shipped: Record, to_2025: Record) -> None:
    assert (len(shipped.events), len(to_2025.events)) == (225, 189)
    assert Counter(event.actor for event in to_2025.events) == {"US": 111, "CN": 78}
    assert {event.move for event in shipped.events} == set(get_args(KindOfMove))
    assert [month_name(m) for m in covered_months(shipped)][::105] == ["2018-01", "2026-10"]
    parts = [coverage(shipped, month) for month in covered_months(shipped)]
    assert (set(parts[:-1]), parts[-1]) == ({"full"}, "partial_to_2026-10-08")


def test_nothing_in_the_record_was_announced_after_the_day_on_which_its_pages_were_read(
    shipped: Record,
) -> None:
    assert max(event.date_announced for event in shipped.events) <= shipped.through == date(2026, 10, 8)


def test_a_row_keeps_all_its_cells(tmp_path: Path) -> None:
    (event,) = record(written(tmp_path, PLAIN)).events
    read = {name: "" if value is None else str(value) for name, value in event._asdict().items()}
    assert read == PLAIN | {"intensity": "30.0", "covered_trade_usd_bn": "10.0"}


def test_other_columns_their_order_and_spaces_do_not_matter(tmp_path: Path) -> None:
    path = written(
        tmp_path, PLAIN | {"actor": " US ", "mine": "x"}, columns=("mine", *RecordedMove._fields[::-1])
    )
    assert record(path).events == record(written(tmp_path, PLAIN)).events


def test_a_file_covers_the_months_from_its_first_row_to_its_last(tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN, LATER)
    read = record(path)
    assert (read.since, read.through) == (date(2018, 1, 1), date(2018, 3, 31))
    assert [coverage(read, month) for month in covered_months(read)] == ["full"] * 3  # none in February
    with pytest.raises(EvidenceError, match=r"mine\.csv: expected rows for 2018-04, .* 2018-01 to 2018-03"):
        coverage(read, month_number("2018-04"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"actor": "EU"}, "actor: expected 'US' or 'CN', got 'EU'"),
        ({"actor": ""}, "actor: expected 'US' or 'CN', got nothing"),
        ({"move": "Escalate"}, "move: expected 'escalate', .* or 'extension', got 'Escalate'"),
        ({"date_announced": "8 March"}, "date_announced: expected a date such as 2026-03-02, got '8 March'"),
        ({"date_announced": ""}, "date_announced: expected a date such as 2026-03-02, got nothing"),
        ({"date_effective": "2018-02-30"}, "date_effective: expected a date .*, got '2018-02-30'"),
        ({"date_effective": "20180308"}, "date_effective: expected a date .*, got '20180308'"),
        ({"date_announced": "2018-02-03"}, "expected 2018-02-04 or later, as in the row before, got"),
        ({"date_announced": "2081-03-08"}, "expected at most 12 months without a row before it .*2018-02-04"),
        ({"expires_on": "2018-03-07"}, "expires_on: expected a date from 2018-03-08 on, got '2018-03-07'"),
        ({"severity": "6"}, "severity: expected at most 5, got '6'"),
        ({"severity": "0"}, "severity: expected at least 1, got '0'"),
        ({"severity": "2.5"}, "severity: expected a whole number, got '2.5'"),
        ({"severity": ""}, "severity: expected a whole number, got nothing"),
        ({"severity": "nan"}, "severity: expected a whole number, got 'nan'"),
        ({"intensity": "much"}, "intensity: expected a number, got 'much'"),
        ({"intensity_unit": "per cent"}, "intensity_unit: expected pp or ord1-5, got 'per cent'"),
        ({"intensity_unit": "ord1-5"}, "intensity: expected a number from 1 to 5, for its unit is ord1-5"),
        ({"covered_trade_usd_bn": "-1"}, "covered_trade_usd_bn: expected at least 0.0, got '-1'"),
        ({"evidence": "hearsay"}, "evidence: expected 'source' or 'known', got 'hearsay'"),
        ({"measure": "a measure"}, "measure: expected letters, digits and underscores .*, got 'a measure'"),
        ({"responds_to": "CN180205"}, "responds_to: expected the id of a row, .*; did you mean CN180204"),
        ({"responds_to": "US180122"}, "responds_to: expected a row of the partner of US, got 'US180122'"),
        ({"id": "CN180204"}, "id: expected an id of its own, got the one of row 3"),
    ],
)
def test_a_cell_that_cannot_be_is_named_with_its_row(
    tmp_path: Path, change: dict[str, str], why: str
) -> None:
    path = written(tmp_path, PLAIN, ANSWER, LATER | change)
    with pytest.raises(EvidenceError, match=rf"^mine\.csv: row 4 \((US180308|CN180204)\): .*{why}"):
        record(path)


def test_an_answer_does_not_come_before_what_it_answers(tmp_path: Path) -> None:
    path = written(tmp_path, ANSWER | {"responds_to": "US180308"}, LATER)
    with pytest.raises(EvidenceError, match=r"row 2 \(CN180204\): responds_to: .* of 2018-02-04 or before"):
        record(path)


def test_two_answers_of_one_day_may_stand_in_any_order(tmp_path: Path) -> None:
    answer = ANSWER | {"date_announced": "2018-01-22"}
    assert len(record(written(tmp_path, answer, PLAIN)).events) == 2


@pytest.mark.parametrize("column", RecordedMove._fields)
def test_a_column_that_is_not_there_is_named(tmp_path: Path, column: str) -> None:
    others = tuple(name for name in RecordedMove._fields if name != column)
    with pytest.raises(EvidenceError, match=rf"^mine\.csv: expected the column {column}, got none"):
        record(written(tmp_path, PLAIN, columns=others))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "expected a header and at least one row, got an empty file"),
        (
            ",".join(RecordedMove._fields).encode(),
            "expected a header and at least one row, got only the header",
        ),
        (b"id,moves\n1,2\n", "expected the column date_announced, .*ann_date_basis, got none"),
        (",".join((*RecordedMove._fields, "id")).encode(), "expected each column once, got 'id' twice"),
        (b"\xff\xfe", "expected UTF-8 text, got byte 0 that is not"),
        (",".join(RecordedMove._fields).encode() + b"\n1,2\n", "row 2: expected 17 cells, got 2"),
        (b'id,"a"b\n', "row 1: expected CSV"),
    ],
)
def test_a_file_that_is_no_record_is_refused(tmp_path: Path, text: bytes, why: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(text)
    with pytest.raises(EvidenceError, match=rf"^mine\.csv: {why}"):
        record(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"none\.csv: cannot be read: No such file"):
        record(tmp_path / "none.csv")
    with pytest.raises(EvidenceError, match="cannot be read"):
        record(tmp_path)


@given(st.data())
def test_a_spoilt_cell_is_refused_or_read_and_never_fails_otherwise(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    lines = [PLAIN, ANSWER, LATER]
    spoilt = data.draw(st.integers(0, 2))
    column = data.draw(st.sampled_from(RecordedMove._fields))
    odd = st.one_of(
        st.text(max_size=12), st.sampled_from(["nan", "1e999", "-0", "2018-1-1", "0000-00-00", "٣"])
    )
    lines[spoilt] = lines[spoilt] | {column: data.draw(odd)}
    path = written(tmp_path_factory.mktemp("spoilt"), *lines)
    try:
        assert 1 <= len(record(path).events) <= 3
    except EvidenceError as error:
        assert str(error).startswith("mine.csv: row ")


def test_the_shipped_file_with_a_month_more_is_read(tmp_path: Path) -> None:
    more = PLAIN | {"id": "US261105", "date_announced": "2026-11-05", "date_effective": ""}
    path = tmp_path / "longer.csv"
    row = ",".join(f'"{more[name]}"' for name in RecordedMove._fields)
    path.write_text(SHIPPED.read_text("utf-8") + row + "\n", "utf-8")
    assert covered_months(record(path)) == month_range("2018-01:2026-11")


def test_months_are_numbers_in_a_row() -> None:
    names = [month_name(month) for month in month_range("2018-11:2019-02")]
    assert names == ["2018-11", "2018-12", "2019-01", "2019-02"]
    assert list(month_range("2025-03")) == [month_number("2025-03")]


@pytest.mark.parametrize("text", ["2025-13", "2025", "25-01", "2025-1", "", "2025-02:2025-01", "2025-01:no"])
def test_months_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(EvidenceError, match="expected"):
        month_range(text)


def test_every_answer_of_the_record_comes_within_half_a_year(shipped: Record) -> None:
    by_id = {event.id: event for event in shipped.events}
    for event in shipped.events:
        if event.responds_to:
            waited = event.date_announced - by_id[event.responds_to].date_announced
            assert timedelta(0) <= waited <= timedelta(days=183), event.id
