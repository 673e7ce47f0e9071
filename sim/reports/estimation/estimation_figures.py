"""The record against chances, calibration, scores and free runs, as pictures."""

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import NullLocator

from sim.domain.constants import MOVES
from sim.estimation.daily_replay import DayDecision
from sim.estimation.evaluation import MODEL, MODEL_WITH_PARTNER, Scores
from sim.estimation.free_runs import FreeRuns
from sim.estimation.prediction import Prediction
from sim.record.coding import CodedMonth
from sim.record.events import SIDES
from sim.record.months import month_name
from sim.record.tariffs import TariffStep, month_end
from sim.reports.drawing.colours import government_colour, government_style
from sim.reports.estimation.estimation_text import CAPITALS, LABELS, SURPRISE

DPI = 120
INK, PALE = "#222222", "#ececec"
FILLS = ("#d1495b", "#dcdcdc", "#7fb069")  # escalate, hold, relax
MARKS = ("^", "s", "v")
STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8.5,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": "#888888",
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
LOSSES = (0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0)  # ticks [nats]
MOST_LABELS = 26  # months named below an axis


def _png(figure: Figure) -> bytes:
    place = io.BytesIO()
    FigureCanvasAgg(figure).print_png(place, metadata={"Software": None})  # type: ignore[no-untyped-call]
    return place.getvalue()


def replay_picture(
    found: Prediction,
    coded: Sequence[CodedMonth],
    steps: Sequence[TariffStep],
    months: range,
    decisions: Sequence[DayDecision] = (),
) -> bytes:
    """The record, the chances and the surprises over some months, as a PNG.

    Args:
        found: the chances by month.
        coded: months with their moves.
        steps: tariff steps.
        months: those to draw.
        decisions: of the day clock; drawn below if there are any.
    """
    done = {month.month: month.moves for month in coded}
    first = found.rounds.months.index(months[0])
    chances = found.probabilities[first : first + len(months)]
    panels = [2.0, 2.0, 1.1, 1.1] + ([1.5] if decisions else [])
    tall = sum(panels) + 1.5
    with style.context(["default", STYLE]):
        figure = Figure(figsize=(12.0, tall), dpi=DPI)
        charts = figure.subplots(len(panels), 1, height_ratios=panels, sharex=True)
        figure.subplots_adjust(0.075, 0.62 / tall, 0.985, 1 - 0.92 / tall, hspace=0.16)
        title = f"The record and its chances, {month_name(months[0])} to {month_name(months[-1])}"
        figure.text(0.012, 1 - 0.3 / tall, title, size=14, weight="bold")
        told = f"bars: chances on the month's first morning; marks: what was done; {_known(found, months)}"
        figure.text(0.012, 1 - 0.55 / tall, told)
        for side, capital in enumerate(CAPITALS):
            _bars(charts[side], chances[:, side], [done.get(m, (-1, -1))[side] for m in months])
            charts[side].set_ylabel(f"{capital}\nchance of a move")
        losses = charts[2]
        for side, code in enumerate(SIDES):
            seen = [(k, -np.log(chances[k, side, done[m][side]])) for k, m in enumerate(months) if m in done]
            if seen:
                at, nats = np.array(seen).T
                losses.bar(
                    at + (side - 0.5) * 0.4,
                    nats,
                    0.38,
                    color=government_colour(code),
                    label=CAPITALS[side],
                )
        losses.axhline(np.log(len(MOVES)), color=INK, lw=0.8, ls="--")
        losses.set_ylabel("surprise:\nlog loss [nats]")
        losses.legend(loc="lower right", bbox_to_anchor=(1, 0.9), ncols=2, frameon=False, fontsize=8)
        rates = charts[3]
        ends = np.array([month_end(steps, m) for m in months])
        for side, code in enumerate(SIDES):
            look = government_style(code)
            rates.step(
                range(len(months)), ends[:, side], where="mid", color=look.colour, ls=look.line, lw=1.6
            )
        rates.set_ylabel("average tariff\n[%]")
        rates.set_ylim(0)
        if decisions:
            _days(charts[4], decisions, months)
        for chart in charts:
            chart.set_xlim(-0.6, len(months) - 0.4)
            if months[0] < found.rounds.months[0] + found.trained <= months[-1]:
                chart.axvline(found.trained - first - 0.5, color=INK, lw=1, ls=":")
        every = -(-len(months) // MOST_LABELS)
        charts[-1].set_xticks(range(0, len(months), every))
        names = [month_name(m) for m in months[::every]]
        charts[-1].set_xticklabels(names, rotation=45 if len(names) > 13 else 0)
        _legend(figure, tall)
        return _png(figure)


def _known(found: Prediction, months: range) -> str:
    """Which of the months are fitted, and which forecast."""
    last = found.rounds.months[found.trained - 1]
    if months[-1] <= last:
        return "all fitted"
    if months[0] > last:
        return f"forecast one month ahead, fitted to {month_name(last)}"
    return "left of the dotted line fitted, right of it forecast one month ahead"


def _bars(chart: Axes, chances: np.ndarray, done: Sequence[int]) -> None:
    at = np.arange(len(chances))
    base = np.zeros(len(chances))
    for move in range(len(MOVES)):
        chart.bar(at, chances[:, move], 0.9, base, color=FILLS[move], lw=0)
        for k in np.flatnonzero(np.array(done) == move):
            surprise = chances[k, move] < SURPRISE
            chart.plot(
                k,
                base[k] + chances[k, move] / 2,
                MARKS[move],
                ms=6.5,
                mfc="white" if surprise else INK,
                mec=INK,
                mew=1.3,
            )
        base += chances[:, move]
    chart.set_ylim(0, 1)


def _days(chart: Axes, decisions: Sequence[DayDecision], months: range) -> None:
    """Every decision on its day at the chance that it had."""
    for d in decisions:
        place = 12 * d.day.year + d.day.month - 1 - months[0] - 0.5 + (d.day.day - 1) / 31
        look = government_style(SIDES[d.side])
        chart.plot(place, d.probabilities[d.move], MARKS[d.move], ms=6, mfc=look.colour, mec=INK, mew=0.5)
    chart.axhline(1 / 3, color=INK, lw=0.8, ls="--")
    chart.set_ylim(0, 1)
    chart.set_ylabel("chance of each\ndecision, by day")


def _legend(figure: Figure, tall: float) -> None:
    parts: list[Any] = [Patch(color=FILLS[k], label=MOVES[k]) for k in range(len(MOVES))]
    parts += [
        Line2D([], [], ls="", marker=MARKS[k], mfc=INK, mec=INK, label=f"did {MOVES[k]}")
        for k in range(len(MOVES))
    ]
    parts += [
        Line2D([], [], ls="", marker="o", mfc="white", mec=INK, label=f"open: chance below {SURPRISE:.0%}"),
        Line2D([], [], color=INK, lw=0.8, ls="--", label="even odds of three"),
    ]
    figure.legend(
        handles=parts,
        loc="upper right",
        ncols=8,
        frameon=False,
        fontsize=8,
        bbox_to_anchor=(0.99, 1 - 0.58 / tall),
    )


def scores_picture(found: Scores, when: str) -> bytes:
    """The log loss of every predictor with its interval, as a PNG."""
    order = sorted(found.scored, key=lambda name: -found.scored[name].log_loss.mean)
    with style.context(["default", STYLE]):
        tall = 0.36 * len(order) + 1.3
        figure = Figure(figsize=(9.0, tall), dpi=DPI)
        chart = figure.add_axes((0.275, 0.5 / tall, 0.66, 1 - 1.1 / tall))
        across = chart.get_yaxis_transform()
        for row, name in enumerate(order):
            loss = found.scored[name].log_loss
            colour = "#d1495b" if name in (MODEL, MODEL_WITH_PARTNER) else INK
            chart.plot([loss.low, loss.high], [row, row], color=colour, lw=2.2, solid_capstyle="round")
            chart.plot(loss.mean, row, "o", ms=7, color=colour)
            chart.text(1.01, row, f"{loss.mean:.3f}", transform=across, color=colour, va="center")
        chart.axvline(np.log(3), color=INK, lw=0.8, ls="--")
        chart.set_yticks(range(len(order)), [LABELS[name] for name in order])
        chart.set_xscale("log")
        low, high = chart.get_xlim()
        chart.set_xticks([x for x in LOSSES if low <= x <= high], minor=False)
        chart.xaxis.set_major_formatter("{x:g}")
        chart.xaxis.set_minor_locator(NullLocator())
        chart.set_xlabel(
            "log loss a move [nats], less is better; lines: 95 % by bootstrap; dashed: even odds"
        )
        figure.text(0.02, 1 - 0.32 / tall, f"Scores on {when}", size=13, weight="bold")
        told = "* is told the other side's move of the same month: no forecast"
        figure.text(0.98, 1 - 0.32 / tall, told, ha="right")
        return _png(figure)


def calibration_picture(
    found: Scores, when: str, names: Sequence[str] = (MODEL, "base_rates", "both_last")
) -> bytes:
    """Chances said against shares that happened, as a PNG."""
    with style.context(["default", STYLE]):
        figure = Figure(figsize=(9.0, 3.7), dpi=DPI)
        for place, name in enumerate(names):
            chart = figure.add_axes((0.07 + 0.31 * place, 0.14, 0.265, 0.64))
            chart.plot([0, 1], [0, 1], color=INK, lw=0.8, ls="--")
            bins = found.scored[name].calibration
            said, happened = [b.mean for b in bins], [b.happened for b in bins]
            colour = "#d1495b" if name == MODEL else INK
            chart.plot(said, happened, color=colour, lw=1)
            chart.scatter(said, happened, s=[6 + 5 * b.number for b in bins], color=colour, zorder=3)
            for b in bins:
                chart.annotate(
                    f"{b.number}", (b.mean, b.happened), (5, -9), textcoords="offset points", size=7.5
                )
            chart.set(xlim=(-0.02, 1.02), ylim=(-0.05, 1.05), xlabel="chance said", title=LABELS[name])
            if not place:
                chart.set_ylabel("share that happened")
        figure.text(0.02, 0.92, f"Calibration on {when}", size=13, weight="bold")
        figure.text(0.98, 0.92, "numbers: of chances, three a move; dashed: what is said happens", ha="right")
        return _png(figure)


def free_picture(runs: FreeRuns, coded: Sequence[CodedMonth], steps: Sequence[TariffStep]) -> bytes:
    """Fans of tariffs, months escalating and the month of a truce against what happened, as a PNG."""
    done = {month.month: month.moves for month in coded}
    recorded = [k for k, m in enumerate(runs.months) if m in done]
    count = len(runs.months)
    with style.context(["default", STYLE]):
        figure = Figure(figsize=(12.0, 6.6), dpi=DPI)
        charts = figure.subplots(2, 3)
        figure.subplots_adjust(0.06, 0.1, 0.985, 0.86, hspace=0.38, wspace=0.22)
        name = f"{len(runs.moves)} free runs from {month_name(runs.months[0])}"
        figure.text(0.012, 0.945, name, size=14, weight="bold")
        figure.text(0.012, 0.912, "bands: 50 and 90 % of runs; black: what happened, which no run was told")
        for side, (code, capital) in enumerate(zip(SIDES, CAPITALS, strict=True)):
            colour = government_colour(code)
            fan = charts[side, 0]
            for low, high, alpha in ((0.05, 0.95, 0.25), (0.25, 0.75, 0.45)):
                ends = np.quantile(runs.tariffs[:, :, side], [low, high], axis=0)
                fan.fill_between(range(count), *ends, color=colour, alpha=alpha, lw=0)
            fan.plot(np.median(runs.tariffs[:, :, side], 0), color=colour)
            fan.plot(recorded, [month_end(steps, runs.months[k])[side] for k in recorded], color=INK, lw=1.6)
            fan.set_title(f"Fan of {capital}'s tariffs", size=9.5)
            fan.set_ylabel("average at a month's end [%]")
            fan.set_ylim(0)
            fan.set_xticks(range(0, count, 3), [month_name(m) for m in runs.months[::3]])
            bars = charts[side, 1]
            shares = np.bincount(runs.escalating[:, side], minlength=count + 1) / len(runs.moves)
            bars.bar(range(count + 1), shares, color=colour, alpha=0.6)
            if len(recorded) == count:
                bars.axvline(sum(done[m][side] == 0 for m in runs.months), color=INK, lw=1.8)
            bars.set_title(f"Months in which {capital} escalates", size=9.5)
            bars.set_xlabel(f"of {count}")
            bars.set_ylabel("share of runs")
        joint = charts[0, 2]
        dated = runs.truces[runs.truces >= 0]
        joint.step(
            range(count),
            [(dated <= k).sum() / len(runs.moves) for k in range(count)],
            where="mid",
            color="#7fb069",
        )
        met = [k for k in recorded if done[runs.months[k]] == (2, 2)]
        if met:
            joint.axvline(met[0], color=INK, lw=1.8)
        joint.set_ylim(0, 1)
        joint.set_title("Runs with a truce: a month in which both relax", size=9.5)
        joint.set_ylabel("share of runs, by then")
        joint.set_xticks(range(0, count, 3), [month_name(m) for m in runs.months[::3]])
        both = charts[1, 2]
        for side, code in enumerate(SIDES):
            look = government_style(code)
            both.plot(
                runs.probabilities[:, side, 0],
                color=look.colour,
                ls=look.line,
                label=f"{CAPITALS[side]} escalates",
            )
            both.plot(
                runs.probabilities[:, side, 2], color=look.colour, ls=look.line, lw=0.8, label="... relaxes"
            )
        both.set_ylim(0, 1)
        both.set_title("Runs that move in each month", size=9.5)
        both.set_ylabel("share of runs")
        both.legend(frameon=False, fontsize=7.5, ncols=2)
        both.set_xticks(range(0, count, 3), [month_name(m) for m in runs.months[::3]])
        return _png(figure)
