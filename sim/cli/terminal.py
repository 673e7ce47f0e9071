"""How the faces print: Markdown for people, wide enough for tables when nobody watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

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


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar with rate and time left for who watches: to be told how much is done, and of how much."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    class SpeedColumn(ProgressColumn):
        """How much is done in a second."""

        def render(self, task: Task) -> Text:
            """Of the last while."""
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.0f} {what}/s" if speed else "")

    err = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), SpeedColumn(), TimeLeft())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:
        bar = bars.add_task(what, total=None)
        begun = False

        def told(done: int, of: int) -> None:
            nonlocal begun
            if begun:
                bars.update(bar, completed=done, total=of)
            else:  # what was there before counts for no rate
                bars.reset(bar, completed=done, total=of)
                begun = True

        yield told
