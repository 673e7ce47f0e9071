"""`snapback bench`: how fast the ensemble is, on this machine."""

from typing import Annotated, Any

import typer


def bench(
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")] = False,
    repeat: Annotated[
        int, typer.Option("--repeat", min=1, metavar="N", help="Repetitions; figures are their medians.")
    ] = 7,
) -> None:
    """Measure the ensemble against Mesa, straight-line code, Axelrod-Python, EGTtools and two threads.

    All sides play in turn in one process on one core. Axelrod-Python and EGTtools are
    skipped if they are not installed. Takes about a minute, and another the first
    time, when the rules are compiled.

    Examples:

        snapback bench

        snapback bench --json --repeat 21
    """
    from json import dumps

    from rich.console import Console

    from sim.studies.bench.figures import figures

    watched = Console(stderr=True)
    with watched.status("Measuring") as status:
        found = figures(repeat, lambda what: status.update(f"Measuring: {what}"))
    if json:
        typer.echo(dumps(found, indent=2))
    else:
        _print(found)


def _print(found: dict[str, Any]) -> None:
    from sim.cli.terminal import print_table
    from sim.studies.bench.figures import TARGETS

    rows = []
    for key, wanted in TARGETS.items():
        value = found[key]
        rows.append([key, "" if value is None else f"{value:,.2f}", wanted, _reached(value, wanted)])
    print_table(f"Medians of {found['repeat']} repetitions", ["ratio", "measured", "target", "reached"], rows)
    rates = [[key, f"{value:,.0f}"] for key, value in found["runs_a_second"].items()]
    print_table("Runs a second", ["side", "runs/s"], rates)
    for runs, memory in (found["memory_mb"] or {}).items():
        typer.echo(f"Memory after {int(runs):,} runs: {memory:.0f} MB.")
    typer.echo(f"A second process has played its first run after {found['second_process_s']:.1f} s.")
    for key, reason in found["skipped"].items():
        typer.echo(f"{key}: {reason}.")


def _reached(value: float | None, wanted: str) -> str:
    """Whether a figure reaches what was wanted, such as `>= 10`."""
    if value is None:
        return "skipped"
    if not wanted:
        return ""
    sign, number = wanted.split()
    return "yes" if (value >= float(number) if sign == ">=" else value <= float(number)) else "no"
