"""How much the choices of the coding matter: what changes if one of them is made otherwise."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from sim.domain.constants import MOVES
from sim.record.coding import CodedMonth, Scoring, months_by_legal_acts, months_by_score
from sim.record.events import SIDES, Record

CHOICES: Final[Mapping[str, Scoring]] = {
    "threshold 1": Scoring(threshold=1),
    "threshold 9": Scoring(threshold=9),
    "threshold 16": Scoring(threshold=16),
    "severity not squared": Scoring(threshold=2, power=1),
    "rows counted": Scoring(threshold=1, power=0),
    "threats and agreements left out": Scoring(threat=0),
    "threats and agreements in full": Scoring(threat=1),
    "month of effect": Scoring(effect=True),
}
LEGAL_ACTS: Final = "legal acts"


class Agreement(NamedTuple):
    """How far two codings of the same months agree."""

    months: int  # number of side-months compared
    same: float  # share that has the same code
    kappa: float  # agreement above chance over the most there can be (Cohen 1960); 1 if nothing differs
    opposite: int  # number of side-months that one calls escalation and the other relaxation


class Influence(NamedTuple):
    """What one choice of the coding changes."""

    choice: str  # what is done otherwise
    side: str  # US, CN, or both
    changed: float  # share of the side's months with another code
    agreement: Agreement  # with the coding as it is shipped


def agreement(one: Sequence[int], other: Sequence[int]) -> Agreement:
    """How far two codes of the same months agree, month by month."""
    a, b = np.asarray(one), np.asarray(other)
    same = float((a == b).mean())
    expected = sum(float((a == move).mean() * (b == move).mean()) for move in range(len(MOVES)))
    kappa = 1.0 if same == 1.0 else (same - expected) / (1.0 - expected)
    return Agreement(a.size, same, kappa, int((np.abs(a - b) == 2).sum()))


def influences(record: Record, choices: Mapping[str, Scoring] = CHOICES) -> list[Influence]:
    """For every choice and side, the share of months that changes; the reading by legal acts comes last."""
    shipped = months_by_score(record)
    others = {name: months_by_score(record, scoring) for name, scoring in choices.items()}
    others[LEGAL_ACTS] = months_by_legal_acts(record)
    changes = []
    for name, other in others.items():
        for side in (*SIDES, "both"):
            agreed = agreement(codes(shipped, side), codes(other, side))
            changes.append(Influence(name, side, 1.0 - agreed.same, agreed))
    return changes


def codes(months: Sequence[CodedMonth], side: str) -> list[int]:
    """The moves of one side month by month, or of `both`, one after the other."""
    sides = range(len(SIDES)) if side == "both" else (SIDES.index(side),)
    return [coded.moves[k] for k in sides for coded in months]
