"""Options that several commands share, with the words of their help."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

ScenarioName = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO", help="Name of a shipped scenario (snapback list) or path of a TOML file."
    ),
]
Seed = Annotated[int, typer.Option("--seed", min=0, metavar="N", help="Seed of the random numbers.")]
Runs = Annotated[int, typer.Option("--runs", min=1, metavar="N", help="How many runs.")]
RunsOfEach = Annotated[
    int, typer.Option("--runs", min=2, metavar="N", help="Runs of each scenario, value or draw.")
]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Last day, such as 2026-06-30.")]
Force = Annotated[
    list[str] | None,
    typer.Option(
        "--force",
        metavar="MOVE",
        help="Make a government move: US:escalate@2026-03-02, CN>US:hold@2026-03-05 towards one partner, "
        "CN:reactivate=cn_ga_ge_sb_ban@2026-03-02 for an act on a measure, "
        "US+CN:deal=us_port_fees+cn_port_fees@2026-03-02 for a deal of both. May be repeated.",
    ),
]
StrategyChoice = Annotated[
    list[str] | None,
    typer.Option(
        "--strategy",
        metavar="CHOICE",
        help="Strategy of a government: CN=tit_for_tat:generosity=0.1, or a file: CN=./mine.py. May be "
        "repeated.",
    ),
]
SetNumber = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NUMBER",
        help="Change a number: US.renewal_belief=0.5, US.gallium.stock=12, cn_port_fees.until=2026-06-01. "
        "May be repeated.",
    ),
]
Engine = Annotated[
    Literal["mesa", "ensemble"] | None,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="mesa: agents, written to be read, the default for one run; ensemble: compiled, for many runs. "
        "Both give the same runs.",
    ),
]
OutFile = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="File to write the result to.")]
OutFolder = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Folder for the files; one in results/ if not given."),
]
PictureKind = Annotated[
    Literal["png", "svg", "pdf"], typer.Option("--format", metavar="KIND", help="Of pictures: png, svg, pdf.")
]
OpenPage = Annotated[bool, typer.Option("--open", help="Open the page in the browser.")]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, metavar="N", help="Processes; one for each core if not given."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text and tables.")]
Events = Annotated[
    Path | None,
    typer.Option(
        "--events",
        metavar="FILE",
        help="Record of moves in the columns of the shipped one (CSV), old rows and new ones; a month "
        "without a row, between the first and the last, counts as held.",
    ),
]
Tariffs = Annotated[
    Path | None,
    typer.Option(
        "--tariffs",
        metavar="FILE",
        help="Average tariffs by date in the columns of piie_tariff_steps.csv; the last ones stay in force.",
    ),
]
Priors = Annotated[
    Path | None, typer.Option("--choices", metavar="FILE", help="Priors, starts and seeds of a fit (TOML).")
]
Train = Annotated[
    str | None, typer.Option("--train", metavar="MONTHS", help="Months to fit, such as 2018-01:2024-12.")
]
StoredFit = Annotated[
    Path | None, typer.Option("--fit", metavar="FILE", help="A fit stored by `snapback fit --out`.")
]


def date_of(name: str, text: str) -> date:
    """The day that an option or argument gives."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"expected a date as YYYY-MM-DD, got {text!r}", param_hint=name) from None
