"""`snapback new`: a file to begin with."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Write a file to begin with: a strategy.")


@app.callback()
def new() -> None:
    """Write a file to begin with."""


@app.command("strategy")
def strategy(
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
    """Write the file of a new strategy that already runs; change its rule and its source.

    Example:

        snapback new strategy cautious_reciprocity
    """
    from sim.strategies.strategy_template import write_strategy

    path, spelling = write_strategy(name, folder)
    typer.echo(f"Written: {path}")
    typer.echo(f"It runs already: snapback run busan --strategy CN={spelling}")
