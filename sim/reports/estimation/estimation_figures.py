"""The record against probabilities, calibration, scores and free runs, as pictures."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import NullLocator
from numpy.typing import NDArray

from sim.domain.constants import MOVES
from sim.estimation.daily_replay import DayDecision
from sim.estimation.free_runs import FreeRuns
from sim.estimation.prediction import MODEL, MODEL_WITH_PARTNER, Prediction, Scores
from sim.record.coding import CodedMonth, moves_by_month
from sim.record.events import SIDES
from sim.record.months import month_name
from sim.record.tariffs import TariffStep, month_end
from sim.reports.drawing.colours import government_style
from sim.reports.drawing.theme import INK, new_figure
from sim.reports.estimation.estimation_text import CAPITALS, LABELS, SURPRISE

TEXT = 8.5  # [points]
RED, GREEN = "#d1495b", "#7fb069"
FILLS = (RED, "#dcdcdc", GREEN)  # escalate, hold, relax
SYMBOLS = ("^", "s", "v")
LOSSES = (0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0)  # ticks [nats]
MOST_LABELS = 26  # months named below an axis
FEW = 8  # months that a picture has room for at least
EVEN_ODDS: dict[str, Any] = {"color": INK, "lw": 0.8, "ls": "--"}
GOVERNMENTS = [government_style(code) for code in SIDES]


def replay_picture(
    prediction: Prediction,
    coded: Sequence[CodedMonth],
    steps: Sequence[TariffStep],
    months: range,
    decisions: Sequence[DayDecision] = (),
) -> Figure:
    """The record, the probabilities and the surprises over some months, and decisions by day."""
    moves = np.array([moves_by_month(coded).get(m, (-1, -1)) for m in months])
    first = prediction.rounds.months.index(months[0])
    probabilities = prediction.probabilities[first : first + len(months)]
    panels = [2.0, 2.0, 1.1, 1.1] + ([1.5] if decisions else [])
    tall = sum(panels) + 1.5
    with new_figure(12.0, tall, text=TEXT) as figure:
        charts = figure.subplots(len(panels), 1, height_ratios=panels, sharex=True)
        figure.subplots_adjust(0.075, 0.62 / tall, 0.985, 1 - 0.92 / tall, hspace=0.16)
        title = f"The record and its chances, {month_name(months[0])} to {month_name(months[-1])}"
        figure.text(0.012, 1 - 0.3 / tall, title, size=14, weight="bold")
        reading = "bars: chances on the month's first morning; marks: what was done"
        figure.text(0.012, 1 - 0.55 / tall, f"{reading}; {_fitted_months(prediction, months)}")
        ends = np.array([month_end(steps, m) for m in months])
        for side, (capital, style) in enumerate(zip(CAPITALS, GOVERNMENTS, strict=True)):
            _draw_months(charts[side], probabilities[:, side], moves[:, side])
            charts[side].set_ylabel(f"{capital}\nchance of a move")
            at = np.flatnonzero(moves[:, side] >= 0)
            if len(at):
                nats = -np.log(probabilities[at, side, moves[at, side]])
                charts[2].bar(at + (side - 0.5) * 0.4, nats, 0.38, color=style.colour, label=capital)
            edges = np.arange(len(months) + 1) - 0.5
            charts[3].stairs(ends[:, side], edges, baseline=None, color=style.colour, ls=style.line, lw=1.6)
        charts[2].axhline(np.log(len(MOVES)), **EVEN_ODDS)
        charts[2].set(ylabel="surprise:\nlog loss [nats]", ylim=(0, None))
        if moves.max() >= 0:
            charts[2].legend(loc="lower right", bbox_to_anchor=(1, 0.9), ncols=2, fontsize=8)
        charts[3].set(ylabel="average tariff\n[%]", ylim=(0, None))
        if decisions:
            _draw_days(charts[4], decisions, months)
        for chart in charts:
            room = max(0.0, 0.5 * (FEW - len(months)))  # beside few months, so that their bars stay bars
            chart.set_xlim(-0.6 - room, len(months) - 0.4 + room)
            if months[0] < prediction.rounds.months[0] + prediction.trained <= months[-1]:
                chart.axvline(prediction.trained - first - 0.5, color=INK, lw=1, ls=":")
        names = [month_name(m) for m in months]
        every = -(-len(months) // MOST_LABELS)
        rotation = 45 if len(names[::every]) > 13 else 0
        charts[-1].set_xticks(range(0, len(months), every), names[::every], rotation=rotation)
        _add_legend(figure, tall)
        return figure


def _fitted_months(prediction: Prediction, months: range) -> str:
    """Which of the months are fitted, and which forecast."""
    last = prediction.rounds.months[prediction.trained - 1]
    if months[-1] <= last:
        return "all fitted"
    if months[0] > last:
        return f"forecast one month ahead, fitted to {month_name(last)}"
    return "left of the dotted line fitted, right of it forecast one month ahead"


def _draw_months(chart: Axes, probabilities: NDArray[np.float64], moves: NDArray[np.int64]) -> None:
    """Every month's probabilities of the three moves as a bar, with a mark at the one that was made."""
    at, base = np.arange(len(probabilities)), np.zeros(len(probabilities))
    for move in range(len(MOVES)):
        height = probabilities[:, move]
        chart.bar(at, height, 0.9, base, color=FILLS[move], lw=0)
        for k in np.flatnonzero(moves == move):
            fill = "white" if height[k] < SURPRISE else INK
            chart.plot(k, base[k] + height[k] / 2, SYMBOLS[move], ms=6.5, mfc=fill, mec=INK, mew=1.3)
        base += height
    chart.set_ylim(0, 1)


def _draw_days(chart: Axes, decisions: Sequence[DayDecision], months: range) -> None:
    """Every decision on its day at the probability that it had."""
    for d in decisions:
        at = 12 * d.day.year + d.day.month - 1 - months[0] - 0.5 + (d.day.day - 1) / 31
        fill = GOVERNMENTS[d.side].colour
        chart.plot(at, d.probabilities[d.move], SYMBOLS[d.move], ms=6, mfc=fill, mec=INK, mew=0.5)
    chart.axhline(1 / len(MOVES), **EVEN_ODDS)
    chart.set(ylim=(0, 1), ylabel="chance of each\ndecision, by day")


def _add_legend(figure: Figure, tall: float) -> None:
    handles: list[Any] = [Patch(color=fill, label=move) for fill, move in zip(FILLS, MOVES, strict=True)]
    for symbol, fill, label in (
        *((symbol, INK, f"did {move}") for symbol, move in zip(SYMBOLS, MOVES, strict=True)),
        ("o", "white", f"open: chance below {SURPRISE:.0%}"),
    ):
        handles.append(Line2D([], [], ls="", marker=symbol, mfc=fill, mec=INK, label=label))
    handles.append(Line2D([], [], label="even odds of three", **EVEN_ODDS))
    anchor = (0.99, 1 - 0.58 / tall)
    figure.legend(handles=handles, loc="upper right", ncols=8, fontsize=8, bbox_to_anchor=anchor)


def scores_picture(scores: Scores, when: str) -> Figure:
    """The log loss of every predictor with its interval."""
    order = sorted(scores.scored, key=lambda name: -scores.scored[name].log_loss.mean)
    tall = 0.36 * len(order) + 1.3
    with new_figure(9.0, tall, text=TEXT) as figure:
        chart = figure.add_axes((0.275, 0.5 / tall, 0.66, 1 - 1.1 / tall))
        across = chart.get_yaxis_transform()
        for row, name in enumerate(order):
            loss = scores.scored[name].log_loss
            colour = RED if name in (MODEL, MODEL_WITH_PARTNER) else INK
            chart.plot([loss.low, loss.high], [row, row], color=colour, lw=2.2, solid_capstyle="round")
            chart.plot(loss.mean, row, "o", ms=7, color=colour)
            chart.text(1.01, row, f"{loss.mean:.3f}", transform=across, color=colour, va="center")
        chart.axvline(np.log(len(MOVES)), **EVEN_ODDS)
        chart.set_yticks(range(len(order)), [LABELS[name] for name in order])
        chart.set_xscale("log")
        least, most = chart.get_xlim()
        chart.set_xticks([x for x in LOSSES if least <= x <= most], minor=False)
        chart.xaxis.set_major_formatter("{x:g}")
        chart.xaxis.set_minor_locator(NullLocator())
        chart.set_xlabel(
            "log loss a move [nats], less is better; lines: 95 % by bootstrap; dashed: even odds"
        )
        figure.text(0.02, 1 - 0.32 / tall, f"Scores on {when}", size=13, weight="bold")
        note = "* is told the other side's move of the same month: no forecast"
        figure.text(0.98, 1 - 0.32 / tall, note, ha="right")
        return figure


def calibration_picture(scores: Scores, when: str) -> Figure:
    """Forecast probabilities against shares that happened."""
    with new_figure(9.0, 3.7, text=TEXT) as figure:
        for k, name in enumerate((MODEL, "base_rates", "both_last")):
            chart = figure.add_axes((0.07 + 0.31 * k, 0.14, 0.265, 0.64))
            chart.plot([0, 1], [0, 1], **EVEN_ODDS)
            bins = scores.scored[name].calibration
            colour = RED if name == MODEL else INK
            points = [b.mean for b in bins], [b.happened for b in bins]
            chart.plot(*points, color=colour, lw=1)
            chart.scatter(*points, s=[6 + 5 * b.number for b in bins], color=colour, zorder=3)
            for b in bins:
                at = (b.mean, b.happened)
                chart.annotate(f"{b.number}", at, (5, -9), textcoords="offset points", size=7.5)
            chart.set(xlim=(-0.02, 1.02), ylim=(-0.05, 1.05), xlabel="chance said", title=LABELS[name])
            if not k:
                chart.set_ylabel("share that happened")
        figure.text(0.02, 0.92, f"Calibration on {when}", size=13, weight="bold")
        figure.text(0.98, 0.92, "numbers: of chances, three a move; dashed: what is said happens", ha="right")
        return figure


def free_picture(runs: FreeRuns, coded: Sequence[CodedMonth], steps: Sequence[TariffStep]) -> Figure:
    """Fans of tariffs, months escalating and the month of a truce against what happened."""
    moves = moves_by_month(coded)
    recorded = [k for k, m in enumerate(runs.months) if m in moves]
    count = len(runs.months)
    with new_figure(12.0, 6.6, text=TEXT) as figure:
        charts = figure.subplots(2, 3)
        figure.subplots_adjust(0.06, 0.1, 0.985, 0.86, hspace=0.38, wspace=0.22)
        name = f"{len(runs.moves)} free runs from {month_name(runs.months[0])}"
        figure.text(0.012, 0.945, name, size=14, weight="bold")
        figure.text(0.012, 0.912, "bands: 50 and 90 % of runs; black: what happened, which no run was told")
        joint, both = charts[:, 2]
        for side, (capital, style) in enumerate(zip(CAPITALS, GOVERNMENTS, strict=True)):
            fan, bars, _ = charts[side]
            for low, high, alpha in ((0.05, 0.95, 0.25), (0.25, 0.75, 0.45)):
                ends = np.quantile(runs.tariffs[:, :, side], [low, high], axis=0)
                fan.fill_between(range(count), *ends, color=style.colour, alpha=alpha, lw=0)
            fan.plot(np.median(runs.tariffs[:, :, side], 0), color=style.colour)
            fan.plot(recorded, [month_end(steps, runs.months[k])[side] for k in recorded], color=INK, lw=1.6)
            fan.set_title(f"Fan of {capital}'s tariffs", size=9.5)
            fan.set(ylabel="average at a month's end [%]", ylim=(0, None))
            shares = np.bincount(runs.escalating[:, side], minlength=count + 1) / len(runs.moves)
            bars.bar(range(count + 1), shares, color=style.colour, alpha=0.6)
            if len(recorded) == count:
                bars.axvline(sum(moves[m][side] == 0 for m in runs.months), color=INK, lw=1.8)
            bars.set_title(f"Months in which {capital} escalates", size=9.5)
            bars.set(xlabel=f"of {count}", ylabel="share of runs")
            for move, verb, width in ((0, f"{capital} escalates", 1.5), (2, "... relaxes", 0.8)):
                line = runs.probabilities[:, side, move]
                both.plot(line, color=style.colour, ls=style.line, lw=width, label=verb)
        ends_by = [((runs.truces >= 0) & (runs.truces <= k)).mean() for k in range(count)]
        joint.step(range(count), ends_by, where="mid", color=GREEN)
        truces = [k for k in recorded if moves[runs.months[k]] == (2, 2)]
        if truces:
            joint.axvline(truces[0], color=INK, lw=1.8)
        joint.set_title("Runs with a truce: a month in which both relax", size=9.5)
        joint.set(ylabel="share of runs, by then", ylim=(0, 1))
        both.set_title("Runs that move in each month", size=9.5)
        both.set(ylabel="share of runs", ylim=(0, 1))
        both.legend(fontsize=7.5, ncols=2)
        for chart in (*charts[:, 0], joint, both):
            chart.set_xticks(range(0, count, 3), [month_name(m) for m in runs.months[::3]])
        return figure
