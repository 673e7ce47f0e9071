"""`snapback report`: the results of a study as a page with figures."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import OpenPage, PictureKind, argument, option


def report_command(
    result: Annotated[Path, argument("RESULT", "A folder that snapback study wrote.")],
    out: Annotated[
        Path | None, option("--out", "DIR", "Folder for page and figures; RESULT if not given.")
    ] = None,
    markdown: Annotated[
        Path | None,
        option(
            "--markdown",
            "FILE",
            "Write a short Markdown page instead, its figures in a folder of the same name beside it.",
        ),
    ] = None,
    kind: PictureKind = "png",
    show: OpenPage = False,
) -> None:
    """Write the report of a study: page, figures and tables.

    Only the folder is needed. The report of an unfinished study covers the runs that are there,
    and every figure says what is missing.

    Examples:

        snapback report results/studies/sunset_beliefs

        snapback report results/studies/sunset_beliefs --markdown results/sunset_beliefs.md
    """
    from sim.cli.terminal import open_page, print_written
    from sim.reports.study.study_page import write_report

    if out is not None and markdown is not None:
        raise typer.BadParameter("--out and --markdown do not go together")
    report = write_report(result, out, markdown, kind)
    if report.missing:
        typer.echo(report.missing)
    print_written(f"{report.page}, with {report.pictures} pictures")
    if show:
        open_page(report.page)
