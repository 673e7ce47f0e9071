"""`snapback new`: a file to begin with."""

from pathlib import Path
from typing import Annotated, Literal

import typer


def new_command(
    kind: Annotated[  # noqa: ARG001
        Literal["strategy"], typer.Argument(metavar="KIND", help="What the file is for: strategy.")
    ],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Such as cautious_reciprocity.")],
    folder: Annotated[
        Path | None,
        typer.Option(
            "--dir",
            metavar="DIR",
            help="Where to write it; the strategies' own folder in a checkout, else this folder.",
        ),
    ] = None,
) -> None:
    """Write a starter file for a strategy of your own.

    The file already runs; change its rule and its source.

    Example:

        snapback new strategy cautious_reciprocity
    """
    from sim.cli.terminal import print_written
    from sim.strategies.strategy_template import write_strategy

    path, spelling = write_strategy(name, folder)
    print_written(path)
    typer.echo(f"It already runs: snapback run busan --strategy CN={spelling}")
