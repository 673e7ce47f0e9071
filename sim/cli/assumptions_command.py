"""`snapback assumptions`: the numbers without a source, and how much an outcome depends on each."""

from typing import Annotated

import typer

from sim.cli import options
from sim.cli.options import option
from sim.domain.errors import EngineError


def assumptions_command(
    scenario: options.ScenarioName,
    outcome: Annotated[
        str | None,
        option(
            "--outcome",
            "NAME",
            "Outcome to measure: cost:of=politics,government=CN (snapback list outcomes), or a "
            "file: ./mine.py:days=7.",
        ),
    ] = None,
    runs: options.RunsOfEach = 100,
    seed: options.Seed = 1,
    until: options.Until = None,
    force: options.Force = None,
    strategy: options.StrategyChoice = None,
    set_: options.SetNumber = None,
    out: options.OutFolder = None,
    kind: options.PictureKind = "png",
    workers: Annotated[int, option("--workers", "N", "Processes; 0: one for each core.", min=0)] = 0,
) -> None:
    """List numbers without a source, or what depends on them.

    The list needs no runs. With --outcome, each assumption that has a range is set
    to its low and to its high end, one at a time, under the same luck; a table and a
    picture show how far the mean outcome moves. busan has some 290 such ends: 100
    runs of each take about a minute on two cores.

    Examples:

        snapback assumptions busan

        snapback assumptions busan --outcome cost:of=economy,government=CN

        snapback assumptions busan --outcome snapback_within:government=CN
        --force US:escalate@2026-03-02 --until 2026-03-10
    """
    if outcome is None:
        if out is not None or force or strategy or until:
            raise EngineError("assumptions: expected --outcome NAME too, for without it nothing is run")
        _list(scenario, set_ or [])
        return
    from sim.cli.terminal import print_markdown, print_written, progress
    from sim.engines.run_spec import RunSpec
    from sim.reports.assumptions.assumptions_report import folder_of, sensitivity_text, write_sensitivity
    from sim.studies.executors import cores
    from sim.studies.one_at_a_time import sensitivity

    spec = RunSpec.of(scenario, until, force, strategy, set_, seed=seed, runs=runs)
    folder = folder_of(spec, outcome, out)
    with progress("ends of ranges") as update:
        result = sensitivity(spec, outcome, workers=workers or cores(), progress=update)
    write_sensitivity(result, folder, kind)
    print_markdown(sensitivity_text(result))
    print_written(folder)


def _list(name: str, overrides: list[str]) -> None:
    from sim.cli.terminal import print_table
    from sim.reports.text.formats import assumption_row
    from sim.scenarios import scenario
    from sim.scenarios.assumptions import assumptions_of, numbers_of

    source = scenario(name, overrides)
    assumed, numbers = assumptions_of(source), len(list(numbers_of(source)))
    columns = ["assumption", "value", "unit", "range", "note"]
    rows = [assumption_row(path, number) for path, number in assumed.items()]
    print_table(f"Numbers of {source.name} without a source", columns, rows)
    silent = sum(n.low is None and n.high is None for n in assumed.values())
    typer.echo(
        f"{len(assumed)} of {numbers} numbers are assumptions: {len(assumed) - silent} with a range, "
        f"{silent} with no range given."
    )
    typer.echo(f"How much an outcome depends on each: snapback assumptions {name} --outcome NAME")
