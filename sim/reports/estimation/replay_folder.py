"""The folder of a replay: a picture and two tables."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.estimation.daily_replay import DayDecision
from sim.estimation.prediction import Prediction
from sim.reports.estimation.estimation_figures import replay_picture
from sim.reports.estimation.estimation_tables import day_table, month_table
from sim.storage.atomic_write import write_file
from sim.storage.results_folder import results_folder

if TYPE_CHECKING:
    from sim.estimation.dataset import Dataset

FILES = {"replay.png", "months.csv", "decisions.csv"}
OWNER = "a replay's"


def write_replay(
    folder: Path,
    data: "Dataset",
    prediction: Prediction,
    months: range,
    decisions: Sequence[DayDecision],
) -> None:
    """Write the picture and the tables of a replay.

    Raises:
        ResultsError: the folder holds something else, or cannot be written.
    """
    with results_folder(folder, FILES, OWNER) as part:
        picture = replay_picture(prediction, data.coded, data.steps, months, decisions)
        write_file(part / "replay.png", picture)
        write_file(part / "months.csv", month_table(prediction, data.coded, months))
        write_file(part / "decisions.csv", day_table(decisions))
