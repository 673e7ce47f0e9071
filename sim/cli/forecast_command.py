"""`snapback forecast`: a chance that is fixed before the fact, and scored after it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.options import Seed, SetNumber, StrategyChoice

if TYPE_CHECKING:
    from sim.forecasting.forecast import Forecast, ForecastSpec

PATHS = 8  # printed; the card has all


def forecast(
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Last day whose moves are known.")
    ] = None,
    event: Annotated[
        str | None,
        typer.Option(
            "--event",
            metavar="EVENT",
            help="MEASURE:STATUS on any day up to --by (available, in_force, suspended, lifted), "
            "MEASURE:STATUS@by on that day itself, or how suspensions end: MEASURE+MEASURE:ends, "
            "2026-11-10:ends for all with that last day; or an outcome that is a chance "
            "(snapback list outcomes).",
        ),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="DATE", help="Last day that counts.")] = None,
    scenario: Annotated[
        str, typer.Option("--scenario", metavar="NAME", help="A shipped name or the path of a TOML file.")
    ] = "busan",
    events: Annotated[
        Path | None,
        typer.Option("--events", metavar="FILE", help="Record of moves, in the columns of the shipped one."),
    ] = None,
    draws: Annotated[
        int,
        typer.Option("--draws", min=6, metavar="N", help="Joint draws of all numbers nobody has measured."),
    ] = 512,
    runs: Annotated[int, typer.Option("--runs", min=2, metavar="N", help="Runs of each draw.")] = 20,
    seed: Seed = 1,
    strategy: StrategyChoice = None,
    set_: SetNumber = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="The card, a .json; results/forecasts/... else. The PNG goes beside it.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the card as JSON, no tables.")] = False,
    resolve: Annotated[
        tuple[Path, str] | None,
        typer.Option("--resolve", metavar="CARD OUTCOME", help="Score a card: yes, no, or a named outcome."),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="With --resolve: day on which it was known; --by else."),
    ] = None,
) -> None:
    """Forecast an event: its chance, the paths there, what would change it; or score an old card.

    Moves of the record up to --as-of are forced, both sides holding otherwise;
    from the next day on governments choose. Numbers that nobody has measured are
    drawn together from their ranges, each draw with runs of its own. The card is
    a JSON file with a picture; the same command writes the same bytes. About a
    minute. Once the outcome is known, --resolve scores the card, beside even
    chances and those of the record alone.

    Examples:

        snapback forecast --as-of 2025-12-31 --event cn_ga_ge_sb_ban:in_force --by 2026-11-28

        snapback forecast --as-of 2025-12-31
        --event us_reciprocal_24+cn_reciprocal_24:ends --by 2026-11-11

        snapback forecast --resolve card.json no
    """
    from sim.domain.errors import EvidenceError

    if resolve is not None:
        if as_of or event or by:
            raise EvidenceError(
                "forecast: expected --resolve alone, or with --on, for the card has the question"
            )
        _resolve(*resolve, on, json)
        return
    if on is not None:
        raise EvidenceError("forecast: --on goes with --resolve")
    if not (as_of and event and by):
        missing = [o for o, x in (("--as-of", as_of), ("--event", event), ("--by", by)) if not x]
        raise EvidenceError(f"forecast: expected {', '.join(missing)} too, or --resolve CARD OUTCOME")
    from sim.forecasting.card import card_path, check_card_path, write_card
    from sim.forecasting.forecast import ForecastSpec
    from sim.record.events import SHIPPED
    from sim.storage.provenance import as_json

    asked = ForecastSpec(
        as_of=_day("as-of", as_of),
        event=event,
        by=_day("by", by),
        scenario=scenario,
        events=events or SHIPPED,
        draws=draws,
        runs=runs,
        seed=seed,
        overrides=tuple(set_ or ()),
        strategy=tuple(strategy or ()),
    )
    path = card_path(asked, out)
    check_card_path(path)
    card = write_card(_found(asked), path)
    if json:
        typer.echo(as_json(card), nl=False)
        return
    _tell(card)
    typer.echo(f"\nWritten: {path} and {path.with_suffix('.png').name}.")
    typer.echo(f"When it is known: snapback forecast --resolve {path} {card['outcomes'][0]}")


def _day(name: str, text: str) -> Any:
    from datetime import date

    from sim.domain.errors import EvidenceError
    from sim.scenarios.messages import quoted

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise EvidenceError(f"{name}: expected a date as YYYY-MM-DD, got {quoted(text)}") from None


def _found(asked: "ForecastSpec") -> "Forecast":
    """The forecast, with a bar for who watches."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from sim.forecasting.forecast import forecast

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("draws", total=asked.draws)
        return forecast(asked, lambda done, of: progress.update(bar, completed=done, total=of))


def _tell(card: Mapping[str, Any]) -> None:
    from sim.cli.terminal import print_table
    from sim.reports.text.formats import percent

    typer.echo(f"As of {card['as_of']}: {card['question']}.\n")
    rows = [
        [
            name,
            f"{percent(c['chance'])} +- {100 * c['error_95']:.1f}",
            *(percent(c[key]) for key in ("p10", "p50", "p90")),
            f"{100 * c['luck']:.0f} %",
            percent(c["as_shipped"]),
        ]
        for name, c in card["chances"].items()
    ]
    columns = ["outcome", "chance", "10 % of draws", "50 %", "90 %", "luck", "as shipped"]
    print_table(
        f"{card['draws']} draws of {len(card['drawn'])} numbers, {card['runs']} runs each", columns, rows
    )
    for who, b in card["baselines"].items():
        if who != "even":
            told = ", ".join(f"{name} {percent(x)}" for name, x in b["chances"].items())
            typer.echo(f"By the {who} of the record alone: {told}.")
    typer.echo("")
    rows = [
        [p["outcome"], f"{p['how']}, {p['before']}", percent(p["share"]), p["median_day"] or "", _run(p)]
        for p in card["paths"][:PATHS]
    ]
    print_table(
        f"Paths, {len(rows)} of {len(card['paths'])}", ["outcome", "path", "share", "median day", "run"], rows
    )
    rows = [
        [
            d["path"] + (" *" if d["real"] else ""),
            f"{d['low']:.3g} to {d['high']:.3g} {card['drawn'][d['path']]['unit']}",
            f"{100 * d['shift']:+.1f} +- {100 * d['error']:.1f}",
        ]
        for d in card["drivers"][card["headline"]]
    ]
    columns = ["number", "lower to upper third", "points"]
    print_table(f"What moves the chance of {card['headline']} most; * beyond luck", columns, rows)
    story = next((p["story"] for p in card["paths"] if p["story"] and p["outcome"] == card["headline"]), None)
    if story:
        typer.echo(f"A run that takes the first path to {card['headline']} with the shipped numbers: {story}")
    typer.echo(f"{card['caution']}")
    for why, ids in _lost(card).items():
        typer.echo(f"Known by {card['as_of']} and not played, as {why}: {', '.join(ids)}.")


def _lost(card: Mapping[str, Any]) -> dict[str, list[str]]:
    """The acts of the record that the past of a forecast had to leave out, by the reason."""
    from sim.forecasting.forced_history import IN_OPENING, NO_ACT_BUT

    found: dict[str, list[str]] = {}
    for row, why in card["past"]["left"].items():
        if why != IN_OPENING and not why.startswith(NO_ACT_BUT):
            found.setdefault(why, []).append(row)
    return found


def _run(path: Mapping[str, Any]) -> str:
    return "" if path["run_as_shipped"] is None else str(path["run_as_shipped"])


def _resolve(card: Path, outcome: str, on: str | None, json: bool) -> None:
    from sim.cli.terminal import print_table
    from sim.forecasting.resolve import resolve, write_resolved
    from sim.storage.provenance import as_json

    found = resolve(card, outcome, _day("on", on) if on else None)
    path = write_resolved(found, card)
    if json:
        typer.echo(as_json(found), nl=False)
        return
    typer.echo(f"{found['question']}: {outcome}, known on {found['on']}.\n")
    names = {"card": "this card", "as_shipped": "with all numbers as shipped", "even": "even chances"}
    rows = [
        [
            names.get(who, f"{who} of the record"),
            f"{100 * s['chance']:.1f} %",
            f"{s['brier']:.3f}",
            f"{s['log']:.3f}",
        ]
        for who, s in found["scores"].items()
    ]
    columns = ["forecast", "chance given", "Brier [0 to 2]", "log [nats]"]
    print_table("Scores, lower is better", columns, rows)
    for who, note in found["baselines"].items():
        typer.echo(f"{names.get(who, who)}: {note}.")
    typer.echo(f"Written: {path}")
