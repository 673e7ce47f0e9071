"""The world of a morning of the record as a scenario file, which both engines play.

Measures stand as the record has them, trade has adjusted as far, answers are counted as far, and both
governments have the best parameters of the fit, in the regime that is the likelier. What a scenario
cannot say is left out: provocations of the last days that wait for an answer.
"""

from datetime import timedelta

import numpy as np

from sim.domain.constants import IN_FORCE, SUSPENDED
from sim.domain.parameters import ANSWERS, GOVERNMENT
from sim.estimation.dataset import Dataset
from sim.estimation.likelihood import numbers_of, values_of
from sim.estimation.prediction import Prediction
from sim.estimation.replay import WORLD, opening, state_with
from sim.record.events import SIDES
from sim.record.months import first_day, month_name
from sim.scenarios.initial_state import names_of
from sim.scenarios.load import scenario

FIT = "fitted to the record (snapback fit)"
DAYS = 360  # twelve months of thirty days


def scenario_text(data: Dataset, prediction: Prediction, month: int) -> str:
    """The scenario file of the first morning of a month of a forecast."""
    model, point = data.model, data.fitted.point
    at = prediction.rounds.months.index(month)
    regime = int(prediction.regimes[at].argmax())
    start = first_day(month)
    differing, same = numbers_of(model, point)
    values = {name: by_regime[regime] for name, by_regime in differing.items()} | same
    precision = values_of(model, point, "precision")[regime]
    state = state_with(opening(), prediction.states_before[at])
    record = f"record of US-China moves ({data.record.file}), up to the eve of {start}"
    lines = [
        f"# The world of {start}, made by `snapback replay --scenario`; the mood is taken to be "
        f"{model.regimes[regime]}.",
        "",
        'extends = "bases/record_morning"',
        f'title = "The dispute on {start}"',
        f'about = "What the record says up to the eve of {month_name(month)}, and governments fitted to it."',
        f"start = {start}",
        f"end = {start + timedelta(days=DAYS - 1)}",
    ]
    for side, code in enumerate(SIDES):
        lines += [
            "",
            f"[governments.{code}]",
            f'strategy = "payoff_logit:precision={float(precision[side])!r}"',
            "",
            f"[governments.{code}.numbers]",
        ]
        lines += [_number(name, float(v[side]), GOVERNMENT[name].unit, FIT) for name, v in values.items()]
        counts = np.asarray(state["answers"][side * len(SIDES) + 1 - side]).reshape(3, 3)
        for key, row in zip(ANSWERS, counts, strict=True):
            shares = row / row.sum()
            lines += [
                "",
                f"[governments.{code}.answers.{key}]",
                *(f"{w} = {float(x)!r}" for w, x in zip(("escalate", "hold", "relax"), shares, strict=True)),
                f"weight = {float(row.sum())!r}",
                'unit = "probability"',
                f'source = "{record}"',
            ]
    for importer, code in enumerate(SIDES):
        rate = float(state["pairs"][importer * len(SIDES) + 1 - importer]["adjusted"])
        lines += ["", "[[trade]]", f'importer = "{code}"', f'exporter = "{SIDES[1 - importer]}"']
        lines += [_number("numbers.adjusted_tariff", rate, "share", record)]
    for name, (status, level, until) in zip(
        names_of(scenario(WORLD)).measures, prediction.rounds.levels[at].tolist(), strict=True
    ):
        word = {IN_FORCE: "in_force", SUSPENDED: "suspended"}.get(int(status), "lifted")
        lines += ["", "[[measures]]", f'id = "{name}"', f'status = "{word}"']
        if word == "suspended":
            lines += [f"until = {start + timedelta(days=int(until) - start.toordinal())}"]
        lines += [_number("numbers.level", level, "share", record)]
    return "\n".join(lines) + "\n"


def _number(name: str, value: float, unit: str, source: str) -> str:
    return f'{name} = {{ value = {value!r}, unit = "{unit}", source = "{source}" }}'
