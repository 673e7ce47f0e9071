"""A distribution of runs in words, in Markdown: how often what, when, and what it costs."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sim.domain.constants import IN_FORCE, SUSPENDED
from sim.domain.dates import spoken
from sim.domain.terms import COSTS, ECONOMY, POLITICS, TERMS
from sim.outcomes.run_events import OF_PAIRS, RunEvent
from sim.reports.distribution.distribution_tables import EVENTS, LEVELS, changing, points, quantiles
from sim.reports.game.game_story import payoff_table
from sim.reports.text.formats import percent, rounded, short_date, strategies_text
from sim.reports.text.markdown import page, table
from sim.scenarios.assumptions import assumptions_of
from sim.scenarios.schema import GameEntry
from sim.statistics.intervals import Interval, student_interval, wilson
from sim.studies.distribution import Distribution, repeat_by_count

TRUCES = {
    "truce_broken": "{0}, {1}: truce broken",
    "truce_reached": "{0}, {1}: both relax again",
}
FATES = ("reactivated", "lapsed", "extended", "lifted")
BROKEN = "A truce is broken once a suspended measure between the two is back, by a move or by itself. "
LEVEL_HEADS = [f"{100 * level:.0f} %" if level != 0.5 else "median" for level in LEVELS]


def distribution_text(s: Distribution, most: int | None = None) -> str:
    """What many runs came to.

    Args:
        s: of many runs.
        most: measures in the table, the ones that change most often; all if None.
    """
    if s.source.game is not None:
        return page([*_opening(s), *_game(s, s.source.game), _footnote(s)])
    return page(
        [
            *_opening(s),
            "## How often, and when",
            events_table(s),
            f"## What becomes of measures by {_short_day(s.end)}",
            *measures_table(s, most),
            "## Tariffs on the last evening",
            tariffs_table(s),
            "## What it costs",
            costs_table(s),
            costs_note(s),
            _footnote(s),
        ]
    )


def _opening(s: Distribution) -> Iterator[str]:
    w = s.worlds
    days = f"{s.days} rounds" if s.source.game else f"{spoken(s.start)} to {spoken(s.end)}"
    yield f"# {s.source.title}: the spread of {s.runs:,} runs"
    yield (
        f"{days}. {strategies_text(s.source, s.strategies)}. Seed {w.seed}, runs 0 to {s.runs - 1:,}, played "
        f"by the {w.engine} engine."
    )
    changes = [("forced", w.force), ("strategies", w.strategy), ("set", w.overrides)]
    some = "; ".join(f"{word}: {', '.join(texts)}" for word, texts in changes if texts)
    yield f"In all of them {some}." if some else ""


def _capitals(s: Distribution) -> list[str]:
    """Where governments sit, their names in a summary."""
    return [g.capital for g in s.source.governments.values()]


def events_table(s: Distribution) -> str:
    """The probability of each event by the last evening with its interval, and when it happens if it does."""
    capitals = _capitals(s)
    events = EVENTS if s.source.game is None else {"escalation": EVENTS["escalation"]}
    named = [
        (RunEvent(kind, k), f"{capital} {words}")
        for k, capital in enumerate(capitals)
        for kind, words in events.items()
    ]
    if s.source.game is None:
        named += [
            (RunEvent(kind, i, j), TRUCES[kind].format(capitals[i], capitals[j]))
            for kind in OF_PAIRS
            for i, j in combinations(range(len(capitals)), 2)
        ]
    rows = []
    for event, name in named:
        counts = s.happened(event)
        days = [_day_by(s, counts, level) for level in (0.05, 0.5, 0.95)]
        rows.append([name, *_share(s, counts[-1]), *days])
    head = ["", "chance", "95 % interval", "first 5 % by", "half by", "95 % by"]
    return table("lrllll", head, rows)


def _share(s: Distribution, count: int) -> list[str]:
    """A share of runs, and its interval."""
    low, high = (100 * float(end) for end in wilson(count, s.runs))
    return [percent(count / s.runs), f"{low:.1f} to {high:.1f} %"]


def _day_by(s: Distribution, counts: NDArray[np.int64], level: float) -> str:
    """The day by which it has happened in a part of the runs in which it does, empty if in none."""
    if counts[-1] == 0:
        return ""
    day = int(np.searchsorted(counts, max(1, np.ceil(round(level * counts[-1], 6)))))
    return f"round {day + 1}" if s.source.game else _short_day(s.start + day)


def _short_day(day: int) -> str:
    return short_date(date.fromordinal(day))


def measures_table(s: Distribution, most: int | None = None) -> Iterator[str]:
    """What becomes of the measures that change in some run, how they end, and how many are not shown."""
    fates = {k: [s.happened(RunEvent(kind, k))[-1] / s.runs for kind in FATES] for k in changing(s)}
    measures = sorted(sorted(fates, key=lambda k: -max(fates[k]))[:most])
    rows = []
    for k in measures:
        ends = [s.statuses[k, status, -1] / s.runs for status in (IN_FORCE, SUSPENDED)]
        rows.append([f"`{s.names.measures[k]}`", *(percent(x) for x in (*fates[k], *ends))])
    if rows:
        yield table("lrrrrrr", ["chance of having been", *FATES, "then in force", "then suspended"], rows)
    more, still = len(fates) - len(rows), len(s.names.measures) - len(fates)
    others = [f"{more} more change in some run (`spread.md`)"] if more else []
    others += [f"{still} {'stays' if still == 1 else 'stay'} as on the first morning in all"] if still else []
    yield f"{'; '.join(others)}." if others else ""


def tariffs_table(s: Distribution) -> str:
    """Quantiles of the tariffs of the last evening."""
    capitals = _capitals(s)
    rows = []
    for (i, j), fan in s.fans.items():
        values = [*fan.quantiles(LEVELS)[:, -1], fan.means[-1]]
        rows.append([f"{capitals[i]} on goods from {capitals[j]}", *(f"{100 * x:.1f}" for x in values)])
    return table("lrrrrrr", ["average tariff, per cent", *LEVEL_HEADS, "mean"], rows)


def costs_table(s: Distribution) -> str:
    """Mean costs with their intervals, what they are made of, and their quantiles."""
    levels = quantiles(s.costs)
    rows = []
    for k, capital in enumerate(_capitals(s)):
        m = student_interval(s.costs[:, k])
        terms = dict(zip(COSTS, s.terms[k], strict=True))
        parts = [sum(terms[t.name] for t in TERMS if t.account == name) for name in (ECONOMY, POLITICS)]
        values = [f"{rounded(float(x)):.1f}" for x in (*parts, *levels[:, k])]
        rows.append([capital, f"{rounded(m.mean):.1f}", _interval(m), *values])
    head = ["bn USD", "mean", "95 % interval", "economy", "politics", *LEVEL_HEADS]
    return table("lrlrrrrrrr", head, rows)


def costs_note(s: Distribution) -> str:
    """What costs are compared with, and how often governments escalate."""
    shares = []
    for k, (code, g) in enumerate(s.source.governments.items()):
        months = student_interval(100 * repeat_by_count(s.months[k]) / (s.months.shape[1] - 1))
        shares.append(f"{g.capital} ({code}) {months.mean:.1f} % ({_interval(months)})")
    return (
        "Against the world of the first morning going on unchanged; a gain is negative, and politics are "
        f"put into money. Months in which a government escalates, on average: {'; '.join(shares)}."
    )


def _interval(m: Interval, digits: int = 1) -> str:
    low, high = (rounded(x, digits) for x in (m.low, m.high))
    return f"{low:.{digits}f} to {high:.{digits}f}" if low == low else "one run only"


def _game(s: Distribution, game: GameEntry) -> Sequence[str]:
    return (
        "## What a round pays",
        payoff_table(game),
        "## How often, and when",
        events_table(s),
        "## What it comes to",
        outcomes_table(s, game),
    )


def outcomes_table(s: Distribution, game: GameEntry) -> str:
    """How often players held, and what a round paid, with intervals and quantiles."""
    shares = np.stack(
        [100 * repeat_by_count(r) / (s.rounds_held.shape[1] - 1) for r in s.rounds_held], axis=1
    )
    rows = []
    for what, digits, values in (
        ("holds, % of rounds", 1, shares),
        (f"{game.unit} a round", 3, points(s, game)),
    ):
        for capital, column in zip(_capitals(s), values.T, strict=True):
            m = student_interval(column)
            levels = [f"{x:.{digits}f}" for x in quantiles(column[:, None])[:, 0]]
            rows.append([f"{capital}: {what}", f"{m.mean:.{digits}f}", _interval(m, digits), *levels])
    for name, day in (("first", 0), ("last", -1)):
        rows.append([f"all hold in the {name} round", *_share(s, s.held[0, 0, day])])
    return table("lrlrrrrr", ["", "mean", "95 % interval", *LEVEL_HEADS], rows)


def _footnote(s: Distribution) -> str:
    return (
        "Days are those of the runs in which it happens. "
        + (BROKEN if s.source.game is None else "")
        + "Intervals of chances are Wilson's, of means "
        "Student's: of 100 seeds about 95 give one with the true value. What happened in no run may still "
        "have a chance of up to "
        f"{percent(float(wilson(0, s.runs)[1]))}. They speak of luck, not of the model, which rests on "
        f"{len(assumptions_of(s.source))} numbers that nobody has measured; `manifest.json` lists each."
    )
