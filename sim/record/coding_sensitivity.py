"""How much the coding rests on choices: what changes if one is made otherwise, or another person codes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from sim.record import csv_rows
from sim.record.coding import CodedMonth, Scoring, full_months, months_by_legal_acts, months_by_score
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
    "courts counted": Scoring(without=()),
}
LEGAL_ACTS: Final = "legal acts"
SECOND: Final = Path(__file__).with_name("second_coder.csv")
# numbers of which only those of the two opposite moves are two apart
CODES: Final = {"escalate": 0, "relax": 2, "hold": 10, "threat": 20, "agreement": 30, "extension": 40}


class Agreement(NamedTuple):
    """How far two codings of the same months, or of the same rows, agree."""

    months: int  # number of side-months or rows compared
    same: float  # share that has the same code
    kappa: float  # agreement above chance over the most there can be (Cohen 1960); 1 if nothing differs
    opposite: int  # number that one calls escalation and the other relaxation


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
    expected = sum(float((a == move).mean() * (b == move).mean()) for move in np.unique(a))
    kappa = 1.0 if same == 1.0 else (same - expected) / (1.0 - expected)
    return Agreement(a.size, same, kappa, int((np.abs(a - b) == 2).sum()))


def influences(record: Record, choices: Mapping[str, Scoring] = CHOICES) -> list[Influence]:
    """For every choice and side, the share of months that changes; the reading by legal acts comes last."""
    shipped = full_months(months_by_score(record))
    others = {name: months_by_score(record, scoring) for name, scoring in choices.items()}
    others[LEGAL_ACTS] = months_by_legal_acts(record)
    changes = []
    for name, other in ((name, full_months(coded)) for name, coded in others.items()):
        for side in (*SIDES, "both"):
            agreed = agreement(codes(shipped, side), codes(other, side))
            changes.append(Influence(name, side, 1.0 - agreed.same, agreed))
    return changes


def codes(months: Sequence[CodedMonth], side: str) -> list[int]:
    """The moves of one side month by month, or of `both`, one after the other."""
    sides = range(len(SIDES)) if side == "both" else (SIDES.index(side),)
    return [coded.moves[k] for k in sides for coded in months]


class SecondCoding(NamedTuple):
    """How a second person, who saw neither move nor severity, coded a random sample of the rows."""

    moves: Agreement  # with the record, of the kinds of move
    defensible: float  # share in which the record's move is the second coder's or the alternative noted
    severity_same: float  # share of the rows with the same severity
    severity_near: float  # share within one step


def second_coding(record: Record, path: Path = SECOND) -> SecondCoding:
    """The agreement of the record with the second coder's sample of its rows."""
    by_id = {event.id: event for event in record.events}
    pairs = [(by_id[row.cells["id"]], row.cells) for row in csv_rows.rows(path, ("id", "move", "severity"))]
    moves = agreement([CODES[e.move] for e, _ in pairs], [CODES[cells["move"]] for _, cells in pairs])
    apart = np.array([abs(event.severity - int(cells["severity"])) for event, cells in pairs])
    either = sum(e.move in (c["move"], c["alt"]) for e, c in pairs) / len(pairs)
    return SecondCoding(moves, either, float((apart == 0).mean()), float((apart <= 1).mean()))
