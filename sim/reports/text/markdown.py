"""Tables: of Markdown pages, and those that a terminal prints between sentences."""

from collections.abc import Iterable, Sequence

Table = tuple[str, list[str], list[list[str]]]  # title, columns, rows
Part = str | Table  # of what a terminal prints


class Markdown(str):
    """A text in Markdown that a notebook shows as a page, and Python without quotation marks."""

    __slots__ = ()
    __repr__ = str.__str__
    _repr_markdown_ = str.__str__


def table(columns: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of rows of cells, as Markdown, under a head; what a row lacks is empty.

    Columns have a letter each: l for text, r for numbers.
    """
    line = "|" + "|".join("---:" if column == "r" else "---" for column in columns) + "|"
    return "\n".join([_row(head), line, *(_row([*row, *[""] * (len(columns) - len(row))]) for row in rows)])


def _row(cells: Iterable[str]) -> str:
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"
