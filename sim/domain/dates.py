"""Calendar days as whole numbers, and back."""

from datetime import date

from sim.domain.constants import NEVER


def iso(day: int) -> str:
    """The date of a day number as YYYY-MM-DD, empty for NEVER."""
    return "" if day == NEVER else date.fromordinal(day).isoformat()


def spoken(day: int) -> str:
    """The date of a day number as people write it: 2 March 2026."""
    when = date.fromordinal(day)
    return f"{when.day} {when:%B %Y}"
