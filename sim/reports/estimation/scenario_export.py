"""The world of a morning of the record as a scenario file, which both engines play.

Measures stand as the record has them, trade has adjusted as far, answers are counted as far, and both
governments have the best parameters of the fit, in the regime that is the likelier. What a scenario
cannot say is left out: provocations of the last days that wait for an answer.
"""

from datetime import date, timedelta

import numpy as np

from sim.domain.constants import STATUSES
from sim.domain.parameters import ANSWERS, GOVERNMENT
from sim.estimation.dataset import Dataset
from sim.estimation.likelihood import numbers_of, values_of
from sim.estimation.prediction import Prediction
from sim.estimation.replay import measures_of_record, opening, state_with
from sim.record.events import SIDES
from sim.record.months import first_day
from sim.reports.templates.rendering import render

DAYS = 360  # twelve months of thirty days


def scenario_text(data: Dataset, prediction: Prediction, month: int) -> str:
    """The scenario file of the first morning of a month of a forecast."""
    at = prediction.rounds.months.index(month)
    regime = int(prediction.regimes[at].argmax())
    start = first_day(month)
    differing, same = numbers_of(data.model, data.fitted.point)
    values = {name: by_regime[regime] for name, by_regime in differing.items()} | same
    precision = values_of(data.model, data.fitted.point, "precision")[regime].tolist()
    state = state_with(opening(), prediction.states_before[at])
    governments, trade = [], []
    for side, code in enumerate(SIDES):
        pair = side * len(SIDES) + 1 - side
        counts = np.asarray(state["answers"][pair]).reshape(3, 3).tolist()
        answers = [
            (key, [n / sum(row) for n in row], sum(row)) for key, row in zip(ANSWERS, counts, strict=True)
        ]
        numbers = [(name, float(both[side]), GOVERNMENT[name].unit) for name, both in values.items()]
        governments.append((code, precision[side], numbers, answers))
        trade.append((code, SIDES[1 - side], float(state["pairs"][pair]["adjusted"])))
    levels = zip(measures_of_record(), prediction.rounds.levels[at].tolist(), strict=True)
    return render(
        "morning.toml",
        start=start,
        end=start + timedelta(days=DAYS - 1),
        mood=data.model.regimes[regime],
        record=f"record of US-China moves ({data.record.file}), up to the eve of {start}",
        governments=governments,
        trade=trade,
        measures=[
            (name, STATUSES[int(status)], level, date.fromordinal(int(until)) if until > 0 else None)
            for name, (status, level, until) in levels
        ],
    )
