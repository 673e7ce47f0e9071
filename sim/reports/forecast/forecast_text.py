"""A forecast card and its scores as tables and sentences for a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from sim.forecasting.forced_history import IN_OPENING, NO_ACT_BUT
from sim.forecasting.forecast import Forecast
from sim.reports.text.formats import percent
from sim.reports.text.markdown import Part

Card = Mapping[str, Any]
PATHS = 8  # in the table; the card has all
NAMES = {"card": "this card", "as_shipped": "with all numbers as shipped", "even": "equal probabilities"}


def forecast_parts(card: Card) -> Iterator[Part]:
    """What a card says: probabilities, those of the record alone, paths, drivers, and cautions."""
    headline = card["headline"]
    yield f"As of {card['as_of']}: {card['question']}.\n"
    rows = []
    for name, c in card["chances"].items():
        mean = f"{percent(c['chance'])} +- {100 * c['error_95']:.1f}"
        draws = [percent(c[key]) for key in ("p10", "p50", "p90")]
        rows.append([name, mean, *draws, f"{100 * c['luck']:.0f} %", percent(c["as_shipped"])])
    yield (
        f"{card['draws']} draws of {len(card['drawn'])} numbers, {card['runs']} runs each",
        ["outcome", "probability", "10 % of draws", "50 %", "90 %", "luck", "as shipped"],
        rows,
    )
    for who, b in card["baselines"].items():
        if who != "even":
            listed = ", ".join(f"{name} {percent(x)}" for name, x in b["chances"].items())
            yield f"By the {who} of the record alone: {listed}."
    rows = []
    for p in card["paths"][:PATHS]:
        run = "" if p["run_as_shipped"] is None else str(p["run_as_shipped"])
        path = f"{p['how']}, {p['before']}"
        rows.append([p["outcome"], path, percent(p["share"]), p["median_day"] or "", run])
    head = ["outcome", "path", "share", "median day", "run"]
    yield f"\nPaths, {len(rows)} of {len(card['paths'])}", head, rows
    rows = []
    for d in card["drivers"][headline]:
        thirds = f"{d['low']:.3g} to {d['high']:.3g} {card['drawn'][d['path']]['unit']}"
        shift = f"{100 * d['shift']:+.1f} +- {100 * d['error']:.1f}"
        rows.append([d["path"] + (" *" if d["real"] else ""), thirds, shift])
    head = ["number", "lower to upper third", "percentage points"]
    yield f"What moves the probability of {headline} most; *: significant after correction", head, rows
    stories = [p["story"] for p in card["paths"] if p["story"] and p["outcome"] == headline]
    for story in stories[:1]:
        yield f"A run on the most frequent path to {headline}, as shipped: {story}"
    yield card["caution"]
    skipped: dict[str, list[str]] = {}
    for row, reason in card["past"]["left"].items():
        if reason != IN_OPENING and not reason.startswith(NO_ACT_BUT):
            skipped.setdefault(reason, []).append(row)
    for reason, ids in skipped.items():
        yield f"Known by {card['as_of']} but not simulated, because {reason}: {', '.join(ids)}."


def card_tables(f: Forecast) -> dict[str, pd.DataFrame]:
    """Chances and baselines by outcome, paths, and drivers by outcome [probabilities from 0 to 1]."""
    card = f.card
    paths = pd.DataFrame(card["paths"])
    return {
        "chances": pd.DataFrame(card["chances"]).T,
        "baselines": pd.DataFrame({name: b["chances"] for name, b in card["baselines"].items()}),
        "paths": paths.assign(median_day=pd.to_datetime(paths["median_day"])),
        "drivers": pd.concat({name: pd.DataFrame(rows) for name, rows in card["drivers"].items()}),
    }


def resolved_parts(resolved: Card) -> Iterator[Part]:
    """The scores of a card beside those of other forecasts, and what these are."""
    since = f"known on {resolved['on']} ({resolved['source']})"
    yield f"{resolved['question']}: {resolved['outcome']}, {since}.\n"
    rows = []
    for who, s in resolved["scores"].items():
        name = NAMES.get(who, f"{who} of the record")
        rows.append([name, f"{100 * s['chance']:.1f} %", f"{s['brier']:.3f}", f"{s['log']:.3f}"])
    head = ["forecast", "probability given", "Brier [0 to 2]", "log [nats]"]
    yield "Scores, lower is better", head, rows
    for who, note in resolved["baselines"].items():
        yield f"{NAMES.get(who, who)}: {note}."
