"""What is asked of a run, as one number: one file each. Adding a file adds an outcome everywhere."""

from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import (
    ANY,
    Account,
    Day,
    Government,
    Measure,
    Outcome,
    Region,
    find,
    names,
    outcome,
    parse,
)

__all__ = [
    "ANY",
    "Account",
    "Day",
    "Government",
    "Measure",
    "Outcome",
    "Region",
    "RunRecord",
    "find",
    "names",
    "outcome",
    "parse",
]
