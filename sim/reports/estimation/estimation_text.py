"""The fit, the replay and the scores as rows of tables and sentences."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.constants import MOVES
from sim.estimation.daily_replay import DayDecision
from sim.estimation.evaluation import MODEL, MODEL_WITH_PARTNER, Scores
from sim.estimation.fit import FitResult, identification
from sim.estimation.free_runs import FreeRuns, free_losses
from sim.estimation.likelihood import Model
from sim.estimation.prediction import Prediction
from sim.record.coding import CodedMonth
from sim.record.coding_sensitivity import Influence
from sim.record.events import SIDES
from sim.record.months import month_name
from sim.record.tariffs import TariffStep, month_end
from sim.reports.text.formats import percent

if TYPE_CHECKING:
    from sim.estimation.dataset import Dataset

CAPITALS = ("Washington", "Beijing")
LABELS = {
    MODEL: "the model",
    MODEL_WITH_PARTNER: "the model, told the other side's move *",
    "uniform": "uniform: a third each",
    "hold": "hold always, smoothed",
    "base_rates": "base rates",
    "own_last": "own last move",
    "partner_last": "partner's last move",
    "both_last": "both last moves",
    "same_month": "partner's move of the same month *",
    "logit": "multinomial logit on both last moves",
}
SURPRISE = 0.2  # chance below which what happened is called a surprise


def fit_rows(model: Model, fitted: FitResult) -> list[list[str]]:
    """Every parameter: best value, values two errors away, unit, prior."""
    errors = np.sqrt(np.diag(fitted.covariance))
    rows = []
    for parameter, count, error in zip(model.parameters, fitted.point, errors, strict=True):
        low, high = parameter.value(count - 2 * error), parameter.value(count + 2 * error)
        prior = f"{parameter.value(-2.0):.2g} to {parameter.value(2.0):.2g}"
        rows.append(
            [
                parameter.label,
                f"{parameter.value(count):.3g}",
                f"{low:.2g} to {high:.2g}",
                parameter.unit,
                prior,
            ]
        )
    return rows


def fit_words(found: "Dataset") -> list[str]:
    """How good the fit is, whether the starts agree, and what the record cannot tell."""
    fitted = found.fitted
    count = len(found.train) * len(SIDES)
    ends = np.array(fitted.penalties)
    same = int((ends < ends.min() + 0.01).sum())
    apart = identification(found.model, fitted)
    twins = (
        "; ".join(f"{one} and {other} ({r:.2f})" for one, other, r in apart.not_separately_identified)
        or "none"
    )
    return [
        f"{month_name(found.train[0])} to {month_name(found.train[-1])}, {count} moves: log likelihood "
        f"{fitted.log_likelihood:.2f}, log loss {-fitted.log_likelihood / count:.3f} a move, fitted.",
        f"{same} of {len(ends)} starts end within 0.01 of the best.",
        f"Cannot be told apart (correlation from 0.95): {twins}.",
        f"The record says next to nothing of (error as wide as the prior): "
        f"{', '.join(apart.weakly_identified) or 'none'}.",
    ]


INFLUENCE_HEAD = ["choice", "US months", "CN months", "kappa", "opposite"]
INFLUENCE_NOTE = (
    "kappa: agreement beyond chance over the most there can be (Cohen 1960), both sides; opposite: months "
    "that one coding calls escalation and the other relaxation."
)


def influence_rows(found: Sequence[Influence]) -> list[list[str]]:
    """What each choice of the coding changes: share of each side's months, kappa, months turned round."""
    by = {(row.choice, row.side): row for row in found}
    return [
        [
            choice,
            *(percent(by[choice, side].changed) for side in SIDES),
            f"{by[choice, 'both'].agreement.kappa:.2f}",
            f"{by[choice, 'both'].agreement.opposite}",
        ]
        for choice in dict.fromkeys(row.choice for row in found)
    ]


def replay_rows(found: Prediction, coded: Sequence[CodedMonth], months: range) -> list[list[str]]:
    """Month by month: each side's chances of escalating, holding and relaxing, and what it did."""
    done = {month.month: month.moves for month in coded}
    chances = found.probabilities
    rows = []
    for month in months:
        at = found.rounds.months.index(month)
        row = [month_name(month)]
        for side in range(len(SIDES)):
            given = chances[at, side]
            row.append(" ".join(f"{100 * chance:3.0f}" for chance in given))
            move = done[month][side] if month in done else None
            row.append("" if move is None else MOVES[move] + (" !" if given[move] < SURPRISE else ""))
        rows.append(row)
    return rows


def day_rows(decisions: Sequence[DayDecision]) -> list[list[str]]:
    """Decision by decision: day, side, rows, chances and what was done."""
    return [
        [
            str(d.day),
            SIDES[d.side],
            ", ".join(d.ids),
            " ".join(f"{100 * chance:3.0f}" for chance in d.probabilities),
            MOVES[d.move] + (" !" if d.probabilities[d.move] < SURPRISE else ""),
        ]
        for d in decisions
    ]


def scored_months(found: Scores) -> str:
    """The first and the last month that were scored."""
    return f"{month_name(found.cases[0].month)} to {month_name(found.cases[-1].month)}"


def score_rows(found: Scores) -> list[list[str]]:
    """Every predictor: log loss and Brier score with intervals, and the model's difference to it."""
    rows = []
    order = sorted(found.scored, key=lambda name: found.scored[name].log_loss.mean)
    for name in order:
        scored = found.scored[name]
        less = ""
        if name != MODEL:
            gap = found.differences[MODEL, name]
            less = f"{gap.mean:+.3f} ({gap.low:+.3f} to {gap.high:+.3f})"
        loss, brier = scored.log_loss, scored.brier
        rows.append(
            [
                LABELS[name],
                f"{loss.mean:.3f} ({loss.low:.3f} to {loss.high:.3f})",
                f"{brier.mean:.3f} ({brier.low:.3f} to {brier.high:.3f})",
                less,
            ]
        )
    return rows


def calibration_rows(found: Scores, name: str = MODEL) -> list[list[str]]:
    """Chances in bins: how many, their mean, and how often what they spoke of happened."""
    return [
        [f"{b.low:.1f} to {b.high:.1f}", f"{b.number}", percent(b.mean), percent(b.happened)]
        for b in found.scored[name].calibration
    ]


def free_rows(runs: FreeRuns, coded: Sequence[CodedMonth], steps: Sequence[TariffStep]) -> list[list[str]]:
    """What free runs gave beside what happened, with the share of runs at or below it."""
    done = {month.month: month.moves for month in coded}
    whole = all(month in done for month in runs.months)
    rows = []

    def row(what: str, values: np.ndarray, actual: float | None, digits: int = 0) -> None:
        low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
        rank = "" if actual is None else percent(float((values <= actual + 1e-9).mean()))
        happened = "" if actual is None else f"{actual:.{digits}f}"
        rows.append([what, f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})", happened, rank])

    for side, capital in enumerate(CAPITALS):
        actual = sum(done[m][side] == 0 for m in runs.months) if whole else None
        row(f"months in which {capital} escalates", runs.escalating[:, side], actual)
    last = runs.months[-1]
    for side, capital in enumerate(CAPITALS):
        actual_rate = month_end(steps, last)[side] if whole else None
        row(
            f"{capital}'s average tariff in {month_name(last)} [%]", runs.tariffs[:, -1, side], actual_rate, 1
        )
    for side, capital in enumerate(CAPITALS):
        peak = max(month_end(steps, m)[side] for m in runs.months) if whole else None
        row(f"{capital}'s highest average at a month's end [%]", runs.tariffs[:, :, side].max(1), peak, 1)
    joint = [k for k, m in enumerate(runs.months) if m in done and done[m] == (2, 2)]
    first = month_name(runs.months[joint[0]]) if joint else ("none" if whole else "")
    dated = np.sort(runs.truces[runs.truces >= 0])
    share = percent(len(dated) / len(runs.truces))
    if len(dated):
        share += f", median {month_name(runs.months[int(dated[len(dated) // 2])])}"
    by = float(((runs.truces >= 0) & (runs.truces <= joint[0])).mean()) if joint else None
    rows.append(["a month in which both relax", share, first, "" if by is None else f"{percent(by)} by then"])
    return rows


def free_words(runs: FreeRuns, coded: Sequence[CodedMonth]) -> str:
    """How the runs' own shares score on the recorded months; empty if none is recorded."""
    losses = free_losses(runs, coded)
    if not len(losses):
        return ""
    return (
        f"Read as chances of each month's moves, up to {len(runs.months)} months ahead, the shares of runs "
        f"have a log loss of {losses.mean():.3f} over {len(losses)} moves."
    )
