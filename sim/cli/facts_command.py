"""`snapback facts`: what happened in the real dispute, and whether the model shows it."""

from typing import Annotated

import typer

from sim.cli.options import Json, OutFile, RunsOfEach, Seed


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

    Runs busan, spiral_2025 and phase_one and prints a page of facts: test, measured value,
    pass or fail. Facts that fail stay in the table, with what was tried; those that
    pass by construction are called so, and counted apart. 500 runs take about a minute,
    and another the first time, when the rules are compiled.
    With --history it tests whether the record could be one of the free runs, by reaction
    matrices, holds, answer times, truces and the ratchet together, each run treated as
    the record in its turn, and then shows each; in a quarter of a minute.
    With --talks it tests the facts of the talks of 2018 to 2025, on busan_eve, spiral_2025
    and phase_one with talks switched on. --out writes the page in Markdown.

    Examples:

        snapback facts

        snapback facts --out results/facts.md

        snapback facts --history --out results/facts_history.md
    """
    from sim import __version__
    from sim.cli.terminal import print_json, print_markdown, print_written, progress
    from sim.record.events import record
    from sim.reports.validation.facts_page import facts_json, facts_page, history_json, history_page
    from sim.storage.atomic_write import check_file, write_file
    from sim.validation.facts import FACTS, check_facts
    from sim.validation.facts.fact import FactRuns
    from sim.validation.facts.talk_facts import TOLERANCES, talk_facts
    from sim.validation.moments.moment_comparison import compare_history, threats_count

    if history and talks:
        raise typer.BadParameter("--history and --talks do not go together")
    check_file(out)
    if history:
        compared = list(compare_history(runs, seed))
        values = history_json(compared, runs, seed)
        page = history_page(compared, threats_count(record()), runs, seed, __version__)
    else:
        results = []
        with progress("facts") as update:
            for fact in talk_facts(FactRuns(runs, seed)) if talks else check_facts(runs, seed):
                results.append(fact)
                update(len(results), len(TOLERANCES if talks else FACTS))
        values, page = facts_json(results, runs, seed), facts_page(results, runs, seed, __version__, talks)
    if json:
        print_json(values)
    else:
        print_markdown(page)
    if out is not None:
        write_file(out, page)
        print_written(out, err=json)
