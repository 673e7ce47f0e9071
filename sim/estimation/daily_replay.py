"""The day clock of the replay: every recorded decision on its own day, and the probabilities of its moves.

A side's rows of one day are one decision. Escalations and threats are read as escalating, relaxations
and agreements as relaxing, the rest as holding; the gravest row gives the move, the first of equals.
The month begins as in the monthly replay; then its decisions are made day by day, and each morning knows
the rows before that day: who decides on one day does not know what the other does on it. The parameters are
the best ones, the regime is believed to be what it was on the month's first morning. Days without a row are
no decisions here, so holding is seldom seen.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from sim.domain.constants import ESCALATE, HOLD, MOVES, RELAX
from sim.domain.state import PendingDecision
from sim.engines.compiler.world_arrays import kind_of, world_on
from sim.engines.compiler.world_pointer import PointedWorld
from sim.estimation.dataset import Dataset
from sim.estimation.likelihood import numbers_of, values_of
from sim.estimation.month_rounds import run_days
from sim.estimation.prediction import Prediction
from sim.estimation.replay import levels_on, machine_code, opening, stacked, state_with
from sim.record.events import SIDES, RecordedMove
from sim.record.months import month_of

READ_AS: Final = {
    "escalate": ESCALATE,
    "threat": ESCALATE,
    "relax": RELAX,
    "agreement": RELAX,
    "hold": HOLD,
    "extension": HOLD,
}


class DayDecision(NamedTuple):
    """A recorded decision and the probabilities of its three moves."""

    day: date  # of announcement
    side: int  # 0 for Washington, 1 for Beijing
    ids: tuple[str, ...]  # of its rows
    move: int  # what they are read as
    probabilities: tuple[float, float, float]  # of escalating, holding and relaxing


def day_decisions(data: Dataset, prediction: Prediction, months: range) -> list[DayDecision]:
    """The recorded decisions of some months with the probabilities of their moves."""
    model, point, world = data.model, data.fitted.point, opening()
    numbers, _ = numbers_of(model, point)
    places, values = stacked(numbers, len(model.regimes))
    decisions: list[DayDecision] = []
    for month in months:
        recorded = _decisions([e for e in data.record.events if month_of(e.date_announced) == month])
        if not recorded:
            continue
        at = prediction.rounds.months.index(month)
        state = state_with(world, prediction.states_before[at])
        probabilities = np.zeros((len(recorded), len(model.regimes), len(MOVES)))
        machine_code(run_days)(
            PointedWorld(world_on(world, state)),
            np.zeros(4, dtype=kind_of(PendingDecision)),
            int(prediction.rounds.days[at]),
            np.array([(d.toordinal(), side, move) for d, side, _, move in recorded], dtype=np.int64),
            np.array([levels_on(data.record, data.steps, d) for d, *_ in recorded]),
            places,
            values,
            np.ascontiguousarray(values_of(model, point, "precision")),
            probabilities,
        )
        mixed = np.einsum("k,dkm->dm", prediction.regimes[at], probabilities)
        for (day, side, ids, move), row in zip(recorded, mixed.tolist(), strict=True):
            decisions.append(DayDecision(day, side, ids, move, (row[0], row[1], row[2])))
    return decisions


def _decisions(rows: Sequence[RecordedMove]) -> list[tuple[date, int, tuple[str, ...], int]]:
    """The decisions of a month in order: day, side, ids and move."""
    decisions = []
    for day, side in sorted({(e.date_announced, SIDES.index(e.actor)) for e in rows}):
        own = [e for e in rows if e.date_announced == day and e.actor == SIDES[side]]
        gravest = max(own, key=lambda e: e.severity)
        decisions.append((day, side, tuple(e.id for e in own), READ_AS[gravest.move]))
    return decisions
