"""A forecast: a scenario whose past is forced, its unmeasured numbers drawn, its future left free."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from sim.domain.errors import EvidenceError, ScenarioError
from sim.domain.overview import Overview, later_method
from sim.engines.compiler.run_parameters import spelling
from sim.engines.ensemble import ensemble
from sim.engines.run_spec import RunSpec
from sim.forecasting.forced_history import ForcedHistory, build_history, forced_moves, run_holding
from sim.forecasting.pathways import PathwayShare, RunPathway, pathway_of, pathway_shares
from sim.forecasting.question import ForecastQuestion, outcome_of, parse_question
from sim.forecasting.uncertainty import Driver, ForecastUncertainty, drivers_of, uncertainty_of
from sim.record.events import Record, record
from sim.scenarios.load import scenario as load
from sim.scenarios.numbers import Number
from sim.scenarios.schema import Scenario
from sim.studies.parameter_draws import draw_parameters, numbers_without_range, uncertain_numbers

AS_SHIPPED = -1  # number of the draw that is none
EXAMPLES = 200  # runs with the shipped numbers at most, of which examples are taken


@dataclass(frozen=True)
class ForecastSpec:
    """What a forecast is asked: enough to make it again."""

    as_of: date  # last day whose moves are known
    event: str  # its spelling, see `sim.forecasting.question`
    by: date  # last day that counts
    scenario: str = "busan"  # a shipped name or a path
    events: Path | None = None  # file of the record, the shipped one if None
    draws: int = 512  # joint draws of the numbers that nobody has measured
    runs: int = 20  # of each draw, with luck of its own
    seed: int = 1  # of draws and luck
    overrides: tuple[str, ...] = ()  # numbers set; they are not drawn
    strategy: tuple[str, ...] = ()  # strategies of governments; their parameters are not drawn

    def runs_of(self, forced: Sequence[str] = ()) -> RunSpec:
        """The runs of a draw, or of the shipped numbers, with some moves forced."""
        return RunSpec(
            self.scenario, self.by, tuple(forced), self.strategy, self.overrides, self.seed, self.runs
        )

    @property
    def runs_as_shipped(self) -> int:
        """Runs with all numbers as shipped: 200, or as many as all draws have together."""
        return min(EXAMPLES, self.draws * self.runs)


@dataclass(frozen=True, repr=False)
class Forecast(Overview):
    """A forecast and what it rests on."""

    spec: ForecastSpec  # the question
    source: Scenario  # the scenario with its shipped numbers
    record: Record  # of moves
    history: ForcedHistory  # what of it was forced
    forced: tuple[str, ...]  # all forced moves of the runs with shipped numbers
    event: ForecastQuestion  # the question, resolved
    uncertainties: dict[str, ForecastUncertainty]  # by outcome
    drivers: dict[str, list[Driver]]  # by outcome, the numbers that its probability goes with
    pathways: list[PathwayShare]  # ways to all outcomes
    shipped: dict[str, float]  # probability of each outcome with the shipped numbers
    examples: dict[tuple[str, ...], int]  # by way, the first run with the shipped numbers that takes it
    numbers: dict[str, Number]  # that were drawn
    without_range: list[str]  # paths of assumptions without a range, which stayed
    refused: int  # draws that contradict the scenario or the past, and were left out

    card = property(later_method("forecasting.card.card_content", "The card, plain values, with its digest."))
    plot = later_method("reports.forecast.forecast_figure.draw_forecast", "The card's picture, a Figure.")

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The card as data frames: chances and baselines by outcome, paths, drivers by outcome."""
        card = self.card
        paths = pd.DataFrame(card["paths"])
        return {
            "chances": pd.DataFrame(card["chances"]).T,
            "baselines": pd.DataFrame({name: b["chances"] for name, b in card["baselines"].items()}),
            "paths": paths.assign(median_day=pd.to_datetime(paths["median_day"])),
            "drivers": pd.concat({name: pd.DataFrame(rows) for name, rows in card["drivers"].items()}),
        }

    @property
    def headline(self) -> str:
        """The outcome that is asked for, or of several the one that is least sure."""
        unsure = {name: abs(x.probability - 0.5) for name, x in self.uncertainties.items()}
        return "yes" if "yes" in unsure else min(unsure, key=lambda name: (unsure[name], name))


def forecast(spec: ForecastSpec, progress: Callable[[int, int], object] | None = None) -> Forecast:
    """The forecast of a question; `progress` is called with how many draws are done, and of how many."""
    source = spec.runs_of().load()
    moves = record(spec.events)
    history = build_history(source, moves, spec.as_of)
    until_as_of = run_holding(source, history.acts, spec.as_of)
    event = parse_question(spec.event, source, until_as_of, spec.as_of, spec.by)
    forced = forced_moves(source, history.acts, spec.as_of)
    assert forced is not None  # `build_history` has tried every act
    as_shipped = _pathways(spec, event, source, forced, spec.runs_as_shipped)
    set_by_user = [text.partition("=")[0] for text in spec.strategy]
    numbers = uncertain_numbers(source, spec.runs_of().strategies(source), set_by_user)
    values = draw_parameters(numbers, spec.draws, spec.seed)
    by_draw: dict[int, list[RunPathway]] = {}
    for draw in range(spec.draws):
        numbers_of_draw = dict(zip(numbers, values[draw].tolist(), strict=True))
        pathways = _draw(spec, event, history, numbers_of_draw, draw)
        if pathways is not None:
            by_draw[draw] = pathways
        if progress:
            progress(draw + 1, spec.draws)
    if len(by_draw) < 6:
        raise EvidenceError(
            f"only {len(by_draw)} of {spec.draws} draws agree with the past; expected 6 or more"
        )
    values_used = {path: values[list(by_draw), k] for k, path in enumerate(numbers)}
    shares = {name: np.array([_share(runs, name) for runs in by_draw.values()]) for name in event.outcomes}
    return Forecast(
        spec=spec,
        source=source,
        record=moves,
        history=history,
        forced=forced,
        event=event,
        uncertainties={name: uncertainty_of(share, spec.runs) for name, share in shares.items()},
        drivers={name: drivers_of(values_used, share) for name, share in shares.items()},
        pathways=pathway_shares([one for runs in by_draw.values() for one in runs]),
        shipped={name: _share(as_shipped, name) for name in event.outcomes},
        examples={tuple(one.pathway): one.run for one in reversed(as_shipped)},
        numbers=numbers,
        without_range=numbers_without_range(source),
        refused=spec.draws - len(by_draw),
    )


def events_digest(moves: Record, as_of: date) -> str:
    """SHA-256 of the rows that a forecast has read: those announced up to as-of."""
    rows = [repr(tuple(map(str, e))) for e in moves.events if e.date_announced <= as_of]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _share(runs: Sequence[RunPathway], outcome: str) -> float:
    """The share of runs with an outcome."""
    return sum(one.pathway.outcome == outcome for one in runs) / len(runs)


def _draw(
    spec: ForecastSpec,
    event: ForecastQuestion,
    history: ForcedHistory,
    values: Mapping[str, float],
    draw: int,
) -> list[RunPathway] | None:
    """What comes of the runs of a draw; None if its numbers contradict the scenario or the past."""
    vary = {path: x for path, x in values.items() if ".strategy." in path}
    overrides = [f"{path}={spelling(x)}" for path, x in values.items() if path not in vary]
    try:
        source = load(spec.scenario, [*spec.overrides, *overrides])
    except ScenarioError:
        return None
    forced = forced_moves(source, history.acts, spec.as_of)
    return None if forced is None else _pathways(spec, event, source, forced, spec.runs, draw, vary)


def _pathways(
    spec: ForecastSpec,
    event: ForecastQuestion,
    source: Scenario,
    forced: Sequence[str],
    runs: int,
    draw: int = AS_SHIPPED,
    vary: Mapping[str, float] = MappingProxyType({}),
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
        vary={path: [x] * runs for path, x in vary.items()},
        record=True,
    ).records
    pathways = []
    for number, run in enumerate(records, first):
        end = outcome_of(event, run)
        day = end.day if end.day <= event.by else None
        pathways.append(RunPathway(pathway_of(event, run, end, source), day, draw, number))
    return pathways
