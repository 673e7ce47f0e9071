"""The page of the fit and its judgement by history, with its pictures."""

import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Final

from sim.estimation.daily_replay import day_decisions
from sim.estimation.dataset import Dataset
from sim.estimation.free_runs import FreeRuns
from sim.estimation.prediction import Prediction, Scores
from sim.record.baselines import BASELINES
from sim.record.coding_sensitivity import influences, second_coding
from sim.record.months import month_name
from sim.reports.drawing.theme import save_figure
from sim.reports.estimation import estimation_figures as figures
from sim.reports.estimation import estimation_text as text
from sim.reports.templates.rendering import render
from sim.statistics.intervals import LEVEL
from sim.statistics.scores import DRAWS
from sim.storage.atomic_write import write_file

CHECKS: Final = Path(__file__).with_name("history_checks.toml")  # what experiments/history_checks.py prints
LOGGED: Final = ("2018-01:2024-12", "2025-01:2025-12")  # the months that history_log.md speaks of


def write_page(
    page: Path,
    dataset: Dataset,
    prediction: Prediction,
    scores: Scores | None,
    free: FreeRuns | None,
    months: range,
    kind: str = "png",
) -> list[str]:
    """Write the page and its pictures, as files of a kind, beside it; their names."""
    coded, steps = dataset.coded, dataset.steps
    recorded = coded[-1].month
    everything = range(prediction.rounds.months[0], min(recorded, prediction.rounds.months[-1]) + 1)
    tested = range(months[0], min(recorded, months[-1]) + 1)
    when = f"{month_name(months[0])} to {month_name(months[-1])}"
    pictures = {"all": figures.replay_picture(prediction, coded, steps, everything)}
    if tested:
        decisions = day_decisions(dataset, prediction, tested)
        pictures["test"] = figures.replay_picture(prediction, coded, steps, tested, decisions)
    if scores:
        pictures["scores"] = figures.scores_picture(scores, when)
        pictures["calibration"] = figures.calibration_picture(scores, when)
    if free:
        pictures["free"] = figures.free_picture(free, coded, steps)
    names = {key: f"{page.stem}_{key}.{kind}" for key in pictures}
    for key, figure in pictures.items():
        save_figure(figure, page.with_name(names[key]))
    losses = {name: scored.log_loss.mean for name, scored in scores.scored.items()} if scores else {}
    train = f"{month_name(dataset.train[0])}:{month_name(dataset.train[-1])}"
    test = f"{month_name(months[0])}:{month_name(months[-1])}"
    markdown = render(
        "history.md",
        text=text,
        page=page.name,
        dataset=dataset,
        prediction=prediction,
        tested=tested,
        losses=losses,
        baselines={text.LABELS[name]: losses[name] for name in BASELINES if name in losses},
        version=version("snapback"),
        train=train,
        test=test,
        pictures={"test": "", **names},
        scores=scores,
        level=f"{100 * LEVEL:g}",
        draws=f"{DRAWS:,}",
        free=free,
        influences=influences(dataset.record),
        second=second_coding(dataset.record),
        logged=scores is not None and (train, test) == LOGGED,
        checks=tomllib.loads(CHECKS.read_text("utf-8")),
    )
    write_file(page, markdown)
    return [page.name, *names.values()]
