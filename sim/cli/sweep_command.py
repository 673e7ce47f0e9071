"""`snapback sweep`: an outcome over some numbers, in a line."""

from typing import Annotated

import typer

from sim.cli import options
from sim.cli.options import option


def sweep_command(
    scenario: options.ScenarioName,
    vary: Annotated[
        list[str],
        option(
            "--vary",
            "NUMBER",
            "A number and what to put it to: CN.renewal_belief=0:1:11, from low to high in so many "
            "values, US.rare_earths.stock=1,3,6, 'suspended.*.suspension_days'=61,365 all that match, "
            "CN.strategy=hold,grim. May be repeated.",
        ),
    ],
    outcome: Annotated[
        list[str], option("--outcome", "NAME", "As snapback list outcomes shows it. May be repeated.")
    ],
    runs: Annotated[int, option("--runs", "N", "Runs of each combination.", min=1)] = 200,
    seed: options.Seed = 1,
    until: options.Until = None,
    force: options.Force = None,
    strategy: options.StrategyChoice = None,
    set_: options.SetNumber = None,
    out: options.OutFolder = None,
    workers: options.Workers = None,
    json: options.Json = False,
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
