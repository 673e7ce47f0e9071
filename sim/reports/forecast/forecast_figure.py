"""A forecast as one picture: how sure, by which paths, and what would change it most."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any

import numpy as np
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sim.reports.drawing.colours import government_colour
from sim.reports.drawing.layout import shorten
from sim.reports.drawing.theme import INK, PALE, STYLE
from sim.reports.text.formats import percent

DPI = 150
WIDTH, TALL = 11.8, 8.6  # [inches] of the figure
MARGIN = 0.3  # [inches]
PATHS = 8  # shown
DRIVERS = 10
BINS = 20
GREY = "#8a8a8a"
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


def draw_card(card: Mapping[str, Any], draws: Sequence[float] | np.ndarray, path: Path) -> None:
    """Draw a card as a PNG; the same card gives the same bytes.

    Args:
        card: of a forecast.
        draws: chance of its headline in every draw.
        path: the file to write.
    """
    with style.context(["default", STYLE]):
        figure = Figure(figsize=(WIDTH, TALL), dpi=DPI)
        canvas = FigureCanvasAgg(figure)
        _title(figure, card)
        several = len(card["outcomes"]) > 2
        _chances(_axes(figure, 1.6, 1.55, 2.2 if several else 1.9, 4.3 if several else 4.6), card)
        _draws(_axes(figure, 1.6, 1.55, 7.1, WIDTH - 7.1 - MARGIN), card, np.asarray(draws))
        _paths(_axes(figure, 3.85, 1.75, 6.6, WIDTH - 6.6 - 1.0), card)
        _drivers(_axes(figure, 6.2, 1.6, 5.2, WIDTH - 5.2 - 0.5), card)
        _foot(figure, card)
        canvas.print_png(path, metadata={"Software": None})  # type: ignore[no-untyped-call]


def _axes(figure: Figure, top: float, tall: float, left: float, wide: float) -> Axes:
    """Axes at a place in inches from the left top corner, without a frame."""
    axes = figure.add_axes((left / WIDTH, 1 - (top + tall) / TALL, wide / WIDTH, tall / TALL))
    for side in ("left", "right", "top", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, pad=3)
    axes.set_axisbelow(True)
    return axes


def _title(figure: Figure, card: Mapping[str, Any]) -> None:
    lines = wrap(card["question"] + "?", 105)[:2]
    for k, line in enumerate(lines):
        shown = shorten(line, 13.0, "bold", WIDTH - 2 * MARGIN)
        figure.text(MARGIN / WIDTH, 1 - (0.42 + 0.26 * k) / TALL, shown, size=13, weight="bold")
    told = (
        f"Forecast as of {card['as_of']}, scenario {card['scenario']['name']}; {card['draws']} draws of "
        f"{len(card['drawn'])} unmeasured numbers, {card['runs']} runs of each, seed {card['seed']}"
    )
    figure.text(MARGIN / WIDTH, 1 - (0.42 + 0.26 * len(lines)) / TALL, told, size=9.2, color="#555555")


def _heading(axes: Axes, text: str, left: float) -> None:
    """A heading above axes, at a place in inches from the figure's left side."""
    box = axes.get_position()
    figure = axes.figure
    figure.text(left / WIDTH, box.y1 + 0.17 / TALL, text, size=9.6, weight="bold")


def _chances(axes: Axes, card: Mapping[str, Any]) -> None:
    names = card["outcomes"]
    _heading(axes, "How likely: mean, 10 to 90 % over parameters, and as shipped", MARGIN)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100 %"])
    axes.set_yticks(range(len(names)), [""] * len(names))
    axes.grid(axis="x", color=PALE, lw=0.8)
    box = axes.get_position()
    for y, name in enumerate(names):
        c = card["chances"][name]
        colour = OUTCOMES[name]
        axes.barh(y, c["p90"] - c["p10"], left=c["p10"], height=0.44, color=colour, alpha=0.28, zorder=2)
        axes.plot([c["chance"]] * 2, [y - 0.3, y + 0.3], color=colour, lw=3.2, zorder=4)
        axes.plot(
            [c["as_shipped"]], [y], marker="D", ms=5, mfc="white", mec=INK, mew=1.0, zorder=5, clip_on=False
        )
        down = box.y1 - box.height * (y + 0.6) / (len(names) + 0.2)
        axes.figure.text(MARGIN / WIDTH, down, name, size=9.5, weight="bold", color=colour, va="center")
        axes.figure.text(
            box.x0 - 0.12 / WIDTH, down, percent(c["chance"]), size=12, weight="bold", va="center", ha="right"
        )


def _draws(axes: Axes, card: Mapping[str, Any], draws: np.ndarray) -> None:
    name = card["headline"]
    luck = card["chances"][name]["luck"]
    _heading(axes, f"Draws by chance of {name} (luck: {100 * luck:.0f} % of the variance)", 7.1)
    places, counts, wide = _heaps(draws)
    axes.bar(places, counts, width=wide, color=OUTCOMES[name], ec="white", lw=0.6)
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100 %"])
    axes.set_yticks([])
    axes.axvline(card["chances"][name]["chance"], color=INK, lw=1.1)


def _heaps(draws: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Middles, heights and width of bars: one for each share of a draw's few runs, bins if there are many.

    Bins of their own width would now and then catch two of these shares, and show peaks that are none.
    """
    shares, counts = np.unique(np.round(draws, 9), return_counts=True)
    if 1 < len(shares) <= 2 * BINS:
        return shares, counts, float(np.diff(shares).min())
    counts, edges = np.histogram(draws, bins=BINS, range=(0.0, 1.0))
    return edges[:-1] + 0.5 / BINS, counts, 1.0 / BINS


def _paths(axes: Axes, card: Mapping[str, Any]) -> None:
    shown = card["paths"][:PATHS]
    rest = 1.0 - sum(p["share"] for p in shown)
    _heading(axes, "The paths that lead there, share of all runs", MARGIN)
    axes.set_ylim(PATHS + 0.4, -0.6)
    axes.set_xlim(0, max(p["share"] for p in shown) * 1.35)
    axes.set_yticks([])
    axes.set_xticks([])
    across = axes.get_yaxis_transform()
    wide = axes.get_position().width * WIDTH
    left = (MARGIN - axes.get_position().x0 * WIDTH) / wide
    for y, p in enumerate(shown):
        axes.barh(y, p["share"], height=0.68, color=OUTCOMES[p["outcome"]])
        told = f"{p['how']}, {p['before']}"
        name = shorten(p["outcome"], 8.2, "bold", 0.8)
        axes.text(left, y, name, weight="bold", color=OUTCOMES[p["outcome"]], transform=across, va="center")
        axes.text(left + 0.75 / wide, y, shorten(told, 8.2, "normal", 5.4), transform=across, va="center")
        when = f", median {p['median_day']}" if p["median_day"] else ""
        axes.text(p["share"], y, f"  {percent(p['share'])}{when}", va="center", size=7.6)
    if len(card["paths"]) > PATHS:
        axes.text(
            left,
            PATHS,
            f"and {len(card['paths']) - PATHS} rarer ones, {percent(max(rest, 0.0))} together",
            transform=across,
            va="center",
            color=GREY,
        )


def _drivers(axes: Axes, card: Mapping[str, Any]) -> None:
    name = card["headline"]
    rows = card["drivers"][name][:DRIVERS]
    _heading(
        axes,
        f"What would change it most: chance of {name} in points, from a number's lower to its upper third",
        MARGIN,
    )
    axes.set_ylim(max(len(rows), 3) - 0.4, -0.6)
    axes.set_yticks([])
    axes.axvline(0, color=INK, lw=1.0)
    axes.grid(axis="x", color=PALE, lw=0.8)
    axes.xaxis.set_major_formatter(lambda x, _: f"{100 * x:+.0f}" if x else "0")
    across = axes.get_yaxis_transform()
    wide = axes.get_position().width * WIDTH
    left = (MARGIN - axes.get_position().x0 * WIDTH) / wide
    for k, (code, capital) in enumerate(card["governments"].items()):
        where = 1.0 - 0.95 * k / wide
        colour = government_colour(code)
        axes.text(
            where, 1.1, capital, ha="right", transform=axes.transAxes, color=colour, weight="bold", size=8.2
        )
    for y, d in enumerate(rows):
        colour = government_colour(d["owner"])
        axes.barh(y, d["shift"], height=0.66, color=colour, alpha=1.0 if d["real"] else 0.3, zorder=2)
        axes.plot([d["shift"] - d["error"], d["shift"] + d["error"]], [y, y], color=INK, lw=0.9, zorder=3)
        unit = card["drawn"][d["path"]]["unit"]
        axes.text(left, y, shorten(d["path"], 8.2, "bold", 2.4), weight="bold", transform=across, va="center")
        told = shorten(f"{d['low']:.3g} to {d['high']:.3g} {unit}", 7.6, "normal", 2.2)
        axes.text(left + 2.5 / wide, y, told, size=7.6, transform=across, va="center")


def _foot(figure: Figure, card: Mapping[str, Any]) -> None:
    told = (
        f"{card['caution']} Diamond: all numbers as shipped, {card['runs_as_shipped']} runs. Pale bars "
        "below: may be luck (rank regression, Benjamini and Hochberg, 5 %); lines are 95 % intervals. "
        f"Digest {card['digest'][:16]}, data {card['events']['sha256_to_as_of'][:12]}, code "
        f"{card['code'][:12]}."
    )
    text = "\n".join(wrap(told, 175))
    figure.text(MARGIN / WIDTH, 0.12 / TALL, text, size=7.4, color="#666666", va="bottom")
