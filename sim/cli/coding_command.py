"""`snapback coding`: the record by month, and how much depends on the rules of the coding."""

from typing import Annotated, Literal

import typer

from sim.cli.options import Events, OutFile, Tariffs, option


def coding_command(
    events: Events = None,
    tariffs: Tariffs = None,
    threshold: Annotated[
        float, option("--threshold", "SCORE", "Score from which a month is no longer a hold.")
    ] = 4,
    dated: Annotated[
        Literal["announcement", "effect"], typer.Option("--dated", help="Month in which a row counts.")
    ] = "announcement",
    threats: Annotated[
        float,
        option("--threats", "WEIGHT", "Weight of threats and agreements; acts have weight 1.", min=0, max=1),
    ] = 0.5,
    power: Annotated[int, option("--power", "N", "Exponent of severity in the score.", min=0, max=4)] = 2,
    out: OutFile = None,
) -> None:
    """Code each recorded month as escalate, hold or relax.

    A month's score is the sum over its rows of severity to a power: added for escalations, subtracted for
    relaxations. With the default rules --out writes the shipped monthly_moves.csv; a table says how many
    months other rules would change, and a sentence how a second person coded a sample of the rows. Rulings
    of courts and statutes that end by themselves are nobody's move; us_move in the file counts them.

    Examples:

        snapback coding

        snapback coding --out months.csv

        snapback coding --threshold 9 --dated effect --out other.csv
    """
    from sim.cli.terminal import print_markdown, print_table, print_written
    from sim.domain.constants import MOVES
    from sim.domain.errors import EvidenceError
    from sim.record.coding import Scoring, full_months, monthly_table, months_by_score
    from sim.record.coding_sensitivity import codes, influences, second_coding
    from sim.record.events import SIDES
    from sim.record.events import record as read_record
    from sim.record.tariffs import tariff_steps
    from sim.reports.estimation.estimation_text import influence_text
    from sim.reports.templates.rendering import render
    from sim.storage.atomic_write import check_file, write_file

    if not 0 < threshold < float("inf"):
        raise EvidenceError(f"--threshold: expected a score above 0, got {threshold:g}")
    check_file(out)
    record = read_record(events)
    scoring = Scoring(threshold, threat=threats, power=power, effect=dated == "effect")
    table = monthly_table(record, tariff_steps(tariffs), scoring)
    coded = full_months(months_by_score(record, scoring))
    counts = {side: [codes(coded, side).count(move) for move in range(len(MOVES))] for side in SIDES}
    shares = [[side, *(f"{n / len(coded):.2f}" for n in row)] for side, row in counts.items()]
    print_table(f"Share of {len(coded)} months", ["side", *MOVES], shares)
    print_markdown("## Months that another rule would change, compared with the shipped coding\n")
    print_markdown(influence_text(influences(record)))
    if events is None:
        typer.echo(render("second_coder.md", second=second_coding(record)).strip())
    if out is not None:
        write_file(out, table.to_csv(index=False, lineterminator="\r\n"))
        print_written(out)
