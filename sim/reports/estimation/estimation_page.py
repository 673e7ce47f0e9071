"""The page that tells the fit and its judgement by history, with its pictures."""

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.estimation.daily_replay import day_decisions
from sim.estimation.evaluation import MODEL, MODEL_WITH_PARTNER, Scores
from sim.estimation.free_runs import FreeRuns
from sim.estimation.prediction import Prediction
from sim.record.coding_sensitivity import influences
from sim.record.months import month_name
from sim.reports.estimation import estimation_figures as figures
from sim.reports.estimation import estimation_text as words
from sim.storage.atomic_write import write_file

if TYPE_CHECKING:
    from sim.estimation.dataset import Dataset

LOG: Final = Path(__file__).with_name("history_log.md")  # what was chosen when, written by hand
LOGGED: Final = ("2018-01:2024-12", "2025-01:2025-12")  # the months that it speaks of
NOTE: Final = (
    "In brackets 95 % of 10,000 bootstrap draws of whole months. The tables and the logit are counted in the "
    "training months alone; the model has its prior, structure and fit from them, and learns on from the "
    "months before the one it forecasts, as anybody can on that morning. * is told the other side's move of "
    "the same month, so it is no forecast."
)


def write_page(
    page: Path,
    found: "Dataset",
    chances: Prediction,
    scored: Scores | None,
    free: FreeRuns | None,
    months: range,
) -> list[str]:
    """Write the page and its pictures beside it; their names.

    Args:
        page: Markdown file.
        found: the record and the fit.
        chances: of all months to the last test month.
        scored: the scores, None if no test month is recorded.
        free: free runs, None if there are none.
        months: the test months.
    """
    when = f"{month_name(months[0])} to {month_name(months[-1])}"
    recorded = found.coded[-1].month
    known = range(chances.rounds.months[0], min(recorded, chances.rounds.months[-1]) + 1)
    tested = range(months[0], min(recorded, months[-1]) + 1)
    pictures = {"all": figures.replay_picture(chances, found.coded, found.steps, known)}
    if tested:
        decided = day_decisions(found, chances, tested)
        pictures["test"] = figures.replay_picture(chances, found.coded, found.steps, tested, decided)
    if scored:
        pictures["scores"] = figures.scores_picture(scored, when)
        pictures["calibration"] = figures.calibration_picture(scored, when)
    if free:
        pictures["free"] = figures.free_picture(free, found.coded, found.steps)
    names = {key: f"{page.stem}_{key}.png" for key in pictures}
    for key, content in pictures.items():
        write_file(page.with_name(names[key]), content)
    write_file(page, _text(page, found, chances, scored, free, months, names))
    return [page.name, *names.values()]


def _text(
    page: Path,
    found: "Dataset",
    chances: Prediction,
    scored: Scores | None,
    free: FreeRuns | None,
    months: range,
    names: dict[str, str],
) -> str:
    train = f"{month_name(found.train[0])}:{month_name(found.train[-1])}"
    test = f"{month_name(months[0])}:{month_name(months[-1])}"
    lines = [
        "# History as the judge",
        "",
        f"`snapback score --train {train} --test {test} --choices experiments/history.toml --page "
        f"results/{page.name}`, Snapback {version('snapback')}, makes this page anew.",
        "",
        *_verdict(scored),
        "## The record against the chances",
        "",
        f"![record, chances and surprises]({names['all']})",
        "",
    ]
    if "test" in names:
        lines += [f"![the test months, and each decision on its day]({names['test']})", ""]
    if scored:
        lines += [
            f"## Scores one month ahead, {len(scored.cases)} moves",
            "",
            f"![scores]({names['scores']})",
            "",
            *_table(["", "log loss", "Brier", "model's log loss less this"], words.score_rows(scored)),
            "",
            NOTE,
            "",
            f"![calibration]({names['calibration']})",
            "",
            *_table(["model's chance", "number", "said", "happened"], words.calibration_rows(scored)),
            "",
            *_table(
                ["month", "US: esc hold rel", "did", "CN: esc hold rel", "did"],
                words.replay_rows(
                    chances, found.coded, range(months[0], min(months[-1], found.coded[-1].month) + 1)
                ),
            ),
            "",
        ]
    if free:
        lines += [
            f"## {len(free.moves)} free runs of the test months",
            "",
            f"![free runs]({names['free']})",
            "",
            *_table(
                ["", "median (90 % of runs)", "happened", "runs at or below"],
                words.free_rows(free, found.coded, found.steps),
            ),
            "",
            words.free_words(free, found.coded),
            "",
        ]
    lines += [
        "## The fit",
        "",
        *_table(
            ["parameter", "best", "two errors", "unit", "95 % of the prior"],
            words.fit_rows(found.model, found.fitted),
        ),
        "",
        *(f"- {line}" for line in words.fit_words(found)),
        "",
        "## How much the coding of months matters",
        "",
        "Months that another choice would code otherwise, beside the coding as shipped (`snapback coding`):",
        "",
        *_table(words.INFLUENCE_HEAD, words.influence_rows(influences(found.record))),
        "",
        words.INFLUENCE_NOTE,
        "",
        *([LOG.read_text("utf-8").strip()] if (train, test) == LOGGED else []),
    ]
    return "\n".join(lines) + "\n"


def _verdict(scored: Scores | None) -> list[str]:
    """Which baselines the model beats, in a sentence or two."""
    if not scored:
        return []
    own = scored.scored[MODEL].log_loss.mean
    others = {
        name: s.log_loss.mean for name, s in scored.scored.items() if name not in (MODEL, MODEL_WITH_PARTNER)
    }
    beaten = [f"{words.LABELS[name]} ({loss:.3f})" for name, loss in others.items() if own < loss]
    better = [
        f"{words.LABELS[name]} ({loss:.3f}, by {own - loss:.3f})"
        for name, loss in others.items()
        if own >= loss
    ]
    less = "; ".join(beaten) or "no baseline"
    told = f"The model's log loss is **{own:.3f}** a move. It is lower than that of: {less}."
    return [told + (f" It is **not** lower than that of: {'; '.join(better)}." if better else ""), ""]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    return lines + [f"| {' | '.join(row)} |" for row in rows]
