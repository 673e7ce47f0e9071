"""`snapback score`: the fitted model and the baselines on months that were not used to fit them."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.options import option


def score_command(
    train: options.Train = None,
    test: Annotated[
        str | None, option("--test", "MONTHS", "Months to score, such as 2025-01:2025-12.")
    ] = None,
    events: options.Events = None,
    tariffs: options.Tariffs = None,
    priors: options.Priors = None,
    fit: options.StoredFit = None,
    runs: Annotated[int | None, option("--runs", "N", "Free runs; 0: none.", min=0)] = None,
    json: options.Json = False,
    page: Annotated[
        Path | None, option("--page", "FILE", "Markdown page to write, its figures beside it.")
    ] = None,
    kind: options.PictureKind = "png",
) -> None:
    """Score the model and eight baselines on months not fitted.

    Log loss, Brier score and calibration one month ahead, with bootstrap intervals over months; then free
    runs from the first test morning beside what happened. Trained on the months before those scored, if
    --train gives no others. Baselines are counted in the training months;
    the model updates its beliefs with every month before the one it forecasts. Months that are not recorded
    yet get probabilities and no score: the first of them one month ahead, later ones as if both sides had
    held until then.

    Examples:

        snapback score

        snapback score --train 2018-01:2023-12 --test 2024-01:2024-12

        snapback score --test 2026-10:2027-01 --events my_events.csv --json
    """
    from sim.cli.terminal import print_json, print_markdown, print_message, print_written
    from sim.estimation.dataset import load_dataset
    from sim.estimation.free_runs import free_runs
    from sim.estimation.prediction import check_test, forecast, scores
    from sim.estimation.priors import fit_config
    from sim.record.months import month_range
    from sim.reports.estimation import estimation_text as text
    from sim.reports.estimation.estimation_tables import score_json
    from sim.reports.templates.rendering import render
    from sim.storage.atomic_write import check_file

    if page is None and kind != "png":
        raise typer.BadParameter("--format goes with --page")
    check_file(page)
    test = test or fit_config(priors).test
    months = month_range(test)
    data = load_dataset(
        events=events,
        tariffs=tariffs,
        priors=priors,
        train=train,
        test=test,
        stored=fit,
        progress=print_message,
    )
    config = data.config
    check_test(data.train, months)
    prediction = forecast(data, months[-1])
    scored = scores(prediction, data.coded, data.train, months, config.seed)
    number = config.runs if runs is None else runs
    free = None
    if number and months[0] <= data.coded[-1].month + 1:
        free = free_runs(data, prediction, months, number)
    if json:
        print_json(score_json(scored, prediction, months, data.coded, free))
    else:
        values = {"scored": scored, "free": free, "months": months, "runs": number, "text": text}
        unrecorded = max(0, data.coded[-1].month + 1 - months[0])
        print_markdown(render("scores.md", data=data, prediction=prediction, unrecorded=unrecorded, **values))
    if page is not None:
        from sim.reports.estimation.estimation_page import write_page

        print_written(page.parent, write_page(page, data, prediction, scored, free, months, kind), err=json)
