"""`snapback bench`: how fast runs are on this machine."""

from importlib.util import find_spec
from pathlib import Path
from runpy import run_path
from shutil import which
from typing import Annotated, Any

import typer

from sim.cli.options import Json, option
from sim.domain.errors import EngineError


def bench_command(
    json: Json = False,
    repeat: Annotated[int, option("--repeat", "N", "Repetitions; figures are their medians.", min=1)] = 7,
    page: Annotated[bool, typer.Option("--page", help="Measure a page in Chromium, in a checkout.")] = False,
    class_: Annotated[bool, typer.Option("--class", help="Measure a class of bots, in a checkout.")] = False,
) -> None:
    """Measure how fast runs are on this machine.

    The ensemble is measured against Mesa, Axelrod-Python, EGTtools and itself on
    two threads. The others take turns in one process on one
    core; Axelrod-Python and EGTtools are skipped if they are not installed. Takes
    about a minute, and another the first time, when the rules are compiled.

    Examples:

        snapback bench

        snapback bench --json --repeat 21

        snapback bench --page

        snapback bench --class
    """
    if page:
        return _measure("page", json, {"Playwright": find_spec("playwright"), "Chromium": which("chromium")})
    if class_:
        return _measure("class", json, {"websockets": find_spec("websockets")})
    from rich.console import Console

    from sim.cli.terminal import print_json
    from sim.studies.bench.figures import figures

    with Console(stderr=True).status("Measuring") as status:
        result = figures(repeat, lambda what: status.update(f"Measuring: {what}"))
    if json:
        print_json(result)
    else:
        _print(result)


def _measure(what: str, json: bool, there: dict[str, object]) -> None:
    path = Path(__file__).parents[2] / "experiments" / f"{what}_figures.py"
    needs = {"a checkout": path.is_file(), "text, not --json": not json, **there}
    if missing := [name for name, value in needs.items() if not value]:
        raise EngineError(f"bench --{what}: expected {' and '.join(missing)}")
    run_path(str(path))["main"]()


def _print(result: dict[str, Any]) -> None:
    from sim.cli.terminal import print_table
    from sim.studies.bench.figures import TARGETS, verdict

    rows = []
    for key, target in TARGETS.items():
        value = result[key]
        rows.append([key, "" if value is None else f"{value:,.2f}", target, verdict(value, target)])
    print_table(
        f"Medians of {result['repeat']} repetitions", ["ratio", "measured", "target", "reached"], rows
    )
    rates = [[key, f"{value:,.0f}"] for key, value in result["runs_a_second"].items()]
    print_table("Runs a second", ["side", "runs/s"], rates)
    for runs, memory in (result["memory_mb"] or {}).items():
        typer.echo(f"Memory after {int(runs):,} runs: {memory:.0f} MB.")
    typer.echo(f"A second process finishes its first run after {result['second_process_s']:.1f} s.")
    for key, reason in result["skipped"].items():
        typer.echo(f"{key}: {reason}.")
