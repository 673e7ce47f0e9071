"""`snapback theory`: the numbers of theory beside what the code gives, and pictures of the simulator."""

from pathlib import Path
from typing import Annotated

import typer


def theory(
    figures: Annotated[
        bool,
        typer.Option("--figures", help="Draw the simulator against theory: half a minute."),
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Folder of the figures; results/theory else.")
    ] = None,
) -> None:
    """Compute every benchmark of theory anew: name, source, expected, got, tolerance, pass.

    Exits with 1 if one fails.

    Examples:

        snapback theory

        snapback theory --figures --out pictures
    """
    if figures:
        _figures(out or Path("results") / "theory")
    elif out is not None:
        raise typer.BadParameter("--out goes with --figures")
    else:
        _table()


def _figures(folder: Path) -> None:
    from sim.domain.errors import ResultsError
    from sim.reports.validation.theory_figures import draw_theory

    try:
        paths = draw_theory(folder)
    except OSError as error:
        raise ResultsError(f"{folder}: cannot be written: {error.strerror or error}") from None
    typer.echo(f"Written to {folder}: {', '.join(path.name for path in paths)}.")


def _table() -> None:
    from sim.cli.terminal import print_table
    from sim.validation.theory import benchmarks

    found = benchmarks()
    rows = [
        [
            b.name,
            b.source,
            f"{b.expected:.6f}",
            f"{b.got:.6f}",
            f"{b.tolerance:g}",
            "pass" if b.passed else "FAIL",
        ]
        for b in found
    ]
    print_table("Theory", ["benchmark", "source", "expected", "got", "tolerance", ""], rows)
    failed = sum(not b.passed for b in found)
    typer.echo(f"{len(found) - failed} of {len(found)} pass.")
    if failed:
        raise typer.Exit(1)
