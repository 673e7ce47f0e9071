"""`snapback compare`: the same luck with and without a change."""

from typing import Annotated

import typer

from sim.cli.options import Force, ScenarioName, Seed, SetNumber, StrategyChoice, Until


def compare(
    scenario: ScenarioName,
    force: Force = None,
    strategy: StrategyChoice = None,
    set_: SetNumber = None,
    runs: Annotated[int, typer.Option("--runs", min=1, metavar="N", help="How many pairs of runs.")] = 20,
    seed: Seed = 1,
    until: Until = None,
    engine: Annotated[
        str,
        typer.Option(
            "--engine", metavar="NAME", help="ensemble, which is compiled, or mesa, slower; the same runs."
        ),
    ] = "ensemble",
) -> None:
    """Play the same luck with a change and without, and show where the paths part and what it costs.

    Until the first difference both paths are identical, so what differs is due to the change.

    Example:

        snapback compare busan --force US:escalate@2026-03-02 --runs 50
    """
    from sim.cli.terminal import print_table
    from sim.studies.paired_comparison import compare as compared

    found = compared(
        scenario,
        force=force or (),
        strategy=strategy or (),
        overrides=set_ or (),
        seed=seed,
        runs=runs,
        until=until,
        engine=engine,
    )
    parted = sorted(day for day in found.parted if day)
    pairs = "pair" if found.runs == 1 else "pairs"
    typer.echo(f"{found.runs} {pairs} of runs with the same luck, seed {seed}.")
    if not parted:
        typer.echo("The paths never part.")
        return
    middle = parted[len(parted) // 2]
    typer.echo(
        f"The paths part in {len(parted)} of them, between {parted[0]} and {parted[-1]} (median {middle})."
    )
    number = next(k for k, day in enumerate(found.parted) if day)
    day, without, with_ = found.then
    for when, left, right in ((found.parted[number], *found.first), (day, without, with_)):
        if when:
            typer.echo(f"Run {number}, {when}, without: {left}")
            typer.echo(f"Run {number}, {when},    with: {right}")
    rows = [
        [
            name,
            code,
            f"{x.mean:+.2f}",
            f"{x.low:+.2f} to {x.high:+.2f}" if found.runs > 1 else "one pair only",
        ]
        for name, table in ((f"cost [{found.unit}]", found.costs), ("escalations", found.escalations))
        for code, x in table.items()
    ]
    print_table("With the change less without", ["what", "government", "mean", "95 % interval"], rows)
