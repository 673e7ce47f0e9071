"""A distribution of runs as tables."""

from collections.abc import Sequence
from itertools import combinations, permutations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.domain.constants import IN_FORCE, STATUSES, SUSPENDED
from sim.domain.dates import iso
from sim.domain.terms import ACCOUNTS
from sim.outcomes.run_events import ANYBODY, OF_GOVERNMENTS, OF_MEASURES, OF_PAIRS, RunEvent
from sim.scenarios.schema import GameEntry
from sim.statistics.arrays import Array
from sim.statistics.intervals import student_interval, wilson
from sim.studies.distribution import Distribution, repeat_by_count

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)  # of quantiles
COLUMNS = tuple(f"p{100 * level:02.0f}" for level in LEVELS)
DIGITS = 6  # of a probability
EVENTS = {  # of a government, in words
    "escalation": "escalates",
    "reactivation": "reactivates a measure",
    "lapse": "lets a suspension run out",
    "extension": "extends a suspension",
}


def subject_of(s: Distribution, event: RunEvent) -> str:
    """Whose it is: a measure's id, a government's code, CN>US towards a partner, CN-US between two."""
    if event.kind in OF_MEASURES:
        return s.names.measures[event.first]
    own = s.names.governments[event.first]
    if event.second == ANYBODY:
        return own
    return f"{own}{'-' if event.kind in OF_PAIRS else '>'}{s.names.governments[event.second]}"


def events_of(s: Distribution) -> list[RunEvent]:
    """Every event of governments and pairs, then those of measures that happened in some run.

    With two governments a government's events are those towards its partner, and are listed once.
    """
    n = range(len(s.names.governments))
    partners = [ANYBODY, *n] if len(n) > 2 else [ANYBODY]
    own = [RunEvent(kind, i, j) for kind in OF_GOVERNMENTS for i in n for j in partners if i != j]
    if s.source.game is not None:
        return [event for event in own if event.kind == "escalation"]
    pairs = [RunEvent(kind, i, j) for kind in OF_PAIRS for i, j in combinations(n, 2)]
    order = list(OF_MEASURES)
    measures = [event for event in s.firsts if event.kind in order]
    return [*own, *pairs, *sorted(measures, key=lambda e: (order.index(e.kind), e.first))]


def changing(s: Distribution) -> list[int]:
    """The measures whose status changes in some run."""
    return [
        k
        for k, counts in enumerate(s.statuses)
        if (counts != counts[:, :1]).any() or (np.count_nonzero(counts, axis=0) > 1).any()
    ]


def shares_of(counts: NDArray[np.int64]) -> Array:
    """Shares of rounds or months in each run, from counts of runs, shape (runs, governments)."""
    shares: Array = np.stack([repeat_by_count(row) for row in counts], axis=1) / (counts.shape[1] - 1)
    return shares


def quantiles(values: Array) -> Array:
    """Quantiles over runs, always a value that was reached, shape (levels, columns)."""
    return np.quantile(values, LEVELS, axis=0, method="inverted_cdf")


def spread_of(values: Array) -> dict[str, float]:
    """Mean, 95 % interval and quantiles of a number that each run has."""
    levels = dict(zip(COLUMNS, quantiles(values).tolist(), strict=True))
    return {**student_interval(values)._asdict(), **levels}


def _shares(s: Distribution, name: str, counts: Sequence[NDArray[np.int64]]) -> dict[str, Array]:
    """Shares of runs by line and day, with their intervals, as columns."""
    columns = (np.array(counts) / s.runs, *wilson(np.array(counts), s.runs))
    return {k: x.round(DIGITS).ravel() for k, x in zip((name, "low", "high"), columns, strict=True)}


def events_frame(s: Distribution) -> pd.DataFrame:
    """Probabilities day by day, in the columns of `events.csv`: that it has happened by that evening.

    Two kinds are of the status on that evening: `now_in_force:MEASURE` and `now_suspended:MEASURE`.
    """
    lines = [(f"{event.kind}:{subject_of(s, event)}", s.happened(event)) for event in events_of(s)]
    lines += [
        (f"now_{STATUSES[status]}:{s.names.measures[k]}", s.statuses[k, status])
        for status in (IN_FORCE, SUSPENDED)
        for k in changing(s)
    ]
    days = np.array([iso(day) for day in range(s.start, s.end + 1)], dtype=object)
    columns = {"day": np.tile(days, len(lines)), "event": np.repeat([name for name, _ in lines], s.days)}
    return pd.DataFrame({**columns, **_shares(s, "chance", [counts for _, counts in lines])})


def tariffs_frame(s: Distribution) -> pd.DataFrame:
    """Mean and quantiles of tariffs day by day [per cent], in the columns of `tariffs.csv`."""
    codes = s.names.governments
    days = [iso(day) for day in range(s.start, s.end + 1)]
    frames = []
    for (i, j), fan in s.fans.items():
        levels = dict(zip(COLUMNS, (100.0 * fan.quantiles(LEVELS)).round(2), strict=True))
        columns = {"mean": (100.0 * fan.means).round(DIGITS), **levels}
        frames.append(pd.DataFrame({"day": days, "importer": codes[i], "exporter": codes[j], **columns}))
    return pd.concat(frames, ignore_index=True)


def rounds_frame(s: Distribution) -> pd.DataFrame:
    """Probabilities of holding round by round, in the columns of `rounds.csv`.

    A row of `all` with no partner is of everybody's holding towards everybody.
    """
    codes = s.names.governments
    lines = [(codes[i], codes[j], s.holds[i, j]) for i, j in permutations(range(len(codes)), 2)]
    lines.append(("all", "", s.holds[0, 0]))
    own, partners, counts = zip(*lines, strict=True)
    rounds = np.tile(np.arange(1, s.days + 1), len(lines))
    columns = {"government": np.repeat(own, s.days), "partner": np.repeat(partners, s.days)}
    return pd.DataFrame({"round": rounds, **columns, **_shares(s, "held", counts)})


def costs_frame(s: Distribution) -> pd.DataFrame:
    """What each run cost each government by account, in the columns of `costs.csv`; in a game its points."""
    codes = s.names.governments
    values = {f"cost_{name}": s.costs[:, :, k] for k, name in enumerate(ACCOUNTS)}
    if s.source.game:
        values = {"cost": s.costs[:, :, 0], "points": points(s, s.source.game)}
    columns = {f"{name}_{code}": x[:, k] for name, x in values.items() for k, code in enumerate(codes)}
    return pd.DataFrame({"run": np.arange(s.runs), **columns})


def points(s: Distribution, game: GameEntry) -> Array:
    """What a round of a matrix game paid on average in each run, with one partner, shape (runs, governments).

    A game's cost is what all rounds paid less than everybody's holding (`sim.rules.ledger.missed`).
    """
    rounds = s.days * (len(s.names.governments) - 1)
    return (game.payoffs["hold"]["hold"].value - s.costs[:, :, 0] / rounds).round(9)
