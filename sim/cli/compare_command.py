"""`snapback compare`: the same luck with and without a change."""

import typer

from sim.cli.options import Engine, Force, Runs, ScenarioName, Seed, SetNumber, StrategyChoice, Until


def compare_command(
    scenario: ScenarioName,
    force: Force = None,
    strategy: StrategyChoice = None,
    set_: SetNumber = None,
    runs: Runs = 20,
    seed: Seed = 1,
    until: Until = None,
    engine: Engine = "ensemble",
) -> None:
    """Run the same luck with and without a change.

    Until the first difference both paths are identical, so every difference is due to the change.

    Example:

        snapback compare busan --force US:escalate@2026-03-02 --runs 50
    """
    from sim.cli.terminal import print_table
    from sim.engines.run_spec import RunSpec
    from sim.studies.paired_comparison import compare

    result = compare(
        RunSpec.of(scenario, until, force, strategy, set_, seed=seed, runs=runs, engine=engine or "ensemble")
    )
    days = sorted(day for day in result.parting_days if day)
    typer.echo(f"{runs} {'pair' if runs == 1 else 'pairs'} of runs with the same luck, seed {seed}.")
    if not days:
        typer.echo("The paths never part.")
        return
    median = days[len(days) // 2]
    when = f"between {days[0]} and {days[-1]} (median {median})" if days[0] < days[-1] else f"on {median}"
    typer.echo(f"The paths part in {len(days)} of them, {when}.")
    number = next(k for k, day in enumerate(result.parting_days) if day)
    for day, without, changed in ((result.parting_days[number], *result.first), result.then):
        if day:
            typer.echo(f"Run {number}, {day}, without: {without}")
            typer.echo(f"Run {number}, {day},    with: {changed}")
    rows = [
        [name, code, f"{x.mean:+.2f}", f"{x.low:+.2f} to {x.high:+.2f}" if runs > 1 else "one pair only"]
        for name, table in (*result.costs.items(), ("escalations", result.escalations))
        for code, x in table.items()
    ]
    print_table("With the change minus without", ["what", "government", "mean", "95 % interval"], rows)
