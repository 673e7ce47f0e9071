"""`snapback fit`: the governments' parameters from the recorded moves."""

from pathlib import Path
from typing import Annotated

import typer

EventsFile = Annotated[
    Path | None,
    typer.Option(
        "--events",
        metavar="FILE",
        help="Events in the columns of the shipped record (CSV): each month from the first row's to the last "
        "row's counts as recorded in full, and as held where it has no row.",
    ),
]
TariffsFile = Annotated[
    Path | None,
    typer.Option(
        "--tariffs",
        metavar="FILE",
        help="Average tariffs by date in the columns of piie_tariff_steps.csv; the last ones go on for good.",
    ),
]
ChoicesFile = Annotated[
    Path | None,
    typer.Option("--choices", metavar="FILE", help="Priors, starts and seeds (TOML)."),
]
Train = Annotated[
    str | None, typer.Option("--train", metavar="MONTHS", help="Months to fit, such as 2018-01:2024-12.")
]


def fit(
    train: Train = None,
    events: EventsFile = None,
    tariffs: TariffsFile = None,
    choices: ChoicesFile = None,
    starts: Annotated[
        int | None, typer.Option("--starts", min=1, metavar="N", help="Starts of the optimiser.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="File to keep the fit in.")
    ] = None,
) -> None:
    """Fit payoffs, beliefs, reciprocity and precision of both governments to the recorded moves.

    The most likely parameters under their priors, from several starts, with errors and what the record
    cannot tell apart. Five starts take about a minute on two cores; the first time the rules are compiled,
    which takes half a minute more.

    Examples:

        snapback fit

        snapback fit --train 2018-01:2022-12 --out fit_to_2022.toml
    """
    from sim import __version__
    from sim.cli.terminal import print_table
    from sim.estimation.dataset import load_dataset
    from sim.estimation.stored_fit import fit_text
    from sim.reports.estimation.estimation_text import fit_rows, fit_words
    from sim.storage.atomic_write import check_file, write_file

    if out is not None:
        check_file(out)
    found = load_dataset(
        events=events,
        tariffs=tariffs,
        priors=choices,
        train=train,
        recompute=True,
        starts=starts,
        progress=lambda text: typer.echo(text, err=True),
    )
    print_table(
        "Parameters",
        ["parameter", "best", "two errors", "unit", "prior"],
        fit_rows(found.model, found.fitted),
    )
    for line in fit_words(found):
        typer.echo(line)
    if out is not None:
        write_file(
            out, fit_text(found.model, found.fitted, found.train, found.coded, found.stamp, __version__)
        )
        typer.echo(f"Written to {out}.")
