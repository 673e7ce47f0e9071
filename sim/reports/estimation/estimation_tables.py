"""The replay as a folder of a picture and two CSV files, and the scores as JSON."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sim.domain.constants import MOVES
from sim.estimation.daily_replay import DayDecision
from sim.estimation.dataset import Dataset
from sim.estimation.free_runs import FreeRuns, free_losses
from sim.estimation.prediction import MODEL, MODEL_WITH_PARTNER, Prediction, ScoredPredictor, Scores
from sim.record.baselines import BASELINES
from sim.record.coding import CodedMonth, moves_by_month
from sim.record.events import SIDES
from sim.record.months import month_name
from sim.statistics.intervals import LEVEL, Interval
from sim.storage.results_folder import picture_names, results_folder, write_table

DIGITS = 6
FILES = {"months.csv", "decisions.csv", *picture_names("replay")}
OWNER = "a replay's"


def write_replay(
    folder: Path,
    data: Dataset,
    prediction: Prediction,
    months: range,
    decisions: Sequence[DayDecision],
    kind: str = "png",
) -> None:
    """Write the picture, as a file of a kind, and the tables of a replay."""
    from sim.reports.drawing.theme import save_figure
    from sim.reports.estimation.estimation_figures import replay_picture

    with results_folder(folder, FILES, OWNER) as part:
        picture = replay_picture(prediction, data.coded, data.steps, months, decisions)
        save_figure(picture, part / f"replay.{kind}")
        write_table(month_table(prediction, data.coded, months), part / "months.csv")
        write_table(day_table(decisions), part / "decisions.csv")


def month_table(prediction: Prediction, coded: Sequence[CodedMonth], months: range) -> pd.DataFrame:
    """Month by month and side by side: chances, the move, and whether the month was fitted or forecast."""
    last = prediction.rounds.months[prediction.trained - 1]
    rows = [
        [month_name(m), code, *chances, move, "fitted" if m <= last else "forecast"]
        for m, code, chances, move in _by_side(prediction, coded, months)
    ]
    return pd.DataFrame(rows, columns=["month", "side", *MOVES, "move", "kind"])


def _by_side(
    prediction: Prediction, coded: Sequence[CodedMonth], months: Iterable[int]
) -> Iterator[tuple[int, str, list[float], str | None]]:
    """Each month and side with its chances, and its move if it is recorded."""
    moves = moves_by_month(coded)
    for month in months:
        both = prediction.probabilities[prediction.rounds.months.index(month)]
        for side, code in enumerate(SIDES):
            yield month, code, _rounded(both[side]), MOVES[moves[month][side]] if month in moves else None


def day_table(decisions: Sequence[DayDecision]) -> pd.DataFrame:
    """Decision by decision: day, side, rows, chances and the move."""
    rows = [
        [d.day, SIDES[d.side], " ".join(d.ids), *_rounded(d.probabilities), MOVES[d.move]] for d in decisions
    ]
    return pd.DataFrame(rows, columns=["date", "side", "rows", *MOVES, "move"])


def score_json(
    scores: Scores | None,
    prediction: Prediction,
    test: range,
    coded: Sequence[CodedMonth],
    runs: FreeRuns | None,
) -> dict[str, Any]:
    """The scores for JSON; `n` is how many moves were scored, and where none is recorded scores are null."""
    document: dict[str, Any] = {"n": len(scores.cases) if scores else 0}
    if scores:
        table = {name: _scored(scored) for name, scored in scores.scored.items()}
        document["model"] = table.pop(MODEL)
        document["model_told"] = table.pop(MODEL_WITH_PARTNER)
        document["baselines"] = table
        document["differences"] = {
            f"{one} - {other}": _interval(gap) for (one, other), gap in scores.differences.items()
        }
    else:
        nothing = {"log_loss": None, "brier": None}
        document |= {"model": nothing, "baselines": dict.fromkeys(BASELINES, nothing)}
    months = (m for m in test if m <= prediction.rounds.months[-1])
    document["months"] = [
        {"month": month_name(m), "side": code, "chances": _by_move(chances), "move": move}
        for m, code, chances, move in _by_side(prediction, coded, months)
    ]
    if runs is not None:
        losses = free_losses(runs, coded)
        document["free_runs"] = {
            "runs": len(runs.moves),
            "log_loss": round(float(losses.mean()), DIGITS) if len(losses) else None,
            "months": [month_name(m) for m in runs.months],
            "chances": {c: [_by_move(row) for row in runs.probabilities[:, k]] for k, c in enumerate(SIDES)},
            "escalating_months": {c: runs.escalating[:, k].tolist() for k, c in enumerate(SIDES)},
            "tariff_at_end": {c: _rounded(runs.tariffs[:, -1, k], 3) for k, c in enumerate(SIDES)},
            "truce": [month_name(runs.months[k]) if k >= 0 else None for k in runs.truces.tolist()],
        }
    return document


def _rounded(values: Any, digits: int = DIGITS) -> list[float]:
    return [round(float(x), digits) for x in values]


def _by_move(probabilities: Any) -> dict[str, float]:
    return dict(zip(MOVES, _rounded(probabilities), strict=True))


def _interval(interval: Interval) -> dict[str, float]:
    return {**{key: round(value, DIGITS) for key, value in interval._asdict().items()}, "level": LEVEL}


def _scored(scored: ScoredPredictor) -> dict[str, Any]:
    bins = [(b.low, b.high, b.number, *_rounded((b.mean, b.happened))) for b in scored.calibration]
    keys = ("low", "high", "number", "said", "happened")
    return {
        "log_loss": round(scored.log_loss.mean, DIGITS),
        "brier": round(scored.brier.mean, DIGITS),
        "log_loss_interval": _interval(scored.log_loss),
        "brier_interval": _interval(scored.brier),
        "calibration": [dict(zip(keys, values, strict=True)) for values in bins],
    }
