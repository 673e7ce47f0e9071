"""The record's facts by month and by day: the numbers of its own page, to the last digit."""

import numpy as np
import pytest

from sim.domain.constants import ESCALATE, HOLD, RELAX
from sim.domain.errors import EvidenceError
from sim.record.coding import CodedMonth
from sim.record.events import SIDES, Record
from sim.record.months import month_range
from sim.record.reactions import (
    PERIODS,
    answer_counts,
    answer_days,
    escalations_answered,
    move_shares,
    reaction_matrix,
)
from sim.record.situations import within

WAR, PLATEAU, YEAR, ALL = PERIODS
NONE = "-"


def said(shares: np.ndarray) -> str:
    return NONE if np.isnan(shares).any() else "/".join(f"{share:.2f}" for share in shares)


@pytest.mark.parametrize(
    ("period", "side", "shares"),
    [
        (WAR, "US", "0.42/0.38/0.19"),
        (WAR, "CN", "0.23/0.50/0.27"),
        (PLATEAU, "US", "0.38/0.60/0.02"),
        (PLATEAU, "CN", "0.21/0.79/0.00"),
        (YEAR, "US", "0.50/0.17/0.33"),
        (YEAR, "CN", "0.50/0.25/0.25"),
        (ALL, "US", "0.41/0.49/0.10"),
        (ALL, "CN", "0.25/0.65/0.10"),
    ],
)
def test_shares_of_months(months: list[CodedMonth], period: str, side: str, shares: str) -> None:
    assert said(move_shares(within(months, month_range(period)), side)) == shares


@pytest.mark.parametrize(
    ("period", "side", "rows", "numbers"),
    [
        (WAR, "CN", ["0.55/0.36/0.09", "0.00/0.80/0.20", "0.00/0.20/0.80"], [11, 10, 5]),
        (WAR, "US", ["1.00/0.00/0.00", "0.31/0.62/0.08", "0.14/0.29/0.57"], [6, 13, 7]),
        (PLATEAU, "CN", ["0.27/0.73/0.00", "0.17/0.83/0.00", "0.00/1.00/0.00"], [22, 35, 1]),
        (PLATEAU, "US", ["0.50/0.50/0.00", "0.35/0.63/0.02", NONE], [12, 46, 0]),
        (YEAR, "CN", ["0.83/0.17/0.00", "0.50/0.00/0.50", "0.00/0.50/0.50"], [6, 2, 4]),
        (YEAR, "US", ["0.83/0.17/0.00", "0.33/0.00/0.67", "0.00/0.33/0.67"], [6, 3, 3]),
        (ALL, "CN", ["0.44/0.54/0.03", "0.15/0.79/0.06", "0.00/0.40/0.60"], [39, 47, 10]),
        (ALL, "US", ["0.71/0.29/0.00", "0.34/0.60/0.06", "0.10/0.30/0.60"], [24, 62, 10]),
    ],
)
def test_reactions_in_the_same_month(
    months: list[CodedMonth], period: str, side: str, rows: list[str], numbers: list[int]
) -> None:
    """Rows by the partner's move: escalate, hold, relax."""
    of_period = within(months, month_range(period))
    assert [said(row) for row in reaction_matrix(of_period, side)] == rows
    assert answer_counts(of_period, side).sum(1).tolist() == numbers


@pytest.mark.parametrize(
    ("period", "answered", "of"), [(WAR, 8, 11), (PLATEAU, 7, 22), (YEAR, 6, 6), (ALL, 21, 39)]
)
def test_china_escalates_in_the_same_or_the_next_month(
    months: list[CodedMonth], period: str, answered: int, of: int
) -> None:
    assert escalations_answered(months, month_range(period)) == (answered, of)


def test_answer_times(shipped: Record) -> None:
    beijing, washington = answer_days(shipped.events, "CN"), answer_days(shipped.events, "US")
    assert (len(beijing), np.median(beijing)) == (25, 3)
    assert (len(washington), np.median(washington)) == (3, 0)
    assert washington.tolist() == [0, 0, 4]
    assert beijing.max() == 176


def test_a_lag_counts_answers_to_the_month_before() -> None:
    moves = [(ESCALATE, HOLD), (HOLD, ESCALATE), (RELAX, HOLD)]
    made = [CodedMonth(k, pair, (0, 0), (1, 1), "full") for k, pair in enumerate(moves)]
    assert answer_counts(made, "CN", lag=1).tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert answer_counts(made, "CN").tolist() == [[0, 1, 0], [1, 0, 0], [0, 1, 0]]
    assert escalations_answered(made, range(3), "CN") == (1, 1)
    assert escalations_answered(made, range(3), "CN", most=0) == (0, 1)


def test_every_month_is_in_the_counts_once(months: list[CodedMonth]) -> None:
    for side in SIDES:
        assert answer_counts(months, side).sum() == 96
        assert answer_counts(months, side, lag=1).sum() == 95
    assert answer_counts(months, "US").tolist() == answer_counts(months, "CN").T.tolist()


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        (lambda months: move_shares(months, "EU"), "a side of US, CN, got 'EU'"),
        (lambda months: move_shares([], "US"), "one month or more"),
        (lambda months: answer_counts(months, "US", lag=-1), "a lag of 0 or more months, got -1"),
        (lambda months: escalations_answered(months, month_range("2026-01")), "a coded 2026-01"),
    ],
)
def test_questions_without_an_answer_are_refused(months: list[CodedMonth], ask: object, why: str) -> None:
    with pytest.raises(EvidenceError, match=f"expected {why}"):
        ask(months)  # type: ignore[operator]
