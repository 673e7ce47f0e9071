"""`snapback study`: ask a question over many worlds, and take it up again where it was left."""

from pathlib import Path
from typing import Annotated

import typer


def study(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A study file, such as experiments/sunset_beliefs.toml.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Folder of the results; results/studies/<name> if not given."
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, metavar="N", help="Processes; one for each core if not given."),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster", metavar="ADDRESS", help="Play on a Dask scheduler, such as tcp://10.0.0.5:8786."
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, metavar="RUNS", help="Stop after so many runs, in whole chunks."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Say what would be played, and play nothing.")
    ] = False,
) -> None:
    """Play a study: every cell of its design, every run, stored as it comes.

    Stopped at any moment, the same command goes on from there and ends with the same bytes.

    Examples:

        snapback study experiments/truce_length.toml

        snapback study mine.toml --limit 10000 --workers 2

        snapback study mine.toml --cluster tcp://10.0.0.5:8786
    """
    from sim.cli.terminal import print_markdown, progress
    from sim.reports.study.study_terminal import answers_as_markdown, plan_as_markdown
    from sim.studies.executors import cores
    from sim.studies.results import results
    from sim.studies.study_loader import study as load
    from sim.studies.study_runner import play_study

    asked = load(file)
    folder = out if out is not None else Path("results") / "studies" / asked.name
    if check:
        print_markdown(plan_as_markdown(asked))
        return
    try:
        with progress("runs") as told:
            done = play_study(
                asked, folder, workers=workers or cores(), cluster=cluster, limit=limit, told=told
            )
    except KeyboardInterrupt:
        typer.echo("snapback: what is stored stays, and the same command goes on from there", err=True)
        raise
    print_markdown(answers_as_markdown(asked, results(folder)))
    if not done.complete:
        typer.echo(f"\n{done.stored:,} of {done.total:,} runs are there; the same command goes on from here.")
    typer.echo(f"\nWritten to {folder}. A page with pictures: snapback report {folder}")
