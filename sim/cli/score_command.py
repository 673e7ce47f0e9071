"""`snapback score`: history as the judge of the model and of what needs no theory."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.fit_command import ChoicesFile, EventsFile, TariffsFile, Train

if TYPE_CHECKING:
    from sim.estimation.dataset import Dataset
    from sim.estimation.evaluation import Scores
    from sim.estimation.free_runs import FreeRuns
    from sim.estimation.prediction import Prediction


def score(
    train: Train = None,
    test: Annotated[
        str | None, typer.Option("--test", metavar="MONTHS", help="Months to score, such as 2025-01:2025-12.")
    ] = None,
    events: EventsFile = None,
    tariffs: TariffsFile = None,
    choices: ChoicesFile = None,
    kept: Annotated[
        Path | None, typer.Option("--fit", metavar="FILE", help="A fit kept by `snapback fit --out`.")
    ] = None,
    runs: Annotated[
        int | None, typer.Option("--runs", min=0, metavar="N", help="Free runs; 0: none.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    page: Annotated[
        Path | None,
        typer.Option("--page", metavar="FILE", help="Markdown page to write, its pictures beside it."),
    ] = None,
) -> None:
    """Score the fitted model and eight baselines on months that nothing was fitted to.

    Log loss, Brier score and calibration one month ahead, with bootstrap intervals over months; then free
    runs from the first test morning against what happened. Baselines are counted in the training months;
    the model learns on from every month before the one it forecasts. Months that the file does not have yet
    get chances and no score: the first of them one month ahead, later ones as if both had held till then.

    Examples:

        snapback score

        snapback score --train 2018-01:2023-12 --test 2024-01:2024-12

        snapback score --test 2025-01:2026-01 --events my_events.csv --json
    """
    from sim.estimation.dataset import load_dataset
    from sim.estimation.evaluation import check_test, scores
    from sim.estimation.free_runs import free_runs
    from sim.record.months import month_range
    from sim.reports.estimation.estimation_tables import score_json
    from sim.storage.atomic_write import check_file

    if page is not None:
        check_file(page)
    found = load_dataset(
        events=events,
        tariffs=tariffs,
        priors=choices,
        train=train,
        stored=kept,
        progress=lambda text: typer.echo(text, err=True),
    )
    months = month_range(test or found.config.test)
    check_test(found.train, months)
    chances = found.forecast(months[-1])
    scored = scores(chances, found.coded, found.train, months, found.config.seed)
    wanted = found.config.runs if runs is None else runs
    free = None
    if wanted and months[0] <= found.coded[-1].month + 1:
        free = free_runs(
            found.model,
            chances,
            months[0],
            len(months),
            runs=wanted,
            widening=found.config.widening,
            seed=found.config.seed,
        )
    if json:
        typer.echo(score_json(scored, chances, months, found.coded, free), nl=False)
    else:
        _print(found, chances, scored, free, months, wanted)
    if page is not None:
        from sim.reports.estimation.estimation_page import write_page

        names = write_page(page, found, chances, scored, free, months)
        typer.echo(f"Written: {', '.join(names)}.", err=json)


def _print(
    found: "Dataset",
    chances: "Prediction",
    scored: "Scores | None",
    free: "FreeRuns | None",
    months: range,
    wanted: int,
) -> None:
    from sim.cli.terminal import print_table
    from sim.record.months import month_name
    from sim.reports.estimation import estimation_text as words

    known = found.coded[-1].month
    when = f"{month_name(months[0])} to {month_name(months[-1])}"
    trained = f"{month_name(found.train[0])} to {month_name(found.train[-1])}"
    if scored is not None:
        print_table(
            f"One month ahead, {len(scored.cases)} moves of {words.scored_months(scored)}; fit: {trained}",
            ["", "log loss", "Brier", "model less this"],
            words.score_rows(scored),
        )
        typer.echo("Less is better; in brackets 95 % of bootstrap draws of whole months.")
        typer.echo("* is told the other side's move of the same month, which no forecast can be.")
        print_table(
            "Calibration of the model",
            ["chance", "number", "said", "happened"],
            words.calibration_rows(scored),
        )
    if months[-1] > known:
        print_table(
            "Not recorded yet, chances in per cent",
            ["month", "US: esc hold rel", "", "CN: esc hold rel", ""],
            words.replay_rows(chances, found.coded, range(max(months[0], known + 1), months[-1] + 1)),
        )
    if free is not None:
        print_table(
            f"{len(free.moves)} free runs of {when}",
            ["", "median (90 % of runs)", "happened", "runs at or below"],
            words.free_rows(free, found.coded, found.steps),
        )
        typer.echo(words.free_words(free, found.coded))
    elif wanted and months[0] > known + 1:
        typer.echo(
            f"No free runs: they begin from the record, which ends with {month_name(known)}; let --test "
            f"begin with {month_name(known + 1)}."
        )
