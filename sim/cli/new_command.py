"""`snapback new`: a file to begin with."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from sim.cli.options import argument, date_of, option

Kind = Literal["strategy", "negotiator", "outcome", "scenario", "study", "measure"]


def new_command(
    kind: Annotated[Kind, argument("KIND", "strategy, negotiator, outcome, scenario, study or measure.")],
    name: Annotated[str, argument("NAME", "Such as cautious_reciprocity; jp_cn of --between JP CN.")] = "",
    between: Annotated[
        tuple[str, str] | None, option("--between", "CODE CODE", "Two governments, such as JP CN.")
    ] = None,
    start: Annotated[
        str | None, option("--start", "DATE", "First day of a scenario; today if not given.")
    ] = None,
    scenario: Annotated[str, option("--scenario", "SCENARIO", "What a study or a measure is for.")] = "busan",
    folder: Annotated[
        Path | None,
        option(
            "--dir",
            "DIR",
            "Where to write it; this folder, or for a strategy or an outcome their room in a checkout.",
        ),
    ] = None,
) -> None:
    """Write a starter file of your own: it runs as it is.

    A scenario has every number with its meaning, unit, bounds and default beside it.

    Examples:

        snapback new strategy cautious_reciprocity

        snapback new scenario --between JP CN --start 2026-11-26

        snapback new measure us_chip_tariff --scenario busan
    """
    from sim.cli.terminal import print_written
    from sim.reports.text.starter_file import write_starter

    if kind == "scenario" and between is None:
        raise typer.BadParameter("expected two governments, such as JP CN, got none", param_hint="--between")
    day = date_of("--start", start) if start else None
    base = scenario if kind in ("study", "measure") else ""
    path, command = write_starter(
        kind, name or "_".join(between or ()).lower(), folder, between or (), day, base
    )
    print_written(path)
    typer.echo(f"It already runs: {command}")
