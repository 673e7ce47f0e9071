"""`snapback run`: play a scenario once and tell the story, or many times and tell the spread."""

import gc
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import Force, ScenarioName, Seed, SetNumber, StrategyChoice, Until
from sim.domain.errors import EngineError

ENGINES = ("mesa", "ensemble")


def run(
    scenario: ScenarioName,
    runs: Annotated[
        int,
        typer.Option("--runs", min=1, metavar="N", help="How many runs; two or more for the spread."),
    ] = 1,
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
            help="Folder for the files; results/runs/<scenario>-<fingerprint> if not given.",
        ),
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine",
            metavar="NAME",
            help="mesa: agents, made to be read; ensemble: compiled, made for many runs. Both play the same "
            "runs. If not given, mesa plays one run and ensemble more.",
        ),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of the story or the summary.")
    ] = False,
) -> None:
    """Play a scenario day by day, print its story and write tables, picture and manifest.

    With --runs, play it many times and print the spread: the chance of each
    event over time, fans of tariffs, and what it costs. The first of the runs
    is the one that is played without --runs. The same command with the same
    seed writes the same bytes.

    Examples:

        snapback run busan

        snapback run busan --force US:escalate@2026-03-02 --seed 7

        snapback run busan --strategy CN=hold --set US.renewal_belief=0.5

        snapback run busan --runs 10000

        snapback run busan --runs 1000 --force US:escalate@2026-03-02 --until 2026-06-30
    """
    if engine is not None and engine not in ENGINES:
        raise EngineError(f"there is no engine {engine!r}; expected {' or '.join(ENGINES)}")
    if runs > 1:
        from sim.cli.distribution_command import run_many
        from sim.studies.distribution import DistributionSpec

        given = (tuple(force or ()), tuple(strategy or ()), tuple(set_ or ()))
        run_many(DistributionSpec(scenario, runs, seed, until, *given, engine or "ensemble"), out, json)
        return
    if engine == "ensemble":
        raise EngineError(
            "--engine ensemble: expected --runs 2 or more, got 1; the story of one run is told by mesa"
        )
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
    overrides: list[str],
    out: Path | None,
    json: bool,
) -> None:
    from sim.cli.terminal import print_markdown
    from sim.domain.constants import HOLD
    from sim.domain.dates import iso
    from sim.engines.mesa_engine import TradeModel
    from sim.reports.run.run_folder import FILES, folder_of, write_run
    from sim.reports.run.run_summary import run_as_json
    from sim.reports.run.story import tell_story
    from sim.storage.results_folder import check_folder

    model = TradeModel(
        scenario, rng=seed, run=number, until=until, force=force, strategy=strategy, set=overrides
    )
    folder = folder_of(model, out)
    check_folder(folder, FILES)
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
