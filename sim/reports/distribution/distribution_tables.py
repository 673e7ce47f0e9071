"""The spread of many runs as tables."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.domain.constants import IN_FORCE, STATUSES, SUSPENDED
from sim.domain.dates import iso
from sim.outcomes.run_events import ANYBODY, OF_COUPLES, OF_GOVERNMENTS, OF_MEASURES, RunEvent
from sim.scenarios.schema import GameEntry
from sim.statistics.intervals import wilson
from sim.studies.distribution import Distribution

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)  # of quantiles
COLUMNS = tuple(f"p{100 * level:02.0f}" for level in LEVELS)
DIGITS = 6  # of a chance


def subject_of(s: Distribution, event: RunEvent) -> str:
    """Whose it is: a measure's id, a government's code, CN>US towards a partner, CN-US between two."""
    if event.kind in OF_MEASURES:
        return s.names.measures[event.first]
    mine = s.names.governments[event.first]
    if event.second == ANYBODY:
        return mine
    return f"{mine}{'-' if event.kind in OF_COUPLES else '>'}{s.names.governments[event.second]}"


def events_of(s: Distribution) -> list[RunEvent]:
    """Every event of governments and couples, then those of measures that happened in some run.

    With two governments a government's events are those towards its partner, and are told once.
    """
    n = range(len(s.names.governments))
    partners = [ANYBODY, *n] if len(n) > 2 else [ANYBODY]
    own = [RunEvent(kind, i, j) for kind in OF_GOVERNMENTS for i in n for j in partners if i != j]
    couples = [RunEvent(kind, i, j) for kind in OF_COUPLES for i in n for j in n if i < j]
    if s.source.game is not None:
        return [event for event in own if event.kind == "escalation"]
    order = list(OF_MEASURES)
    measures = [event for event in s.firsts if event.kind in order]
    return [*own, *couples, *sorted(measures, key=lambda e: (order.index(e.kind), e.first))]


def changing(s: Distribution) -> list[int]:
    """The measures whose status changes in some run."""
    return [k for k, counts in enumerate(s.statuses) if (counts != counts[:, :1]).any() or _mixed(counts)]


def _mixed(counts: NDArray[np.int64]) -> bool:
    return bool((np.count_nonzero(counts, axis=0) > 1).any())


def events_frame(s: Distribution) -> "pd.DataFrame":
    """Chances day by day, in the columns of `events.csv`: that it has happened by that evening.

    Two kinds are of how things stand that evening: `now_in_force:MEASURE` and `now_suspended:MEASURE`.
    """
    import pandas as pd

    lines = [(f"{event.kind}:{subject_of(s, event)}", s.happened(event)) for event in events_of(s)]
    lines += [
        (f"now_{STATUSES[status]}:{s.names.measures[k]}", s.statuses[k, status])
        for status in (IN_FORCE, SUSPENDED)
        for k in changing(s)
    ]
    days = np.array([iso(day) for day in range(s.start, s.end + 1)], dtype=object)
    counts = np.array([line for _, line in lines])
    low, high = wilson(counts, s.runs)
    return pd.DataFrame(
        {
            "day": np.tile(days, len(lines)),
            "event": np.repeat([name for name, _ in lines], s.days),
            "chance": (counts / s.runs).round(DIGITS).ravel(),
            "low": low.round(DIGITS).ravel(),
            "high": high.round(DIGITS).ravel(),
        }
    )


def tariffs_frame(s: Distribution) -> "pd.DataFrame":
    """Mean and quantiles of tariffs day by day [per cent], in the columns of `tariffs.csv`."""
    import pandas as pd

    days = [iso(day) for day in range(s.start, s.end + 1)]
    frames = []
    for (importer, exporter), fan in s.fans.items():
        columns = dict(zip(COLUMNS, (100.0 * fan.quantiles(LEVELS)).round(2), strict=True))
        told = {"importer": s.names.governments[importer], "exporter": s.names.governments[exporter]}
        mean = (100.0 * fan.means).round(DIGITS)
        frames.append(pd.DataFrame({"day": days, **told, "mean": mean, **columns}))
    return pd.concat(frames, ignore_index=True)


def rounds_frame(s: Distribution) -> "pd.DataFrame":
    """Chances of holding round by round, in the columns of `rounds.csv`.

    A row of `all` with no partner is of everybody's holding towards everybody.
    """
    import pandas as pd

    return pd.DataFrame(list(_rounds(s)))


def _rounds(s: Distribution) -> Iterator[dict[str, Any]]:
    codes = s.names.governments
    n = range(len(codes))
    pairs = [(i, j) for i in n for j in n if i != j]
    for who, partner, counts in [(codes[i], codes[j], s.held[i, j]) for i, j in pairs] + [
        ("all", "", s.held[0, 0])
    ]:
        low, high = wilson(counts, s.runs)
        for day in range(s.days):
            yield {
                "round": day + 1,
                "government": who,
                "partner": partner,
                "held": round(float(counts[day]) / s.runs, DIGITS),
                "low": round(float(low[day]), DIGITS),
                "high": round(float(high[day]), DIGITS),
            }


def costs_frame(s: Distribution) -> "pd.DataFrame":
    """What each run cost each government, in the columns of `costs.csv`; a game's points beside."""
    import pandas as pd

    codes = s.names.governments
    frame = pd.DataFrame({"run": np.arange(s.runs)})
    for k, code in enumerate(codes):
        frame[f"cost_{code}"] = s.costs[:, k]
    if s.source.game is not None:
        for k, code in enumerate(codes):
            frame[f"points_{code}"] = points(s, s.source.game)[:, k]
    return frame


def points(s: Distribution, game: GameEntry) -> Array:
    """What a round of a matrix game paid on average in each run, with one partner, shape (runs, governments).

    A game's cost is what all rounds paid less than everybody's holding (`sim.rules.ledger.missed`).
    """
    rounds = s.days * (len(s.names.governments) - 1)
    paid: Array = (game.payoffs["hold"]["hold"].value - s.costs / rounds).round(9)
    return paid
