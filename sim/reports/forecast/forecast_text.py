"""A forecast card and its scores as tables and sentences for a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from sim.forecasting.forced_history import IN_OPENING, NO_ACT_BUT
from sim.reports.text.formats import percent
from sim.reports.text.parts import Part

Card = Mapping[str, Any]
PATHS = 8  # in the table; the card has all
NAMES = {"card": "this card", "as_shipped": "with all numbers as shipped", "even": "equal probabilities"}


def forecast_parts(card: Card) -> Iterator[Part]:
    """What a card says: probabilities, those of the record alone, paths, drivers, and cautions."""
    headline = card["headline"]
    yield f"As of {card['as_of']}: {card['question']}.\n"
    yield (
        f"{card['draws']} draws of {len(card['drawn'])} numbers, {card['runs']} runs each",
        ["outcome", "probability", "10 % of draws", "50 %", "90 %", "luck", "as shipped"],
        [
            [
                name,
                f"{percent(c['chance'])} +- {100 * c['error_95']:.1f}",
                *(percent(c[key]) for key in ("p10", "p50", "p90")),
                f"{100 * c['luck']:.0f} %",
                percent(c["as_shipped"]),
            ]
            for name, c in card["chances"].items()
        ],
    )
    for who, b in card["baselines"].items():
        if who != "even":
            listed = ", ".join(f"{name} {percent(x)}" for name, x in b["chances"].items())
            yield f"By the {who} of the record alone: {listed}."
    paths = card["paths"][:PATHS]
    yield (
        f"\nPaths, {len(paths)} of {len(card['paths'])}",
        ["outcome", "path", "share", "median day", "run"],
        [
            [
                p["outcome"],
                f"{p['how']}, {p['before']}",
                percent(p["share"]),
                p["median_day"] or "",
                "" if p["run_as_shipped"] is None else str(p["run_as_shipped"]),
            ]
            for p in paths
        ],
    )
    yield (
        f"What moves the probability of {headline} most; *: significant after correction",
        ["number", "lower to upper third", "percentage points"],
        [
            [
                d["path"] + (" *" if d["real"] else ""),
                f"{d['low']:.3g} to {d['high']:.3g} {card['drawn'][d['path']]['unit']}",
                f"{100 * d['shift']:+.1f} +- {100 * d['error']:.1f}",
            ]
            for d in card["drivers"][headline]
        ],
    )
    stories = [p["story"] for p in card["paths"] if p["story"] and p["outcome"] == headline]
    for story in stories[:1]:
        yield f"A run on the most frequent path to {headline}, as shipped: {story}"
    yield card["caution"]
    skipped: dict[str, list[str]] = {}
    for row, reason in card["past"]["left"].items():
        if reason != IN_OPENING and not reason.startswith(NO_ACT_BUT):
            skipped.setdefault(reason, []).append(row)
    for reason, rows in skipped.items():
        yield f"Known by {card['as_of']} but not simulated, because {reason}: {', '.join(rows)}."


def resolved_parts(resolved: Card) -> Iterator[Part]:
    """The scores of a card beside those of other forecasts, and what these are."""
    yield f"{resolved['question']}: {resolved['outcome']}, known on {resolved['on']}.\n"
    yield (
        "Scores, lower is better",
        ["forecast", "probability given", "Brier [0 to 2]", "log [nats]"],
        [
            [
                NAMES.get(who, f"{who} of the record"),
                f"{100 * s['chance']:.1f} %",
                f"{s['brier']:.3f}",
                f"{s['log']:.3f}",
            ]
            for who, s in resolved["scores"].items()
        ],
    )
    for who, note in resolved["baselines"].items():
        yield f"{NAMES.get(who, who)}: {note}."
