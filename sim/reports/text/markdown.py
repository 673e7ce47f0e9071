"""Texts in Markdown, and the tables that a terminal prints between sentences."""

Table = tuple[str, list[str], list[list[str]]]  # title, columns, rows
Part = str | Table  # of what a terminal prints


class Markdown(str):
    """A text in Markdown that a notebook shows as a page, and Python without quotation marks."""

    __slots__ = ()
    __repr__ = str.__str__
    _repr_markdown_ = str.__str__
