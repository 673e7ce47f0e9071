"""The probabilities of both sides' moves one month ahead, for months after those of the fit.

On each first morning the model knows the rows announced before it, and no others. It does not know its
parameters: they are drawn from the fit, and weighed by the probability that each draw gave to the months
since the training, so that it learns on while prior and structure stand still. With a new
administration's first full month every draw is moved by as much as administrations differ. Months that
are not recorded teach nothing, and both are taken to have held in them.

The model and the baselines are scored on months that nothing was fitted to.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from typing import Final, NamedTuple

import numpy as np

from sim.domain.errors import EvidenceError
from sim.estimation.dataset import Dataset
from sim.estimation.fit import THREADS, draws
from sim.estimation.likelihood import Model, RegimeBelief, administration_starts, beliefs, tables_of
from sim.estimation.replay import Rounds, rounds_of
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


class Prediction(NamedTuple):
    """Chances month by month; those of training months are fitted, not forecast."""

    rounds: Rounds  # the months, from the first of the record on
    tables: Array  # probabilities of both moves of each, Washington's in rows, shape (months, 3, 3)
    regimes: Array  # probabilities of the regimes on each morning, shape (months, regimes)
    trained: int  # how many of the months are of the training
    # draws of parameters for the months after it, those of the first administration and of each new one
    # since, shape (administrations, draws, parameters)
    points: Array
    # of the draws on each morning after the training and on the one after the last month, shape (mornings,
    # draws)
    weights: Array
    states_before: Array  # states before each month at the best point

    @property
    def probabilities(self) -> Array:
        """The probabilities of each side's moves, shape (months, 2, 3)."""
        return np.stack([self.tables.sum(2), self.tables.sum(1)], axis=1)


def forecast(data: Dataset, last: int, *, learn: bool = True, threads: int = THREADS) -> Prediction:
    """The probabilities of all months from the record's first to a last one.

    Months that are not coded have unknown moves, and teach nothing; with `learn` the others since the
    training weigh the draws.
    """
    model, fitted, train = data.model, data.fitted, data.train
    count, widening, seed = data.config.draws, data.config.widening, data.config.seed
    rounds = rounds_of(data.record, data.steps, data.coded, range(train[0], max(last, train[-1]) + 1))
    best, states_before = tables_of(model, fitted.point, rounds, store_states=True)
    at_best = beliefs(model, fitted.point, rounds, best)
    trained = len(train)
    later = part(rounds, trained, len(rounds.months))
    entries = np.flatnonzero(administration_starts(rounds.months)[trained:-1])
    sections = [draws(fitted, count, seed)]
    for number in range(1, len(entries) + 1):
        shift = administration_shift(model, sections[0].shape, widening, seed + number)
        sections.append(sections[-1] + shift)
    bounds = [0, *entries.tolist(), len(later.months)]
    tables = np.zeros((len(later.months), count, *best.shape[2:]))
    regimes = np.zeros((len(later.months), count, len(model.regimes)))
    log_probabilities = np.zeros((len(later.months), count))

    def filter_draw(point: Array, rounds_so_far: Rounds) -> RegimeBelief:
        draw_tables, _ = tables_of(model, point, rounds_so_far, start=states_before[trained])
        return beliefs(model, point, rounds_so_far, draw_tables, at_best.regimes[trained])

    with ThreadPoolExecutor(threads) as pool:
        for first, end, section in zip(bounds, bounds[1:], sections, strict=False):
            cut = slice(first, end)
            if first < end:
                by_draw = list(pool.map(filter_draw, section, repeat(part(later, 0, end))))
                tables[cut] = np.stack([one.tables[cut] for one in by_draw], axis=1)
                regimes[cut] = np.stack([one.regimes[cut] for one in by_draw], axis=1)
                log_probabilities[cut] = np.stack([one.log_probabilities[cut] for one in by_draw], axis=1)
    learnt = log_probabilities * float(learn)
    before = np.concatenate([np.zeros((1, count)), np.cumsum(learnt, 0)])
    weights = np.exp(before - before.max(1, keepdims=True))
    weights /= weights.sum(1, keepdims=True)
    mixed = np.einsum("md,mdij->mij", weights[:-1], tables)
    regimes_mixed = np.einsum("md,mdk->mk", weights[:-1], regimes)
    return Prediction(
        rounds,
        np.concatenate([at_best.tables[:trained], mixed]),
        np.concatenate([at_best.regimes[:trained], regimes_mixed]),
        trained,
        np.stack(sections),
        weights,
        states_before,
    )


def administration_shift(model: Model, shape: tuple[int, ...], widening: float, seed: int) -> Array:
    """By how much a new administration's parameters differ: what is a side's own, and nothing else."""
    own = np.array([float(parameter.side >= 0) for parameter in model.parameters])
    return np.asarray(widening * own * np.random.default_rng(seed).standard_normal(shape))


def part(rounds: Rounds, first: int, last: int) -> Rounds:
    """The rounds from a place on and before another."""
    months, days, moves, levels, renewed = rounds
    here, mornings = slice(first, last), slice(first, last + 1)
    return Rounds(months[here], days[mornings], moves[here], levels[mornings], renewed[here])


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
