"""Parts of Markdown pages: tables, lists and paragraphs."""

from collections.abc import Iterable, Sequence


def table(columns: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table.

    Args:
        columns: a letter for each: l for text, r for numbers.
        head: what stands above each.
        rows: cells of each, as Markdown; what a row lacks is empty.
    """
    line = "|" + "|".join("---:" if column == "r" else "---" for column in columns) + "|"
    return "\n".join([_row(head), line, *(_row([*row, *[""] * (len(columns) - len(row))]) for row in rows)])


def _row(cells: Iterable[str]) -> str:
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


def bullets(lines: Iterable[str], none: str = "") -> str:
    """Lines as a list; if there are none, what is said instead."""
    return "\n".join(f"- {line}" for line in lines) or (f"- {none}" if none else "")


def page(parts: Iterable[str]) -> str:
    """Parts as paragraphs of a page, without those that are empty."""
    return "\n\n".join(part for part in parts if part) + "\n"
