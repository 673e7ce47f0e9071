"""`snapback run --runs N`: many runs of a scenario, and how they spread."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from sim.studies.distribution import Distribution, DistributionSpec

TOLD = 8  # measures of a summary; the file has all


def run_many(worlds: "DistributionSpec", out: Path | None, json: bool) -> None:
    """Play many runs, print their spread and write its folder.

    Args:
        worlds: which.
        out: folder for the files.
        json: whether to print one JSON object and no summary.
    """
    from sim.reports.distribution.distribution_folder import (
        FILES,
        OWNER,
        folder_of,
        spread_as_json,
        write_spread,
    )
    from sim.reports.distribution.distribution_text import tell_spread
    from sim.storage.results_folder import check_folder

    folder = folder_of(worlds, out)
    check_folder(folder, FILES, OWNER)
    found = _played(worlds)
    write_spread(found, folder)
    if json:
        typer.echo(spread_as_json(found, folder), nl=False)
        return
    from sim.cli.terminal import print_markdown

    print_markdown(tell_spread(found, TOLD))
    names = ", ".join(sorted(path.name for path in folder.iterdir()))
    typer.echo(f"\nWritten to {folder}: {names}.")


def _played(worlds: "DistributionSpec") -> "Distribution":
    """The spread, with a bar for who watches."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from sim.studies.distribution import spread

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("runs", total=worlds.runs)
        return spread(worlds, lambda done, _: progress.update(bar, completed=done))
