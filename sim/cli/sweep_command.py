"""`snapback sweep`: an outcome over some numbers, in a line."""

from typing import Annotated

import typer

from sim.cli.options import (
    Force,
    Json,
    OutFolder,
    ScenarioName,
    Seed,
    SetNumber,
    StrategyChoice,
    Until,
    Workers,
)


def sweep_command(
    scenario: ScenarioName,
    vary: Annotated[
        list[str],
        typer.Option(
            "--vary",
            metavar="NUMBER",
            help="A number and what to put it to: CN.renewal_belief=0:1:11, from low to high in so many "
            "values, US.rare_earths.stock=1,3,6, 'suspended.*.suspension_days'=61,365 all that match, "
            "CN.strategy=hold,grim. May be repeated.",
        ),
    ],
    outcome: Annotated[
        list[str],
        typer.Option(
            "--outcome", metavar="NAME", help="As snapback list outcomes shows it. May be repeated."
        ),
    ],
    runs: Annotated[int, typer.Option("--runs", min=1, metavar="N", help="Runs of each combination.")] = 200,
    seed: Seed = 1,
    until: Until = None,
    force: Force = None,
    strategy: StrategyChoice = None,
    set_: SetNumber = None,
    out: OutFolder = None,
    workers: Workers = None,
    json: Json = False,
) -> None:
    """Ask how an outcome depends on some numbers, in a line.

    Writes a study file into its folder and runs it as snapback study does: the same command
    resumes it. One number is drawn as a line with its band, two as a map.

    Examples:

        snapback sweep busan --vary CN.renewal_belief=0:1:11 --outcome cost:government=US

        snapback sweep busan --vary CN.renewal_belief=0:1:6 --vary US.rare_earths.stock=1,3,6
        --outcome cost:of=politics,government=US --runs 200
    """
    from sim.cli.study_command import play
    from sim.studies.sweep import EXAMPLE, sweep_study

    levers = {}
    for text in vary:
        path, sign, values = (part.strip() for part in text.partition("="))
        if not sign or not values or path in levers:
            raise typer.BadParameter(f"{EXAMPLE}, each number once, got {text!r}", param_hint="--vary")
        levers[path] = values
    more = {"until": until, "force": force, "strategy": strategy, "set": set_}
    play(
        sweep_study(scenario, levers, outcome, runs=runs, seed=seed, **more),
        out,
        workers,
        json=json,
        page=True,
    )
