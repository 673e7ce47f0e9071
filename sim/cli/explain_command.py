"""`snapback explain`: why a government moved."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from sim.domain.errors import ResultsError


def explain(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run.")],
    day: Annotated[str, typer.Argument(metavar="DATE", help="A day, such as 2026-03-05.")],
) -> None:
    """Say in sentences what was due on a day, what each government saw, compared, drew and did.

    Example:

        snapback explain results/runs/busan-1a2b3c4d5e6f 2026-10-11
    """
    from sim.cli.terminal import print_markdown
    from sim.reports.run.explanation import explain_day
    from sim.reports.run.trace import read_trace

    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise ResultsError(f"explain: expected a date as YYYY-MM-DD, got {day!r}") from None
    print_markdown(explain_day(read_trace(run), when))
