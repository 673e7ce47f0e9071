"""How the faces print: Markdown for people, wide enough for tables when nobody watches."""

import sys

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

WIDTH = 110  # columns where the output is no terminal
NAME = 40  # letters of a first cell, and
SHORT = 12  # of another, that are not folded


def console() -> Console:
    """A console as wide as the terminal, or WIDTH."""
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else WIDTH, highlight=False)


def print_markdown(text: str) -> None:
    """Print Markdown as people read it."""
    console().print(Markdown(text))


def print_table(title: str, columns: list[str], rows: list[list[str]]) -> None:
    """Print a table; cells fold, none is cut."""
    table = Table(title=Text(title), title_justify="left", show_lines=False)
    for place, column in enumerate(columns):
        longest = max((len(row[place]) for row in rows), default=0)
        table.add_column(column, overflow="fold", no_wrap=longest <= (NAME if place == 0 else SHORT))
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console().print(table)
