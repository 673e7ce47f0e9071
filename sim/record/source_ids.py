"""Which rows of the record a measure's source names."""

import re

from sim.scenarios.schema import MeasureEntry

ROW = re.compile(r"\b[A-Z]{2}\d{6}[a-z]?\b")  # a row's id: its side and date of announcement


def named_in(measure: MeasureEntry) -> list[str]:
    """The ids of the rows that a measure's source names, such as US251104b."""
    return ROW.findall(measure.source)
