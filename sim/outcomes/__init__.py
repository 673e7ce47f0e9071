"""What is asked of a run, as one number: one file each. Adding a file adds an outcome everywhere."""

from sim.domain.run_record import Life
from sim.outcomes.outcome_register import ANY, Day, Government, Measure, Outcome, find, names, outcome
from sim.outcomes.outcome_spelling import parse

__all__ = ["ANY", "Day", "Government", "Life", "Measure", "Outcome", "find", "names", "outcome", "parse"]
