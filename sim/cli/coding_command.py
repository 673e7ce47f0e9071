"""`snapback coding`: the record by month, and how much depends on the rules of the coding."""

from typing import Annotated, Literal

import typer

from sim.cli.options import Events, OutFile, Tariffs


def coding_command(
    events: Events = None,
    tariffs: Tariffs = None,
    threshold: Annotated[
        float,
        typer.Option("--threshold", metavar="SCORE", help="Score from which a month is no longer a hold."),
    ] = 4,
    dated: Annotated[
        Literal["announcement", "effect"], typer.Option("--dated", help="Month in which a row counts.")
    ] = "announcement",
    threats: Annotated[
        float,
        typer.Option(
            "--threats",
            min=0,
            max=1,
            metavar="WEIGHT",
            help="Weight of threats and agreements; acts have weight 1.",
        ),
    ] = 0.5,
    power: Annotated[
        int, typer.Option("--power", min=0, max=4, metavar="N", help="Exponent of severity in the score.")
    ] = 2,
    out: OutFile = None,
) -> None:
    """Code each recorded month as escalate, hold or relax.

    A month's score is the sum over its rows of severity to a power: added for escalations, subtracted for
    relaxations. With the default rules --out writes the shipped monthly_moves.csv; a table says how many
    months other rules would change.

    Examples:

        snapback coding

        snapback coding --out months.csv

        snapback coding --threshold 9 --dated effect --out other.csv
    """
    from sim.cli.terminal import print_table, print_written
    from sim.domain.constants import MOVES
    from sim.domain.errors import EvidenceError
    from sim.record.coding import Scoring
    from sim.record.coding_sensitivity import influences
    from sim.record.events import SHIPPED as RECORD
    from sim.record.events import SIDES
    from sim.record.events import record as read_record
    from sim.record.monthly_table import monthly_table
    from sim.record.tariffs import SHIPPED as STEPS
    from sim.record.tariffs import tariff_steps
    from sim.reports.estimation.estimation_text import INFLUENCE_HEAD, INFLUENCE_NOTE, influence_rows
    from sim.storage.atomic_write import check_file, write_file

    if not 0 < threshold < float("inf"):
        raise EvidenceError(f"--threshold: expected a score above 0, got {threshold:g}")
    check_file(out)
    record = read_record(events or RECORD)
    scoring = Scoring(threshold, threat=threats, power=power, effect=dated == "effect")
    table = monthly_table(record, tariff_steps(tariffs or STEPS), scoring)
    shares = [
        [side, *(f"{float((table[f'{side.lower()}_move'] == move).mean()):.2f}" for move in MOVES)]
        for side in SIDES
    ]
    print_table(f"Share of {len(table)} months", ["side", *MOVES], shares)
    print_table(
        "Months that another rule would change, compared with the shipped coding",
        INFLUENCE_HEAD,
        influence_rows(influences(record)),
    )
    typer.echo(INFLUENCE_NOTE)
    if out is not None:
        write_file(out, table.to_csv(index=False, lineterminator="\r\n"))
        print_written(out)
