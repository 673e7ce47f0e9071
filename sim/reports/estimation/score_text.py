"""The scores of the model and the baselines as tables and sentences for a terminal."""

from collections.abc import Iterator

from sim.estimation.dataset import Dataset
from sim.estimation.evaluation import Scores
from sim.estimation.free_runs import FreeRuns
from sim.estimation.prediction import Prediction
from sim.record.months import month_name
from sim.reports.estimation import estimation_text as text
from sim.reports.text.parts import Part


def score_parts(
    data: Dataset,
    prediction: Prediction,
    scored: Scores | None,
    free: FreeRuns | None,
    months: range,
    runs: int,
) -> Iterator[Part]:
    """Scores and calibration in the recorded months, forecasts of the others, and free runs.

    Args:
        data: the record and the fit.
        prediction: of all months to the last test month.
        scored: the scores, None if no test month is recorded.
        free: free runs, None if there are none.
        months: the test months.
        runs: how many free runs were asked for.
    """
    recorded = data.coded[-1].month
    if scored is not None:
        trained = f"{month_name(data.train[0])} to {month_name(data.train[-1])}"
        yield (
            f"One month ahead, {len(scored.cases)} moves of {text.scored_months(scored)}; fit: {trained}",
            ["", "log loss", "Brier", "model minus this"],
            text.score_rows(scored),
        )
        yield "Lower is better; in brackets the 95 % bootstrap interval over whole months."
        yield "*: conditional on the partner's move of the same month, which no forecast can know."
        columns = ["probability", "number", "mean", "happened"]
        yield "Calibration of the model", columns, text.calibration_rows(scored)
    if months[-1] > recorded:
        yield (
            "Not recorded yet, probabilities in per cent",
            ["month", "US: esc hold rel", "", "CN: esc hold rel", ""],
            text.replay_rows(prediction, data.coded, range(max(months[0], recorded + 1), months[-1] + 1)),
        )
    if free is not None:
        yield (
            f"{len(free.moves)} free runs of {month_name(months[0])} to {month_name(months[-1])}",
            ["", "median (90 % of runs)", "happened", "runs at or below"],
            text.free_rows(free, data.coded, data.steps),
        )
        yield text.free_text(free, data.coded)
    elif runs and months[0] > recorded + 1:
        yield (
            f"No free runs: they begin from the record, which ends with {month_name(recorded)}; let --test "
            f"begin with {month_name(recorded + 1)}."
        )
