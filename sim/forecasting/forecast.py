"""A forecast: a scenario whose past is forced, its unmeasured numbers drawn, its future left free."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.domain.errors import EvidenceError, ScenarioError
from sim.engines.compiler.run_parameters import spelling
from sim.engines.ensemble import ensemble
from sim.engines.run_spec import RunSpec
from sim.forecasting.forced_history import ForcedHistory, build_history, forced_moves, run_holding
from sim.forecasting.pathways import PathwayShare, RunPathway, pathway_of, pathway_shares
from sim.forecasting.question import ForecastQuestion, outcome_of, parse_question
from sim.forecasting.uncertainty import Driver, ForecastUncertainty, drivers_of, uncertainty_of
from sim.record.events import SHIPPED, Record, record
from sim.scenarios.load import scenario as load
from sim.scenarios.numbers import Number
from sim.scenarios.schema import Scenario
from sim.studies.parameter_draws import draw_parameters, numbers_without_range, uncertain_numbers

Array = NDArray[np.float64]
AS_SHIPPED = -1  # number of the draw that is none
EXAMPLES = 200  # runs with the shipped numbers at most, of which examples are taken


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

    def runs_of(self, forced: Sequence[str] = ()) -> RunSpec:
        """The runs of a draw, or of the shipped numbers, with some moves forced."""
        return RunSpec(
            self.scenario, self.by, tuple(forced), self.strategy, self.overrides, self.seed, self.runs
        )

    @property
    def runs_as_shipped(self) -> int:
        """Runs with all numbers as shipped: 200, or as many as all draws have together."""
        return min(EXAMPLES, self.draws * self.runs)


@dataclass(frozen=True)
class Forecast:
    """A forecast and what it rests on.

    Attributes:
        spec: the question.
        source: the scenario with its shipped numbers.
        record: of moves.
        history: what of it was forced.
        forced: all forced moves of the runs with shipped numbers.
        event: the question, resolved.
        uncertainties: by outcome.
        drivers: by outcome, the numbers that its probability goes with.
        pathways: ways to all outcomes.
        shipped: probability of each outcome with the shipped numbers.
        examples: by way, the first run with the shipped numbers that takes it.
        numbers: that were drawn.
        without_range: paths of assumptions without a range, which stayed.
        refused: draws that contradict the scenario or the past, and were left out.
    """

    spec: ForecastSpec
    source: Scenario
    record: Record
    history: ForcedHistory
    forced: tuple[str, ...]
    event: ForecastQuestion
    uncertainties: dict[str, ForecastUncertainty]
    drivers: dict[str, list[Driver]]
    pathways: list[PathwayShare]
    shipped: dict[str, float]
    examples: dict[tuple[str, ...], int]
    numbers: dict[str, Number]
    without_range: list[str]
    refused: int

    @property
    def headline(self) -> str:
        """The outcome that is asked for, or of several the one that is least sure."""
        if "yes" in self.uncertainties:
            return "yes"
        return min(
            self.uncertainties, key=lambda name: (abs(self.uncertainties[name].probability - 0.5), name)
        )


def forecast(spec: ForecastSpec, progress: Callable[[int, int], object] | None = None) -> Forecast:
    """The forecast of a question.

    Args:
        spec: the question.
        progress: called with how many draws are done, and of how many.

    Raises:
        SnapbackError: the question cannot be asked.
    """
    if spec.draws < 6 or spec.runs < 2:
        raise EvidenceError(f"expected at least 6 draws and 2 runs of each, got {spec.draws} and {spec.runs}")
    source = spec.runs_of().load()
    moves = record(spec.events)
    history = build_history(source, moves, spec.as_of)
    event = parse_question(
        spec.event, source, run_holding(source, history.acts, spec.as_of), spec.as_of, spec.by
    )
    forced = forced_moves(source, history.acts, spec.as_of)
    assert forced is not None  # `build_history` has tried every act
    as_shipped = _pathways(spec, event, source, forced, spec.runs_as_shipped)
    set_by_user = [text.partition("=")[0] for text in spec.strategy]
    numbers = uncertain_numbers(source, spec.runs_of().strategies(source), set_by_user)
    values = draw_parameters(numbers, spec.draws, spec.seed)
    by_draw: list[list[RunPathway]] = []
    draws_used: list[int] = []
    for draw in range(spec.draws):
        pathways = _draw(spec, event, history, list(numbers), values[draw], draw)
        if pathways is not None:
            by_draw.append(pathways)
            draws_used.append(draw)
        if progress:
            progress(draw + 1, spec.draws)
    if len(draws_used) < 6:
        raise EvidenceError(
            f"only {len(draws_used)} of {spec.draws} draws agree with the past; expected 6 or more"
        )
    values_used = {path: values[draws_used, k] for k, path in enumerate(numbers)}
    shares = {
        name: np.array([sum(one.pathway.outcome == name for one in runs) for runs in by_draw]) / spec.runs
        for name in event.outcomes
    }
    return Forecast(
        spec=spec,
        source=source,
        record=moves,
        history=history,
        forced=forced,
        event=event,
        uncertainties={name: uncertainty_of(share, spec.runs) for name, share in shares.items()},
        drivers={name: drivers_of(values_used, share) for name, share in shares.items()},
        pathways=pathway_shares([one for runs in by_draw for one in runs]),
        shipped={
            name: sum(one.pathway.outcome == name for one in as_shipped) / len(as_shipped)
            for name in event.outcomes
        },
        examples={tuple(one.pathway): one.run for one in reversed(as_shipped)},
        numbers=numbers,
        without_range=numbers_without_range(source),
        refused=spec.draws - len(draws_used),
    )


def events_digest(moves: Record, as_of: date) -> str:
    """SHA-256 of the rows that a forecast has read: those announced up to as-of."""
    rows = [repr(tuple(map(str, e))) for e in moves.events if e.date_announced <= as_of]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _draw(
    spec: ForecastSpec,
    event: ForecastQuestion,
    history: ForcedHistory,
    paths: Sequence[str],
    values: Array,
    draw: int,
) -> list[RunPathway] | None:
    """What comes of the runs of a draw; None if its numbers contradict the scenario or the past."""
    by_path = dict(zip(paths, (float(x) for x in values), strict=True))
    vary = {path: x for path, x in by_path.items() if ".strategy." in path}
    overrides = [f"{path}={spelling(x)}" for path, x in by_path.items() if path not in vary]
    try:
        source = load(spec.scenario, [*spec.overrides, *overrides])
    except ScenarioError:
        return None
    forced = forced_moves(source, history.acts, spec.as_of)
    if forced is None:
        return None
    return _pathways(spec, event, source, forced, spec.runs, draw, vary)


def _pathways(
    spec: ForecastSpec,
    event: ForecastQuestion,
    source: Scenario,
    forced: Sequence[str],
    runs: int,
    draw: int = AS_SHIPPED,
    vary: Mapping[str, float] | None = None,
) -> list[RunPathway]:
    """The ways that the runs of a draw, or those with the shipped numbers, take."""
    first = max(0, draw) * spec.runs
    records = ensemble(
        source,
        runs=runs,
        seed=spec.seed,
        first_run=first,
        until=spec.by,
        force=forced,
        strategy=spec.strategy,
        vary={path: [x] * runs for path, x in (vary or {}).items()},
        record=True,
    ).records
    pathways = []
    for number, run in enumerate(records, first):
        end = outcome_of(event, run)
        day = end.day if end.day <= event.by else None
        pathways.append(RunPathway(pathway_of(event, run, end, source), day, draw, number))
    return pathways
