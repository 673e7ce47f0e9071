"""What two governments could agree on: as JSON, in words, and as a picture of what packages are worth."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.engines.negotiation_table import NegotiationTable
from sim.reports.drawing.colours import GREEN, with_white
from sim.reports.drawing.theme import ALARM, EDGE, INK, SOFT, SteadyLayout, new_figure, number_axis, picture
from sim.reports.templates.rendering import render
from sim.reports.text.formats import listed

LABELS = {"nash": "Nash", "kalai_smorodinsky": "Kalai-Smorodinsky", "egalitarian": "Egalitarian"}
OPEN: dict[str, Any] = {"ms": 9, "mfc": "none", "mec": INK, "mew": 1.5}
MARKS = {name: {"marker": shape, **OPEN} for name, shape in zip(LABELS, "osD", strict=True)}
CREDIBLE: dict[str, Any] = {"marker": "o", "ms": 15, "mfc": "none", "mec": GREEN, "mew": 1.8}
REAL: dict[str, Any] = {"marker": "*", "ms": 15, "mfc": ALARM, "mec": "white", "mew": 0.8}
DOTS = with_white(INK, 0.7)
MOST = 20_000  # packages that are drawn as dots


def table_json(t: NegotiationTable) -> dict[str, Any]:
    """What is on the table, as `sim/reports/schemas/table.json` describes it."""
    return {
        "scenario": t.source.name,
        "on": t.day.isoformat(),
        "sides": t.sides,
        "unit": "bn USD",
        "clauses": [c._asdict() for c in t.clauses],
        "frontier": [{"clauses": t.named(number), "worth": t.worth(number)} for number in t.frontier],
        "solutions": {name: package._asdict() for name, package in t.solutions.items()},
        "no_deal": {"worth": t.worth(0), "enters": {c.measure: c.enters for c in t.clauses if c.enters}},
        "credible": t.credible._asdict() if t.credible else None,
        "blocked": [package._asdict() for package in t.blocked],
        "real": t.real._asdict() if t.real else None,
    }


def table_text(t: NegotiationTable) -> str:
    """What is on the table, for people to read, in Markdown."""
    capitals = {code: t.source.governments[code].capital for code in t.sides}
    packages = {LABELS[name]: p for name, p in t.solutions.items()}
    packages |= {"Credible": t.credible} if t.credible else {}
    packages |= {"Really agreed": t.real} if t.real else {}
    least = t.source.talks.numbers["least_trust"].value if t.source.talks else 0.0
    words = {"capitals": capitals, "packages": packages, "listed": listed, "least_trust": least}
    return render("negotiation_table.md", t=t, **words)


def draw_packages(axes: Axes, t: NegotiationTable) -> None:
    """Draw all packages, the frontier, the solutions and what was really agreed into axes."""
    first, second = np.array(t.worths)
    names = [t.source.governments[code].capital for code in t.sides]
    axes.grid()
    step = max(1, len(first) // MOST)
    axes.plot(first[::step], second[::step], marker=".", ms=1.6, mec="none", mfc=DOTS, ls="none")
    edge = list(t.frontier)
    axes.plot(first[edge], second[edge], color=INK, lw=1.4, marker=".", ms=3, label="frontier")
    marks = [(LABELS[name], package, MARKS[name]) for name, package in t.solutions.items()]
    marks += [("best credible one", t.credible, CREDIBLE)] if t.credible else []
    marks += [("really agreed", t.real, REAL)] if t.real else []
    for label, package, mark in marks:
        axes.plot(*package.worth.values(), **mark, ls="none", label=label, zorder=4)
    axes.plot(0, 0, marker="x", ms=8, mec=SOFT, mew=1.8, ls="none", label="no deal", zorder=4)
    axes.axhline(0, color=EDGE, lw=0.8)
    axes.axvline(0, color=EDGE, lw=0.8)
    axes.set_xlabel(f"worth to {names[0]} against no deal [bn USD]")
    axes.set_ylabel(f"worth to {names[1]} against no deal [bn USD]")
    number_axis(axes.xaxis, 8)
    number_axis(axes.yaxis, 8)


@picture(draw_packages)
def draw_table(t: NegotiationTable) -> Figure:
    """Draw what two governments could agree on."""
    with new_figure(7.2, 5.6, 130, 9.5, layout=SteadyLayout()) as figure:
        axes = figure.add_subplot()
        draw_packages(axes, t)
        figure.legend(loc="outside lower center", ncols=4)
        title = f"{t.source.title}: {len(t.worths[0]):,} packages of {len(t.clauses)} clauses, {t.day}"
        axes.set_title(title, loc="left", fontsize=11)
    return figure
