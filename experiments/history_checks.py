"""What `results/history.md` says beside its tables: the choices made on 2018 to 2024, and checks of the fit.

    python experiments/history_checks.py choices    model structures, on months held out of 2018 to 2024
    python experiments/history_checks.py recovery   parameters put into thirty histories and found again
    python experiments/history_checks.py after      2025 without one part of the model; after the first look
    python experiments/history_checks.py codings    2025 with months coded otherwise; after the first look

Each prints its figures; `choices` takes some ten minutes, `recovery` six, `after` two, `codings` four.
"""

import math
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from sim.estimation import likelihood as modelling
from sim.estimation import prediction as forecasting
from sim.estimation.dataset import Dataset, prepared
from sim.estimation.evaluation import scores
from sim.estimation.fit import draws, fit
from sim.estimation.free_runs import free_losses, free_runs
from sim.estimation.likelihood import Model, beliefs, model_of, tables_of
from sim.estimation.prediction import forecast, moved, part
from sim.estimation.priors import FitConfig
from sim.estimation.recovery import recovery
from sim.estimation.replay import Rounds, rounds_of
from sim.record.baselines import BASELINES, predicted
from sim.record.coding import months_by_legal_acts, months_by_score
from sim.record.coding_sensitivity import CHOICES, LEGAL_ACTS
from sim.record.months import month_range
from sim.record.situations import cases, within
from sim.statistics.scores import log_losses

YEARS = range(2018, 2025)
CUT = 37  # months of the first administration, to January 2021
DRAWS = 1000
POOL = ThreadPoolExecutor(2)


def variant(chosen: FitConfig, moody: tuple[str, ...], moods: int = 2) -> FitConfig:
    """The choices with the moods changing some numbers only, or with one mood."""
    table = chosen.model_dump()
    for name, prior in table["parameters"].items():
        if isinstance(prior["centre"], list) and (moods == 1 or name not in (*moody, "stay", "fresh")):
            prior["centre"] = math.exp(np.mean(np.log(prior["centre"])))
    if moods == 1:
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
    found = beliefs(model, point, rounds, tables_of(model, point, rounds).tables)
    return losses(found.tables[test], rounds.moves[test])


def learning(model: Model, rounds: Rounds, counted: np.ndarray, test: slice, widening: float) -> np.ndarray:
    """Chances of an administration held out, draws moved as for a new one and weighed as months go by."""
    points = draws(fit(model, rounds, 1, 0, counted=counted), DRAWS, 0)
    points = points + moved(model, points.shape, widening, 1)
    found = list(POOL.map(lambda p: beliefs(model, p, rounds, tables_of(model, p, rounds).tables), points))
    gains = np.array([f.gains[test] for f in found])
    logs = np.cumsum(gains, 1) - gains
    weights = np.exp(logs - logs.max(0))
    return np.einsum("dm,dmij->mij", weights / weights.sum(0), np.array([f.tables[test] for f in found]))


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


def choices(found: Dataset) -> None:
    """Structures and widenings compared on months held out of 2018 to 2024; 2025 is not looked at."""
    coded = [month for month in found.coded if month.month in found.train]
    record = found.record._replace(
        events=tuple(e for e in found.record.events if e.date_announced.year < 2025)
    )
    rounds = rounds_of(record, found.steps, coded, found.train)
    first = found.train[0]
    print("mean log loss: a year left out / years to come 2020 to 2024")
    for name, baseline in BASELINES.items():
        kept: dict[str, list[float]] = {}
        for kind, test, counted, past in held_out():
            months = {first + k for k in past if counted[k]}
            wanted = range(first + max(test.start, 1), first + test.stop)
            scored = cases(coded, wanted)
            told = predicted(baseline([m for m in coded if m.month in months]), scored)
            kept.setdefault(kind, []).append(float(log_losses(told, [c.move for c in scored]).mean()))
        print(f"  {name:32}", *(f"{np.mean(v):.3f}" for v in kept.values()))
    variants = {
        "one mood": variant(found.chosen, (), 1),
        "moods: attention": variant(found.chosen, ("routine_cost",)),
        "moods: attention, face": variant(found.chosen, ("routine_cost", "unreturned_cost")),
        "moods: attention, face, rent": found.chosen,
    }
    for name, chosen in variants.items():
        model = model_of(chosen)
        kept = {}
        for kind, test, counted, past in held_out():
            here = part(rounds, 0, len(past))
            kept.setdefault(kind, []).append(at_best(model, here, counted, test))
        print(f"  {name:32}", *(f"{np.mean(v):.3f}" for v in kept.values()), flush=True)
    print("mean log loss: second administration held out / first held out / all")
    for name in ("one mood", "moods: attention, face, rent"):
        model = model_of(variants[name])
        for widening in (0.0, 0.5, 1.0, 1.5, 2.0):
            second, other = between(model, rounds, widening)
            late, early = losses(second, rounds.moves[CUT:]), losses(other, rounds.moves[:CUT])
            mean = (late * (84 - CUT) + early * CUT) / 84
            print(f"  {name:32} widening {widening:3.1f}: {late:.3f} {early:.3f} {mean:.3f}", flush=True)


def after(found: Dataset) -> None:
    """The score of 2025 without one part of the model or another; nothing was chosen by it."""
    test = month_range(found.chosen.test)

    def told(name: str, given: Dataset, **changes: Any) -> None:
        chosen = given.chosen
        asked = {"count": chosen.draws, "widening": chosen.widening, "seed": chosen.seed, **changes}
        seen = forecast(
            given.model, given.fitted, given.record, given.steps, given.coded, given.train, test[-1], **asked
        )
        scored = scores(seen, given.coded, given.train, test, chosen.seed)
        print(f"  {name:40} {scored.scored['model'].log_loss.mean:.3f}", flush=True)

    told("as shipped", found)
    told("parameters not learnt on in 2025", found, learn=False)
    counted_on(found, test)
    mixed(found, test)
    for widening in (0.0, 1.0, 2.0):
        told(f"widening {widening}", found, widening=widening)
    kept = modelling.fresh_months
    nobody = lambda months: np.zeros(len(months) + 1, dtype=bool)  # noqa: E731
    modelling.fresh_months = forecasting.fresh_months = nobody
    told("no new administration", found)
    modelling.fresh_months = forecasting.fresh_months = kept
    chosen = variant(found.chosen, (), 1)
    model = model_of(chosen)
    fitted = fit(model, rounds_of(found.record, found.steps, found.coded, found.train), 1, 0)
    told("one mood", found._replace(chosen=chosen, model=model, fitted=fitted))
    era = [m for m in found.coded if m.month in month_range("2018-01:2020-02")]
    scored = cases(found.coded, test)
    chances = predicted(BASELINES["base_rates"](era), scored)
    loss = log_losses(chances, [c.move for c in scored]).mean()
    print(f"  {'base rates of 2018-01 to 2020-02 alone':40} {loss:.3f}")


def counted_on(found: Dataset, test: range) -> None:
    """The baselines counted to the eve of each month, as the model learns on to it."""
    for name, baseline in BASELINES.items():
        lost = []
        for month in test:
            scored = cases(found.coded, range(month, month + 1))
            told = predicted(baseline(within(found.coded, range(found.train[0], month))), scored)
            lost.append(log_losses(told, [case.move for case in scored]).mean())
        print(f"  {name + ', counted on in 2025':40} {np.mean(lost):.3f}", flush=True)


def mixed(found: Dataset, test: range) -> None:
    """The model mixed with even odds, by the weight that is best between the administrations to 2024."""
    rounds = rounds_of(found.record, found.steps, found.coded, found.train)
    second, first = between(found.model, rounds, found.chosen.widening)
    held = np.concatenate([first, second])
    grid = np.linspace(0.0, 1.0, 101)
    by_weight = [losses(w * held + (1 - w) / 9, rounds.moves) for w in grid]
    best = float(grid[int(np.argmin(by_weight))])
    seen = found.forecast(test[-1])
    places = [seen.rounds.months.index(month) for month in test]
    loss = losses(best * seen.tables[places] + (1 - best) / 9, seen.rounds.moves[places])
    print(f"  {'mixed with even odds, weight ' + format(best, '.2f'):40} {loss:.3f}", flush=True)


def codings(found: Dataset) -> None:
    """The score of 2025 with months coded otherwise, fitted anew; nothing was chosen by it."""
    test, chosen = month_range(found.chosen.test), found.chosen
    others = {"as shipped": found.coded}
    others |= {name: months_by_score(found.record, scoring) for name, scoring in CHOICES.items()}
    others[LEGAL_ACTS] = months_by_legal_acts(found.record)
    print(
        "log loss on 2025: the model / the best baseline that forecasts, but for uniform / same month / free"
    )
    for name, coded in others.items():
        fitted = fit(found.model, rounds_of(found.record, found.steps, coded, found.train), 1, 0)
        given = found._replace(coded=coded, fitted=fitted)
        seen = given.forecast(test[-1])
        told = scores(seen, coded, found.train, test, chosen.seed).scored
        loss = {who: one.log_loss.mean for who, one in told.items()}
        plain = {
            who: x for who, x in loss.items() if who in BASELINES and who not in ("uniform", "same_month")
        }
        best = min(plain, key=lambda who: plain[who])
        runs = free_runs(
            found.model,
            seen,
            test[0],
            len(test),
            runs=chosen.runs,
            widening=chosen.widening,
            seed=chosen.seed,
        )
        free = free_losses(runs, coded).mean()
        print(
            f"  {name:32} {loss['model']:.3f}  {best} {plain[best]:.3f}  {loss['same_month']:.3f} {free:.3f}",
            flush=True,
        )


def recovered(found: Dataset) -> None:
    """Parameters drawn from the prior, put into histories, and found again."""
    rounds = rounds_of(found.record, found.steps, found.coded, found.train)
    seen = recovery(found.model, rounds, 30, 1)
    print(f"within two errors: {seen.covered:.3f}")
    for parameter, correlation in zip(found.model.parameters, seen.correlations, strict=True):
        print(f"  {parameter.label:32} {correlation:.2f}")


if __name__ == "__main__":
    {"choices": choices, "recovery": recovered, "after": after, "codings": codings}[sys.argv[1]](prepared())
