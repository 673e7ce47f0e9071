"""What may be known of a month before it, and what then happened: the cases to predict."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.domain.constants import Move
from sim.record.coding import CodedMonth
from sim.record.events import SIDES


class Situation(NamedTuple):
    """What a side's month is predicted from."""

    side: int  # 0 for Washington, 1 for Beijing
    own_last: Move  # its move of the month before
    partner_last: Move  # the partner's move of the month before
    partner_now: Move  # the partner's move of the same month; only for predictors that may use it


class Case(NamedTuple):
    """A side's month: when, what was known, what it did."""

    month: int
    situation: Situation
    move: Move


def cases(months: Sequence[CodedMonth], wanted: range | None = None) -> list[Case]:
    """Both sides' cases, month by month: of the wanted months, or of all that have the month before.

    Months are in order, and the month before a wanted one must be there.
    """
    by_month = {coded.month: coded for coded in months}
    followed = [month for month in by_month if month - 1 in by_month]
    result = []
    for month in followed if wanted is None else wanted:
        last, now = by_month[month - 1].moves, by_month[month].moves
        for side in range(len(SIDES)):
            partner = 1 - side
            situation = Situation(side, last[side], last[partner], now[partner])
            result.append(Case(month, situation, now[side]))
    return result


def within(months: Sequence[CodedMonth], wanted: range) -> list[CodedMonth]:
    """The coded months of a range."""
    return [coded for coded in months if coded.month in wanted]
