"""Options that several commands share, with the words of their help."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import typer


def option(flag: str, metavar: str, help: str, **more: Any) -> Any:
    """An option of a command, with what stands for its value and what it is; more as Typer takes it."""
    return typer.Option(flag, metavar=metavar, help=help, **more)


def argument(metavar: str, help: str) -> Any:
    """An argument of a command, with what stands for it and what it is."""
    return typer.Argument(metavar=metavar, help=help)


ScenarioName = Annotated[
    str, argument("SCENARIO", "Name of a shipped scenario (snapback list) or path of a TOML file.")
]
Seed = Annotated[int, option("--seed", "N", "Seed of the random numbers.", min=0)]
Runs = Annotated[int, option("--runs", "N", "How many runs.", min=1)]
RunsOfEach = Annotated[int, option("--runs", "N", "Runs of each scenario, value or draw.", min=2)]
Until = Annotated[str | None, option("--until", "DATE", "Last day, such as 2026-06-30.")]
Force = Annotated[
    list[str] | None,
    option(
        "--force",
        "MOVE",
        "Make a government move: US:escalate@2026-03-02, CN>US:hold@2026-03-05 towards one partner, "
        "CN:reactivate=cn_ga_ge_sb_ban@2026-03-02 for an act on a measure, "
        "US+CN:deal=us_port_fees+cn_port_fees@2026-03-02 for a deal of both. May be repeated.",
    ),
]
StrategyChoice = Annotated[
    list[str] | None,
    option(
        "--strategy",
        "CHOICE",
        "Strategy of a government: CN=tit_for_tat:generosity=0.1, or a file: CN=./mine.py. May be repeated.",
    ),
]
SetNumber = Annotated[
    list[str] | None,
    option(
        "--set",
        "NUMBER",
        "Change a number: US.renewal_belief=0.5, US.gallium.stock=12, cn_port_fees.until=2026-06-01. "
        "May be repeated.",
    ),
]
NegotiatorChoice = Annotated[
    list[str] | None,
    typer.Option(
        "--negotiator",
        metavar="CHOICE",
        help="Who asks for a government in talks: US=time_based:firmness=4, or a file: CN=./mine.py. May be "
        "repeated; the same as --set US.negotiator=...",
    ),
]
ProtocolChoice = Annotated[
    str | None,
    typer.Option("--protocol", metavar="NAME", help="Who may offer next in talks: ultimatum, or a file."),
]
Engine = Annotated[
    Literal["mesa", "ensemble"] | None,
    option(
        "--engine",
        "NAME",
        "mesa: agents, written to be read, the default for one run; ensemble: compiled, for many runs. "
        "Both give the same runs.",
    ),
]
OutFile = Annotated[Path | None, option("--out", "FILE", "File to write the result to.")]
OutFolder = Annotated[
    Path | None, option("--out", "DIR", "Folder for the files; one in results/ if not given.")
]
PictureKind = Annotated[
    Literal["png", "svg", "pdf"], option("--format", "KIND", "Of pictures: png, svg, pdf.")
]
OpenPage = Annotated[bool, typer.Option("--open", help="Open the page in the browser.")]
Workers = Annotated[int | None, option("--workers", "N", "Processes; one for each core if not given.", min=1)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text and tables.")]
Events = Annotated[
    Path | None,
    option(
        "--events",
        "FILE",
        "Record of moves in the columns of the shipped one (CSV), old rows and new ones; a month "
        "without a row, between the first and the last, counts as held.",
    ),
]
Tariffs = Annotated[
    Path | None,
    option(
        "--tariffs",
        "FILE",
        "Average tariffs by date in the columns of piie_tariff_steps.csv; the last ones stay in force.",
    ),
]
Priors = Annotated[Path | None, option("--choices", "FILE", "Priors, starts and seeds of a fit (TOML).")]
Train = Annotated[str | None, option("--train", "MONTHS", "Months to fit, such as 2018-01:2024-12.")]
StoredFit = Annotated[Path | None, option("--fit", "FILE", "A fit stored by `snapback fit --out`.")]


def with_speakers(set_: list[str] | None, negotiator: list[str] | None, protocol: str | None) -> list[str]:
    """Changes of numbers with those of who speaks in talks, as --set writes them."""
    parts = [text.partition("=") for text in negotiator or ()]
    for code, sign, _ in parts:
        if not sign:
            raise typer.BadParameter(
                f"expected GOVERNMENT=NEGOTIATOR, got {code!r}", param_hint="--negotiator"
            )
    speakers = [f"{code.strip()}.negotiator={choice}" for code, _, choice in parts]
    return [*(set_ or ()), *speakers, *([f"talks.protocol={protocol}"] if protocol else [])]


def date_of(name: str, text: str) -> date:
    """The day that an option or argument gives."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"expected a date as YYYY-MM-DD, got {text!r}", param_hint=name) from None
