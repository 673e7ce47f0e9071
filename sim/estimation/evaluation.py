"""The score of the fitted model and of the baselines on months that nothing was fitted to."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from sim.domain.errors import EvidenceError
from sim.estimation.prediction import Prediction
from sim.record.baselines import BASELINES, Case, cases, predictions, within
from sim.record.coding import CodedMonth
from sim.record.months import month_name
from sim.statistics.arrays import Array
from sim.statistics.intervals import Interval
from sim.statistics.scores import (
    Bin,
    bootstrap_differences,
    bootstrap_interval,
    brier_scores,
    calibration,
    log_losses,
)

MODEL: Final = "model"
MODEL_WITH_PARTNER: Final = "model_told"  # the model told the other side's move of the same month


class ScoredPredictor(NamedTuple):
    """A predictor's scores."""

    log_loss: Interval  # mean with its bootstrap interval [nats]
    brier: Interval  # likewise [0 to 2]
    calibration: list[Bin]  # probabilities in bins beside how often they came true


class Scores(NamedTuple):
    """Everything that was scored, over the same cases."""

    cases: list[Case]  # of the test months that are recorded, Washington's and Beijing's in turn
    probabilities: dict[str, Array]  # by predictor, shape (cases, 3)
    scored: dict[str, ScoredPredictor]  # by predictor, the model first
    differences: dict[tuple[str, str], Interval]  # of the log losses of every two


def scores(
    prediction: Prediction, coded: Sequence[CodedMonth], train: range, test: range, seed: int
) -> Scores | None:
    """The scores over the recorded test months, None if none is; the bootstrap draws whole months."""
    check_test(train, test)
    coded_months = {month.month for month in coded}
    wanted = [month for month in test if month in coded_months]
    if not wanted:
        return None
    scored = cases(coded, range(wanted[0], wanted[-1] + 1))
    training = within(coded, train)
    places = [prediction.rounds.months.index(case.month) for case in scored]
    sides = [case.situation.side for case in scored]
    given_partner = map(_conditional_on_partner, prediction.tables[places], scored)
    probabilities = {
        MODEL: prediction.probabilities[places, sides],
        MODEL_WITH_PARTNER: np.array(list(given_partner)),
        **{name: predictions(baseline(training), scored) for name, baseline in BASELINES.items()},
    }
    moves, blocks = [case.move for case in scored], [case.month for case in scored]
    losses = {name: log_losses(rows, moves) for name, rows in probabilities.items()}
    table = {
        name: ScoredPredictor(
            bootstrap_interval(losses[name], blocks, seed=seed),
            bootstrap_interval(brier_scores(rows, moves), blocks, seed=seed),
            calibration(rows, moves),
        )
        for name, rows in probabilities.items()
    }
    return Scores(scored, probabilities, table, bootstrap_differences(losses, blocks, seed=seed))


def _conditional_on_partner(table: Array, case: Case) -> Array:
    """The probabilities of a side's moves in a month of a table, given the other side's."""
    partner_move = case.situation.partner_now
    conditional = table[:, partner_move] if case.situation.side == 0 else table[partner_move]
    return np.asarray(conditional / conditional.sum())


def check_test(train: range, test: range) -> None:
    """Raise EvidenceError if a test month is one of the training or before it."""
    if test[0] <= train[-1]:
        raise EvidenceError(
            f"test: expected months after the training, which ends with {month_name(train[-1])}, got "
            f"{month_name(test[0])}"
        )
