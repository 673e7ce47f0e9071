"""`snapback forecast`: a forecast sealed before the event, and scored after it."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.options import option


def forecast_command(
    as_of: Annotated[str | None, option("--as-of", "DATE", "Last day whose moves are known.")] = None,
    event: Annotated[
        str | None,
        option(
            "--event",
            "EVENT",
            "MEASURE:STATUS on any day up to --by (available, in_force, suspended, lifted), "
            "MEASURE:STATUS@by on that day itself, or how suspensions end: MEASURE+MEASURE:ends, "
            "2026-11-10:ends for all with that last day; or an outcome that is a probability "
            "(snapback list outcomes).",
        ),
    ] = None,
    by: Annotated[str | None, option("--by", "DATE", "Last day that counts.")] = None,
    scenario: Annotated[
        str, option("--scenario", "NAME", "A shipped name or the path of a TOML file.")
    ] = "busan",
    events: options.Events = None,
    draws: Annotated[int, option("--draws", "N", "Joint draws of all unmeasured numbers.", min=6)] = 512,
    runs: options.RunsOfEach = 20,
    seed: options.Seed = 1,
    strategy: options.StrategyChoice = None,
    set_: options.SetNumber = None,
    out: Annotated[
        Path | None,
        option(
            "--out",
            "FILE",
            "File of the card (.json), its picture beside it; one in results/forecasts/ if not given.",
        ),
    ] = None,
    kind: options.PictureKind = "png",
    json: options.Json = False,
    resolve: Annotated[
        tuple[Path, str] | None,
        option("--resolve", "CARD OUTCOME", "Score a card: yes, no, or a named outcome."),
    ] = None,
    on: Annotated[
        str | None,
        option("--on", "DATE", "With --resolve: day on which the outcome was known; --by if not given."),
    ] = None,
    source: Annotated[str, option("--source", "TEXT", "With --resolve: where the outcome can be read.")] = "",
    due: Annotated[
        bool, typer.Option("--due", help="List the cards in results/forecasts that fell due and are open.")
    ] = False,
) -> None:
    """Forecast an event and seal the card, or score a card.

    Recorded moves up to --as-of are forced, and both sides hold otherwise; from the
    next day on governments decide. Unmeasured numbers (assumptions) are drawn jointly
    from their ranges, each draw with its own runs. The card is a JSON file with a
    picture beside it; the same command writes the same bytes. Takes about a minute.
    When the outcome is known, --resolve scores the card against equal probabilities
    and those of the record alone; it asks for the source of the outcome. --due lists
    the cards that wait for it.

    Examples:

        snapback forecast --as-of 2025-12-31 --event cn_ga_ge_sb_ban:in_force --by 2026-11-28

        snapback forecast --as-of 2025-12-31
        --event us_reciprocal_24+cn_reciprocal_24:ends --by 2026-11-11

        snapback forecast --due

        snapback forecast --resolve card.json no --source "MOFCOM Announcement 80 of 2026"
    """
    from sim.domain.errors import EvidenceError

    if resolve is not None:
        if as_of or event or by:
            raise EvidenceError("forecast: expected --resolve alone, or with --on; the card has the question")
        _resolve(*resolve, source, on, json)
        return
    if on is not None or source:
        raise EvidenceError("forecast: --on and --source go with --resolve")
    if due:
        _list_due()
        return
    if not (as_of and event and by):
        missing = [o for o, x in (("--as-of", as_of), ("--event", event), ("--by", by)) if not x]
        raise EvidenceError(f"forecast: expected {', '.join(missing)} too, or --resolve CARD OUTCOME")
    from sim.cli.terminal import print_json, print_markdown, print_written, progress
    from sim.forecasting.card import card_path, check_card_path
    from sim.forecasting.forced_history import IN_OPENING, NO_ACT_BUT
    from sim.forecasting.forecast import ForecastSpec, forecast
    from sim.reports.forecast.forecast_figure import write_card
    from sim.reports.templates.rendering import render

    spec = ForecastSpec(
        as_of=options.date_of("--as-of", as_of),
        event=event,
        by=options.date_of("--by", by),
        scenario=scenario,
        events=events,
        draws=draws,
        runs=runs,
        seed=seed,
        overrides=tuple(set_ or ()),
        strategy=tuple(strategy or ()),
    )
    path = card_path(spec, out)
    check_card_path(path, kind)
    with progress("draws") as update:
        card = write_card(forecast(spec, update), path, kind)
    if json:
        print_json(card)
        return
    print_markdown(render("forecast.md", card=card, in_opening=IN_OPENING, no_act_but=NO_ACT_BUT))
    headline = card["headline"]
    for story in [p["story"] for p in card["paths"] if p["story"] and p["outcome"] == headline][:1]:
        typer.echo(f"\nA run on the most frequent path to {headline}, as shipped: {story}")
    print_written(path.parent, [path.name, path.with_suffix(f".{kind}").name])
    typer.echo(
        f"When the outcome is known: snapback forecast --resolve {path} {card['outcomes'][0]} --source WHERE"
    )


def _list_due() -> None:
    from sim.forecasting.card import FOLDER
    from sim.forecasting.resolve import due_cards

    cards = due_cards(FOLDER, date.today())
    for path, card in cards:
        typer.echo(f"{card['by']}: {path}\n    {card['question']}. Outcomes: {', '.join(card['outcomes'])}.")
    how = "To resolve one: snapback forecast --resolve CARD OUTCOME --source WHERE"
    typer.echo(how if cards else f"No card in {FOLDER} fell due and is open.")


def _resolve(card: Path, outcome: str, source: str, on: str | None, json: bool) -> None:
    from sim.cli.terminal import print_json, print_markdown, print_written
    from sim.forecasting.resolve import resolve, write_resolved
    from sim.reports.templates.rendering import render

    resolved = resolve(card, outcome, source, options.date_of("--on", on) if on else None)
    path = write_resolved(resolved, card)
    if json:
        print_json(resolved)
        return
    print_markdown(render("resolved.md", resolved=resolved))
    print_written(path)
