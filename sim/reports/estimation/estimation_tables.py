"""The replay as CSV files and the scores as JSON."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from sim.domain.constants import MOVES
from sim.estimation.daily_replay import DayDecision
from sim.estimation.evaluation import MODEL, MODEL_WITH_PARTNER, ScoredPredictor, Scores
from sim.estimation.free_runs import FreeRuns, free_losses
from sim.estimation.prediction import Prediction
from sim.record.baselines import BASELINES
from sim.record.coding import CodedMonth
from sim.record.events import SIDES
from sim.record.months import month_name
from sim.statistics.intervals import LEVEL, Interval

DIGITS = 6


def _csv(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    place = io.StringIO(newline="")
    writer = csv.writer(place, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return place.getvalue()


def month_table(found: Prediction, coded: Sequence[CodedMonth], months: range) -> str:
    """Month by month and side by side: chances, the move, and whether the month was fitted or forecast."""
    done = {month.month: month.moves for month in coded}
    rows = []
    for month in months:
        at = found.rounds.months.index(month)
        for side, code in enumerate(SIDES):
            move = MOVES[done[month][side]] if month in done else ""
            kind = "fitted" if at < found.trained else "forecast"
            rows.append(
                [
                    month_name(month),
                    code,
                    *(round(x, DIGITS) for x in found.probabilities[at, side]),
                    move,
                    kind,
                ]
            )
    return _csv(["month", "side", *MOVES, "move", "kind"], rows)


def day_table(decisions: Sequence[DayDecision]) -> str:
    """Decision by decision: day, side, rows, chances and the move."""
    rows = [
        [d.day, SIDES[d.side], " ".join(d.ids), *(round(x, DIGITS) for x in d.probabilities), MOVES[d.move]]
        for d in decisions
    ]
    return _csv(["date", "side", "rows", *MOVES, "move"], rows)


def score_json(
    found: Scores | None, chances: Prediction, test: range, coded: Sequence[CodedMonth], runs: FreeRuns | None
) -> str:
    """The scores as JSON; `n` is how many moves were scored, and where none is recorded scores are null."""
    done = {month.month: month.moves for month in coded}
    document: dict[str, Any] = {"n": len(found.cases) if found else 0}
    if found:
        document["model"] = _scored(found.scored[MODEL])
        document["model_told"] = _scored(found.scored[MODEL_WITH_PARTNER])
        document["baselines"] = {
            n: _scored(s) for n, s in found.scored.items() if n not in (MODEL, MODEL_WITH_PARTNER)
        }
        document["differences"] = {
            f"{one} - {other}": _interval(gap) for (one, other), gap in found.differences.items()
        }
    else:
        nothing = {"log_loss": None, "brier": None}
        document |= {"model": nothing, "baselines": dict.fromkeys(BASELINES, nothing)}
    document["months"] = [
        {
            "month": month_name(month),
            "side": code,
            "chances": dict(
                zip(MOVES, (round(float(x), DIGITS) for x in _chances(chances, month, side)), strict=True)
            ),
            "move": MOVES[done[month][side]] if month in done else None,
        }
        for month in test
        if month <= chances.rounds.months[-1]
        for side, code in enumerate(SIDES)
    ]
    if runs is not None:
        losses = free_losses(runs, coded)
        document["free_runs"] = {
            "runs": len(runs.moves),
            "log_loss": round(float(losses.mean()), DIGITS) if len(losses) else None,
            "months": [month_name(m) for m in runs.months],
            "chances": {
                c: [
                    dict(zip(MOVES, (round(float(x), DIGITS) for x in row), strict=True))
                    for row in runs.probabilities[:, k]
                ]
                for k, c in enumerate(SIDES)
            },
            "escalating_months": {c: runs.escalating[:, k].tolist() for k, c in enumerate(SIDES)},
            "tariff_at_end": {
                c: [round(float(x), 3) for x in runs.tariffs[:, -1, k]] for k, c in enumerate(SIDES)
            },
            "truce": [month_name(runs.months[k]) if k >= 0 else None for k in runs.truces.tolist()],
        }
    return json.dumps(document, indent=1) + "\n"


def _chances(found: Prediction, month: int, side: int) -> Any:
    return found.probabilities[found.rounds.months.index(month), side]


def _interval(found: Interval) -> dict[str, float]:
    return {**{key: round(value, DIGITS) for key, value in found._asdict().items()}, "level": LEVEL}


def _scored(found: ScoredPredictor) -> dict[str, Any]:
    return {
        "log_loss": round(found.log_loss.mean, DIGITS),
        "brier": round(found.brier.mean, DIGITS),
        "log_loss_interval": _interval(found.log_loss),
        "brier_interval": _interval(found.brier),
        "calibration": [
            {
                **{"low": b.low, "high": b.high, "number": b.number},
                **{"said": round(b.mean, DIGITS), "happened": round(b.happened, DIGITS)},
            }
            for b in found.calibration
        ],
    }
