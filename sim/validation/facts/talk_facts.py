"""Eleven facts of the talks of 2018 to 2025, and how near the simulator must come to each.

Counted by hand in the record: ten deals of one couple, coded by one person. The tolerances were written down
before talks were first run; nothing is tuned to them, and how many hold is printed, not asked for.
"""

from typing import Final, NamedTuple


class Tolerance(NamedTuple):
    """What the record shows, and the bounds within which runs show it too."""

    name: str
    record: str
    low: float
    high: float
    unit: str
    construction: str = ""  # why it passes by construction, if it does


TOLERANCES: Final = (
    Tolerance("deals come in the last five days before a date", "5 of 8", 0.4, 0.85, "share"),
    Tolerance("last escalation to deal, median", "31.5 of 13 to 103", 15.0, 60.0, "days"),
    Tolerance("deals that withdraw or postpone what was announced", "7 of 10", 0.5, 0.9, "share"),
    Tolerance("rounds of talks that end with a deal", "8 of 18", 0.25, 0.65, "share"),
    Tolerance("rounds after which one side escalates within 30 days", "8 of 18", 0.25, 0.65, "share"),
    Tolerance("acts in a deal, median", "4 of 2 to 15", 3.0, 8.0, "acts"),
    Tolerance(
        "length of what a deal suspends, median",
        "90 of 90 to 730",
        90.0,
        365.0,
        "days",
        "each measure has its own length",
    ),
    Tolerance("the first to escalate after a deal is Washington", "all of 10", 0.8, 1.0, "share"),
    Tolerance(
        "days from one round to the next, median",
        "41 of 30 to 49",
        30.0,
        49.0,
        "days",
        "`gap_days` is the record's",
    ),
    Tolerance("announced measures that come into force", "13 of 16", 0.6, 0.95, "share"),
    Tolerance(
        "deals in which Beijing buys or licenses and Washington forbears", "8 of 10", 0.6, 1.0, "share"
    ),
)
