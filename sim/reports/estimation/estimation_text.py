"""The fit, the replay and the scores as rows of tables and sentences, for pages and for a terminal."""

import json
from collections.abc import Sequence

import numpy as np

from sim.domain.constants import MOVES
from sim.estimation.daily_replay import DayDecision
from sim.estimation.dataset import Dataset
from sim.estimation.fit import CORRELATED, FitResult, identification
from sim.estimation.free_runs import FreeRuns, free_losses
from sim.estimation.likelihood import Model
from sim.estimation.prediction import MODEL, MODEL_WITH_PARTNER, Prediction, Scores
from sim.record.coding import CodedMonth, moves_by_month
from sim.record.coding_sensitivity import Influence
from sim.record.events import SIDES
from sim.record.months import month_name
from sim.record.tariffs import TariffStep, month_end
from sim.reports.templates.rendering import render
from sim.reports.text.formats import percent
from sim.statistics.intervals import Interval

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
SURPRISE = 0.2  # probability below which what happened is called a surprise
SAME = 0.01  # of log likelihood: ends of starts that are so close are the same


def fit_rows(model: Model, fitted: FitResult) -> list[list[str]]:
    """Every parameter: best value, values two errors away, unit, prior."""
    rows = []
    errors = np.sqrt(np.diag(fitted.covariance))
    for parameter, best, error in zip(model.parameters, fitted.point, errors, strict=True):
        low, value, high = (parameter.value(best + k * error) for k in (-2, 0, 2))
        prior = f"{parameter.value(-2.0):.2g} to {parameter.value(2.0):.2g}"
        rows.append([parameter.label, f"{value:.3g}", f"{low:.2g} to {high:.2g}", parameter.unit, prior])
    return rows


def fit_text(dataset: Dataset, version: str) -> str:
    """The file of a fit."""
    fitted, train = dataset.fitted, dataset.train
    pairs, uninformed = identification(dataset.model, fitted)
    return render(
        "fit.toml",
        version=version,
        train=f"{month_name(train[0])}:{month_name(train[-1])}",
        moves=sum(month.month in train for month in dataset.coded) * len(SIDES),
        fitted=fitted,
        stamp=dataset.stamp,
        silent=json.dumps(list(uninformed)),
        twins=json.dumps([[one, other, f"{r:.3f}"] for one, other, r in pairs]),
        parameters=list(
            zip(dataset.model.parameters, fitted.point, np.sqrt(np.diag(fitted.covariance)), strict=True)
        ),
    )


def fit_sentences(dataset: Dataset) -> str:
    """How good the fit is, whether the starts agree, and what the record cannot tell, as a list."""
    fitted, ends = dataset.fitted, np.array(dataset.fitted.penalties)
    pairs, weak = identification(dataset.model, fitted)
    return render(
        "fit.md",
        dataset=dataset,
        fitted=fitted,
        count=len(dataset.train) * len(SIDES),
        alike=int((ends < ends.min() + SAME).sum()),
        same=SAME,
        correlated=CORRELATED,
        pairs=pairs,
        weak=weak,
    )


def influence_text(rows: Sequence[Influence]) -> str:
    """What each choice of the coding changes: share of each side's months, kappa, months turned round."""
    changed = {(row.choice, row.side): percent(row.changed) for row in rows}
    both = {row.choice: row.agreement for row in rows if row.side == "both"}
    cells = [
        [choice, *(changed[choice, side] for side in SIDES), f"{a.kappa:.2f}", f"{a.opposite}"]
        for choice, a in both.items()
    ]
    return render("coding.md", rows=cells)


def replay_rows(prediction: Prediction, coded: Sequence[CodedMonth], months: range) -> list[list[str]]:
    """Month by month: each side's chances of escalating, holding and relaxing, and what it did."""
    moves = moves_by_month(coded)
    rows = []
    for month in months:
        both = prediction.probabilities[prediction.rounds.months.index(month)]
        row = [month_name(month)]
        for side, probabilities in enumerate(both):
            move = _move(moves[month][side], probabilities) if month in moves else ""
            row += [_per_cents(probabilities), move]
        rows.append(row)
    return rows


def day_rows(decisions: Sequence[DayDecision]) -> list[list[str]]:
    """Decision by decision: day, side, rows, chances and what was done."""
    return [
        [str(d.day), SIDES[d.side], ", ".join(d.ids), _per_cents(p := d.probabilities), _move(d.move, p)]
        for d in decisions
    ]


def _per_cents(probabilities: Sequence[float]) -> str:
    return " ".join(f"{100 * p:3.0f}" for p in probabilities)


def _move(move: int, probabilities: Sequence[float]) -> str:
    """A move, with an exclamation mark if it is a surprise."""
    return MOVES[move] + (" !" if probabilities[move] < SURPRISE else "")


def score_rows(scores: Scores) -> list[list[str]]:
    """Every predictor: log loss and Brier score with intervals, and the model's difference to it."""
    rows = []
    for name, scored in sorted(scores.scored.items(), key=lambda item: item[1].log_loss.mean):
        difference = "" if name == MODEL else _interval(scores.differences[MODEL, name], "+.3f")
        rows.append([LABELS[name], _interval(scored.log_loss), _interval(scored.brier), difference])
    return rows


def _interval(interval: Interval, form: str = ".3f") -> str:
    return f"{interval.mean:{form}} ({interval.low:{form}} to {interval.high:{form}})"


def calibration_rows(scores: Scores) -> list[list[str]]:
    """The model's chances in bins: how many, their mean, and how often what they spoke of happened."""
    return [
        [f"{b.low:.1f} to {b.high:.1f}", f"{b.number}", percent(b.mean), percent(b.happened)]
        for b in scores.scored[MODEL].calibration
    ]


def free_rows(runs: FreeRuns, coded: Sequence[CodedMonth], steps: Sequence[TariffStep]) -> list[list[str]]:
    """What free runs gave beside what happened, with the share of runs at or below it."""
    moves = moves_by_month(coded)
    whole = all(month in moves for month in runs.months)
    last = month_name(runs.months[-1])
    escalations = [[moves[m][side] == 0 for m in runs.months if m in moves] for side in (0, 1)]
    rates = np.array([month_end(steps, m) for m in runs.months])
    rows = []
    for what, values, actual, digits in (
        ("months in which {} escalates", runs.escalating, np.sum(escalations, axis=1), 0),
        (f"{{}}'s average tariff in {last} [%]", runs.tariffs[:, -1], rates[-1], 1),
        ("{}'s highest average at a month's end [%]", runs.tariffs.max(axis=1), rates.max(axis=0), 1),
    ):
        for side, capital in enumerate(CAPITALS):
            low, median, high = np.quantile(values[:, side], [0.05, 0.5, 0.95])
            row = [what.format(capital), f"{median:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"]
            below = float((values[:, side] <= actual[side] + 1e-9).mean())
            rows.append([*row, *([f"{actual[side]:.{digits}f}", percent(below)] if whole else ["", ""])])
    joint = next((k for k, m in enumerate(runs.months) if moves.get(m) == (2, 2)), None)
    dated = np.sort(runs.truces[runs.truces >= 0])
    share = percent(len(dated) / len(runs.truces))
    if len(dated):
        share += f", median {month_name(runs.months[int(dated[len(dated) // 2])])}"
    row = ["a month in which both relax", share]
    if joint is None:
        return [*rows, [*row, "none" if whole else "", ""]]
    by_then = percent(float((dated <= joint).sum() / len(runs.truces)))
    return [*rows, [*row, month_name(runs.months[joint]), f"{by_then} by then"]]


def free_text(runs: FreeRuns, coded: Sequence[CodedMonth]) -> str:
    """How the runs' own shares score on the recorded months; empty if none is recorded."""
    losses = free_losses(runs, coded)
    if not len(losses):
        return ""
    return (
        f"Read as chances of each month's moves, up to {len(runs.months)} months ahead, the shares of runs "
        f"have a log loss of {losses.mean():.3f} over {len(losses)} moves."
    )
