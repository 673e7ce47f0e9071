"""A forecast card and its scores as rows of tables."""

from collections.abc import Mapping
from typing import Any

from sim.forecasting.forced_history import IN_OPENING, NO_ACT_BUT
from sim.reports.text.formats import percent

Card = Mapping[str, Any]
NAMES = {"card": "this card", "as_shipped": "with all numbers as shipped", "even": "equal probabilities"}


def outcome_rows(card: Card) -> list[list[str]]:
    """Every outcome: probability, quantiles over the draws, share of luck, probability as shipped."""
    return [
        [
            name,
            f"{percent(c['chance'])} +- {100 * c['error_95']:.1f}",
            *(percent(c[key]) for key in ("p10", "p50", "p90")),
            f"{100 * c['luck']:.0f} %",
            percent(c["as_shipped"]),
        ]
        for name, c in card["chances"].items()
    ]


def path_rows(card: Card, most: int) -> list[list[str]]:
    """The most frequent paths: outcome, what happens, share, median day, a run that takes it."""
    return [
        [
            p["outcome"],
            f"{p['how']}, {p['before']}",
            percent(p["share"]),
            p["median_day"] or "",
            "" if p["run_as_shipped"] is None else str(p["run_as_shipped"]),
        ]
        for p in card["paths"][:most]
    ]


def driver_rows(card: Card) -> list[list[str]]:
    """The numbers that move the headline outcome most: name, range, percentage points."""
    return [
        [
            d["path"] + (" *" if d["real"] else ""),
            f"{d['low']:.3g} to {d['high']:.3g} {card['drawn'][d['path']]['unit']}",
            f"{100 * d['shift']:+.1f} +- {100 * d['error']:.1f}",
        ]
        for d in card["drivers"][card["headline"]]
    ]


def forecast_notes(card: Card) -> list[str]:
    """A run to read, what to be careful of, and the recorded acts that could not be forced."""
    headline = card["headline"]
    stories = [p["story"] for p in card["paths"] if p["story"] and p["outcome"] == headline]
    notes = [f"A run on the most frequent path to {headline}, as shipped: {story}" for story in stories[:1]]
    skipped: dict[str, list[str]] = {}
    for row, reason in card["past"]["left"].items():
        if reason != IN_OPENING and not reason.startswith(NO_ACT_BUT):
            skipped.setdefault(reason, []).append(row)
    return [
        *notes,
        card["caution"],
        *(
            f"Known by {card['as_of']} but not simulated, because {why}: {', '.join(ids)}."
            for why, ids in skipped.items()
        ),
    ]


def resolved_rows(resolved: Card) -> list[list[str]]:
    """Every forecast: the probability it gave to what happened, and its scores."""
    return [
        [
            NAMES.get(who, f"{who} of the record"),
            f"{100 * s['chance']:.1f} %",
            f"{s['brier']:.3f}",
            f"{s['log']:.3f}",
        ]
        for who, s in resolved["scores"].items()
    ]
