"""A CSV file to rows that know where they stand, and its cells to checked values."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NamedTuple, TypeVar

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError, WrapValidator

from sim.domain.errors import EvidenceError
from sim.scenarios.load import read_text
from sim.scenarios.messages import WORD, did_you_mean, expected_of, plain, quoted

LARGEST = 20_000_000  # bytes; the record of eight years has 50,000
Kind = TypeVar("Kind")
Word = Annotated[str, StringConstraints(pattern=WORD)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
OrNothing = WrapValidator(lambda text, check: check(text) if text else None)  # of a cell that may be empty


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


def checked(row: CsvRow, kind: TypeAdapter[Kind], columns: Sequence[str]) -> Kind:
    """A row as a kind of tuple, each cell of these columns as its type wants it."""
    try:
        return kind.validate_python({column: row.cells[column] for column in columns})
    except ValidationError as error:
        first = error.errors()[0]
        raise fault(row, str(first["loc"][0]), expected_of(first)) from None


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
