"""`snapback run`: play a scenario once, tell the story and write the run's folder."""

import gc
from pathlib import Path
from typing import Annotated

import typer

from sim.faces.options import Force, ScenarioName, Seed, SetNumber, StrategyChoice, Until


def run(
    scenario: ScenarioName,
    seed: Seed = 1,
    number: Annotated[
        int,
        typer.Option("--run", min=0, metavar="N", help="Which run of the seed, as forecasts number them."),
    ] = 0,
    until: Until = None,
    force: Force = None,
    strategy: StrategyChoice = None,
    set_: SetNumber = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Folder for this run's files; results/runs/<scenario>-<fingerprint> if not given.",
        ),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object (summary, moves, measures), no story.")
    ] = False,
) -> None:
    """Play a scenario day by day, print its story and write tables, picture and manifest.

    The same command with the same seed writes the same bytes.

    Examples:

        snapback run busan

        snapback run busan --force US:escalate@2026-03-02 --seed 7

        snapback run busan --strategy CN=hold --set US.renewal_belief=0.5
    """
    gc.disable()  # one world, then the end: collecting would cost an eighth of the time
    try:
        _run(scenario, seed, number, until, force or [], strategy or [], set_ or [], out, json)
    finally:
        gc.enable()


def _run(
    scenario: str,
    seed: int,
    number: int,
    until: str | None,
    force: list[str],
    strategy: list[str],
    changes: list[str],
    out: Path | None,
    json: bool,
) -> None:
    from sim.domain.dates import iso
    from sim.domain.words import HOLD
    from sim.engines.mesa_engine import TradeModel
    from sim.faces.show import print_markdown
    from sim.reports.folder import check_folder, folder_of, write_run
    from sim.reports.story import tell_story
    from sim.reports.summary import run_as_json

    model = TradeModel(
        scenario, rng=seed, run=number, until=until, force=force, strategy=strategy, set=changes
    )
    folder = folder_of(model, out)
    check_folder(folder)
    model.run()
    write_run(model, folder)
    if json:
        typer.echo(run_as_json(model, folder), nl=False)
    else:
        print_markdown(tell_story(model))
        names = ", ".join(sorted(path.name for path in folder.iterdir()))
        typer.echo(f"\nWritten to {folder}: {names}.")
        told = [d for d in model.decisions if d.move != HOLD] or model.decisions
        if told:
            typer.echo(f"Why a move: snapback explain {folder} {iso(told[0].day)}")
