"""What several outcomes look for in a run."""

from sim.domain.run_record import RunRecord
from sim.outcomes.outcome_register import ANY


def fits(wanted: int, position: int) -> bool:
    """Whether a position is the one asked for, or any is."""
    return wanted in (ANY, position)


def between(government: int, partner: int, one: int, other: int) -> bool:
    """Whether a move of one towards the other is between the two asked for, in either direction."""
    there = fits(government, one) and fits(partner, other)
    back = fits(government, other) and fits(partner, one)
    return there or back


def concerns(run: RunRecord, number: int, government: int, measure: int) -> bool:
    """Whether a measure is the one asked for, and its issuer the government asked for."""
    return fits(measure, number) and fits(government, run.opening[number].issuer)
