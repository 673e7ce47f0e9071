"""A forecast: a scenario whose past is forced, its unmeasured numbers drawn, its future left free."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.domain.errors import EvidenceError, ScenarioError
from sim.domain.run_record import RunRecord
from sim.engines.compiler.run_parameters import spelling
from sim.engines.ensemble import ensemble
from sim.engines.run_spec import strategies_of
from sim.forecasting.forced_history import ForcedHistory, build_history, forced_moves, run_holding
from sim.forecasting.pathways import PathwayShare as Way
from sim.forecasting.pathways import RunPathway, pathway_of, pathway_shares
from sim.forecasting.question import ForecastQuestion, outcome_of, parse_question
from sim.forecasting.uncertainty import Driver, ForecastUncertainty, drivers_of, uncertainty_of
from sim.record.events import SHIPPED, Record, record
from sim.scenarios.load import scenario as load
from sim.scenarios.schema import Number, Scenario
from sim.studies.parameter_draws import draw_parameters, numbers_without_range, uncertain_numbers

Array = NDArray[np.float64]
AS_SHIPPED = 200  # runs without a draw at most, of which examples are taken


@dataclass(frozen=True)
class ForecastSpec:
    """What a forecast is asked: enough to make it again.

    Attributes:
        as_of: last day whose moves are known.
        event: its spelling, see `sim.forecasting.question`.
        by: last day that counts.
        scenario: a shipped name or a path.
        events: file of the record.
        draws: joint draws of the numbers that nobody has measured.
        runs: of each draw, with luck of its own.
        seed: of draws and luck.
        overrides: numbers set; they are not drawn.
        strategy: strategies of governments; their parameters are not drawn.
    """

    as_of: date
    event: str
    by: date
    scenario: str = "busan"
    events: Path = SHIPPED
    draws: int = 512
    runs: int = 20
    seed: int = 1
    overrides: tuple[str, ...] = ()
    strategy: tuple[str, ...] = ()

    @property
    def runs_as_shipped(self) -> int:
        """Runs with all numbers as shipped: 200, or as many as all draws have together."""
        return min(AS_SHIPPED, self.draws * self.runs)


@dataclass(frozen=True)
class Forecast:
    """What was found.

    Attributes:
        asked: the question.
        source: the scenario with its shipped numbers.
        record: of moves.
        past: what of it was forced.
        forced: all forced moves of the runs with shipped numbers.
        event: the question, resolved.
        spreads: by outcome.
        drivers: by outcome, the numbers that its chance goes with.
        paths: ways to all outcomes.
        shipped: chance of each outcome with the shipped numbers.
        examples: by way, the first run with the shipped numbers that takes it.
        numbers: that were drawn.
        still: paths of assumptions without a range, which stayed.
        refused: draws that contradict the scenario or the past, and were left out.
    """

    asked: ForecastSpec
    source: Scenario
    record: Record
    past: ForcedHistory
    forced: tuple[str, ...]
    event: ForecastQuestion
    spreads: dict[str, ForecastUncertainty]
    drivers: dict[str, list[Driver]]
    paths: list[Way]
    shipped: dict[str, float]
    examples: dict[tuple[str, ...], int]
    numbers: dict[str, Number]
    still: list[str]
    refused: int

    @property
    def headline(self) -> str:
        """The outcome that is asked for, or of several the one that is least sure."""
        if "yes" in self.spreads:
            return "yes"
        return min(self.spreads, key=lambda name: (abs(self.spreads[name].chance - 0.5), name))


def forecast(asked: ForecastSpec, told: Callable[[int, int], object] | None = None) -> Forecast:
    """The forecast of a question.

    Args:
        asked: the question.
        told: called with how many draws are done, and of how many.

    Raises:
        SnapbackError: the question cannot be asked.
    """
    if asked.draws < 6 or asked.runs < 2:
        raise EvidenceError(
            f"expected at least 6 draws and 2 runs of each, got {asked.draws} and {asked.runs}"
        )
    source = load(asked.scenario, asked.overrides)
    kept = record(asked.events)
    past = build_history(source, kept, asked.as_of)
    event = parse_question(
        asked.event, source, run_holding(source, past.acts, asked.as_of), asked.as_of, asked.by
    )
    forced = forced_moves(source, past.acts, asked.as_of)
    assert forced is not None  # `past_of` has tried every act
    plain = _lives(asked, source, forced, 0, asked.runs_as_shipped, {})
    shown = _taken(event, plain, source, -1, 0)
    playing = strategies_of(list(asked.strategy), source)
    chosen = [text.partition("=")[0] for text in asked.strategy]
    numbers = uncertain_numbers(source, playing, chosen)
    values = draw_parameters(numbers, asked.draws, asked.seed)
    taken: list[list[RunPathway]] = []
    rows: list[int] = []
    for draw in range(asked.draws):
        found = _draw(asked, event, past, list(numbers), values[draw], draw)
        if found is not None:
            taken.append(found)
            rows.append(draw)
        if told:
            told(draw + 1, asked.draws)
    if len(rows) < 6:
        raise EvidenceError(
            f"only {len(rows)} of {asked.draws} draws agree with the past; expected 6 or more"
        )
    kept_values = {path: values[rows, k] for k, path in enumerate(numbers)}
    shares = {
        name: np.array([sum(one.way.outcome == name for one in runs) for runs in taken]) / asked.runs
        for name in event.outcomes
    }
    return Forecast(
        asked=asked,
        source=source,
        record=kept,
        past=past,
        forced=forced,
        event=event,
        spreads={name: uncertainty_of(share, asked.runs) for name, share in shares.items()},
        drivers={name: drivers_of(kept_values, share) for name, share in shares.items()},
        paths=pathway_shares([one for runs in taken for one in runs]),
        shipped={name: sum(one.way.outcome == name for one in shown) / len(shown) for name in event.outcomes},
        examples={tuple(one.way): one.run for one in reversed(shown)},
        numbers=numbers,
        still=numbers_without_range(source),
        refused=asked.draws - len(rows),
    )


def events_digest(kept: Record, as_of: date) -> str:
    """SHA-256 of the rows that a forecast has read: those announced up to as-of."""
    rows = [repr(tuple(map(str, e))) for e in kept.events if e.date_announced <= as_of]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _draw(
    asked: ForecastSpec,
    event: ForecastQuestion,
    past: ForcedHistory,
    paths: Sequence[str],
    values: Array,
    draw: int,
) -> list[RunPathway] | None:
    """What comes of the runs of a draw; None if its numbers contradict the scenario or the past."""
    given = dict(zip(paths, (float(x) for x in values), strict=True))
    vary = {path: x for path, x in given.items() if ".strategy." in path}
    overrides = [f"{path}={spelling(x)}" for path, x in given.items() if path not in vary]
    try:
        source = load(asked.scenario, [*asked.overrides, *overrides])
    except ScenarioError:
        return None
    forced = forced_moves(source, past.acts, asked.as_of)
    if forced is None:
        return None
    first = draw * asked.runs
    return _taken(event, _lives(asked, source, forced, first, asked.runs, vary), source, draw, first)


def _lives(
    asked: ForecastSpec,
    source: Scenario,
    forced: Sequence[str],
    first: int,
    runs: int,
    vary: dict[str, float],
) -> Sequence[RunRecord]:
    played = ensemble(
        source,
        runs=runs,
        seed=asked.seed,
        first_run=first,
        until=asked.by,
        force=list(forced),
        strategy=list(asked.strategy),
        vary={path: [x] * runs for path, x in vary.items()},
        record=True,
    )
    return played.lives


def _taken(
    event: ForecastQuestion, lives: Sequence[RunRecord], source: Scenario, draw: int, first: int
) -> list[RunPathway]:
    found = []
    for k, life in enumerate(lives):
        end = outcome_of(event, life)
        day = end.day if end.day <= event.by else None
        found.append(RunPathway(pathway_of(event, life, end, source), day, draw, first + k))
    return found
