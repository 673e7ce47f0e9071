"""A picture of a report, and what stands above it."""

from typing import NamedTuple

from sim.reports.study.line_styles import Head
from sim.reports.study.report_data import ReportData, missing, runs_told

KINDS = ("map", "spread", "curve", "draws", "fan", "dots", "drivers", "clouds", "points")


class Picture(NamedTuple):
    """A picture of a report.

    Attributes:
        name: of its file, without the end.
        outcome: that it shows.
        alt: what it shows, for who cannot see it.
        caption: what must be said beside it.
        png: its bytes.
    """

    name: str
    outcome: str
    alt: str
    caption: str
    png: bytes


def headed(found: ReportData, outcome: str, told: str) -> Head:
    """What stands above a picture of an outcome: what it is, how to read it, and what is missing."""
    o = found.study.outcomes[outcome]
    runs = runs_told(found).capitalize()
    return Head(f"{outcome}: {o.sentence}", f"{o.spelling}. {told} {runs}.", missing(found))
