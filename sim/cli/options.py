"""Options that several commands share, with the words of their help."""

from typing import Annotated

import typer

ScenarioName = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A shipped name (snapback list) or the path of a TOML file.")
]
Seed = Annotated[int, typer.Option("--seed", min=0, metavar="N", help="Seed of all luck.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Last day, such as 2026-06-30.")]
Force = Annotated[
    list[str] | None,
    typer.Option(
        "--force",
        metavar="MOVE",
        help="Make a government move: US:escalate@2026-03-02, CN>US:hold@2026-03-05 towards one partner, "
        "CN:reactivate=cn_ga_ge_sb_ban@2026-03-02 for an act on a measure. May be repeated.",
    ),
]
StrategyChoice = Annotated[
    list[str] | None,
    typer.Option(
        "--strategy",
        metavar="CHOICE",
        help="Who plays what: CN=tit_for_tat:generosity=0.1, or a file: CN=./mine.py. May be repeated.",
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
