"""`snapback report`: what a study found, as a page with pictures."""

from pathlib import Path
from typing import Annotated

import typer


def report(
    result: Annotated[
        Path, typer.Argument(metavar="RESULT", help="A folder that snapback study has written.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Folder of page and pictures; that of the results if not given."
        ),
    ] = None,
    markdown: Annotated[
        Path | None,
        typer.Option(
            "--markdown",
            metavar="FILE",
            help="Write a short Markdown page instead, its pictures in a folder of its name beside it.",
        ),
    ] = None,
) -> None:
    """Write what a study found: one HTML page, and its pictures as PNGs.

    The folder is all it needs. Of an unfinished study it tells what is there,
    and says in every picture what is not.

    Examples:

        snapback report results/studies/sunset_beliefs

        snapback report results/studies/sunset_beliefs --markdown results/sunset_beliefs.md
    """
    from sim.reports.study.report_writer import write_report

    if out is not None and markdown is not None:
        raise typer.BadParameter("--out and --markdown do not go together")
    done = write_report(result, out, markdown)
    if done.missing:
        typer.echo(done.missing)
    typer.echo(f"Written: {done.page}, with {done.pictures} pictures.")
