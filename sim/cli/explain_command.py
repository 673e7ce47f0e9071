"""`snapback explain`: why a government moved."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.options import argument, option


def explain_command(
    run: Annotated[Path, argument("RUN", "The folder of a run.")],
    which: Annotated[
        str | None,
        argument("DATE", "A day, such as 2026-03-05, or the number of a decision; a list without it."),
    ] = None,
    why_not: Annotated[
        str | None, option("--why-not", "MEASURE", "A measure of who decided: why was nothing done with it?")
    ] = None,
    picture: Annotated[
        Path | None, option("--picture", "FILE", "Draw the payoff terms of each move, as .png, .svg or .pdf.")
    ] = None,
    json: options.Json = False,
) -> None:
    """Explain why a government moved, and why not otherwise.

    Without a day, the decisions of the run are listed with their numbers. For one it
    shows the payoff terms of each move, the answers expected, all legal acts and the
    likeliest packages, what was drawn, and the smallest change of a number that would
    have made something else the likeliest. Packages and that change are worked out only
    when asked here: the run's trace.jsonl does not have them. On a day of talks the
    offers follow.

    Examples:

        snapback explain spring

        snapback explain spring 2026-03-04

        snapback explain spring 9 --why-not cn_ga_ge_sb_ban --picture why.png
    """
    from sim.cli.terminal import print_json, print_markdown, print_table, print_written
    from sim.reports.run.decision_facts import decisions_of
    from sim.reports.run.explanation import DECISIONS, decision_lines, decision_text
    from sim.reports.run.offers import offers_text
    from sim.reports.run.run_folder import read_offers, read_run
    from sim.storage.atomic_write import check_file
    from sim.storage.results_folder import PICTURES

    trace = read_run(run)
    if which is None:
        if json:
            print_json({"decisions": [{"number": k, **row} for k, row in enumerate(trace.rows, 1)]})
        else:
            print_table(f"Decisions of {run}", DECISIONS, decision_lines(trace.rows))
            typer.echo(f"Why one of them: snapback explain {run} NUMBER")
        return
    check_file(picture, PICTURES)
    decisions = decisions_of(trace, which, why_not)
    offers = read_offers(run, decisions[0]["date"])
    if picture is not None:
        from sim.reports.run.waterfall import draw_waterfall

        draw_waterfall(decisions, picture)
    if json:
        print_json({"decisions": decisions, "offers": offers})
    else:
        capitals = {row["government"]: row["capital"] for row in trace.rows}
        talks = [offers_text(offers, capitals)] if offers else []
        print_markdown("\n".join([*map(decision_text, decisions), *talks]))
    if picture is not None:
        print_written(picture, err=json)
