"""What the record says: how often sides hold, how they answer, how fast.

The facts by month take coded months, the record's or a simulation's; those by day take events.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.domain.constants import ESCALATE, MOVES
from sim.domain.errors import EvidenceError
from sim.record.coding import CodedMonth
from sim.record.events import SIDES, RecordedMove
from sim.record.situations import within

Array = NDArray[np.float64]

PERIODS: Final = ("2018-01:2020-02", "2020-03:2024-12", "2025-01:2025-12", "2018-01:2025-12")


def move_shares(months: Sequence[CodedMonth], side: str) -> Array:
    """Shares of months in which a side escalates, holds and relaxes, shape (3,)."""
    if not months:
        raise EvidenceError("expected one month or more, got none")
    done = [coded.moves[_side(side)] for coded in months]
    return np.bincount(done, minlength=len(MOVES)) / len(done)


def answer_counts(months: Sequence[CodedMonth], side: str, lag: int = 0) -> NDArray[np.int64]:
    """How often a side made each move given the partner's, shape (3 of the partner, 3 of the side).

    Args:
        months: coded, in order.
        side: that answers.
        lag: months from the partner's move to the side's; 0 for the same month.
    """
    if lag < 0:
        raise EvidenceError(f"expected a lag of 0 or more months, got {lag}")
    me = _side(side)
    by_month = {coded.month: coded.moves for coded in months}
    counts = np.zeros((len(MOVES), len(MOVES)), dtype=np.int64)
    for month, moves in by_month.items():
        if month - lag in by_month:
            counts[by_month[month - lag][1 - me], moves[me]] += 1
    return counts


def reaction_matrix(months: Sequence[CodedMonth], side: str, lag: int = 0) -> Array:
    """`answer_counts` as shares of each row; NaN where the partner never made the move."""
    counts = answer_counts(months, side, lag)
    sums = counts.sum(1, keepdims=True)
    return np.where(sums > 0, counts / np.maximum(sums, 1), np.nan)


def escalations_answered(
    months: Sequence[CodedMonth], wanted: range, side: str = "CN", most: int = 1
) -> tuple[int, int]:
    """How many of the partner's escalations a side met with its own within some months, of how many.

    Args:
        months: coded; an answer may come in a month after the wanted ones.
        wanted: months of the partner's escalations.
        side: that answers.
        most: months after the partner's in which an answer counts; 0 for the same month only.
    """
    me = _side(side)
    escalating = {coded.month for coded in months if coded.moves[me] == ESCALATE}
    provoked = [c.month for c in within(months, wanted) if c.moves[1 - me] == ESCALATE]
    answered = [m for m in provoked if any(m + k in escalating for k in range(most + 1))]
    return len(answered), len(provoked)


def answer_days(events: Sequence[RecordedMove], side: str) -> NDArray[np.int64]:
    """Days from an escalation's announcement to that of the escalation that answers it, sorted.

    Only answers that the record names (`responds_to`) are in it, so slow ones are missing.
    """
    by_id = {event.id: event for event in events}
    _side(side)
    days = [
        (event.date_announced - by_id[event.responds_to].date_announced).days
        for event in events
        if event.actor == side and event.move == "escalate" and event.responds_to
        if by_id[event.responds_to].move == "escalate"
    ]
    return np.sort(np.array(days, dtype=np.int64))


def _side(name: str) -> int:
    if name not in SIDES:
        raise EvidenceError(f"expected a side of {', '.join(SIDES)}, got {name!r}")
    return SIDES.index(name)
