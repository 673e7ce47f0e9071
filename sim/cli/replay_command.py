"""`snapback replay`: the governments put through the recorded months."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.fit_command import ChoicesFile, EventsFile, TariffsFile, Train

if TYPE_CHECKING:
    from sim.estimation.daily_replay import DayDecision
    from sim.estimation.prediction import Prediction
    from sim.record.coding import CodedMonth

FILES = {"replay.png", "months.csv", "decisions.csv"}
OWNER = "a replay's"
DAYS = (
    "On a day the side is asked what it would do, knowing the rows before that day; rows of a side and day "
    "are one decision. Days without a row are none, so holding is seldom done."
)


def replay(
    first: Annotated[
        str | None, typer.Option("--from", metavar="MONTH", help="First month, such as 2025-01.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="MONTH", help="Last month, such as 2025-12.")
    ] = None,
    events: EventsFile = None,
    tariffs: TariffsFile = None,
    choices: ChoicesFile = None,
    train: Train = None,
    kept: Annotated[
        Path | None, typer.Option("--fit", metavar="FILE", help="A fit kept by `snapback fit --out`.")
    ] = None,
    days: Annotated[
        bool, typer.Option("--days", help="Print every recorded decision on its own day, not the months.")
    ] = False,
    scenario: Annotated[
        Path | None,
        typer.Option(
            "--scenario",
            metavar="FILE",
            help="Scenario file to write: the world of the first morning, for `snapback run`.",
        ),
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Folder for the picture and the tables.")
    ] = Path("results/runs/replay"),
) -> None:
    """Put both governments through the record: each morning they see the true past, and give chances.

    Chances are of escalating, holding and relaxing, in per cent; ! marks what had less than 20.
    Months of the training are fitted, later ones forecast one month ahead.

    Examples:

        snapback replay --from 2025-01 --to 2025-12

        snapback replay --days --from 2018-01 --to 2018-12

        snapback replay --from 2025-01 --scenario january.toml
    """
    from sim.cli.terminal import print_table
    from sim.domain.errors import EvidenceError
    from sim.estimation.daily_replay import day_decisions
    from sim.estimation.dataset import load_dataset
    from sim.estimation.scenario_export import scenario_text
    from sim.record.months import month_name, month_number
    from sim.reports.estimation.estimation_figures import replay_picture
    from sim.reports.estimation.estimation_text import day_rows, replay_rows
    from sim.storage.atomic_write import check_file, write_file
    from sim.storage.results_folder import check_folder, results_folder

    check_folder(out, FILES, OWNER)
    if scenario is not None:
        check_file(scenario)
    found = load_dataset(
        events=events,
        tariffs=tariffs,
        priors=choices,
        train=train,
        stored=kept,
        progress=lambda text: typer.echo(text, err=True),
    )
    recorded = [month.month for month in found.coded]
    begin = month_number(first) if first else recorded[0]
    end = month_number(last) if last else recorded[-1]
    if not recorded[0] <= begin <= end:
        raise EvidenceError(
            f"--from and --to: expected months from {month_name(recorded[0])} on, the first before the last, "
            f"got {month_name(begin)} and {month_name(end)}"
        )
    if end > recorded[-1] + 1:
        raise EvidenceError(
            f"--to: expected at most the month after the last recorded, {month_name(recorded[-1] + 1)}, "
            f"for a replay sees the true past; got {month_name(end)}"
        )
    months = range(begin, end + 1)
    chances = found.forecast(end)
    known = range(begin, min(end, recorded[-1]) + 1)
    decided = day_decisions(found.model, found.fitted.point, chances, found.record, found.steps, known)
    if days:
        print_table(
            "Decision by decision, chances in per cent",
            ["day", "side", "rows", "esc hold rel", "did"],
            day_rows(decided),
        )
    else:
        print_table(
            "Month by month, chances in per cent",
            ["month", "US: esc hold rel", "did", "CN: esc hold rel", "did"],
            replay_rows(chances, found.coded, months),
        )
    trained = chances.rounds.months[chances.trained - 1]
    typer.echo(
        f"! had less than 20 %. Fitted to {month_name(chances.rounds.months[0])} to {month_name(trained)}; "
        "later months are forecast one month ahead."
    )
    if days:
        typer.echo(DAYS)
    with results_folder(out, FILES, OWNER) as folder:
        picture = replay_picture(chances, found.coded, found.steps, months, decided)
        write_file(folder / "replay.png", picture)
        _tables(folder, chances, found.coded, months, decided)
    if scenario is not None:
        write_file(scenario, scenario_text(found.model, found.fitted.point, chances, begin))
        typer.echo(f"Written: {scenario}, the world of {month_name(begin)}-01.")
    typer.echo(f"Written to {out}: {', '.join(sorted(FILES))}.")


def _tables(
    folder: Path,
    chances: "Prediction",
    coded: "Sequence[CodedMonth]",
    months: range,
    decided: "Sequence[DayDecision]",
) -> None:
    from sim.reports.estimation.estimation_tables import day_table, month_table
    from sim.storage.atomic_write import write_file

    write_file(folder / "months.csv", month_table(chances, coded, months))
    write_file(folder / "decisions.csv", day_table(decided))
