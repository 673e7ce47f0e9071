"""Calendar months as whole numbers, and back: 2018-01 is 24216, the next month one more."""

import re
from datetime import date, timedelta

from sim.domain.errors import EvidenceError
from sim.scenarios.messages import quoted


def month_number(text: str) -> int:
    """The number of a month written as YYYY-MM: twelve times the year, and the months gone by in it."""
    if not re.fullmatch(r"[12][0-9]{3}-(0[1-9]|1[0-2])", text):
        raise EvidenceError(f"expected a month such as 2025-01, got {quoted(text)}")
    return 12 * int(text[:4]) + int(text[5:]) - 1


def month_name(month: int) -> str:
    """The month of a number as YYYY-MM."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def month_of(day: date) -> int:
    """The number of the month that a day is in."""
    return 12 * day.year + day.month - 1


def first_day(month: int) -> date:
    """The first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    """The last day of a month."""
    return first_day(month + 1) - timedelta(days=1)


def month_range(text: str) -> range:
    """The months of FIRST:LAST, both included, such as 2018-01:2024-12; one month stands for itself.

    >>> len(month_range("2018-01:2024-12"))
    84
    """
    first, _, last = text.partition(":")
    months = range(month_number(first), month_number(last or first) + 1)
    if not months:
        raise EvidenceError(f"expected the first month before the last, got {quoted(text)}")
    return months
