"""`snapback theory`: the code against published results of theory."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import OutFolder, PictureKind


def theory_command(
    figures: Annotated[
        bool, typer.Option("--figures", help="Draw figures of the simulator against theory: half a minute.")
    ] = False,
    out: OutFolder = None,
    kind: PictureKind = "png",
) -> None:
    """Check the code against published results of theory.

    Computes every benchmark and prints name, source, expected value, computed value, tolerance and pass or
    fail; exits with 1 if one fails.

    Examples:

        snapback theory

        snapback theory --figures --out pictures
    """
    if figures:
        _figures(out or Path("results") / "theory", kind)
    elif out is not None or kind != "png":
        raise typer.BadParameter("--out and --format go with --figures")
    else:
        _table()


def _figures(folder: Path, kind: str) -> None:
    from sim.cli.terminal import print_written
    from sim.reports.validation.theory_figures import draw_theory
    from sim.storage.atomic_write import writing

    with writing(folder):
        paths = draw_theory(folder, kind)
    print_written(folder, [path.name for path in paths])


def _table() -> None:
    from sim.cli.terminal import print_table
    from sim.validation.theory.benchmarks import benchmarks

    results = benchmarks()
    rows = []
    for b in results:
        numbers = [f"{b.expected:.6f}", f"{b.computed:.6f}", f"{b.tolerance:g}"]
        rows.append([b.name, b.source, *numbers, "pass" if b.passed else "FAIL"])
    print_table("Theory", ["benchmark", "source", "expected", "got", "tolerance", ""], rows)
    failed = sum(not b.passed for b in results)
    typer.echo(f"{len(results) - failed} of {len(results)} pass.")
    if failed:
        raise typer.Exit(1)
