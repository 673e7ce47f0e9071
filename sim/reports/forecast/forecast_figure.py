"""A forecast as one picture: how sure, by which paths, and what would change it most."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import shorten, wrap
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.forecasting.card import card_content, check_card_path
from sim.forecasting.forecast import Forecast
from sim.reports.drawing.colours import government_colour
from sim.reports.drawing.layout import MARGIN, add_charts, head_height, titled_figure
from sim.reports.drawing.theme import EDGE, INK, picture
from sim.reports.text.formats import percent
from sim.storage.atomic_write import write_file
from sim.storage.provenance import as_json

WIDTH, TALL = 11.8, 6.7  # [inches]
PATHS, DRIVERS = 8, 10  # rows
BINS = 20
HEADING: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "weight": "bold"}
HEADING |= {"fontsize": 9.6}
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
    question = "\n".join(wrap(card["question"] + "?", 92)[:2])
    note = (
        f"Forecast as of {card['as_of']}, scenario {card['scenario']['name']}; {card['draws']} draws of "
        f"{len(card['drawn'])} unmeasured numbers, {card['runs']} runs of each, seed {card['seed']}"
    )
    foot = (
        f"{card['caution']} Diamond: all numbers as shipped, {card['runs_as_shipped']} runs. Pale bars "
        "below: may be luck (rank regression, Benjamini and Hochberg, 5 %); lines are 95 % intervals. "
        f"Digest {card['digest'][:16]}, data {card['events']['sha256_to_as_of'][:12]}, code "
        f"{card['code'][:12]}."
    )
    with titled_figure(WIDTH, TALL, question, [note], foot=foot, dpi=150, constrained=False) as figure:
        down = head_height(question, [note]) + 0.35
        chances, shares = add_charts(figure, down, 1.2, 1, 2, indent=1.4)
        draw_chances(chances, card)
        _title(chances, "How likely: mean, 10 to 90 % of draws, as shipped")
        _draws(shares, card, np.asarray(draws))
        (paths,) = add_charts(figure, down + 1.9, 1.7, 1, 1, indent=5.9)
        _paths(paths, card)
        (drivers,) = add_charts(figure, down + 4.0, 1.9, 1, 1, indent=5.9)
        _drivers(drivers, card)
        for chart in figure.axes:
            chart.spines[:].set_visible(False)
            chart.tick_params(length=0, pad=3)
    return figure


def _title(axes: Axes, text: str) -> None:
    """Put a title above axes, from the left side of the figure on."""
    indent = axes.get_position().x0 * WIDTH if text.startswith(("The", "What")) else 0.0
    axes.annotate(text, (0, 1), (72 * (MARGIN - indent) if indent else 0, 6), **HEADING)


def _label_rows(axes: Axes, labels: list[str], colours: list[str], room: int) -> None:
    """Name rows from the top down, with room for so many."""
    axes.set_yticks(range(len(labels)), [shorten(label, 88, placeholder=" …") for label in labels])
    axes.set_ylim(max(len(labels), room) - 0.4, -0.6)
    for text, colour in zip(axes.get_yticklabels(), colours, strict=True):
        text.set(color=colour, weight="bold")


def draw_chances(axes: Axes, card: Mapping[str, Any]) -> None:
    """Draw how likely each outcome is: the mean, 10 to 90 % over parameters, and as shipped."""
    names = card["outcomes"]
    axes.set(**PERCENT)
    labels = [f"{name} {percent(card['chances'][name]['chance'])}" for name in names]
    _label_rows(axes, labels, [OUTCOMES[name] for name in names], 1)
    axes.grid(axis="x")
    for y, name in enumerate(names):
        c, colour = card["chances"][name], OUTCOMES[name]
        axes.barh(y, c["p90"] - c["p10"], left=c["p10"], height=0.44, color=colour, alpha=0.28, zorder=2)
        axes.plot([c["chance"]] * 2, [y - 0.3, y + 0.3], color=colour, lw=3.2, zorder=4)
        axes.plot([c["as_shipped"]], [y], zorder=5, clip_on=False, **DIAMOND)


def _draws(axes: Axes, card: Mapping[str, Any], draws: np.ndarray) -> None:
    name = card["headline"]
    luck = card["chances"][name]["luck"]
    _title(axes, f"Draws by probability of {name} (luck: {100 * luck:.0f} % of the variance)")
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
    rest = max(1.0 - sum(p["share"] for p in paths), 0.0)
    more = f"; {len(others)} rarer ones have {percent(rest)} together" if others else ""
    _title(axes, f"The paths that lead there, share of all runs{more}")
    axes.set(xlim=(0, max(p["share"] for p in paths) * 1.35), xticks=[])
    labels = [f"{p['outcome']}: {p['how']}, {p['before']}" for p in paths]
    _label_rows(axes, labels, [OUTCOMES[p["outcome"]] for p in paths], PATHS)
    for y, p in enumerate(paths):
        axes.barh(y, p["share"], height=0.68, color=OUTCOMES[p["outcome"]])
        when = f", median {p['median_day']}" if p["median_day"] else ""
        axes.text(p["share"], y, f"  {percent(p['share'])}{when}", va="center", size=7.6)


def _drivers(axes: Axes, card: Mapping[str, Any]) -> None:
    name, rows = card["headline"], card["drivers"][card["headline"]][:DRIVERS]
    what = f"probability of {name} in points, from a number's lower to its upper third"
    _title(axes, f"What would change it most: {what}")
    ends = [f"{d['low']:.3g} to {d['high']:.3g} {card['drawn'][d['path']]['unit']}" for d in rows]
    labels = [f"{d['path']}, {limits}" for d, limits in zip(rows, ends, strict=True)]
    _label_rows(axes, labels, [government_colour(d["owner"]) if d["owner"] else INK for d in rows], 3)
    axes.axvline(0, color=EDGE, lw=1.0)
    axes.grid(axis="x")
    axes.xaxis.set_major_formatter(lambda x, _: f"{100 * x:+.0f}" if x else "0")
    for y, d in enumerate(rows):
        alpha, colour = (1.0 if d["real"] else 0.3), government_colour(d["owner"])
        axes.barh(y, d["shift"], height=0.66, color=colour, alpha=alpha, zorder=2)
        axes.plot([d["shift"] - d["error"], d["shift"] + d["error"]], [y, y], color=INK, lw=0.9, zorder=3)
    codes = {d["owner"] for d in rows}
    capitals = {code: capital for code, capital in card["governments"].items() if code in codes}
    handles = [Patch(color=government_colour(code), label=capital) for code, capital in capitals.items()]
    if handles:
        axes.legend(handles=handles, loc="upper right", bbox_to_anchor=(1.0, 1.12), ncols=len(handles))
