"""What `results/history.md` says beside its tables: the choices made on 2018 to 2024, and checks of the fit.

    python experiments/history_checks.py choices    model structures, on months held out of 2018 to 2024
    python experiments/history_checks.py recovery   parameters put into thirty histories and found again
    python experiments/history_checks.py after      2025 without one part of the model; after the first look
    python experiments/history_checks.py codings    2025 with months coded otherwise; after the first look

Each prints its figures; `priors` takes some ten minutes, `recovery` six, `after` two, `codings` four.
"""

import math
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from sim.estimation import likelihood as modelling
from sim.estimation import prediction as forecasting
from sim.estimation.dataset import Dataset, load_dataset
from sim.estimation.fit import draws, fit
from sim.estimation.free_runs import free_losses, free_runs
from sim.estimation.likelihood import (
    Model,
    administration_starts,
    beliefs,
    entry_probabilities,
    model_of,
    regime_transitions,
    tables_of,
)
from sim.estimation.prediction import administration_shift, forecast, part, scores
from sim.estimation.priors import FitConfig
from sim.estimation.replay import Rounds, rounds_of
from sim.record.baselines import BASELINES, cases, predictions, within
from sim.record.coding import months_by_legal_acts, months_by_score
from sim.record.coding_sensitivity import CHOICES, LEGAL_ACTS
from sim.record.months import month_range
from sim.statistics.scores import log_losses

YEARS = range(2018, 2025)
CUT = 37  # months of the first administration, to January 2021
DRAWS = 1000
POOL = ThreadPoolExecutor(2)


def variant(config: FitConfig, moody: tuple[str, ...], regimes: int = 2) -> FitConfig:
    """The choices with the moods changing some numbers only, or with one mood."""
    table = config.model_dump(by_alias=True)
    for name, prior in table["parameters"].items():
        if isinstance(prior["centre"], list) and (regimes == 1 or name not in (*moody, "stay", "fresh")):
            prior["centre"] = math.exp(np.mean(np.log(prior["centre"])))
    if regimes == 1:
        table["moods"] = ["any"]
        table["parameters"] = {k: v for k, v in table["parameters"].items() if k not in ("stay", "fresh")}
    return FitConfig.model_validate(table)


def losses(tables: np.ndarray, moves: np.ndarray) -> float:
    """The mean log loss of both sides' moves."""
    sides = (tables.sum(2), tables.sum(1))
    return float(np.mean([log_losses(t / t.sum(1, keepdims=True), moves[:, k]) for k, t in enumerate(sides)]))


def at_best(model: Model, rounds: Rounds, counted: np.ndarray, test: slice) -> float:
    """Log loss of held-out months at the best point of the others."""
    point = fit(model, rounds, 1, 0, counted=counted).point
    dataset = beliefs(model, point, rounds, tables_of(model, point, rounds)[0])
    return losses(dataset.tables[test], rounds.moves[test])


def learning(model: Model, rounds: Rounds, counted: np.ndarray, test: slice, widening: float) -> np.ndarray:
    """Chances of an administration held out, draws moved as for a new one and weighed as months go by."""
    points = draws(fit(model, rounds, 1, 0, counted=counted), DRAWS, 0)
    points = points + administration_shift(model, points.shape, widening, 1)
    dataset = list(POOL.map(lambda p: beliefs(model, p, rounds, tables_of(model, p, rounds)[0]), points))
    gains = np.array([f.log_probabilities[test] for f in dataset])
    logs = np.cumsum(gains, 1) - gains
    weights = np.exp(logs - logs.max(0))
    return np.einsum("dm,dmij->mij", weights / weights.sum(0), np.array([f.tables[test] for f in dataset]))


def between(model: Model, rounds: Rounds, widening: float) -> tuple[np.ndarray, np.ndarray]:
    """Chances of each administration fitted to the other: of the second, and of the first."""
    first = np.arange(84) < CUT
    return (
        learning(model, rounds, first.astype(float), slice(CUT, 84), widening),
        learning(model, rounds, (~first).astype(float), slice(0, CUT), widening),
    )


def held_out() -> list[tuple[str, slice, np.ndarray, np.ndarray]]:
    """Every split: its kind, the test months, the months that count, and those that the past holds."""
    splits = []
    for year in YEARS:
        test = slice(12 * (year - 2018), 12 * (year - 2017))
        others = np.ones(84)
        others[test] = 0.0
        splits.append(("a year left out", test, others, np.arange(84)))
        if year >= 2020:
            before = np.arange(test.stop)
            splits.append(("years to come", test, (before < test.start).astype(float), before))
    return splits


def choices(dataset: Dataset) -> None:
    """Structures and widenings compared on months held out of 2018 to 2024; 2025 is not looked at."""
    coded = [month for month in dataset.coded if month.month in dataset.train]
    record = dataset.record._replace(
        events=tuple(e for e in dataset.record.events if e.date_announced.year < 2025)
    )
    rounds = rounds_of(record, dataset.steps, coded, dataset.train)
    first = dataset.train[0]
    print("mean log loss: a year left out / years to come 2020 to 2024")
    for name, baseline in BASELINES.items():
        losses_by_split: dict[str, list[float]] = {}
        for kind, test, counted, known_months in held_out():
            months = {first + k for k in known_months if counted[k]}
            wanted = range(first + max(test.start, 1), first + test.stop)
            scored = cases(coded, wanted)
            report = predictions(baseline([m for m in coded if m.month in months]), scored)
            losses_by_split.setdefault(kind, []).append(
                float(log_losses(report, [c.move for c in scored]).mean())
            )
        print(f"  {name:32}", *(f"{np.mean(v):.3f}" for v in losses_by_split.values()))
    variants = {
        "one mood": variant(dataset.config, (), 1),
        "moods: attention": variant(dataset.config, ("routine_cost",)),
        "moods: attention, face": variant(dataset.config, ("routine_cost", "unreturned_cost")),
        "moods: attention, face, rent": dataset.config,
    }
    for name, config in variants.items():
        model = model_of(config)
        losses_by_split = {}
        for kind, test, counted, known_months in held_out():
            here = part(rounds, 0, len(known_months))
            losses_by_split.setdefault(kind, []).append(at_best(model, here, counted, test))
        print(f"  {name:32}", *(f"{np.mean(v):.3f}" for v in losses_by_split.values()), flush=True)
    print("mean log loss: second administration held out / first held out / all")
    for name in ("one mood", "moods: attention, face, rent"):
        model = model_of(variants[name])
        for widening in (0.0, 0.5, 1.0, 1.5, 2.0):
            second, other = between(model, rounds, widening)
            late, early = losses(second, rounds.moves[CUT:]), losses(other, rounds.moves[:CUT])
            mean = (late * (84 - CUT) + early * CUT) / 84
            print(f"  {name:32} widening {widening:3.1f}: {late:.3f} {early:.3f} {mean:.3f}", flush=True)


def after(dataset: Dataset) -> None:
    """The score of 2025 without one part of the model or another; nothing was chosen by it."""
    test = month_range(dataset.config.test)

    def report(name: str, refitted: Dataset, learn: bool = True) -> None:
        prediction = forecast(refitted, test[-1], learn=learn)
        scored = scores(prediction, refitted.coded, refitted.train, test, refitted.config.seed)
        print(f"  {name:40} {scored.scored['model'].log_loss.mean:.3f}", flush=True)

    report("as shipped", dataset)
    report("parameters not learnt on in 2025", dataset, learn=False)
    counted_on(dataset, test)
    mixed(dataset, test)
    for widening in (0.0, 1.0, 2.0):
        config = dataset.config.model_copy(update={"widening": widening})
        report(f"widening {widening}", dataset._replace(config=config))
    losses_by_split = modelling.administration_starts
    nobody = lambda months: np.zeros(len(months) + 1, dtype=bool)  # noqa: E731
    modelling.administration_starts = forecasting.administration_starts = nobody
    report("no new administration", dataset)
    modelling.administration_starts = forecasting.administration_starts = losses_by_split
    config = variant(dataset.config, (), 1)
    model = model_of(config)
    fitted = fit(model, rounds_of(dataset.record, dataset.steps, dataset.coded, dataset.train), 1, 0)
    report("one mood", dataset._replace(config=config, model=model, fitted=fitted))
    era = [m for m in dataset.coded if m.month in month_range("2018-01:2020-02")]
    scored = cases(dataset.coded, test)
    chances = predictions(BASELINES["base_rates"](era), scored)
    loss = log_losses(chances, [c.move for c in scored]).mean()
    print(f"  {'base rates of 2018-01 to 2020-02 alone':40} {loss:.3f}")


def counted_on(dataset: Dataset, test: range) -> None:
    """The baselines counted to the eve of each month, as the model learns on to it."""
    for name, baseline in BASELINES.items():
        case_losses = []
        for month in test:
            scored = cases(dataset.coded, range(month, month + 1))
            report = predictions(baseline(within(dataset.coded, range(dataset.train[0], month))), scored)
            case_losses.append(log_losses(report, [case.move for case in scored]).mean())
        print(f"  {name + ', counted on in 2025':40} {np.mean(case_losses):.3f}", flush=True)


def mixed(dataset: Dataset, test: range) -> None:
    """The model mixed with even odds, by the weight that is best between the administrations to 2024."""
    rounds = rounds_of(dataset.record, dataset.steps, dataset.coded, dataset.train)
    second, first = between(dataset.model, rounds, dataset.config.widening)
    held_out_tables = np.concatenate([first, second])
    grid = np.linspace(0.0, 1.0, 101)
    by_weight = [losses(w * held_out_tables + (1 - w) / 9, rounds.moves) for w in grid]
    best = float(grid[int(np.argmin(by_weight))])
    prediction = forecast(dataset, test[-1])
    places = [prediction.rounds.months.index(month) for month in test]
    loss = losses(best * prediction.tables[places] + (1 - best) / 9, prediction.rounds.moves[places])
    print(f"  {'mixed with even odds, weight ' + format(best, '.2f'):40} {loss:.3f}", flush=True)


def codings(dataset: Dataset) -> None:
    """The score of 2025 with months coded otherwise, fitted anew; nothing was chosen by it."""
    test, config = month_range(dataset.config.test), dataset.config
    others = {"as shipped": dataset.coded}
    others |= {name: months_by_score(dataset.record, scoring) for name, scoring in CHOICES.items()}
    others[LEGAL_ACTS] = months_by_legal_acts(dataset.record)
    print(
        "log loss on 2025: the model / the best baseline that forecasts, but for uniform / same month / free"
    )
    for name, coded in others.items():
        fitted = fit(dataset.model, rounds_of(dataset.record, dataset.steps, coded, dataset.train), 1, 0)
        refitted = dataset._replace(coded=coded, fitted=fitted)
        prediction = forecast(refitted, test[-1])
        report = scores(prediction, coded, dataset.train, test, config.seed).scored
        loss = {who: one.log_loss.mean for who, one in report.items()}
        plain = {
            who: x for who, x in loss.items() if who in BASELINES and who not in ("uniform", "same_month")
        }
        best = min(plain, key=lambda who: plain[who])
        runs = free_runs(refitted, prediction, test, config.runs)
        free = free_losses(runs, coded).mean()
        print(
            f"  {name:32} {loss['model']:.3f}  {best} {plain[best]:.3f}  {loss['same_month']:.3f} {free:.3f}",
            flush=True,
        )


class Recovery(NamedTuple):
    """Histories in rows, parameters in columns, all in prior widths from the centres.

    Attributes:
        truth: what was put in.
        fitted: what the fit gave.
        errors: its errors.
    """

    truth: np.ndarray
    fitted: np.ndarray
    errors: np.ndarray

    @property
    def covered(self) -> float:
        """Share of parameters that lie within two errors of what the fit gave; 0.954 if errors are right."""
        return float((np.abs(self.truth - self.fitted) <= 2.0 * self.errors).mean())

    @property
    def correlations(self) -> np.ndarray:
        """Correlation of what was put in with what the fit gave, parameter by parameter; 0 where it stays."""
        correlations = []
        for truth, fitted in zip(self.truth.T, self.fitted.T, strict=True):
            flat = truth.std() < 1e-9 or fitted.std() < 1e-9
            correlations.append(0.0 if flat else float(np.corrcoef(truth, fitted)[0, 1]))
        return np.array(correlations)


def simulated(model: Model, point: np.ndarray, rounds: Rounds, seed: int) -> Rounds:
    """The rounds with moves drawn from the model.

    Args:
        model: the parameters.
        point: where they are.
        rounds: the months and how measures stand in them.
        seed: of the draws.
    """
    luck = np.random.default_rng(seed).random((len(rounds.months), 2))
    history = rounds._replace(moves=np.full_like(rounds.moves, -1))
    entry = administration_starts(rounds.months)
    probabilities = entry_probabilities(model, point)
    for at in range(len(rounds.months)):
        if entry[at]:
            probabilities = entry_probabilities(model, point)
        regime = drawn_index(probabilities, luck[at, 0])
        table = tables_of(model, point, part(history, 0, at + 1))[0][at, regime]
        history.moves[at] = divmod(drawn_index(table.ravel(), luck[at, 1]), 3)
        probabilities = regime_transitions(model, point)[regime]
    return history


def recovery(model: Model, rounds: Rounds, histories: int, seed: int) -> Recovery:
    """Fit histories made at parameters drawn from the prior.

    Args:
        model: the parameters.
        rounds: the months of the histories.
        histories: how many.
        seed: of all draws.
    """
    truth = np.random.default_rng(seed).standard_normal((histories, len(model.parameters)))
    truth = np.clip(truth, -2.0, 2.0)
    points, errors = [], []
    for number, point in enumerate(truth):
        fitted = fit(model, simulated(model, point, rounds, seed + 1 + number), 1, seed)
        points.append(fitted.point)
        errors.append(np.sqrt(np.diag(fitted.covariance)))
    return Recovery(truth, np.array(points), np.array(errors))


def drawn_index(probabilities: np.ndarray, luck: float) -> int:
    """The place that a uniform number falls on, by these probabilities."""
    edges = np.cumsum(probabilities)
    return min(int(np.searchsorted(edges, luck * edges[-1], side="right")), len(probabilities) - 1)


def recovered(dataset: Dataset) -> None:
    """Parameters drawn from the prior, put into histories, and found again."""
    rounds = rounds_of(dataset.record, dataset.steps, dataset.coded, dataset.train)
    prediction = recovery(dataset.model, rounds, 30, 1)
    print(f"within two errors: {prediction.covered:.3f}")
    for parameter, correlation in zip(dataset.model.parameters, prediction.correlations, strict=True):
        print(f"  {parameter.label:32} {correlation:.2f}")


if __name__ == "__main__":
    {"choices": choices, "recovery": recovered, "after": after, "codings": codings}[sys.argv[1]](
        load_dataset(train="2018-01:2024-12")
    )
