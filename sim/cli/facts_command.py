"""`snapback facts`: what happened in the real dispute, and whether the model shows it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import Json, OutFile, RunsOfEach, Seed

if TYPE_CHECKING:
    from sim.validation.facts import Fact
    from sim.validation.moments.moment_comparison import ScenarioComparison


def facts_command(
    runs: RunsOfEach = 500,
    seed: Seed = 0,
    out: OutFile = None,
    json: Json = False,
    history: Annotated[
        bool,
        typer.Option(
            "--history", help="Test the record jointly against free runs, and compare each quantity."
        ),
    ] = False,
    talks: Annotated[bool, typer.Option("--talks", help="The eleven facts of talks instead.")] = False,
) -> None:
    """Test the stylised facts of the real dispute.

    Runs busan, spiral_2025 and phase_one and prints each fact: test, measured value,
    pass or fail. Facts that fail stay in the table, with what was tried; those that
    pass by construction are called so, and counted apart. 500 runs take about a minute,
    and another the first time, when the rules are compiled.
    With --history it tests whether the record could be one of the free runs, by reaction
    matrices, holds, answer times, truces and the ratchet together, each run treated as
    the record in its turn, and then shows each; in a quarter of a minute.
    With --talks it tests the facts of the talks of 2018 to 2025, on busan_eve, spiral_2025
    and phase_one with talks switched on. --out writes a Markdown page.

    Examples:

        snapback facts

        snapback facts --out results/facts.md

        snapback facts --history --out results/facts_history.md
    """
    from sim import __version__
    from sim.cli.terminal import print_json, print_written, progress
    from sim.reports.validation.facts_page import facts_json, facts_page
    from sim.storage.atomic_write import check_file, write_file
    from sim.validation.facts import FACTS, check_facts
    from sim.validation.facts.fact import FactRuns
    from sim.validation.facts.talk_facts import TOLERANCES, talk_facts

    if history and talks:
        raise typer.BadParameter("--history and --talks do not go together")
    check_file(out)
    if history:
        _history(runs, seed, out, json)
        return
    results = []
    with progress("facts") as update:
        for fact in talk_facts(FactRuns(runs, seed)) if talks else check_facts(runs, seed):
            results.append(fact)
            update(len(results), len(TOLERANCES if talks else FACTS))
    if json:
        print_json(facts_json(results, runs, seed))
    else:
        _print_facts(results, runs, seed)
    if out is not None:
        write_file(out, facts_page(results, runs, seed, __version__, talks))
        print_written(out, err=json)


def _print_facts(results: Sequence["Fact"], runs: int, seed: int) -> None:
    from sim.cli.terminal import print_table
    from sim.reports.validation.facts_page import facts_counts, verdict

    rows = []
    for fact in results:
        rows.append([f"{fact.number}", fact.name, "", verdict(fact)])
        rows += [["", part.requirement, part.measured, "" if part.passed else "no"] for part in fact.parts]
    print_table(f"Facts, {runs} runs of seed {seed}", ["", "fact and test", "measured", ""], rows)
    for fact in results:
        if fact.construction:
            typer.echo(f"{fact.number} passes by construction: {fact.construction}")
        if not fact.passed and fact.note:
            typer.echo(f"{fact.number}: {fact.note}")
    typer.echo(facts_counts(results))


def _history(runs: int, seed: int, out: Path | None, json: bool) -> None:
    from sim import __version__
    from sim.cli.terminal import print_json, print_written
    from sim.record.events import record
    from sim.reports.validation.facts_page import history_json, history_page
    from sim.storage.atomic_write import write_file
    from sim.validation.moments.moment_comparison import compare_history, threats_count

    compared = list(compare_history(runs, seed))
    if json:
        print_json(history_json(compared, runs, seed))
    else:
        _print_history(compared, runs, seed)
    if out is not None:
        write_file(out, history_page(compared, threats_count(record()), runs, seed, __version__))
        print_written(out, err=json)


def _print_history(compared: Sequence["ScenarioComparison"], runs: int, seed: int) -> None:
    from sim.cli.terminal import print_table
    from sim.reports.validation.facts_page import COLUMNS, cells, joint_text, outside_text

    typer.echo(joint_text(compared))
    for rows, _ in compared:
        title = f"{rows[0].scenario}, {rows[0].period}, {runs} runs of seed {seed}"
        print_table(title, list(COLUMNS), [[cell.replace("**", "") for cell in cells(row)] for row in rows])
    typer.echo(outside_text(compared))
