"""How commands print: text, tables and JSON, a progress bar, and where files were written."""

import json
import sys
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sim.storage.provenance import as_json

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 110  # columns where the output is no terminal
NAME = 40  # letters of a first cell, and
SHORT = 12  # of another, that are not folded


def console() -> "Console":
    """A console as wide as the terminal, or WIDTH."""
    from rich.console import Console

    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else WIDTH, highlight=False)


def print_markdown(text: str) -> None:
    """Print Markdown as people read it."""
    from rich.markdown import Markdown

    console().print(Markdown(text))


def print_table(title: str, columns: list[str], rows: list[list[str]]) -> None:
    """Print a table; cells fold, none is cut."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), title_justify="left", show_lines=False)
    for place, column in enumerate(columns):
        longest = max((len(row[place]) for row in rows), default=0)
        table.add_column(column, overflow="fold", no_wrap=longest <= (NAME if place == 0 else SHORT))
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console().print(table)


def print_json(value: Any) -> None:
    """Print a value as a JSON document, and nothing else."""
    text = as_json(value)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:  # JSON can say every sign in ASCII
        text = json.dumps(value, indent=1) + "\n"
    typer.echo(text, nl=False)


def print_message(text: str) -> None:
    """Print what takes long, or what a user should know, beside the results."""
    typer.echo(text, err=True)


def print_written(place: Path | str, names: Iterable[str] | None = None, err: bool = False) -> None:
    """Print where results were written.

    Of a folder its files are listed, all if no names are given; `err` prints it beside results that are JSON.
    """
    if names is None and isinstance(place, Path) and place.is_dir():
        names = sorted(path.name for path in place.iterdir() if path.name[0] != ".")
    listed = ", ".join(names or ())
    typer.echo(f"\nWritten to {place}{': ' if listed else ''}{listed}.", err=err)


def open_page(page: Path) -> None:
    """Open a page in the browser, or say that there is none."""
    if not webbrowser.open(page.resolve().as_uri()):
        print_message(f"No browser could be opened; the page is {page}.")


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar with rate and time left for who watches; the block calls `update(done, total)`."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft
    from rich.text import Text

    class SpeedColumn(ProgressColumn):
        """How many a second."""

        def render(self, task: Task) -> Text:
            """Over the last seconds."""
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.0f} {what}/s" if speed else "")

    err = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), SpeedColumn(), TimeLeft())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:
        bar = bars.add_task(what, total=None)

        def update(completed: int, total: int) -> None:
            begun = bars.tasks[0].total is not None
            change = bars.update if begun else bars.reset  # what was there before counts for no rate
            change(bar, completed=completed, total=total)

        yield update
