"""`snapback explain`: why a government moved."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import date_of


def explain_command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run.")],
    day: Annotated[str, typer.Argument(metavar="DATE", help="A day, such as 2026-03-05.")],
) -> None:
    """Explain what each government saw, compared and did on a day.

    Example:

        snapback explain results/runs/busan-1a2b3c4d5e6f 2026-10-11
    """
    from sim.cli.terminal import print_markdown
    from sim.reports.run.explanation import day_explanation
    from sim.reports.run.run_folder import read_trace

    when = date_of("DATE", day)
    print_markdown(day_explanation(read_trace(run), when))
