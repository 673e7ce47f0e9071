"""`snapback coding`: the record by month, and how much the choices of the coding matter."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.fit_command import EventsFile, TariffsFile


class DatingRule(StrEnum):
    """The month in which a row counts."""

    announcement = "announcement"
    effect = "effect"


def coding(
    events: EventsFile = None,
    tariffs: TariffsFile = None,
    threshold: Annotated[
        float, typer.Option("--threshold", metavar="SCORE", help="Score from which a month is a move.")
    ] = 4,
    dated: Annotated[
        DatingRule, typer.Option("--dated", help="Month in which a row counts.")
    ] = DatingRule.announcement,
    threats: Annotated[
        float,
        typer.Option(
            "--threats", min=0, max=1, metavar="WEIGHT", help="Of threats and agreements beside acts."
        ),
    ] = 0.5,
    power: Annotated[
        int, typer.Option("--power", min=0, max=4, metavar="N", help="Of severity in the score.")
    ] = 2,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="CSV file to write the months to.")
    ] = None,
) -> None:
    """Code each side's months as escalate, hold or relax, and tell how much the choices of it matter.

    A month's score is the sum of its rows, severity to the power: plus for escalations, minus for
    relaxations. With the choices as shipped --out gives monthly_moves.csv; the table says how many months
    other choices change.

    Examples:

        snapback coding

        snapback coding --out months.csv

        snapback coding --threshold 9 --dated effect --out other.csv
    """
    from sim.cli.terminal import print_table
    from sim.domain.errors import EvidenceError
    from sim.record.coding import Scoring
    from sim.record.coding_sensitivity import influences
    from sim.record.events import SHIPPED as RECORD
    from sim.record.events import record as read_record
    from sim.record.monthly_table import monthly_table
    from sim.record.tariffs import SHIPPED as STEPS
    from sim.record.tariffs import tariff_steps
    from sim.reports.estimation.estimation_text import INFLUENCE_HEAD, INFLUENCE_NOTE, influence_rows
    from sim.storage.atomic_write import check_file, write_file

    if not 0 < threshold < float("inf"):
        raise EvidenceError(f"--threshold: expected a score above 0, got {threshold:g}")
    if out is not None:
        check_file(out)
    record = read_record(events or RECORD)
    steps = tariff_steps(tariffs or STEPS)
    scoring = Scoring(threshold, threat=threats, power=power, effect=dated is DatingRule.effect)
    table = monthly_table(record, steps, scoring)
    shares = [
        [side, *(f"{float((table[f'{side.lower()}_move'] == move).mean()):.2f}" for move in table_moves())]
        for side in ("US", "CN")
    ]
    print_table(f"Share of {len(table)} months", ["side", *table_moves()], shares)
    print_table(
        "Months that another choice would change, beside the coding as shipped",
        INFLUENCE_HEAD,
        influence_rows(influences(record)),
    )
    typer.echo(INFLUENCE_NOTE)
    if out is not None:
        write_file(out, table.to_csv(index=False, lineterminator="\r\n"))
        typer.echo(f"Written to {out}.")


def table_moves() -> tuple[str, ...]:
    """The words of the three moves."""
    from sim.domain.constants import MOVES

    return tuple(MOVES)
