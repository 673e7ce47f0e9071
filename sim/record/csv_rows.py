"""A CSV file to rows that know where they stand, and its cells to checked values."""

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sim.domain.errors import EvidenceError
from sim.scenarios.load import read_text
from sim.scenarios.messages import EXPECTED, did_you_mean, plain, quoted

LARGEST = 20_000_000  # bytes; the record of eight years has 50,000


class CsvRow(NamedTuple):
    """A row of a file, its cells by column."""

    file: str  # name of the file
    number: int  # line of the file that the row ends on, the header's being 1
    cells: dict[str, str]  # text by column, without the spaces around it


def rows(path: Path, columns: Sequence[str]) -> list[CsvRow]:
    """The rows of a CSV file in UTF-8 that has at least these columns; others are left alone."""
    text = read_text(path, LARGEST, EvidenceError)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows_read: list[CsvRow] = []
    header: list[str] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = [cell.strip() for cell in cells]
                _check_header(path, header, columns)
                continue
            if len(cells) != len(header):
                raise EvidenceError(
                    f"{path.name}: row {reader.line_num}: expected {len(header)} cells, got {len(cells)} "
                    "(a text with a comma stands in quotes)"
                )
            stripped = (cell.strip() for cell in cells)
            rows_read.append(CsvRow(path.name, reader.line_num, dict(zip(header, stripped, strict=True))))
    except csv.Error as error:
        raise EvidenceError(f"{path.name}: row {reader.line_num}: expected CSV: {error}") from None
    if not rows_read:
        got = "only the header" if header else "an empty file"
        raise EvidenceError(f"{path.name}: expected a header and at least one row, got {got}")
    return rows_read


def fault(row: CsvRow, column: str, expected: str, got: str = "") -> EvidenceError:
    """The error of one cell: file, row, its id where it has one, column, what was expected, what there is."""
    name = row.cells.get("id", "")
    place = f"{row.file}: row {row.number}{f' ({plain(name)})' if name else ''}: {column}"
    cell = quoted(row.cells[column]) if row.cells[column] else "nothing"
    return EvidenceError(f"{place}: expected {expected}, got {got or cell}")


def word(row: CsvRow, column: str, choices: Iterable[str]) -> str:
    """A cell that must be one of the known words."""
    text, words = row.cells[column], list(choices)
    if text not in words:
        alternatives = did_you_mean(text, words) if text else f"expected one of {', '.join(words)}"
        raise EvidenceError(f"{fault(row, column, 'a known word')}; {alternatives}")
    return text


def key(row: CsvRow, column: str) -> str:
    """A cell that must be a name: letters, digits and underscores."""
    text = row.cells[column]
    if not re.fullmatch(r"[A-Za-z0-9_]{1,60}", text):
        raise fault(row, column, "letters, digits and underscores such as US180122")
    return text


def day(row: CsvRow, column: str) -> date:
    """A cell that must be a date."""
    text = row.cells[column]
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise fault(row, column, EXPECTED["date_type"])


def number(row: CsvRow, column: str, low: float = -math.inf, high: float = math.inf) -> float:
    """A cell that must be a finite number from `low` to `high`."""
    try:
        value = float(row.cells[column])
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise fault(row, column, EXPECTED["float_type"])
    if not low <= value <= high:
        bounds = f"from {low:g} to {high:g}" if high < math.inf else f"of at least {low:g}"
        raise fault(row, column, f"a number {bounds}")
    return value


def _check_header(path: Path, header: list[str], columns: Sequence[str]) -> None:
    missing = [column for column in columns if column not in header]
    if missing:
        others = [column for column in header if column not in columns]
        near = did_you_mean(missing[0], others) if others else "the others are there"
        hint = f"; {near}" if near.startswith("did you") else ""
        raise EvidenceError(f"{path.name}: expected the column {', '.join(missing)}, got none{hint}")
    twice = sorted({column for column in header if column and header.count(column) > 1})
    if twice:
        raise EvidenceError(f"{path.name}: expected each column once, got {quoted(twice[0])} twice")
