"""`snapback assumptions`: which numbers nobody has measured, and how much an answer rests on them."""

import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import Force, ScenarioName, Seed, SetNumber, StrategyChoice, Until
from sim.domain.errors import EngineError

if TYPE_CHECKING:
    from sim.scenarios import Number
    from sim.studies.sensitivity import OneAtATime, RangeEnd, SensitivitySpec

TOP = 15  # printed; the table has all


def assumptions(
    scenario: ScenarioName,
    outcome: Annotated[
        str | None,
        typer.Option(
            "--outcome",
            metavar="NAME",
            help="What to watch while they move: cost:government=CN (snapback list outcomes), or a file: "
            "./mine.py:days=7.",
        ),
    ] = None,
    runs: Annotated[int, typer.Option("--runs", min=2, metavar="N", help="Runs for every value.")] = 100,
    seed: Seed = 1,
    until: Until = None,
    force: Force = None,
    strategy: StrategyChoice = None,
    set_: SetNumber = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Folder for picture, table and manifest; results/runs/assumptions-... if not given.",
        ),
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", min=0, metavar="N", help="Processes; 0: one for each processor.")
    ] = 0,
) -> None:
    """List every number without a source; with --outcome, how much it rests on each.

    The list comes at once. With --outcome each assumption that has a range goes
    to its low and to its high end, one at a time, with the same luck in every
    run, and table and picture show how far the mean outcome moves. busan has
    some 290 ends: 100 runs of each take about a minute on two cores.

    Examples:

        snapback assumptions busan

        snapback assumptions busan --outcome cost:government=CN

        snapback assumptions busan --outcome snapback_within:government=CN
        --force US:escalate@2026-03-02 --until 2026-03-10
    """
    if outcome is None:
        if out is not None or force or strategy or until:
            raise EngineError("assumptions: expected --outcome NAME too, for without it nothing is run")
        _list(scenario, set_ or [])
        return
    from sim.reports.assumptions.assumptions_report import FILES, OWNER, folder_of, write_sensitivity
    from sim.storage.results_folder import check_folder
    from sim.studies.sensitivity import SensitivitySpec

    chosen = (tuple(force or ()), tuple(strategy or ()), tuple(set_ or ()))
    question = SensitivitySpec(scenario, outcome, runs, seed, until, *chosen)
    folder = folder_of(question, out)
    check_folder(folder, FILES, OWNER)
    found = _found(question, workers or os.cpu_count() or 1)
    write_sensitivity(found, folder)
    _tell(found)
    typer.echo(f"\nWritten to {folder}: {', '.join(sorted(path.name for path in folder.iterdir()))}.")


def _list(name: str, overrides: list[str]) -> None:
    from sim.cli.terminal import print_table
    from sim.scenarios import scenario
    from sim.scenarios.assumptions import assumptions_of, numbers_of

    source = scenario(name, overrides)
    assumed, numbers = assumptions_of(source), len(list(numbers_of(source)))
    rows = [
        [
            path,
            f"{n.value:g}",
            n.unit,
            _range(n),
            " ".join((n.source.partition(":")[2] + " " + n.note).split()),
        ]
        for path, n in assumed.items()
    ]
    columns = ["assumption", "value", "unit", "range", "note"]
    print_table(f"Numbers of {source.name} without a source", columns, rows)
    silent = sum(n.low is None and n.high is None for n in assumed.values())
    typer.echo(
        f"{len(assumed)} of {numbers} numbers are assumptions: {len(assumed) - silent} with a range, "
        f"{silent} with no range given."
    )
    typer.echo(f"How much an answer rests on each: snapback assumptions {name} --outcome NAME")


def _range(n: "Number") -> str:
    if n.low is None and n.high is None:
        return "no range given"
    low, high = (f"{x:g}" if x is not None else "not given" for x in (n.low, n.high))
    return f"{low} to {high}"


def _found(question: "SensitivitySpec", workers: int) -> "OneAtATime":
    """The sensitivity, with a bar for who watches."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from sim.studies.one_at_a_time import sensitivity

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("ends of ranges", total=None)
        return sensitivity(
            question,
            workers=workers,
            told=lambda done, of: progress.update(bar, completed=done, total=of),
        )


def _tell(s: "OneAtATime") -> None:
    from sim.cli.terminal import console, print_table
    from sim.reports.assumptions.tornado import meaning, remainder, worlds

    typer.echo(f"{s.outcome.spelling} [{s.outcome.unit}] in {s.source.title}: {s.outcome.sentence}")
    typer.echo(f"As shipped {s.mean:.4g} on average. {worlds(s)}\n")
    shown = [t for t in s.tested if t.span > 0][:TOP]
    partly = any(end.shift and end.shift.happened < s.question.runs for t in shown for end in t.ends)
    rows = [
        [
            t.path,
            f"{t.number.value:g} ({_range(t.number)}) {t.number.unit}",
            _moved(t.low, partly),
            _moved(t.high, partly),
        ]
        for t in shown
    ]
    columns = ["assumption", "value (range)", "at the low end", "at the high end"]
    print_table(f"By how much each moves the mean [{s.outcome.unit}]; * beyond luck", columns, rows)
    for text in (remainder(s, len(shown)), meaning(s, "*:")):
        console().print(text, markup=False)
    for t in s.tested:
        for end in t.ends:
            if end.fault:
                typer.echo(f"{t.path}={end.value:g} could not be run: {end.fault}")


def _moved(end: "RangeEnd | None", partly: bool) -> str:
    if end is None or not end.shift:
        return "not run" if end else "not given"
    mean, low, high = end.shift.interval
    if end.move == 0 and not high > low:
        told = "no pair to compare" if math.isnan(mean) else "0"
    else:
        told = f"{mean:+.3g} ({low:+.3g} to {high:+.3g}){' *' if end.real else ''}"
    return f"{told}; happened in {end.shift.happened}" if partly else told
