"""`snapback replay`: the model in the recorded months."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.options import option

DAYS = (
    "On a day the side is asked what it would do, knowing the rows before that day; rows of a side and day "
    "are one decision. Days without a row are not decisions, so holding is rare."
)


def replay_command(
    first: Annotated[str | None, option("--from", "MONTH", "First month, such as 2025-01.")] = None,
    last: Annotated[str | None, option("--to", "MONTH", "Last month, such as 2025-12.")] = None,
    events: options.Events = None,
    tariffs: options.Tariffs = None,
    priors: options.Priors = None,
    train: options.Train = None,
    fit: options.StoredFit = None,
    days: Annotated[
        bool, typer.Option("--days", help="Print every recorded decision on its own day, not the months.")
    ] = False,
    scenario: Annotated[
        Path | None,
        option(
            "--scenario",
            "FILE",
            "Scenario file to write, for `snapback run`: the world on the first morning.",
        ),
    ] = None,
    out: Annotated[Path, option("--out", "DIR", "Folder for the picture and the tables.")] = Path(
        "results/runs/replay"
    ),
    kind: options.PictureKind = "png",
) -> None:
    """Show the model's probabilities beside the recorded moves.

    Each morning both governments see the true past; the model gives the probabilities of escalating,
    holding and relaxing, in per cent, and ! marks moves that had less than 20. Months of the training are
    fitted, later ones are forecast one month ahead.

    Examples:

        snapback replay --from 2025-01 --to 2025-12

        snapback replay --days --from 2018-01 --to 2018-12

        snapback replay --from 2025-01 --scenario january.toml
    """
    from sim.cli.terminal import print_message, print_table, print_written
    from sim.estimation.daily_replay import day_decisions
    from sim.estimation.dataset import load_dataset, replay_months
    from sim.estimation.prediction import forecast
    from sim.record.months import month_name
    from sim.reports.estimation.estimation_tables import FILES, OWNER, write_replay
    from sim.reports.estimation.estimation_text import day_rows, replay_rows
    from sim.reports.estimation.scenario_export import scenario_text
    from sim.storage.atomic_write import check_file, write_file
    from sim.storage.results_folder import check_folder

    check_folder(out, FILES, OWNER)
    check_file(scenario)
    data = load_dataset(
        events=events, tariffs=tariffs, priors=priors, train=train, stored=fit, progress=print_message
    )
    months = replay_months(data.coded, first, last)
    prediction = forecast(data, months[-1])
    recorded = range(months[0], min(months[-1], data.coded[-1].month) + 1)
    decisions = day_decisions(data, prediction, recorded)
    if days:
        columns = ["day", "side", "rows", "esc hold rel", "did"]
        print_table("Decision by decision, probabilities in per cent", columns, day_rows(decisions))
    else:
        columns = ["month", "US: esc hold rel", "did", "CN: esc hold rel", "did"]
        rows = replay_rows(prediction, data.coded, months)
        print_table("Month by month, probabilities in per cent", columns, rows)
    first_month, trained = (prediction.rounds.months[k] for k in (0, prediction.trained - 1))
    typer.echo(
        f"!: it had less than 20 %. Fitted to {month_name(first_month)} to {month_name(trained)}; "
        "later months are forecast one month ahead."
    )
    if days:
        typer.echo(DAYS)
    write_replay(out, data, prediction, months, decisions, kind)
    if scenario is not None:
        write_file(scenario, scenario_text(data, prediction, months[0]))
        print_written(f"{scenario}, the world of {month_name(months[0])}-01")
    print_written(out)
