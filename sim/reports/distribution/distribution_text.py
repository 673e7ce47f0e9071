"""The spread of many runs in words, in Markdown: how often what, when, and what it costs."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.domain.constants import IN_FORCE, SUSPENDED
from sim.domain.dates import spoken
from sim.outcomes.run_events import OF_COUPLES, RunEvent
from sim.reports.distribution.distribution_tables import LEVELS, changing, points
from sim.reports.game.game_story import payoff_table
from sim.reports.run.measure_timeline import short
from sim.reports.run.story import ECONOMY, POLITICS, tidy
from sim.reports.text.formats import percent
from sim.rules.ledger import Cost
from sim.scenarios.assumptions import assumptions_of
from sim.scenarios.schema import GameEntry
from sim.statistics.intervals import Interval, paired, wilson
from sim.studies.distribution import Distribution, counted

OWN = {
    "escalation": "escalates",
    "reactivation": "reactivates a measure",
    "lapse": "lets a suspension run out",
    "extension": "extends a suspension",
}
BETWEEN = {
    "truce_broken": "{0}, {1}: truce broken",
    "truce_reached": "{0}, {1}: both relax again",
}
FATES = ("reactivated", "lapsed", "extended", "lifted")
BROKEN = "A truce is broken once a suspended measure between the two is back, by a move or by itself. "
GIVEN = {"force": "forced", "strategy": "strategies", "overrides": "set"}


def tell_spread(s: Distribution, most: int | None = None) -> str:
    """What many runs came to.

    Args:
        s: of many runs.
        most: measures that are told, the ones that change most often; all if None.
    """
    if s.source.game is not None:
        return _joined([*_opening(s), *_game(s, s.source.game), _footnote(s)])
    parts = [
        *_opening(s),
        "## How often, and when",
        events_table(s),
        f"## What becomes of measures by {short_day(s.end)}",
        measures_table(s, most),
        "## Tariffs on the last evening",
        tariffs_table(s),
        "## What it costs",
        costs_table(s),
        _footnote(s),
    ]
    return _joined(parts)


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _opening(s: Distribution) -> Iterator[str]:
    w = s.worlds
    codes = s.names.governments
    who = "; ".join(f"{capital(s, k)} plays {s.strategies[code].spelling}" for k, code in enumerate(codes))
    days = f"{s.days} rounds" if s.source.game else f"{spoken(s.start)} to {spoken(s.end)}"
    yield f"# {s.source.title}: the spread of {s.runs:,} runs"
    yield f"{days}. {who}. Seed {w.seed}, runs 0 to {s.runs - 1:,}, played by the {w.engine} engine."
    given = [f"{word}: {', '.join(getattr(w, key))}" for key, word in GIVEN.items() if getattr(w, key)]
    yield f"In all of them {'; '.join(given)}." if given else ""


def capital(s: Distribution, place: int) -> str:
    """Where a government sits, its name in a summary."""
    return s.source.governments[s.names.governments[place]].capital


def events_table(s: Distribution) -> str:
    """The chance of each event by the last evening with its interval, and when it happens if it does."""
    n = range(len(s.names.governments))
    named = [(RunEvent(kind, k), f"{capital(s, k)} {words}") for k in n for kind, words in OWN.items()]
    if s.source.game is not None:
        named = [(event, name) for event, name in named if event.kind == "escalation"]
    else:
        named += [
            (RunEvent(kind, i, j), BETWEEN[kind].format(capital(s, i), capital(s, j)))
            for kind in OF_COUPLES
            for i in n
            for j in n
            if i < j
        ]
    lines = ["| | chance | 95 % interval | first 5 % by | half by | 95 % by |", "|---|---:|---|---|---|---|"]
    for event, name in named:
        counts = s.happened(event)
        low, high = (float(end) for end in wilson(counts[-1], s.runs))
        days = " | ".join(_when(s, counts, level) for level in (0.05, 0.5, 0.95))
        chance = percent(counts[-1] / s.runs)
        lines.append(f"| {name} | {chance} | {100 * low:.1f} to {100 * high:.1f} % | {days} |")
    return "\n".join(lines)


def _when(s: Distribution, counts: NDArray[np.int64], level: float) -> str:
    """The day by which a part of the runs in which something happens has seen it, empty if none does."""
    if counts[-1] == 0:
        return ""
    day = int(np.searchsorted(counts, max(1, np.ceil(round(level * counts[-1], 6)))))
    return f"round {day + 1}" if s.source.game else short_day(s.start + day)


def short_day(day: int) -> str:
    """A day number in few letters: 2 Mar 2026."""
    return short(date.fromordinal(day))


def measures_table(s: Distribution, most: int | None = None) -> str:
    """What becomes of the measures that change in some run: chances of their fates, and how they end."""
    fates = {k: [s.happened(RunEvent(kind, k))[-1] / s.runs for kind in FATES] for k in changing(s)}
    shown = sorted(fates, key=lambda k: -max(fates[k]))[:most]
    heads = [*FATES, "then in force", "then suspended"]
    lines = [f"| chance of having been | {' | '.join(heads)} |", "|---|" + "---:|" * len(heads)]
    for k in sorted(shown):
        ends = [s.statuses[k, status, -1] / s.runs for status in (IN_FORCE, SUSPENDED)]
        lines.append(f"| `{s.names.measures[k]}` | {' | '.join(percent(x) for x in (*fates[k], *ends))} |")
    still = len(s.names.measures) - len(fates)
    left = (
        [f"{len(fates) - len(shown)} more change in some run (`spread.md`)"]
        if len(fates) > len(shown)
        else []
    )
    left += [f"{still} {'stays' if still == 1 else 'stay'} as on the first morning in all"] if still else []
    told = f"{'; '.join(left)}." if left else ""
    return _joined(["\n".join(lines) if shown else "", told]).rstrip("\n")


def tariffs_table(s: Distribution) -> str:
    """Quantiles of the tariffs of the last evening."""
    heads = " | ".join(f"{100 * level:.0f} %" if level != 0.5 else "median" for level in LEVELS)
    lines = [f"| average tariff, per cent | {heads} | mean |", "|---|" + "---:|" * (len(LEVELS) + 1)]
    for (i, j), fan in s.fans.items():
        values = [*fan.quantiles(LEVELS)[:, -1], fan.means[-1]]
        told = " | ".join(f"{100 * value:.1f}" for value in values)
        lines.append(f"| {capital(s, i)} on goods from {capital(s, j)} | {told} |")
    return "\n".join(lines)


def costs_table(s: Distribution) -> str:
    """Mean costs with their intervals, what they are made of, and their quantiles."""
    heads = " | ".join(f"{100 * level:.0f} %" if level != 0.5 else "median" for level in LEVELS)
    lines = [
        f"| bn USD | mean | 95 % interval | economy | politics | {heads} |",
        "|---|---:|---|" + "---:|" * 7,
    ]
    table = quantiles(s.costs)
    shares = []
    for k, code in enumerate(s.names.governments):
        m = paired(s.costs[:, k])
        parts = [
            s.terms[k, [Cost._fields.index(key) for key in group]].sum() for group in (ECONOMY, POLITICS)
        ]
        told = " | ".join(f"{tidy(float(x)):.1f}" for x in (*parts, *table[:, k]))
        lines.append(f"| {capital(s, k)} | {tidy(m.mean):.1f} | {span(m)} | {told} |")
        months = paired(100 * counted(s.months[k]) / (s.months.shape[1] - 1))
        shares.append(f"{capital(s, k)} ({code}) {months.mean:.1f} % ({span(months)})")
    lines.append(
        "\nAgainst the world of the first morning going on unchanged; a gain is negative, and politics are "
        f"put into money. Months in which a government escalates, on average: {'; '.join(shares)}."
    )
    return "\n".join(lines)


def span(m: Interval, digits: int = 1) -> str:
    """An interval in words."""
    low, high = (round(x, digits) + 0.0 for x in (m.low, m.high))
    return f"{low:.{digits}f} to {high:.{digits}f}" if low == low else "one run only"


def quantiles(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Quantiles over runs, always a value that was reached, shape (levels, columns)."""
    found: NDArray[np.float64] = np.quantile(values, LEVELS, axis=0, method="inverted_cdf")
    return found


def _game(s: Distribution, game: GameEntry) -> Iterator[str]:
    yield "## What a round pays"
    yield payoff_table(game)
    yield "## How often, and when"
    yield events_table(s)
    yield "## What it comes to"
    yield outcomes_table(s, game)


def outcomes_table(s: Distribution, game: GameEntry) -> str:
    """How often players held, and what a round paid, with intervals and quantiles."""
    n = range(len(s.names.governments))
    held = [100 * counted(s.rounds_held[k]) / (s.rounds_held.shape[1] - 1) for k in n]
    paid = points(s, game)
    heads = " | ".join(f"{100 * level:.0f} %" if level != 0.5 else "median" for level in LEVELS)
    lines = [f"| | mean | 95 % interval | {heads} |", "|---|---:|---|" + "---:|" * len(LEVELS)]
    for what, digits, columns in (
        ("holds, % of rounds", 1, held),
        (f"{game.unit} a round", 3, [paid[:, k] for k in n]),
    ):
        for k, values in zip(n, columns, strict=True):
            m = paired(values)
            told = " | ".join(f"{x:.{digits}f}" for x in quantiles(values[:, None])[:, 0])
            mean, sure = f"{m.mean:.{digits}f}", span(m, digits)
            lines.append(f"| {capital(s, k)}: {what} | {mean} | {sure} | {told} |")
    everybody = s.held[0, 0]
    for name, day in (("first", 0), ("last", -1)):
        low, high = wilson(everybody[day], s.runs)
        lines.append(
            f"| all hold in the {name} round | {percent(everybody[day] / s.runs)} | "
            f"{100 * float(low):.1f} to {100 * float(high):.1f} % |" + " |" * len(LEVELS)
        )
    return "\n".join(lines)


def _footnote(s: Distribution) -> str:
    count = len(assumptions_of(s.source))
    return (
        "Days are those of the runs in which it happens. "
        + (BROKEN if s.source.game is None else "")
        + "Intervals of chances are Wilson's, of means "
        "Student's: of 100 seeds about 95 give one with the true value. What happened in no run may still "
        "have a chance of up to "
        f"{percent(float(wilson(0, s.runs)[1]))}. They speak of luck, not of the model, which rests on "
        f"{count} numbers that nobody has measured; `manifest.json` lists each."
    )
