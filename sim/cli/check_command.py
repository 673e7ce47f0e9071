"""`snapback check`: whether a scenario file is right, what it says, and what its governments believe."""

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import Json, ScenarioName, Seed, option

if TYPE_CHECKING:
    from sim.engines.run_spec import RunSpec

QUICK = 200  # runs
SURE = 1000  # runs, for a fixed point


def check_command(
    scenario: ScenarioName,
    fixed_point: Annotated[
        bool,
        typer.Option("--fixed-point", help="Find the beliefs about pressure that agree with their world."),
    ] = False,
    runs: Annotated[
        int | None, option("--runs", "N", f"Runs to learn from: {QUICK}, with --fixed-point {SURE:,}.", min=1)
    ] = None,
    seed: Seed = 1,
    json: Json = False,
) -> None:
    """Check a scenario file and describe it in plain words.

    Tells all that is wrong at once, and of a file that is in order what may yet not be
    meant. Says in the end what each government believes pressure does to its partner's
    next move (leverage), beside what it does in 200 runs of the scenario: a few seconds,
    and a minute the first time, when the rules are compiled.
    With --fixed-point beliefs are set to what pressure does in the runs that result,
    until both agree; prints every round and the lines to store, in a minute or two.

    Examples:

        snapback check my_scenario.toml

        snapback check busan --fixed-point
    """
    from sim.cli.terminal import print_json, print_markdown, print_message
    from sim.domain.errors import EvidenceError, ScenarioError
    from sim.engines.run_spec import RunSpec
    from sim.reports.run.scenario_summary import cautions, scenario_summary, summary_of_scenario

    spec = RunSpec(scenario, seed=seed, runs=runs or (SURE if fixed_point else QUICK))
    try:
        source = spec.load()
    except ScenarioError as error:
        if json:
            print_json({"scenario": scenario, "faults": error.faults or [str(error)]})
        elif len(error.faults) < 2:
            raise
        else:
            print_message(f"snapback: {scenario}: {len(error.faults)} faults")
            print_message("\n".join(f"- {fault}" for fault in error.faults))
        raise typer.Exit(2) from None
    if fixed_point:
        if source.game:
            raise EvidenceError(f"{source.name}: expected a scenario with measures, got a matrix game")
        _print_fixed_point(spec)
        return
    warnings = list(cautions(spec))
    if json:
        print_json(summary_of_scenario(source, warnings))
        return
    print_markdown(scenario_summary(source))
    if warnings:
        print_markdown("\n## Look again at\n\n" + "\n".join(f"- {text}." for text in warnings))
    if not source.game:
        from sim.estimation.leverage_fixed_point import beliefs_of
        from sim.reports.run.scenario_summary import belief_summary

        print_markdown("\n" + belief_summary(spec, beliefs_of(spec)))


def _print_fixed_point(spec: "RunSpec") -> None:
    from sim.cli.terminal import print_table, progress
    from sim.estimation.leverage_fixed_point import ROUNDS, fixed_point
    from sim.reports.run.scenario_summary import belief_lines

    rounds = []
    with progress("rounds") as update:
        for beliefs in fixed_point(spec):
            rounds.append(beliefs)
            update(len(rounds), ROUNDS)
    rows = [
        [str(k), code, f"{beliefs.believed[code]:.2f}", str(slope), f"{beliefs.gap(code):.2f}"]
        for k, beliefs in enumerate(rounds, 1)
        for code, slope in beliefs.world.items()
    ]
    columns = ["round", "government", "believed", "in this world", "gap"]
    print_table(f"Leverage, {spec.runs:,} runs of seed {spec.seed} a round", columns, rows)
    typer.echo(belief_lines(spec, rounds))
