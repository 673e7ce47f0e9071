"""The page of the fit and its judgement by history, with its pictures."""

import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.estimation.daily_replay import day_decisions
from sim.estimation.evaluation import MODEL, MODEL_WITH_PARTNER, Scores
from sim.estimation.free_runs import FreeRuns
from sim.estimation.prediction import Prediction
from sim.record.coding_sensitivity import influences
from sim.record.months import month_name
from sim.reports.estimation import estimation_figures as figures
from sim.reports.estimation import estimation_text as text
from sim.reports.templates.rendering import render
from sim.statistics.bootstrap import DRAWS
from sim.statistics.intervals import LEVEL
from sim.storage.atomic_write import write_file

if TYPE_CHECKING:
    from sim.estimation.dataset import Dataset

CHECKS: Final = Path(__file__).with_name("history_checks.toml")  # what experiments/history_checks.py prints
LOGGED: Final = ("2018-01:2024-12", "2025-01:2025-12")  # the months that history_log.md speaks of


def write_page(
    page: Path,
    dataset: "Dataset",
    prediction: Prediction,
    scores: Scores | None,
    free: FreeRuns | None,
    months: range,
) -> list[str]:
    """Write the page and its pictures beside it; their names.

    Args:
        page: Markdown file.
        dataset: the record and the fit.
        prediction: of all months to the last test month.
        scores: None if no test month is recorded.
        free: free runs, None if there are none.
        months: the test months.
    """
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
    names = {key: f"{page.stem}_{key}.png" for key in pictures}
    for key, content in pictures.items():
        write_file(page.with_name(names[key]), content)
    values: dict[str, Any] = {}
    if scores:
        values = {
            **_verdict(scores),
            "losses": {name: scored.log_loss.mean for name, scored in scores.scored.items()},
            "score_rows": text.score_rows(scores),
            "calibration_rows": text.calibration_rows(scores),
            "replay_rows": text.replay_rows(prediction, coded, tested),
        }
    if free:
        values["free_rows"] = text.free_rows(free, coded, steps)
        values["free_text"] = text.free_text(free, coded)
    train = f"{month_name(dataset.train[0])}:{month_name(dataset.train[-1])}"
    test = f"{month_name(months[0])}:{month_name(months[-1])}"
    markdown = render(
        "history.md",
        **values,
        page=page.name,
        version=version("snapback"),
        train=train,
        test=test,
        pictures={"test": "", **names},
        scores=scores,
        level=f"{100 * LEVEL:g}",
        draws=f"{DRAWS:,}",
        free=free,
        fit_rows=text.fit_rows(dataset.model, dataset.fitted),
        fit_sentences=text.fit_sentences(dataset),
        influence_head=text.INFLUENCE_HEAD,
        influence_rows=text.influence_rows(influences(dataset.record)),
        influence_note=text.INFLUENCE_NOTE,
        logged=scores is not None and (train, test) == LOGGED,
        checks=tomllib.loads(CHECKS.read_text("utf-8")),
    )
    write_file(page, markdown)
    return [page.name, *names.values()]


def _verdict(scores: Scores) -> dict[str, Any]:
    """The model's log loss, and which baselines it beats and which not, with theirs."""
    own = scores.scored[MODEL].log_loss.mean
    beaten, unbeaten = [], []
    for name, scored in scores.scored.items():
        other = scored.log_loss.mean
        if name not in (MODEL, MODEL_WITH_PARTNER) and own < other:
            beaten.append(f"{text.LABELS[name]} ({other:.3f})")
        elif name not in (MODEL, MODEL_WITH_PARTNER):
            unbeaten.append(f"{text.LABELS[name]} ({other:.3f}, by {own - other:.3f})")
    return {"loss": f"{own:.3f}", "beaten": beaten, "unbeaten": unbeaten}
