"""A distribution of runs in words, in Markdown: how often what, when, and what it costs."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.domain.constants import IN_FORCE, SUSPENDED
from sim.domain.dates import spoken
from sim.domain.terms import HEADINGS
from sim.outcomes.run_events import OF_PAIRS, RunEvent
from sim.reports.distribution import distribution_tables as tables
from sim.reports.templates.rendering import render
from sim.reports.text.formats import percent, short_date, strategies_text
from sim.scenarios.assumptions import assumptions_of
from sim.statistics.intervals import student_interval, wilson
from sim.studies.distribution import Distribution

TRUCES = {"truce_broken": "truce broken", "truce_reached": "both relax again"}
FATES = ("reactivated", "lapsed", "extended", "lifted")
LEVEL_HEADS = [f"{100 * level:.0f} %" if level != 0.5 else "median" for level in tables.LEVELS]


def distribution_text(s: Distribution, most: int | None = None) -> str:
    """What many runs came to.

    With `most`, of so many measures, those that change most often, and without what costs are made of.
    """
    spec, game, capitals = s.spec, s.source.game, [g.capital for g in s.source.governments.values()]
    changes = (("forced", s.forced.texts), ("strategies", spec.strategy), ("set", spec.overrides))
    values: dict[str, Any] = {"s": s, "spec": spec, "source": s.source, "capitals": capitals, "game": game}
    if game is None:
        values |= _measures(s, most) | {
            "last_day": _short_day(s.end),
            "tariffs": [
                (capitals[i], capitals[j], [*fan.quantiles(tables.LEVELS)[:, -1], fan.means[-1]])
                for (i, j), fan in s.fans.items()
            ],
            "costs": [
                (f"{capital}: {heading}", tables.spread_of(s.costs[:, place, k]), 1)
                for k, heading in enumerate(HEADINGS)
                for place, capital in enumerate(capitals)
            ],
            "all_terms": most is None,
            "months": [student_interval(x) for x in 100 * tables.shares_of(s.months).T],
        }
    else:
        holds, paid = 100 * tables.shares_of(s.rounds_held).T, tables.points(s, game).T
        values["results"] = [
            (f"{capital}: {what}", tables.spread_of(x), digits)
            for what, digits, columns in (("holds, % of rounds", 1, holds), (f"{game.unit} a round", 3, paid))
            for capital, x in zip(capitals, columns, strict=True)
        ]
    return render(
        "distribution.md",
        **values,
        days=f"{s.days} rounds" if game else f"{spoken(s.start)} to {spoken(s.end)}",
        strategies=strategies_text(s.source, s.strategies),
        changes="; ".join(f"{word}: {', '.join(texts)}" for word, texts in changes if texts),
        events=events_by_name(s, capitals),
        share=partial(_share, s),
        day_by=partial(_day_by, s),
        levels=LEVEL_HEADS,
        unobserved=float(wilson(0, s.runs)[1]),
        assumptions=len(assumptions_of(s.source)),
    )


def events_by_name(s: Distribution, capitals: Sequence[str]) -> dict[str, NDArray[np.int64]]:
    """In how many runs each event has happened by each evening."""
    events = tables.EVENTS if s.source.game is None else {"escalation": tables.EVENTS["escalation"]}
    named = {
        f"{capital} {words}": RunEvent(kind, k)
        for k, capital in enumerate(capitals)
        for kind, words in events.items()
    }
    if s.source.game is None:
        named |= {
            f"{capitals[i]}, {capitals[j]}: {TRUCES[kind]}": RunEvent(kind, i, j)
            for kind in OF_PAIRS
            for i, j in combinations(range(len(capitals)), 2)
        }
    return {name: s.happened(event) for name, event in named.items()}


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


def _measures(s: Distribution, most: int | None) -> dict[str, Any]:
    """What becomes of the measures that change in some run, as shares of runs, and how many are left out."""
    fates = {k: [s.happened(RunEvent(kind, k))[-1] / s.runs for kind in FATES] for k in tables.changing(s)}
    some = sorted(sorted(fates, key=lambda k: -max(fates[k]))[:most])
    ends = {k: [s.statuses[k, status, -1] / s.runs for status in (IN_FORCE, SUSPENDED)] for k in some}
    measures = {s.names.measures[k]: [*fates[k], *ends[k]] for k in some}
    unlisted, constant = len(fates) - len(some), len(s.names.measures) - len(fates)
    return {"measures": measures, "fates": FATES, "unlisted": unlisted, "constant": constant}
