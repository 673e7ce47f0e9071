"""What is asked of a run, as one number: one file each. Adding a file adds an outcome everywhere."""

from sim.domain.life import Life
from sim.studies.outcomes.register import ANY, Day, Government, Measure, Outcome, find, names, outcome
from sim.studies.outcomes.spelling import parse

__all__ = ["ANY", "Day", "Government", "Life", "Measure", "Outcome", "find", "names", "outcome", "parse"]
