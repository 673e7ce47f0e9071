"""Pictures of the cases where theory knows the answer, with what the simulator does there."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from sim.reports.drawing.colours import SERIES
from sim.reports.drawing.theme import INK, SteadyLayout, new_figure, save_figure
from sim.theory import memory_one
from sim.theory.qre import branch
from sim.theory.repeated import critical_discount, linear_game
from sim.theory.sunset import renewal_threshold
from sim.validation.theory.simulations import (
    CooperationRate,
    choice_rates,
    cooperation_rates,
    game_truce_holds,
    measure_truce_holds,
    truce_reaches_sunset,
)

WIDTH, HEIGHT, DPI, TEXT = 8.0, 5.2, 130, 10.0  # [inches], [inches], dots an inch, [points]
Payoffs: TypeAlias = tuple[list[list[float]], list[list[float]]]
AXELROD: Payoffs = ([[3, 0], [5, 1]], [[3, 5], [0, 1]])
GAME = linear_game()
LINEAR: Payoffs = (
    [[GAME.reward, GAME.sucker], [GAME.temptation, GAME.punishment]],
    [[GAME.reward, GAME.temptation], [GAME.sucker, GAME.punishment]],
)
MEET: dict[str, tuple[str, ArrayLike]] = {  # themselves
    "tit_for_tat:generosity=0.3333333333333333": ("generous tit-for-tat, 1/3", memory_one.generous(1 / 3)),
    "win_stay_lose_shift": ("win-stay-lose-shift", memory_one.WIN_STAY_LOSE_SHIFT),
    "tit_for_tat": ("tit-for-tat", memory_one.TIT_FOR_TAT),
    "memory_one:dc=0": ("grim with a memory of one round", memory_one.GRIM),
}
LAGS = (1, 2, 3, 4, 6)
LENGTHS = (1, 2, 3, 6, 12)
MONTHLY = 0.99  # discount factor of a period
SURE = 0.95  # belief of the more confident side


def draw_theory(folder: Path, kind: str = "png") -> list[Path]:
    """Draw all figures into a folder, as files of a kind, and give their paths."""
    paths = []
    for draw in (quantal_response, cooperation_with_errors, patience, sunsets):
        with new_figure(WIDTH, HEIGHT, DPI, TEXT, layout=SteadyLayout()) as figure:
            axes = figure.add_subplot()
            axes.grid()
            draw(axes)
            paths.append(folder / f"{draw.__name__}.{kind}")
            save_figure(figure, paths[-1])
    return paths


def quantal_response(axes: Axes) -> None:
    """Draw how often a shortsighted government holds, over its precision."""
    points = [0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.0]
    games: list[tuple[str, Payoffs, list[CooperationRate]]] = [
        ("linear tariff game", LINEAR, choice_rates(points, runs=200)),
        ("prisoner's dilemma, learning what is answered", AXELROD, [_shortsighted(p) for p in points]),
    ]
    for (words, game, rates), (colour, line) in zip(games, SERIES, strict=False):
        curve = branch(*game, max(points))
        axes.plot(curve.precision, 100 * curve.row[:, 0], color=colour, ls=line, lw=1.8, label=words)
        _bars(axes, points, rates, colour)
    axes.set(xlabel="precision [per unit of payoff]", ylabel="holds [% of choices]", ylim=(0, 55))
    _title(axes, "Choices without look-ahead: logit quantal response", "lines: McKelvey and Palfrey (1995)")


def _shortsighted(precision: float) -> CooperationRate:
    spelling = f"payoff_logit:precision={precision!r},look_ahead=0"
    return cooperation_rates(spelling, spelling, 0.0, runs=200, rounds=150, skipped=150)[0]


def cooperation_with_errors(axes: Axes) -> None:
    """Draw how often strategies that meet themselves hold, over the probability of errors."""
    errors = np.geomspace(0.005, 0.4, 60)
    for (spelling, (words, probabilities)), (colour, line) in zip(MEET.items(), SERIES, strict=False):
        expected = memory_one.cooperation(probabilities, probabilities, errors)[0]
        axes.plot(100 * errors, 100 * expected, color=colour, ls=line, lw=1.8, label=words)
        side = 0.955 + 0.03 * list(MEET).index(spelling)  # so that no bar hides another
        slow = words.startswith(("tit", "grim"))  # quarrels last long, so runs differ much
        points = [side * e for e in ((0.05, 0.1, 0.2, 0.4) if slow else (0.02, 0.05, 0.1, 0.2, 0.4))]
        size = {"runs": 200, "rounds": 200, "skipped": 100}
        rates = [cooperation_rates(spelling, spelling, e, **size)[0] for e in points]
        _bars(axes, [100 * e for e in points], rates, colour)
    axes.set_xscale("log")
    axes.set_xticks([0.5, 1, 2, 5, 10, 20, 40])
    axes.xaxis.set_major_formatter("{x:g}")
    axes.minorticks_off()
    errors_label = "chance that a move comes out as the other one [%]"
    axes.set(xlabel=errors_label, ylabel="holds [% of rounds]", ylim=(0, 104))
    title = "Cooperation of strategies that meet themselves"
    _title(axes, title, "lines: the Markov chain of the two", (0.01, 0.11))


def patience(axes: Axes) -> None:
    """Draw whether a best reply keeps the truce with grim, over the discount factor and the lag."""
    lags = np.linspace(0.8, 6.4, 80)
    label = "critical discount factor, [(T \u2212 R) / (T \u2212 P)]^(1/n)"
    axes.plot(critical_discount(*GAME, lag=lags), lags, color=INK, lw=1.6, label=label)
    discounts = np.linspace(0.51, 0.99, 17)
    for holds, shift, (colour, _), words in (
        (game_truce_holds, 0.11, SERIES[0], "matrix game"),
        (measure_truce_holds, -0.11, SERIES[1], "tariffs as measures"),
    ):
        marks = [(d, lag + shift, holds(float(d), lag)) for lag in LAGS for d in discounts]
        _draw_truces(axes, marks, colour, words)
    axes.set(xlabel="discount factor [per period]", ylabel="the answer comes after n periods")
    axes.set(yticks=LAGS, ylim=(0.4, 8.2))
    _title(axes, "Is the truce with grim kept?", "full: kept; hollow: broken", "upper left")


def sunsets(axes: Axes) -> None:
    """Draw whether two governments hold a truce to its sunset, over the lesser belief in renewal."""
    lengths = np.arange(1, 16)
    threshold = renewal_threshold(-GAME.temptation / GAME.punishment, MONTHLY, lengths)
    axes.plot(100 * threshold, lengths, color=INK, lw=1.6, marker="|", label="threshold p*")
    beliefs = np.linspace(0.02, 0.8, 27)
    pairs = [(float(b), m) for m in LENGTHS for b in beliefs]
    marks = [(100 * b, float(m), truce_reaches_sunset((b, SURE), MONTHLY, m)) for b, m in pairs]
    _draw_truces(axes, marks, SERIES[0].colour, f"the other side's belief is {SURE:.0%}")
    axes.set_xlabel("belief of the less confident side that the truce is renewed [%]")
    axes.set_ylabel("length of the truce [periods of 30 days]")
    axes.set(yticks=LENGTHS, ylim=(0.2, 15.2), xlim=(0, 85))
    _title(axes, "Is the truce held to its sunset?", "full: held; hollow: broken before")


def _bars(axes: Axes, places: Sequence[float], rates: Sequence[CooperationRate], colour: str) -> None:
    """Draw simulated rates with bars of three standard errors."""
    heights = [100 * r.rate for r in rates]
    spans = [300 * r.std_error for r in rates]
    axes.errorbar(places, heights, spans, fmt="o", ms=4.5, capsize=3, lw=1.1, color=colour, zorder=3)


def _draw_truces(axes: Axes, marks: Sequence[tuple[float, float, bool]], colour: str, words: str) -> None:
    """Draw a full mark where a truce is intact, a hollow one where it was broken."""
    for fill, label in ((colour, f"simulated: {words}"), ("white", None)):
        points = np.array([(x, y) for x, y, intact in marks if intact == (label is not None)]).reshape(-1, 2)
        axes.plot(*points.T, ls="none", marker="o", ms=5.0, mec=colour, mfc=fill, zorder=3, label=label)


def _title(axes: Axes, title: str, reading: str, legend: Any = "upper right") -> None:
    """Give a picture its title, a line on how to read it, and its legend."""
    bars = "; points: simulated, \u00b1 3 standard errors" if reading.startswith("lines") else ""
    axes.set_title(f"{title}\n", loc="left", weight="bold", fontsize=12.5)
    axes.text(0.0, 1.02, reading + bars, transform=axes.transAxes, fontsize=9.5)
    axes.legend(loc=legend, frameon=True, framealpha=0.95, edgecolor="#cccccc", fontsize=9.0)
