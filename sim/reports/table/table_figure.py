"""The packages that two governments could agree on, by what each is worth to both."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.engines.negotiation_table import NegotiationTable
from sim.reports.drawing.colours import GREEN, with_white
from sim.reports.drawing.theme import ALARM, EDGE, INK, SOFT, new_figure, number_axis, picture

LABELS = {"nash": "Nash", "kalai_smorodinsky": "Kalai-Smorodinsky", "egalitarian": "egalitarian"}
OPEN: dict[str, Any] = {"ms": 9, "mfc": "none", "mec": INK, "mew": 1.5}
MARKS = {name: {"marker": shape, **OPEN} for name, shape in zip(LABELS, "osD", strict=True)}
CREDIBLE: dict[str, Any] = {"marker": "o", "ms": 15, "mfc": "none", "mec": GREEN, "mew": 1.8}
REAL: dict[str, Any] = {"marker": "*", "ms": 15, "mfc": ALARM, "mec": "white", "mew": 0.8}
DOTS = with_white(INK, 0.7)
MOST = 20_000  # packages that are drawn as dots


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
    with new_figure(7.2, 5.6, 130, 9.5, layout="constrained") as figure:
        axes = figure.add_subplot()
        draw_packages(axes, t)
        figure.legend(loc="outside lower center", ncols=4)
        title = f"{t.source.title}: {len(t.worths[0]):,} packages of {len(t.clauses)} clauses, {t.day}"
        axes.set_title(title, loc="left", fontsize=11)
    return figure
