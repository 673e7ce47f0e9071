"""`snapback score`: the fitted model and the baselines on months that were not used to fit them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import Events, Json, Priors, StoredFit, Tariffs, Train

if TYPE_CHECKING:
    from sim.estimation.dataset import Dataset
    from sim.estimation.evaluation import Scores
    from sim.estimation.free_runs import FreeRuns
    from sim.estimation.prediction import Prediction


def score_command(
    train: Train = None,
    test: Annotated[
        str | None, typer.Option("--test", metavar="MONTHS", help="Months to score, such as 2025-01:2025-12.")
    ] = None,
    events: Events = None,
    tariffs: Tariffs = None,
    priors: Priors = None,
    fit: StoredFit = None,
    runs: Annotated[
        int | None, typer.Option("--runs", min=0, metavar="N", help="Free runs; 0: none.")
    ] = None,
    json: Json = False,
    page: Annotated[
        Path | None,
        typer.Option("--page", metavar="FILE", help="Markdown page to write, its figures beside it."),
    ] = None,
) -> None:
    """Score the model and eight baselines on months not fitted.

    Log loss, Brier score and calibration one month ahead, with bootstrap intervals over months; then free
    runs from the first test morning beside what happened. Baselines are counted in the training months;
    the model updates its beliefs with every month before the one it forecasts. Months that are not recorded
    yet get probabilities and no score: the first of them one month ahead, later ones as if both sides had
    held until then.

    Examples:

        snapback score

        snapback score --train 2018-01:2023-12 --test 2024-01:2024-12

        snapback score --test 2025-01:2026-01 --events my_events.csv --json
    """
    from sim.cli.terminal import print_json, print_message, print_written
    from sim.estimation.dataset import load_dataset
    from sim.estimation.evaluation import check_test, scores
    from sim.estimation.free_runs import free_runs
    from sim.record.months import month_range
    from sim.reports.estimation.estimation_tables import score_json
    from sim.storage.atomic_write import check_file

    if page is not None:
        check_file(page)
    data = load_dataset(
        events=events, tariffs=tariffs, priors=priors, train=train, stored=fit, progress=print_message
    )
    config = data.config
    months = month_range(test or config.test)
    check_test(data.train, months)
    prediction = data.forecast(months[-1])
    scored = scores(prediction, data.coded, data.train, months, config.seed)
    number = config.runs if runs is None else runs
    free = None
    if number and months[0] <= data.coded[-1].month + 1:
        free = free_runs(
            data.model,
            prediction,
            months[0],
            len(months),
            runs=number,
            widening=config.widening,
            seed=config.seed,
        )
    if json:
        print_json(score_json(scored, prediction, months, data.coded, free))
    else:
        _print(data, prediction, scored, free, months, number)
    if page is not None:
        from sim.reports.estimation.estimation_page import write_page

        print_written(page.parent, write_page(page, data, prediction, scored, free, months), err=json)


def _print(
    data: "Dataset",
    prediction: "Prediction",
    scored: "Scores | None",
    free: "FreeRuns | None",
    months: range,
    runs: int,
) -> None:
    from sim.cli.terminal import print_table
    from sim.record.months import month_name
    from sim.reports.estimation import estimation_text as text

    recorded = data.coded[-1].month
    if scored is not None:
        trained = f"{month_name(data.train[0])} to {month_name(data.train[-1])}"
        print_table(
            f"One month ahead, {len(scored.cases)} moves of {text.scored_months(scored)}; fit: {trained}",
            ["", "log loss", "Brier", "model minus this"],
            text.score_rows(scored),
        )
        typer.echo("Lower is better; in brackets the 95 % bootstrap interval over whole months.")
        typer.echo("*: conditional on the partner's move of the same month, which no forecast can know.")
        columns = ["probability", "number", "mean", "happened"]
        print_table("Calibration of the model", columns, text.calibration_rows(scored))
    if months[-1] > recorded:
        print_table(
            "Not recorded yet, probabilities in per cent",
            ["month", "US: esc hold rel", "", "CN: esc hold rel", ""],
            text.replay_rows(prediction, data.coded, range(max(months[0], recorded + 1), months[-1] + 1)),
        )
    if free is not None:
        print_table(
            f"{len(free.moves)} free runs of {month_name(months[0])} to {month_name(months[-1])}",
            ["", "median (90 % of runs)", "happened", "runs at or below"],
            text.free_rows(free, data.coded, data.steps),
        )
        typer.echo(text.free_words(free, data.coded))
    elif runs and months[0] > recorded + 1:
        typer.echo(
            f"No free runs: they begin from the record, which ends with {month_name(recorded)}; let --test "
            f"begin with {month_name(recorded + 1)}."
        )
