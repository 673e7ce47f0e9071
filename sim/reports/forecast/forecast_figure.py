"""A forecast as one picture: how sure, by which paths, and what would change it most."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import wrap
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.forecasting.card import card_content, check_card_path
from sim.forecasting.forecast import Forecast
from sim.reports.drawing.colours import government_colour
from sim.reports.drawing.layout import add_axes, shorten, size_of, write
from sim.reports.drawing.theme import EDGE, INK, SOFT, new_figure, picture
from sim.reports.text.formats import percent
from sim.storage.atomic_write import write_file
from sim.storage.provenance import as_json

DPI = 150
WIDTH, TALL = 11.8, 8.6  # [inches] of the figure
MARGIN = 0.3  # [inches]
PATHS, DRIVERS = 8, 10  # rows
BINS = 20
DIAMOND: dict[str, Any] = {"marker": "D", "ms": 5, "mfc": "white", "mec": INK, "mew": 1.0}
QUARTERS = {0: "0", 0.25: "25", 0.5: "50", 0.75: "75", 1: "100 %"}
PERCENT: dict[str, Any] = {"xlim": (0, 1), "xticks": [*QUARTERS], "xticklabels": [*QUARTERS.values()]}
OUTCOMES = {  # dark enough on white, and apart in grey print
    "yes": "#a03c1e",
    "no": "#5b8fb0",
    "broken": "#a03c1e",
    "lapsed": "#d98c2b",
    "extended": "#5b8fb0",
    "lifted": "#4f9c76",
    "open": "#9a9a9a",
    "void": "#9a9a9a",
}


def write_card(f: Forecast, path: Path, kind: str = "png") -> dict[str, Any]:
    """Write the card of a forecast and its picture, as a file of a kind, beside it; gives the card."""
    check_card_path(path, kind)
    card = card_content(f)
    draw_forecast(f, path.with_suffix(f".{kind}"))
    write_file(path, as_json(card))
    return card


@picture(lambda axes, f: draw_chances(axes, f.card))
def draw_forecast(f: Forecast) -> Figure:
    """Draw the card of a forecast: how sure, by which paths, and what would change it."""
    card, draws = f.card, f.uncertainties[f.headline].draws
    with new_figure(WIDTH, TALL, DPI) as figure:
        _title(figure, card)
        x = 2.2 if len(card["outcomes"]) > 2 else 1.9
        _probabilities(_axes(figure, 1.6, 1.55, x, 6.5 - x), card)
        _draws(_axes(figure, 1.6, 1.55, 7.1, WIDTH - 7.1 - MARGIN), card, np.asarray(draws))
        _paths(_axes(figure, 3.85, 1.75, 6.6, WIDTH - 6.6 - 1.0), card)
        _drivers(_axes(figure, 6.2, 1.6, 5.2, WIDTH - 5.2 - 0.5), card)
        _foot(figure, card)
    return figure


def _axes(figure: Figure, down: float, tall: float, x: float, wide: float) -> Axes:
    """Axes at a place in inches from the left top corner, without a frame."""
    axes = add_axes(figure, x, TALL - down - tall, wide, tall)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, pad=3)
    return axes


def _title(figure: Figure, card: Mapping[str, Any]) -> None:
    lines = wrap(card["question"] + "?", 105)[:2]
    for k, line in enumerate(lines):
        write(figure, line, 0.42 + 0.26 * k, 13.0, "bold", MARGIN)
    note = (
        f"Forecast as of {card['as_of']}, scenario {card['scenario']['name']}; {card['draws']} draws of "
        f"{len(card['drawn'])} unmeasured numbers, {card['runs']} runs of each, seed {card['seed']}"
    )
    write(figure, note, 0.42 + 0.26 * len(lines), 9.2, indent=MARGIN, color=SOFT)


def _heading(axes: Axes, text: str, x: float = MARGIN) -> None:
    """A heading above axes, at a place in inches from the figure's left side."""
    y = axes.get_position().y1 + 0.17 / TALL
    axes.figure.text(x / WIDTH, y, text, size=9.6, weight="bold")


def _text_column(axes: Axes, y: float, text: str, x: float, room: float, **more: Any) -> None:
    """A text at the height of a row of axes, at a place in inches from the figure's left side."""
    x = (x - axes.get_position().x0 * WIDTH) / size_of(axes)[0]
    line = shorten(text, more.get("size", 8.2), more.get("weight", "normal"), room)
    axes.text(x, y, line, va="center", transform=axes.get_yaxis_transform(), **more)


def draw_chances(axes: Axes, card: Mapping[str, Any]) -> None:
    """Draw how likely each outcome is: the mean, 10 to 90 % over parameters, and as shipped."""
    names = card["outcomes"]
    axes.set(ylim=(len(names) - 0.4, -0.6), **PERCENT)
    labels = [f"{name} {percent(card['chances'][name]['chance'])}" for name in names]
    axes.set_yticks(range(len(names)), labels)
    axes.grid(axis="x")
    for y, name in enumerate(names):
        c, colour = card["chances"][name], OUTCOMES[name]
        axes.barh(y, c["p90"] - c["p10"], left=c["p10"], height=0.44, color=colour, alpha=0.28, zorder=2)
        axes.plot([c["chance"]] * 2, [y - 0.3, y + 0.3], color=colour, lw=3.2, zorder=4)
        axes.plot([c["as_shipped"]], [y], zorder=5, clip_on=False, **DIAMOND)


def _probabilities(axes: Axes, card: Mapping[str, Any]) -> None:
    _heading(axes, "How likely: mean, 10 to 90 % over parameters, and as shipped")
    draw_chances(axes, card)
    axes.set_yticks([])
    right = axes.get_position().x0 * WIDTH - 0.12
    for y, name in enumerate(card["outcomes"]):
        chance = percent(card["chances"][name]["chance"])
        _text_column(axes, y, name, MARGIN, 2.0, size=9.5, weight="bold", color=OUTCOMES[name])
        _text_column(axes, y, chance, right, 2.0, size=12, weight="bold", ha="right")


def _draws(axes: Axes, card: Mapping[str, Any], draws: np.ndarray) -> None:
    name = card["headline"]
    luck = card["chances"][name]["luck"]
    _heading(axes, f"Draws by probability of {name} (luck: {100 * luck:.0f} % of the variance)", 7.1)
    centres, counts, wide = _histogram(draws)
    axes.bar(centres, counts, width=wide, color=OUTCOMES[name], ec="white", lw=0.6)
    axes.set(yticks=[], **PERCENT)
    axes.axvline(card["chances"][name]["chance"], color=INK, lw=1.1)


def _histogram(draws: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Centres, heights and width of bars: one for each share of a draw's few runs, bins if there are many.

    Bins of their own width would now and then catch two of these shares, and show peaks that are none.
    """
    shares, counts = np.unique(np.round(draws, 9), return_counts=True)
    if 1 < len(shares) <= 2 * BINS:
        return shares, counts, float(np.diff(shares).min())
    counts, edges = np.histogram(draws, bins=BINS, range=(0.0, 1.0))
    return edges[:-1] + 0.5 / BINS, counts, 1.0 / BINS


def _paths(axes: Axes, card: Mapping[str, Any]) -> None:
    paths, others = card["paths"][:PATHS], card["paths"][PATHS:]
    _heading(axes, "The paths that lead there, share of all runs")
    widest = max(p["share"] for p in paths)
    axes.set(ylim=(PATHS + 0.4, -0.6), xlim=(0, widest * 1.35), yticks=[], xticks=[])
    for y, p in enumerate(paths):
        colour = OUTCOMES[p["outcome"]]
        axes.barh(y, p["share"], height=0.68, color=colour)
        _text_column(axes, y, p["outcome"], MARGIN, 0.8, weight="bold", color=colour)
        _text_column(axes, y, f"{p['how']}, {p['before']}", MARGIN + 0.75, 5.4)
        when = f", median {p['median_day']}" if p["median_day"] else ""
        axes.text(p["share"], y, f"  {percent(p['share'])}{when}", va="center", size=7.6)
    if others:
        rest = max(1.0 - sum(p["share"] for p in paths), 0.0)
        text = f"and {len(others)} rarer ones, {percent(rest)} together"
        _text_column(axes, PATHS, text, MARGIN, 6.0, color=EDGE)


def _drivers(axes: Axes, card: Mapping[str, Any]) -> None:
    name = card["headline"]
    rows = card["drivers"][name][:DRIVERS]
    what = f"probability of {name} in points, from a number's lower to its upper third"
    _heading(axes, f"What would change it most: {what}")
    axes.set(ylim=(max(len(rows), 3) - 0.4, -0.6), yticks=[])
    axes.axvline(0, color=INK, lw=1.0)
    axes.grid(axis="x")
    axes.xaxis.set_major_formatter(lambda x, _: f"{100 * x:+.0f}" if x else "0")
    for k, (code, capital) in enumerate(card["governments"].items()):
        x = 1.0 - 0.95 * k / size_of(axes)[0]
        font: dict[str, Any] = {"color": government_colour(code), "weight": "bold", "size": 8.2}
        axes.text(x, 1.1, capital, ha="right", transform=axes.transAxes, **font)
    for y, d in enumerate(rows):
        alpha = 1.0 if d["real"] else 0.3
        axes.barh(y, d["shift"], height=0.66, color=government_colour(d["owner"]), alpha=alpha, zorder=2)
        axes.plot([d["shift"] - d["error"], d["shift"] + d["error"]], [y, y], color=INK, lw=0.9, zorder=3)
        limits = f"{d['low']:.3g} to {d['high']:.3g} {card['drawn'][d['path']]['unit']}"
        _text_column(axes, y, d["path"], MARGIN, 2.4, weight="bold")
        _text_column(axes, y, limits, MARGIN + 2.5, 2.2, size=7.6)


def _foot(figure: Figure, card: Mapping[str, Any]) -> None:
    note = (
        f"{card['caution']} Diamond: all numbers as shipped, {card['runs_as_shipped']} runs. Pale bars "
        "below: may be luck (rank regression, Benjamini and Hochberg, 5 %); lines are 95 % intervals. "
        f"Digest {card['digest'][:16]}, data {card['events']['sha256_to_as_of'][:12]}, code "
        f"{card['code'][:12]}."
    )
    text = "\n".join(wrap(note, 175))
    figure.text(MARGIN / WIDTH, 0.12 / TALL, text, size=7.4, color="#666666", va="bottom")
