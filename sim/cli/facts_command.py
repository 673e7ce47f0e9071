"""`snapback facts`: what happened in the real dispute, and whether the simulator shows it."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import Seed


def facts(
    runs: Annotated[int, typer.Option("--runs", min=2, metavar="N", help="Runs of each scenario.")] = 500,
    seed: Seed = 0,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Markdown page to write the table to.")
    ] = None,
    history: Annotated[
        bool,
        typer.Option(
            "--history", help="The record beside the same scenarios running freely, with intervals."
        ),
    ] = False,
) -> None:
    """Test the stylised facts on busan, spiral_2025 and phase_one: fact, test, measured, pass or fail.

    Facts that fail stay in the table, with what was tried. 500 runs take about a
    minute, and another the first time, when the rules are compiled. With --history
    no test: reaction matrices, holds, answer times, truces and the ratchet of the
    record beside those of free runs, in a quarter of a minute.

    Examples:

        snapback facts

        snapback facts --out results/facts.md

        snapback facts --history --out results/facts_history.md
    """
    from rich.console import Console
    from rich.progress import track

    from sim import __version__
    from sim.cli.terminal import print_table
    from sim.reports.validation.facts_page import facts_page
    from sim.storage.atomic_write import check_file, write_file
    from sim.validation.facts.fact_list import FACTS, check_facts

    if out is not None:
        check_file(out)
    watched = Console(stderr=True)
    if history:
        _history(runs, seed, out)
        return
    played = check_facts(runs, seed)
    quiet = not watched.is_terminal
    found = list(track(played, "Playing", len(FACTS), console=watched, transient=True, disable=quiet))
    rows = []
    for fact in found:
        rows.append([f"{fact.number}", fact.name, "", "pass" if fact.passed else "FAIL"])
        rows += [["", part.asked, part.measured, "" if part.passed else "no"] for part in fact.parts]
    print_table(f"Facts, {runs} runs of seed {seed}", ["", "fact and test", "measured", ""], rows)
    for fact in found:
        if not fact.passed and fact.note:
            typer.echo(f"{fact.number}: {fact.note}")
    if out is not None:
        write_file(out, facts_page(found, runs, seed, __version__))
    typer.echo(f"{sum(fact.passed for fact in found)} of {len(found)} facts pass.")


def _history(runs: int, seed: int, out: Path | None) -> None:
    """Print the record beside free runs, and write the page."""
    from sim import __version__
    from sim.cli.terminal import print_table
    from sim.record.events import record
    from sim.reports.validation.moments_page import COLUMNS, cells, history_page, verdicts
    from sim.storage.atomic_write import write_file
    from sim.validation.moments.moment_comparison import compare_history, threats_count

    found = list(compare_history(runs, seed))
    if out is not None:
        write_file(out, history_page(found, threats_count(record()), runs, seed, __version__))
    for rows in found:
        title = f"{rows[0].scenario}, {rows[0].period}, {runs} runs of seed {seed}"
        print_table(title, list(COLUMNS), [[cell.replace("**", "") for cell in cells(row)] for row in rows])
    typer.echo("\n".join(verdicts(found)))
