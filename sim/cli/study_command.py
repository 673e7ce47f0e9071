"""`snapback study`: a question over many settings, resumed where it was stopped."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import Json, OutFolder, Workers, argument, option

if TYPE_CHECKING:
    from sim.studies.study_runner import Study


def study_command(
    file: Annotated[Path, argument("FILE", "A study file, such as experiments/sunset_beliefs.toml.")],
    out: OutFolder = None,
    workers: Workers = None,
    cluster: Annotated[
        str | None,
        option("--cluster", "ADDRESS", "Address of a Dask scheduler, such as tcp://10.0.0.5:8786."),
    ] = None,
    limit: Annotated[
        int | None, option("--limit", "RUNS", "Stop after this many runs, in whole chunks.", min=1)
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Describe what would be run, and play 20 runs a cell to say what it takes."
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Run a study file: a question over many settings.

    The same command resumes a study that was stopped at any moment, and ends with the same bytes.

    Examples:

        snapback study experiments/truce_length.toml

        snapback study mine.toml --limit 10000 --workers 2

        snapback study mine.toml --cluster tcp://10.0.0.5:8786
    """
    from sim.cli.terminal import print_json, print_markdown
    from sim.reports.study.study_text import plan_as_json, plan_as_markdown
    from sim.studies.study_file import study as load
    from sim.studies.study_runner import pilot

    study = load(file)
    if not check:
        play(study, out, workers, cluster, limit, json)
        return
    expectation = pilot(study, workers)
    if json:
        print_json(plan_as_json(study.spec, expectation))
    else:
        print_markdown(plan_as_markdown(study.spec, expectation))


def play(
    study: "Study",
    out: Path | None,
    workers: int | None,
    cluster: str | None = None,
    limit: int | None = None,
    json: bool = False,
    page: bool = False,
) -> None:
    """Run a study, or what remains of it, and print its answers; a page with pictures if that is wanted."""
    from sim.cli.terminal import print_json, print_markdown, print_message, print_written, progress
    from sim.reports.study.report_data import load_report
    from sim.reports.study.study_page import answers_as_json, answers_text, write_report
    from sim.storage.results_folder import short_name
    from sim.studies.executors import cores
    from sim.studies.study_runner import run_study

    folder = out if out is not None else Path("results") / "studies" / short_name(study.spec.name)
    try:
        with progress("runs") as update:
            state = run_study(
                study, folder, workers=workers or cores(), cluster=cluster, limit=limit, progress=update
            )
    except KeyboardInterrupt:
        print_message("snapback: the runs so far are stored, and the same command resumes the study")
        raise
    if page:
        write_report(folder)
    data = load_report(folder)
    if json:
        print_json(answers_as_json(data))
        return
    print_markdown(answers_text(data))
    if not state.complete:
        typer.echo(
            f"\n{state.stored:,} of {state.total:,} runs are there; the same command resumes the study."
        )
    print_written(folder if page else f"{folder}", None if page else [])
    if not page:
        typer.echo(f"A page with figures: snapback report {folder}")
